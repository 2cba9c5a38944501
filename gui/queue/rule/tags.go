package rule

import (
	"cmp"
	"slices"
	"strings"
)

// File is a file as the rules see it.
type File struct {
	ID           int32
	Name, Folder string
}

// Own is the level of the folder that a file itself lies in. Other levels count
// from 1, the folder at the top.
const Own = 0

// at is the name of the folder of a level above a file, "" if there is none.
func at(folder string, level int) string {
	names := strings.FieldsFunc(folder, func(r rune) bool { return r == '/' })
	switch {
	case len(names) == 0 || level > len(names) || level < 0:
		return ""
	case level == Own:
		return strings.TrimSpace(names[len(names)-1])
	default:
		return strings.TrimSpace(names[level-1])
	}
}

// Level is one depth of folders and the names that are there.
type Level struct {
	Level int
	Names []string // in the order of the files, each once
}

// Levels lists the levels that files have: Own first, and then from the top.
// Own is left out where it says the same as a single level. Without folders
// there are none.
func Levels(files []File) []Level {
	deepest := 0
	seen := map[string]bool{}
	var folders []string
	for _, f := range files {
		if !seen[f.Folder] {
			seen[f.Folder] = true
			folders = append(folders, f.Folder)
			deepest = max(deepest, len(strings.FieldsFunc(f.Folder, func(r rune) bool { return r == '/' })))
		}
	}
	var levels []Level
	for level := Own; level <= deepest; level++ {
		l := Level{Level: level}
		for _, folder := range folders {
			if name := at(folder, level); name != "" && !slices.Contains(l.Names, name) {
				l.Names = append(l.Names, name)
			}
		}
		if len(l.Names) > 0 {
			levels = append(levels, l)
		}
	}
	if len(levels) == 2 { // the only level is their own
		levels = levels[:1]
	}
	return levels
}

// Tag is a tag that a rule gives, and to which files.
type Tag struct {
	Class string
	New   bool // the team does not have it
	IDs   []int32
}

// Tagging is what comes of using the names of a level as tags.
type Tagging struct {
	Tags    []Tag // those of most files first, then by name
	Without int   // files that have no folder at that level
}

// Classes finds the tag class of a team that a name means, whatever its case.
// Nil stands for a team whose classes are not known: nothing is called new.
type Classes func(name string) (class string, exists bool)

// Tags uses the names of a level of folders as tags.
func Tags(files []File, level int, classes Classes) Tagging {
	var t Tagging
	known := map[string]int{} // the tag by the folder's name
	names := map[string]string{}
	for _, f := range files {
		name, cut := names[f.Folder]
		if !cut {
			name = at(f.Folder, level)
			names[f.Folder] = name
		}
		if name == "" {
			t.Without++
			continue
		}
		i, is := known[name]
		if !is {
			i = t.tag(name, classes)
			known[name] = i
		}
		t.Tags[i].IDs = append(t.Tags[i].IDs, f.ID)
	}
	slices.SortStableFunc(t.Tags, func(a, b Tag) int {
		return cmp.Or(cmp.Compare(len(b.IDs), len(a.IDs)), cmp.Compare(a.Class, b.Class))
	})
	return t
}

// tag gives the place of the tag that a name means.
func (t *Tagging) tag(name string, classes Classes) int {
	tag := Tag{Class: name}
	if classes != nil {
		class, exists := classes(name)
		if tag.New = !exists; exists {
			tag.Class = class
		}
	}
	for i, other := range t.Tags { // two folders whose names differ only in case
		if strings.EqualFold(other.Class, tag.Class) {
			return i
		}
	}
	t.Tags = append(t.Tags, tag)
	return len(t.Tags) - 1
}

// Files is the number of files that get a tag.
func (t Tagging) Files() int {
	n := 0
	for _, tag := range t.Tags {
		n += len(tag.IDs)
	}
	return n
}

// New lists the tags that the team does not have.
func (t Tagging) New() []string {
	var names []string
	for _, tag := range t.Tags {
		if tag.New {
			names = append(names, tag.Class)
		}
	}
	return names
}
