package queue

import (
	"slices"

	"darwin-uploader/uploader/darwin"
)

// maxPast is how many edits can be undone. It bounds memory: an edit of
// 100,000 entries holds about 15 MB.
const maxPast = 50

// props is what a person can change about an entry. The slice and the pointer
// are never written through, so that copies are cheap.
type props struct {
	gone   bool
	name   string
	folder string
	tags   []darwin.Tag
	video  *darwin.Video
}

func (e *entry) props() props { return props{e.gone, e.Name, e.Folder, e.Tags, e.Video} }

// edit is one step of the history.
type edit struct {
	label  string     // "Remove 3 files"
	base   *[2]string // Base before and after, nil if it is the same
	merge  string     // edits with the same text and entries become one; "" never
	ids    []ID
	before []props
	after  []props
}

// history holds the edits; those from at on are undone.
type history struct {
	edits []edit
	at    int
}

func (h *history) record(e edit) {
	h.edits = h.edits[:h.at]
	if last := h.at - 1; last >= 0 && e.merge != "" && h.edits[last].merge == e.merge && slices.Equal(h.edits[last].ids, e.ids) {
		h.edits[last].after, h.edits[last].label = e.after, e.label
		return
	}
	h.edits = append(h.edits, e)
	if len(h.edits) > maxPast {
		h.edits = slices.Delete(h.edits, 0, 1)
	}
	h.at = len(h.edits)
}

// UndoLabel names what Undo would undo, "" for nothing.
func (m *Model) UndoLabel() string {
	if m.past.at == 0 {
		return ""
	}
	return m.past.edits[m.past.at-1].label
}

// RedoLabel names what Redo would do again, "" for nothing.
func (m *Model) RedoLabel() string {
	if m.past.at == len(m.past.edits) {
		return ""
	}
	return m.past.edits[m.past.at].label
}

// Undo takes the latest edit back and selects what it touched. Entries that
// are being sent by now stay as they are, as do those whose place in Darwin
// another entry has taken meanwhile; kept counts them.
func (m *Model) Undo() (label string, kept int) {
	if m.past.at == 0 {
		return "", 0
	}
	m.past.at--
	e := m.past.edits[m.past.at]
	// Backwards, as files of one edit may have taken each other's places.
	ids, before := slices.Clone(e.ids), slices.Clone(e.before)
	slices.Reverse(ids)
	slices.Reverse(before)
	if e.base != nil {
		m.base = e.base[0]
	}
	return e.label, m.restore(ids, before)
}

// Redo does the latest undone edit again. Kept is as in Undo.
func (m *Model) Redo() (label string, kept int) {
	if m.past.at == len(m.past.edits) {
		return "", 0
	}
	e := m.past.edits[m.past.at]
	m.past.at++
	if e.base != nil {
		m.base = e.base[1]
	}
	return e.label, m.restore(e.ids, e.after)
}

func (m *Model) restore(ids []ID, to []props) (kept int) {
	m.unmarkAll()
	touched := make([]*entry, 0, len(ids))
	for i, id := range ids {
		e := m.entries[id]
		if !m.restorable(e, to[i]) || !m.apply(e, to[i]) {
			kept++
			continue
		}
		touched = append(touched, e)
	}
	m.rebuild()
	for _, e := range touched {
		mark(e, true)
	}
	m.changed(Structure | Selection | Values)
	return kept
}

// restorable says whether e can be given the properties p again. Files come
// and go also when their tags can no longer be changed, as with Remove.
func (m *Model) restorable(e *entry, p props) bool {
	if m.editable(e) {
		return true
	}
	now := e.props()
	now.gone = p.gone
	return same(now, p) && m.removable(e)
}

// apply gives e new properties and says whether its place was free.
func (m *Model) apply(e *entry, p props) bool {
	if !p.gone {
		if other := m.places[place{p.folder, p.name}]; other != nil && other != e {
			return false
		}
	}
	if !e.gone {
		delete(m.places, e.place())
	}
	if e.Name != p.name && e.node != nil {
		e.node.dirty = true
	}
	e.gone, e.Name, e.Folder, e.Tags, e.Video = p.gone, p.name, p.folder, p.tags, p.video
	m.counted, m.watched = false, false
	m.asked++
	m.moves++
	if !e.gone {
		m.places[e.place()] = e
	}
	m.tree.put(e)
	return true
}
