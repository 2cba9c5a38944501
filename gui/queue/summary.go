package queue

import (
	"cmp"
	"slices"

	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

// TagUse tells how a tag is spread over a selection.
type TagUse struct {
	Class  string
	On, Of int    // on n of m files
	Text   string // what all that have it say; "" where they differ
	Differ bool   // their texts differ
}

// Tags tells the tags of ids: those on the most files first, then as they were
// added.
func (m *Model) Tags(ids []ID) []TagUse {
	at := map[string]int{}
	var uses []TagUse
	of := 0
	for _, id := range ids {
		e := m.get(id)
		if e == nil {
			continue
		}
		of++
		for _, t := range e.Tags {
			i, known := at[t.Class]
			if !known {
				i = len(uses)
				at[t.Class] = i
				uses = append(uses, TagUse{Class: t.Class, Text: t.Text})
			}
			u := &uses[i]
			u.On++
			if u.Text != t.Text {
				u.Differ = true
			}
		}
	}
	for i := range uses {
		uses[i].Of = of
		if uses[i].Differ {
			uses[i].Text = ""
		}
	}
	slices.SortStableFunc(uses, func(a, b TagUse) int { return cmp.Compare(b.On, a.On) })
	return uses
}

// AllTags is Tags for the whole queue. It is kept until an edit, as it is asked
// for with each chunk of a scan; what a scan adds carries no tags.
func (m *Model) AllTags() []TagUse {
	if !m.counted {
		m.known, m.counted = m.Tags(m.IDs()), true
	}
	for i := range m.known {
		m.known[i].Of = m.tree.root.all.files
	}
	return m.known
}

// About sums up a selection for the inspector.
type About struct {
	Files  int
	Bytes  int64
	Kinds  intake.Counts
	Folder string // that all are in; "" where they differ
	// InFolders: at least one of them is in a folder.
	InFolders bool
	First     Entry
}

// AboutAll is About for the whole queue, in no time.
func (m *Model) AboutAll() About {
	t := &m.tree.root.all
	a := About{Files: t.files, Bytes: t.bytes, Kinds: t.kinds}
	for _, kid := range m.tree.root.kids {
		a.InFolders = a.InFolders || kid.all.files > 0
	}
	if t.files == 1 {
		m.each(func(e *entry) { a.First, a.Folder = e.Entry, e.Folder })
	}
	return a
}

// About tells about ids.
func (m *Model) About(ids []ID) About {
	var a About
	for _, id := range ids {
		e := m.get(id)
		if e == nil {
			continue
		}
		if a.Files == 0 {
			a.First, a.Folder = e.Entry, e.Folder
		}
		if a.Folder != e.Folder {
			a.Folder = ""
		}
		a.InFolders = a.InFolders || e.Folder != "/"
		a.Files++
		a.Bytes += e.File.Size
		a.Kinds.Add(e.File.Kind)
	}
	return a
}

// ReceiptLine is one top folder of a receipt; Folder "/" stands for files at
// the root.
type ReceiptLine struct {
	Folder   string
	Arrived  int
	Of       int
	Bytes    int64
	Complete bool
	Settled  bool // Darwin is not processing any of it
}

// Receipt says for each top folder how much of it is in Darwin. Files that
// were skipped count as arrived: the dataset has them. Where one dropped
// folder is everything, its own folders are told instead.
func (m *Model) Receipt() []ReceiptLine {
	n := m.tree.root
	for {
		lines := n.receipt()
		if len(lines) != 1 || lines[0].Folder == n.path {
			return lines
		}
		n = m.tree.nodes[lines[0].Folder]
	}
}

func (n *node) receipt() []ReceiptLine {
	n.tidy()
	n.lineUp()
	var lines []ReceiptLine
	for _, kid := range n.kids {
		if kid.all.files > 0 {
			lines = append(lines, lineOf(kid.path, kid.all))
		}
	}
	var own tally
	for _, e := range n.files {
		if !e.gone {
			own.add(e)
		}
	}
	if own.files > 0 {
		lines = append(lines, lineOf(n.path, own))
	}
	return lines
}

func lineOf(folder string, t tally) ReceiptLine {
	return ReceiptLine{
		Folder: folder, Arrived: t.groups[Done], Of: t.files, Bytes: t.bytes, Complete: t.groups[Done] == t.files,
		Settled: t.processing() == 0,
	}
}

// Cause is one reason for which files need the person.
type Cause struct {
	Kind     fault.Kind
	Sentence string // of the first of them
	IDs      []ID
	// Afterwards: Darwin had confirmed them, and lost or refused them later.
	Afterwards bool
}

// Causes groups the files that need the person, the largest group first.
func (m *Model) Causes() []Cause {
	type key struct {
		kind fault.Kind
		what string
	}
	at := map[key]int{}
	var causes []Cause
	m.each(func(e *entry) {
		if e.group != NeedsYou {
			return
		}
		k := key{}
		sentence := lang.L("They did not arrive.")
		if p := e.Status.Problem; p != nil {
			// Sentences of these kinds may name the file; the kind alone tells
			// what they have in common.
			k.kind, sentence = p.Kind, lang.Fault(p)
			if p.Kind == fault.Unknown || p.Kind == fault.Blocked || p.Kind == fault.Refused || p.Kind == fault.UnknownTag {
				k.what = p.What
			}
		}
		i, known := at[k]
		if !known {
			i = len(causes)
			at[k] = i
			causes = append(causes, Cause{Kind: k.kind, Sentence: sentence, Afterwards: afterwards(e)})
		}
		causes[i].IDs = append(causes[i].IDs, e.ID)
	})
	slices.SortStableFunc(causes, func(a, b Cause) int { return cmp.Compare(len(b.IDs), len(a.IDs)) })
	return causes
}

// CountState counts the entries in one state.
func (m *Model) CountState(s uploader.State) int {
	n := 0
	m.each(func(e *entry) {
		if e.Status.State == s {
			n++
		}
	})
	return n
}
