package queue

import (
	"maps"
	"slices"
	"strings"

	"darwin-uploader/gui/lang"
	folders "darwin-uploader/gui/queue/rule"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/intake"
)

// editable says whether an edit of e would still reach Darwin: not while a
// running batch may send it, and not once Darwin knows it.
func (m *Model) editable(e *entry) bool {
	if m.sending && e.Batch != NoBatch && e.group != NeedsYou {
		return false
	}
	return e.Status.Reached.Upload == (darwin.Upload{}) && e.group != Done
}

// Editable counts those of ids whose tags and folder can still be changed.
func (m *Model) Editable(ids []ID) int {
	n := 0
	for _, id := range ids {
		if e := m.get(id); e != nil && m.editable(e) {
			n++
		}
	}
	return n
}

// Removable counts those of ids that Remove would take out.
func (m *Model) Removable(ids []ID) int {
	n := 0
	for _, id := range ids {
		if e := m.get(id); e != nil && m.removable(e) {
			n++
		}
	}
	return n
}

func (m *Model) removable(e *entry) bool {
	return !m.sending || e.Batch == NoBatch || e.group == NeedsYou || e.Status.State == uploader.Stopped
}

// Remove takes entries out of the queue, not their files off the computer, and
// says how many. What a running batch may still send stays: it has to take it
// out first. So does what it has brought into Darwin, so that its sums hold.
func (m *Model) Remove(ids []ID) int {
	return m.edit(lang.N("Remove %s file", "Remove %s files", len(ids)), "", ids, m.removable, func(p props, _ *entry) props {
		p.gone = true
		return p
	})
}

// SetTags gives all of ids exactly these tags.
func (m *Model) SetTags(ids []ID, tags []darwin.Tag) int {
	tags = slices.Clip(slices.Clone(tags))
	return m.edit(lang.L("Change tags"), "", ids, m.editable, func(p props, _ *entry) props {
		p.tags = tags
		return p
	})
}

// AddTag adds a tag to those of ids that do not have its class. Where they
// have it, they keep its text, unless the new tag brings one.
func (m *Model) AddTag(ids []ID, tag darwin.Tag) int {
	return m.edit(lang.L("Add tag “%s”", tag.Class), "", ids, m.editable, func(p props, _ *entry) props {
		at := tagIndex(p.tags, tag.Class)
		switch {
		case at < 0:
			p.tags = append(slices.Clip(p.tags), tag)
		case tag.Text != "":
			p.tags = withText(p.tags, at, tag.Text)
		}
		return p
	})
}

// RemoveTag takes the tag of a class off.
func (m *Model) RemoveTag(ids []ID, class string) int {
	return m.edit(lang.L("Remove tag “%s”", class), "", ids, m.editable, func(p props, _ *entry) props {
		if at := tagIndex(p.tags, class); at >= 0 {
			p.tags = slices.Delete(slices.Clone(p.tags), at, at+1)
		}
		return p
	})
}

// SetTagText sets the text of a tag on those of ids that have it. Calls that
// follow each other for the same files are one step for Undo, so that it takes
// back a word and not a letter.
func (m *Model) SetTagText(ids []ID, class, text string) int {
	return m.edit(lang.L("Change “%s”", class), "text\x00"+class, ids, m.editable, func(p props, _ *entry) props {
		if at := tagIndex(p.tags, class); at >= 0 {
			p.tags = withText(p.tags, at, text)
		}
		return p
	})
}

// SetVideo says how Darwin should read the videos among ids; nil is its own way.
func (m *Model) SetVideo(ids []ID, video *darwin.Video) int {
	if video != nil {
		own := *video
		video = &own
	}
	return m.edit(lang.L("Change video"), "", ids, m.editable, func(p props, e *entry) props {
		if e.File.Kind == intake.Video {
			p.video = video
		}
		return p
	})
}

func tagIndex(tags []darwin.Tag, class string) int {
	return slices.IndexFunc(tags, func(t darwin.Tag) bool { return t.Class == class })
}

func withText(tags []darwin.Tag, at int, text string) []darwin.Tag {
	if tags[at].Text == text {
		return tags
	}
	tags = slices.Clone(tags)
	tags[at].Text = text
	return tags
}

// edit applies one change to those of ids that allow it, records it, and says
// how many it really changed.
func (m *Model) edit(label, merge string, ids []ID, allow func(*entry) bool, change func(props, *entry) props) int {
	step := edit{label: label, merge: merge}
	structure, tagged := false, false
	for _, id := range ids {
		e := m.get(id)
		if e == nil || !allow(e) {
			continue
		}
		before := e.props()
		after := change(before, e)
		if same(before, after) || !m.apply(e, after) {
			continue
		}
		structure = structure || before.gone != after.gone || before.folder != after.folder || before.name != after.name
		tagged = tagged || !slices.Equal(before.tags, after.tags)
		step.ids = append(step.ids, id)
		step.before, step.after = append(step.before, before), append(step.after, after)
	}
	if len(step.ids) == 0 {
		return 0
	}
	m.past.record(step)
	if structure {
		m.leaveCursor()
		m.rebuild()
		m.changed(Structure | Selection | Values)
	} else {
		if tagged {
			m.rebuild() // folders show the tags that their files have in common
		}
		m.changed(Values)
	}
	return len(step.ids)
}

func same(a, b props) bool {
	return a.gone == b.gone && a.name == b.name && a.folder == b.folder && a.video == b.video && slices.Equal(a.tags, b.tags)
}

// leaveCursor moves the cursor off a file that is gone to the next row that
// stays, so that the keyboard does not lose its place.
func (m *Model) leaveCursor() {
	at, ok := m.rowOf(m.cursor)
	if !ok || m.cursor.file == nil || !m.cursor.file.gone {
		return
	}
	for i := at + 1; i < len(m.rows); i++ {
		if f := m.rows[i].file; f != nil && !f.gone {
			m.cursor = m.rows[i]
			return
		}
	}
	for i := at - 1; i >= 0; i-- {
		if f := m.rows[i].file; f != nil && !f.gone {
			m.cursor = m.rows[i]
			return
		}
	}
}

// Refused is an entry that could not get a folder, and why.
type Refused struct {
	ID       ID
	Sentence string
}

func staysWords(e *entry, taken string) string {
	return lang.L("“%s” stays in %s: %s has a file of that name already.", e.Name, e.Folder, taken)
}

// SetFolder puts all of ids into one folder of Darwin; folder is in the form
// that intake.CleanFolder gives. An entry whose name the folder has already
// stays where it is and is told of in refused.
func (m *Model) SetFolder(ids []ID, folder string) (moved int, refused []Refused) {
	taken := map[string]bool{} // names that earlier ids bring along
	movable := make([]ID, 0, len(ids))
	for _, id := range ids {
		e := m.get(id)
		if e == nil || !m.editable(e) || e.Folder == folder {
			continue
		}
		if m.places[place{folder, e.Name}] != nil || taken[e.Name] {
			refused = append(refused, Refused{id, staysWords(e, folder)})
			continue
		}
		taken[e.Name] = true
		movable = append(movable, id)
	}
	moved = m.edit(lang.L("Move to %s", folder), "", movable, m.editable, func(p props, _ *entry) props {
		p.folder = folder
		return p
	})
	return moved, refused
}

// FoldersOf gives those of ids that can still be moved and tagged, for rules.
func (m *Model) FoldersOf(ids []ID) []folders.File {
	files := make([]folders.File, 0, len(ids))
	for _, id := range ids {
		if e := m.get(id); e != nil && m.editable(e) {
			files = append(files, folders.File{ID: int32(id), Name: e.Name, Folder: e.Folder})
		}
	}
	return files
}

// AddTags adds to each entry its tag, as one edit of that label. An entry that
// has the class keeps it as it is.
func (m *Model) AddTags(label string, tags map[ID]darwin.Tag) int {
	return m.edit(label, "", inOrder(tags), m.editable, func(p props, e *entry) props {
		if tag := tags[e.ID]; tagIndex(p.tags, tag.Class) < 0 {
			p.tags = append(slices.Clip(p.tags), tag)
		}
		return p
	})
}

// Rearrange gives each entry its folder, as one edit. Those whose place is taken
// stay where they are.
func (m *Model) Rearrange(to map[ID]string) (moved int) {
	ids := inOrder(to)
	// What goes to another's place comes after it has left: when folders are
	// left out at the top, the shallow ones go first.
	slices.SortStableFunc(ids, func(a, b ID) int { return len(m.entries[a].Folder) - len(m.entries[b].Folder) })
	return m.edit(lang.N("Move %s file", "Move %s files", len(ids)), "", ids, m.editable, func(p props, e *entry) props {
		p.folder = to[e.ID]
		return p
	})
}

func inOrder[V any](of map[ID]V) []ID { return slices.Sorted(maps.Keys(of)) }

// Base is the Darwin folder below which added files land.
func (m *Model) Base() string { return m.base }

// SetBase gives Base another path, and with it everything that is below it: from
// "/May 2026" to "/" puts its contents straight into the root. If any file
// would meet another of its name, nothing moves and refused tells which.
func (m *Model) SetBase(to string) (moved int, refused []Refused) {
	from := m.base
	if from == to {
		return 0, nil
	}
	leaving := map[*entry]string{} // where to
	var ids []ID
	if n := m.tree.nodes[from]; n != nil {
		n.each(func(e *entry) {
			if m.editable(e) {
				leaving[e] = join(to, strings.TrimPrefix(e.Folder, strings.TrimSuffix(from, "/")))
				ids = append(ids, e.ID)
			}
		})
	}
	for _, id := range ids {
		e := m.entries[id]
		other := m.places[place{leaving[e], e.Name}]
		if other == nil {
			continue
		}
		if _, goes := leaving[other]; !goes {
			refused = append(refused, Refused{id, staysWords(e, leaving[e])})
		}
	}
	if len(refused) > 0 {
		return 0, refused
	}
	// Deeper targets first when moving down, so that no file meets one that
	// is about to leave.
	slices.SortStableFunc(ids, func(a, b ID) int {
		return len(m.entries[b].Folder) - len(m.entries[a].Folder)
	})
	if len(to) < len(from) {
		slices.Reverse(ids)
	}
	m.base = to
	moved = m.edit(lang.L("Move to %s", to), "", ids, m.editable, func(p props, e *entry) props {
		p.folder = leaving[e]
		return p
	})
	if moved > 0 {
		m.past.edits[m.past.at-1].base = &[2]string{from, to}
	}
	return moved, nil
}

// join is the path of rest, which starts with "/", below a folder.
func join(to, rest string) string {
	switch {
	case rest == "" || rest == "/":
		return to
	case to == "/":
		return rest
	default:
		return to + rest
	}
}
