package cause

import (
	"cmp"
	"slices"
	"strings"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

// Kind is a sort of cause.
type Kind uint8

// The kinds, in the order in which groups of the same size stand.
const (
	UnknownTag  Kind = iota // the team has no such tag class
	TextMissing             // a tag that takes a text has none
	TextTooMuch             // a tag that takes no text has one
	Exists                  // the dataset has the item already
	Changed                 // the file is not what it was when it was added
	TooLarge
	Vanished
	Unreadable
	Full    // the plan is used up
	Key     // the key is missing, wrong or may not do this
	Offline // tries were used up without an answer
	Disk    // this computer's disk
	Other
)

// Do is what a choice does to the files of its group.
type Do uint8

// The deeds. All but Skip and TakeOut send the files again.
const (
	Nothing Do = iota
	CreateTags
	RemoveTags
	SetText // of the one tag of the group, to what the person types
	RemoveText
	Skip
	Rename
	NewVersions
	SendAgain
	TakeOut
)

// File is a file that needs the person.
type File struct {
	ID      int32
	Name    string
	Size    int64
	Kind    intake.Kind
	Tags    []darwin.Tag
	Problem *fault.Error // nil where nothing is known
}

// Classes looks a tag class of the team up. A nil Classes stands for a team
// whose classes are not known.
type Classes func(name string) (takesText, exists bool)

// Choice is a button.
type Choice struct {
	Do    Do
	Words string
}

// Group is the files that share a cause. Second may be Nothing.
type Group struct {
	Kind          Kind
	IDs           []int32
	Tags          []string // classes that the cause is about
	Title, Why    string
	First, Second Choice
	Detail        string // for support, "" for nothing
}

// Key names the group as long as its cause is the same, whatever files it has.
func (g Group) Key() string {
	return string(rune('a'+g.Kind)) + strings.Join(g.Tags, "\x00") + "\x00" + g.Detail
}

// Groups sorts files into groups, the largest first.
func Groups(files []File, classes Classes) []Group {
	at := map[sort]int{}
	var sorted []*bundle
	for i := range files {
		f := &files[i]
		s, tags := sortOf(f, classes)
		i, known := at[s]
		if !known {
			i = len(sorted)
			at[s] = i
			sorted = append(sorted, &bundle{sort: s, tags: tags, first: *f, detail: detailOf(f.Problem)})
		}
		b := sorted[i]
		b.ids = append(b.ids, f.ID)
		b.mixed = b.mixed || f.Kind != b.first.Kind
	}
	slices.SortStableFunc(sorted, func(a, b *bundle) int {
		return cmp.Or(cmp.Compare(len(b.ids), len(a.ids)), cmp.Compare(a.kind, b.kind))
	})
	groups := make([]Group, len(sorted))
	for i, b := range sorted {
		groups[i] = b.group()
	}
	return groups
}

// sort is what files of one group have in common.
type sort struct {
	kind    Kind
	what    string // tells apart causes of one kind that have nothing else in common
	tags    string // their names, each followed by a zero
	created bool   // the team has the tags by now
}

// bundle is a group before it has words.
type bundle struct {
	sort
	tags   []string
	ids    []int32
	first  File
	mixed  bool // files of several kinds
	detail string
}

func detailOf(p *fault.Error) string {
	if p == nil {
		return ""
	}
	return p.Detail
}

// sortOf says to which group a file belongs, and which tags its cause is about.
func sortOf(f *File, classes Classes) (s sort, tags []string) {
	s.kind = Other
	p := f.Problem
	if p == nil {
		return s, nil
	}
	switch p.Kind {
	case fault.UnknownTag:
		s.kind = UnknownTag
		tags, s.created = unknown(f.Tags, classes)
	case fault.TagText:
		s.kind, tags = textual(f.Tags, classes)
	case fault.Exists:
		s.kind = Exists
	case fault.Changed:
		s.kind = Changed
	case fault.TooLarge:
		s.kind = TooLarge
		if f.Size <= intake.MaxSize { // somebody else's limit
			s.what = p.What
		}
	case fault.Vanished:
		s.kind = Vanished
	case fault.Unreadable:
		s.kind = Unreadable
	case fault.ItemLimit, fault.Quota:
		s.kind = Full
	case fault.Key, fault.Permission:
		s.kind = Key
	case fault.Network, fault.Stalled:
		s.kind = Offline
	case fault.Disk:
		s.kind = Disk
	default:
		s.what = p.What
	}
	for _, t := range tags {
		s.tags += t + "\x00"
	}
	return s, tags
}

// unknown gives the tags that the team does not have. Darwin does not say which
// it means, so the team's classes have to tell. Without them, only the tag of a
// file that has just one is sure. created says that the team has all by now.
func unknown(tags []darwin.Tag, classes Classes) (names []string, created bool) {
	if classes == nil {
		if len(tags) == 1 {
			return []string{tags[0].Class}, false
		}
		return nil, false
	}
	for _, t := range tags {
		if _, exists := classes(t.Class); !exists {
			names = append(names, t.Class)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), len(names) == 0
}

// textual tells which tags' text Darwin cannot have liked.
func textual(tags []darwin.Tag, classes Classes) (Kind, []string) {
	var missing, tooMuch []string
	for _, t := range tags {
		takes, exists := true, false
		if classes != nil {
			takes, exists = classes(t.Class)
		}
		switch {
		case exists && takes && strings.TrimSpace(t.Text) == "":
			missing = append(missing, t.Class)
		case exists && !takes && t.Text != "", !exists && t.Text != "":
			tooMuch = append(tooMuch, t.Class)
		}
	}
	// The reason's name speaks of a text that is missing, the guide that names
	// it of one too much; what the tags look like decides.
	if len(tooMuch) > 0 {
		slices.Sort(tooMuch)
		return TextTooMuch, slices.Compact(tooMuch)
	}
	if len(missing) > 0 {
		return TextMissing, missing[:1] // the text of one tag at a time is asked for
	}
	return TextTooMuch, nil
}
