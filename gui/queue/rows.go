package queue

import (
	"slices"
	"strings"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/intake"
)

// rowRef is what a row shows: a folder or a file. It stays the same when rows
// come and go.
type rowRef struct {
	node *node // of a folder's row
	file *entry
}

// Tick is a check box's state.
type Tick uint8

// The three states.
const (
	Off Tick = iota
	Partly
	On
)

// Row is one row of the table.
type Row struct {
	Level    int
	IsFolder bool
	Name     string
	Folder   string // in Darwin: of a folder's row its own path
	Size     int64
	Tags     []darwin.Tag // of a folder: those that all its files carry
	Tick     Tick
	Cursor   bool // the keyboard is here

	// Of a folder.
	Open  bool
	Files int // that the filter lets through
	Whole int // all of them
	// Processing is how many of them Darwin has confirmed and not settled.
	Processing int
	Group      Group
	Part       float64 // of the bytes that have left, 0 to 1

	// Of a file.
	Entry Entry
	Waits bool // for the network
	Fresh bool // the latest gesture brought it to what was here before
}

// Rows is the number of rows.
func (m *Model) Rows() int { return len(m.rows) }

// Row gives row i, from 0.
func (m *Model) Row(i int) Row {
	ref := m.rows[i]
	if e := ref.file; e != nil {
		r := Row{Level: e.node.level + 1, Name: e.Name, Folder: e.Folder, Size: e.File.Size, Tags: e.Tags, Group: e.group, Entry: e.Entry, Waits: m.waits(e), Fresh: m.fresh > 0 && e.ID >= m.fresh, Cursor: ref == m.cursor}
		if e.selected {
			r.Tick = On
		}
		return r
	}
	n := ref.node
	r := Row{
		Level: n.level, IsFolder: true, Name: n.name, Folder: n.path, Size: n.shown.bytes, Tags: n.common, Cursor: ref == m.cursor,
		Open: n.open || m.search != "", Files: n.shown.files, Whole: n.all.files, Processing: n.all.processing(), Group: n.all.loudest(),
	}
	r.Waits = m.waiting && m.sending && (r.Group == Ready || r.Group == Sending)
	switch {
	case n.selected > 0 && n.selected == n.shown.files:
		r.Tick = On
	case n.selected > 0:
		r.Tick = Partly
	}
	if n.all.bytes > 0 {
		r.Part = min(1, float64(n.all.past)/float64(n.all.bytes))
	}
	return r
}

// rebuild works out counts, sums and rows anew: one walk over everything.
func (m *Model) rebuild() {
	m.count(m.tree.root)
	m.refill()
}

// refill works out the rows anew, of which there are those of open folders.
func (m *Model) refill() {
	m.rows = m.rows[:0]
	m.fill(m.tree.root)
	if _, ok := m.rowOf(m.cursor); !ok {
		m.cursor = rowRef{}
	}
}

// count counts n and all below it.
func (m *Model) count(n *node) {
	n.tidy()
	n.all, n.shown, n.selected, n.common = tally{}, tally{}, 0, nil
	n.sought = m.seeks(n)
	for _, kid := range n.kids {
		m.count(kid)
		n.all.merge(kid.all)
		n.take(kid.common, kid.shown.files)
		n.shown.merge(kid.shown)
		n.selected += kid.selected
	}
	for _, e := range n.files {
		if e.gone {
			e.shown, e.selected = false, false
			continue
		}
		n.all.add(e)
		if e.shown = m.shows(e); !e.shown {
			e.selected = false
			continue
		}
		n.take(e.Tags, 1)
		n.shown.add(e)
		if e.selected {
			n.selected++
		}
	}
}

// enter counts one new entry in the folders above it, and says whether that
// changes the rows.
func (m *Model) enter(e *entry) (rows bool) {
	e.shown = m.shows(e)
	sorted := m.tree.order.key == BySize || m.tree.order.key == ByState
	for n := e.node; n != nil; n = n.parent {
		n.all.add(e)
		n.mixed = n.mixed || sorted
		if !e.shown {
			continue
		}
		if n.shown.files == 0 || sorted && (n.parent == nil || m.unfolded(n.parent)) {
			rows = true
		}
		n.take(e.Tags, 1)
		n.shown.add(e)
	}
	return rows || e.shown && m.unfolded(e.node)
}

// seeks says whether n or a folder above has in its name what is searched for.
// The one above was asked before.
func (m *Model) seeks(n *node) bool {
	return m.search == "" || n.parent != nil && n.parent.sought || strings.Contains(strings.ToLower(n.name), m.search)
}

// shows says whether filter and search let an entry through.
func (m *Model) shows(e *entry) bool {
	return (m.filter == All || m.groupOf(e) == m.filter) && (e.node.sought || strings.Contains(strings.ToLower(e.Name), m.search))
}

// groupOf is the chip under which an entry stands.
func (m *Model) groupOf(e *entry) Group {
	if m.waits(e) {
		return Sending
	}
	return e.group
}

// unfolded says whether the files in n have rows.
func (m *Model) unfolded(n *node) bool {
	for ; m.search == "" && n != nil; n = n.parent {
		if !n.open {
			return false
		}
	}
	return true
}

// fill appends the rows of n; a folder in which nothing is shown has none.
func (m *Model) fill(n *node) {
	if n.level >= 0 {
		if n.shown.files == 0 {
			return
		}
		m.rows = append(m.rows, rowRef{node: n})
	}
	if !n.open && m.search == "" {
		return
	}
	n.lineUp()
	n.tidy()
	for _, kid := range n.kids {
		m.fill(kid)
	}
	for _, e := range n.files {
		if e.shown {
			m.rows = append(m.rows, rowRef{file: e})
		}
	}
}

// take narrows the folder's common tags by what more files carry.
func (n *node) take(tags []darwin.Tag, files int) {
	switch {
	case files == 0:
	case n.shown.files == 0:
		n.common = tags
	default:
		n.common = shared(n.common, tags)
	}
}

// rowOf finds the row that shows ref.
func (m *Model) rowOf(ref rowRef) (int, bool) {
	if ref == (rowRef{}) {
		return 0, false
	}
	i := slices.Index(m.rows, ref)
	return i, i >= 0
}

// SetOpen opens or closes the folder of row i.
func (m *Model) SetOpen(i int, open bool) {
	n := m.rows[i].node
	if n == nil || n.open == open {
		return
	}
	n.open = open
	if !open {
		m.liftCursor(n)
	}
	m.refill()
	m.changed(Structure)
}

// maxUnfold is how many rows Unfold may bring.
const maxUnfold = 2000

// Unfold opens the folders of what filter and search let through, so that it can
// be seen, unless that is too much to look through.
func (m *Model) Unfold() {
	if m.ShownCount() > maxUnfold {
		return
	}
	for _, n := range m.tree.nodes {
		n.open = n.open || n.shown.files > 0
	}
	m.refill()
	m.changed(Structure)
}

// liftCursor moves a cursor that would vanish in closed folder n to n's row.
func (m *Model) liftCursor(n *node) {
	at := m.cursor.node
	if m.cursor.file != nil {
		at = m.cursor.file.node
	}
	for ; at != nil; at = at.parent {
		if at == n {
			m.cursor = rowRef{node: n}
			return
		}
	}
}

// Reveal opens what hides an entry, goes back to showing all if the filter
// hides it, and puts the cursor there. It says whether the entry exists.
func (m *Model) Reveal(id ID) bool {
	e := m.get(id)
	if e == nil {
		return false
	}
	if !e.shown {
		m.filter, m.search = All, ""
	}
	for n := e.node; n != nil; n = n.parent {
		n.open = true
	}
	m.cursor = rowRef{file: e}
	m.anchor = m.cursor
	m.rebuild()
	m.changed(Structure | Selection)
	return true
}

// Parent gives the row of the folder that holds row i, -1 at the top.
func (m *Model) Parent(i int) int {
	ref := m.rows[i]
	up := ref.node
	if ref.file != nil {
		up = ref.file.node
	} else {
		up = up.parent
	}
	if at, ok := m.rowOf(rowRef{node: up}); ok {
		return at
	}
	return -1
}

// HasVideo says whether one of ids is a video.
func (m *Model) HasVideo(ids []ID) bool {
	for _, id := range ids {
		if e := m.get(id); e != nil && e.File.Kind == intake.Video {
			return true
		}
	}
	return false
}
