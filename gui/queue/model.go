package queue

import (
	"strings"

	"darwin-uploader/uploader/intake"
)

// Change says what of a model is different now.
type Change uint8

// The changes; several at once are or-ed.
const (
	Structure Change = 1 << iota // rows came, went or moved
	Selection                    // what is selected, or where the cursor stands
	Values                       // tags, video or states of entries
)

// Model is the queue. See the package comment for how to use it.
type Model struct {
	entries []*entry // by ID, the gone ones too
	places  map[place]*entry
	tree    tree
	sending bool
	waiting bool   // for the network
	base    string // the Darwin folder below which files land

	filter Group
	search string // lower case

	rows   []rowRef
	cursor rowRef
	anchor rowRef
	batch  []*entry // by batch number; nil where the entry has another number by now

	known   []TagUse // tags of the whole queue
	counted bool     // known holds
	videos  videos
	watched bool // videos holds

	skips struct {
		asked uint64 // when they were counted
		n     int
	}
	moves  uint64 // grows when an entry gets another state, or joins or leaves a batch
	summed struct {
		at uint64 // the moves that are counted
		batchSums
	}
	asked uint64 // grows with each change of what the person is asked, see Questions

	left   []intake.LeftOut
	handed int // of left, by UntoldLeftOut
	adding Added
	fresh  ID // the first entry of the latest gesture
	past   history

	listeners []func(Change)
}

// New makes an empty model.
func New() *Model {
	m := &Model{}
	m.reset()
	return m
}

func (m *Model) reset() {
	m.asked++
	m.moves++
	m.entries, m.places, m.tree = nil, map[place]*entry{}, newTree()
	m.rows, m.batch, m.left, m.handed, m.counted, m.watched = nil, nil, nil, 0, false, false
	m.cursor, m.anchor = rowRef{}, rowRef{}
	m.filter, m.search, m.sending, m.waiting = All, "", false, false
	m.adding, m.past, m.base, m.fresh = Added{}, history{}, "/", 0
}

// Listen has f called after each change, on the main thread.
func (m *Model) Listen(f func(Change)) { m.listeners = append(m.listeners, f) }

func (m *Model) changed(c Change) {
	for _, f := range m.listeners {
		f(c)
	}
}

// Clear forgets everything, also what was taken out: a new queue. It cannot
// be undone. A gesture that is under way brings what it still finds.
func (m *Model) Clear() {
	running := m.adding.Running
	m.reset()
	if running {
		m.adding = Added{Types: true, Running: true}
	}
	m.changed(Structure | Selection | Values)
}

// Added tells what one gesture (a drop, a paste, a choice in a dialog) brought.
type Added struct {
	Files   int  // new in the queue
	Already int  // were in the queue before, from the same path
	LeftOut int  // were not taken, see Model.LeftOut
	Sheets  int  // said something about files, see Model.AddSheets
	Litter  int  // of the system, not taken either: Thumbs.db and its like
	Types   bool // everything in LeftOut is of a type that Darwin does not take
	Running bool // intake still looks
	Stopped bool // the person ended that before intake had seen everything
}

// StartAdding begins a gesture: the sums of Added start from zero.
func (m *Model) StartAdding() {
	m.adding = Added{Types: true, Running: true}
	m.fresh = ID(len(m.entries))
	m.changed(Values)
}

// EndAdding ends the gesture.
func (m *Model) EndAdding() {
	m.adding.Running = false
	m.changed(Values)
}

// AddSheets counts sheets about files that the gesture brought: they are no files of the queue, and were not left out either.
func (m *Model) AddSheets(n int) {
	if n > 0 {
		m.adding.Sheets += n
		m.changed(Values)
	}
}

// StopAdding ends the gesture before intake has seen everything.
func (m *Model) StopAdding() {
	m.adding.Stopped = true
	m.EndAdding()
}

// LastAdded is what the latest gesture has brought so far.
func (m *Model) LastAdded() Added { return m.adding }

// Add takes what intake found, below Base. A file whose folder and name an
// entry has already is left out: silently counted when it is that entry's own
// file, with a sentence when it is another. An own file that has changed takes
// the place of what it was, until that is in Darwin or on its way.
func (m *Model) Add(found intake.Found) {
	m.adding.Already += found.Again
	for _, l := range found.LeftOut {
		m.leaveOut(l)
	}
	if len(found.Files) == 0 {
		m.changed(Values)
		return
	}
	block := make([]entry, 0, len(found.Files)) // one allocation for the chunk
	rows, sums := false, m.search != ""
	for _, f := range found.Files {
		f.Folder = join(m.base, f.Folder)
		at := place{f.Folder, f.Name}
		if other, taken := m.places[at]; taken {
			switch {
			case other.File.Path != f.Path:
				m.leaveOut(intake.Clash(f, other.File.Path))
			case m.renewed(other, f):
				m.adding.Files++
				sums = true
			default:
				m.adding.Already++
			}
			continue
		}
		block = append(block, entry{Entry: Entry{
			ID: ID(len(m.entries)), File: f, Name: f.Name, Folder: f.Folder, Batch: NoBatch,
		}, group: Ready})
		e := &block[len(block)-1]
		m.entries = append(m.entries, e)
		m.places[at] = e
		m.tree.put(e)
		rows = m.enter(e) || rows
		m.adding.Files++
	}
	// A folder of 100,000 files comes in hundreds of chunks, so what is there
	// already is not counted again for each.
	switch {
	case sums:
		m.rebuild()
	case rows:
		m.refill()
	}
	m.changed(Structure | Values)
}

func (m *Model) leaveOut(l intake.LeftOut) {
	m.left = append(m.left, l)
	if l.Minor {
		m.adding.Litter++
		return
	}
	m.adding.LeftOut++
	if l.Reason != intake.Unsupported {
		m.adding.Types = false
	}
}

// LeftOut lists what was not taken since the queue was last cleared.
func (m *Model) LeftOut() []intake.LeftOut { return m.left }

// UntoldLeftOut gives what was left out since it was last called, for the
// receipt of the upload that is told of it.
func (m *Model) UntoldLeftOut() []intake.LeftOut {
	left := m.left[m.handed:]
	m.handed = len(m.left)
	return left
}

// Entry gives an entry that is in the queue.
func (m *Model) Entry(id ID) (Entry, bool) {
	e := m.get(id)
	if e == nil {
		return Entry{}, false
	}
	return e.Entry, true
}

func (m *Model) get(id ID) *entry {
	if id < 0 || int(id) >= len(m.entries) || m.entries[id].gone {
		return nil
	}
	return m.entries[id]
}

// Total counts files.
type Total struct {
	Files   int
	Bytes   int64
	Groups  [groups]int // by Group; All is 0
	Skipped int         // of Done: the dataset had them already
}

// Count gives the number of files of a group, of all for All.
func (t Total) Count(g Group) int {
	if g == All {
		return t.Files
	}
	return t.Groups[g]
}

// Total counts the whole queue, whatever the filter shows.
func (m *Model) Total() Total {
	t := &m.tree.root.all
	return Total{Files: t.files, Bytes: t.bytes, Groups: t.groups, Skipped: t.skipped}
}

// UnsentTotal counts what Begin(Unsent()) would send.
func (m *Model) UnsentTotal() (files int, bytes int64) {
	t := &m.tree.root.all
	return t.groups[Ready], t.unsent
}

// IDs gives all entries in the order of the table.
func (m *Model) IDs() []ID { return m.idsWhere(func(*entry) bool { return true }) }

// Unsent gives the entries that a press of Upload sends: never sent, or stopped.
func (m *Model) Unsent() []ID { return m.idsWhere(func(e *entry) bool { return e.group == Ready }) }

// Needing gives the entries that need the person.
func (m *Model) Needing() []ID {
	return m.idsWhere(func(e *entry) bool { return e.group == NeedsYou })
}

func (m *Model) idsWhere(want func(*entry) bool) []ID {
	var ids []ID
	m.each(func(e *entry) {
		if want(e) {
			ids = append(ids, e.ID)
		}
	})
	return ids
}

// each visits the entries of the queue in the order of the table.
func (m *Model) each(visit func(*entry)) { m.tree.root.each(visit) }

func (n *node) each(visit func(*entry)) {
	n.tidy()
	n.lineUp()
	for _, kid := range n.kids {
		kid.each(visit)
	}
	for _, e := range n.files {
		if !e.gone {
			visit(e)
		}
	}
}

// SetFilter shows only one group. What is hidden by it is no longer selected:
// nobody should change what they do not see.
func (m *Model) SetFilter(g Group) {
	if g == m.filter {
		return
	}
	m.filter = g
	m.rebuild()
	m.changed(Structure | Selection)
}

// Filter is the group that is shown.
func (m *Model) Filter() Group { return m.filter }

// SetSearch shows only files whose name or folder contains the text, in
// whatever case. Folders open while there is a search, so that hits are seen.
func (m *Model) SetSearch(text string) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == m.search {
		return
	}
	m.search = text
	m.rebuild()
	m.changed(Structure | Selection)
}

// Search is the text in lower case.
func (m *Model) Search() string { return m.search }
