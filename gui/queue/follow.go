package queue

import (
	"path/filepath"
	"strings"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
)

// BatchEntries gives the files of the latest batch that are in the queue, in
// its order.
func (m *Model) BatchEntries() []Entry {
	var all []Entry
	for _, e := range m.batch {
		if e != nil && !e.gone {
			all = append(all, e.Entry)
		}
	}
	return all
}

// Source says what files came from, for a person to know their upload by: the
// folder that was dropped, or for loose files the one that they all lie in; ""
// where there is not one.
func (m *Model) Source(ids []ID) string {
	top, dir := "", ""
	for i, id := range ids {
		e := m.get(id)
		if e == nil {
			continue
		}
		here, _, _ := strings.Cut(strings.TrimPrefix(e.File.Folder, "/"), "/")
		lies := filepath.Dir(e.File.Path)
		if i == 0 {
			top, dir = here, lies
		}
		if here != top {
			return ""
		}
		if lies != dir {
			dir = ""
		}
	}
	if top != "" || dir == "" {
		return top
	}
	if name := filepath.Base(dir); name != string(filepath.Separator) && name != "." {
		return name
	}
	return ""
}

// Verdict is what Darwin says of a confirmed file afterwards.
type Verdict struct {
	ID     ID
	ItemID string // under which it was confirmed
	// Problem is why it is not in Darwin after all, nil if it is. Reached is
	// then what need not be done again.
	Problem *fault.Error
	Reached uploader.Reached
}

// Confirmed gives the files of the latest batch that Darwin has confirmed, by
// their items.
func (m *Model) Confirmed() map[string]ID {
	all := map[string]ID{}
	for _, e := range m.batch {
		if e != nil && !e.gone && e.Status.State == uploader.InDarwin {
			all[e.Status.Reached.Upload.ItemID] = e.ID
		}
	}
	return all
}

// Judge takes what Darwin says of confirmed files. A file that has left the
// queue, or is sent once more by now, is passed over.
func (m *Model) Judge(all []Verdict) {
	touched, moved := false, false
	for _, s := range all {
		e := m.get(s.ID)
		if e == nil || e.Processed || e.Status.State != uploader.InDarwin || e.Status.Reached.Upload.ItemID != s.ItemID {
			continue
		}
		touched = true
		if s.Problem != nil {
			moved = m.become(e, uploader.Status{
				State: uploader.Failed, Stage: uploader.StageConfirm, Sent: e.Status.Sent, Problem: s.Problem, Reached: s.Reached,
			}) || moved
			continue
		}
		e.Processed = true
		for n := e.node; n != nil; n = n.parent {
			n.all.ready++
			if e.shown {
				n.shown.ready++
			}
		}
	}
	switch {
	case moved:
		m.rebuild()
		m.changed(Structure | Selection | Values)
	case touched:
		m.changed(Values)
	}
}

// afterwards says whether Darwin had confirmed a file that it does not have.
func afterwards(e *entry) bool {
	p := e.Status.Problem
	return e.Status.Stage == uploader.StageConfirm && p != nil && (p.Kind == fault.Refused || p.Kind == fault.Missing)
}

// Bring takes items of an earlier upload into the queue beside what is there,
// as far as they came, and gives their IDs. A file that is here already is
// that one; where another has its place in Darwin it stays out.
func (m *Model) Bring(items []uploader.Item) []ID {
	var ids []ID
	var free []uploader.Item
	for _, item := range items {
		switch e := m.places[place{item.Folder, item.Name}]; {
		case e == nil:
			free = append(free, item)
		case e.File.Path == item.Path && e.group != Done:
			ids = append(ids, e.ID)
		}
	}
	return append(ids, m.Restore(free)...)
}

// Processing is how many files Darwin has confirmed and not settled.
func (m *Model) Processing() int { return m.tree.root.all.processing() }

// processing is how many of the group Done Darwin has not settled.
func (t *tally) processing() int { return t.groups[Done] - t.skipped - t.ready }

// ready is 1 for a file that Darwin has processed.
func ready(e *entry) int {
	if e.Processed && e.Status.State == uploader.InDarwin {
		return 1
	}
	return 0
}
