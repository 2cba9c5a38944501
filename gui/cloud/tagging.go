package cloud

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/sheet"
)

// scope is what a tag is for: a folder in Darwin, from the one that everything
// is put under, with the folders in it; "/" is what lies in no folder there.
type scope string

// everything is the scope of tags for all items.
const everything scope = ""

// scopeOf is the scope of a folder of Darwin.
func scopeOf(folder, base string) scope {
	if base != "/" {
		folder = strings.TrimPrefix(folder, base)
	}
	if folder == "" {
		return "/"
	}
	return scope(folder)
}

// has says whether a folder's scope is this one or in it.
func (s scope) has(inner scope) bool {
	return s == everything || s == inner || s != "/" && strings.HasPrefix(string(inner), string(s)+"/")
}

// tagging is which items get which tags. A value of this type does not change.
type tagging map[scope][]darwin.Tag

// with is this tagging with other tags for a scope.
func (t tagging) with(s scope, tags []darwin.Tag) tagging {
	now := maps.Clone(t)
	if now == nil {
		now = tagging{}
	}
	if now[s] = tags; len(tags) == 0 {
		delete(now, s)
	}
	return now
}

// carries says whether a scope has a tag of a class itself.
func (t tagging) carries(s scope, class string) bool { return carries(t[s], class) }

func carries(tags []darwin.Tag, class string) bool {
	return slices.ContainsFunc(tags, func(tag darwin.Tag) bool { return tag.Class == class })
}

// inside are the tags of the folder itself and of those above it, but not
// those of all items. What is nearer knows better.
func (t tagging) inside(s scope) (tags []darwin.Tag) {
	for at := string(s); ; {
		for _, tag := range t[scope(at)] {
			if !carries(tags, tag.Class) {
				tags = append(tags, tag)
			}
		}
		at = at[:max(strings.LastIndexByte(at, '/'), 0)]
		if at == "" {
			return tags
		}
	}
}

// byFolder says that some folder has tags of its own.
func (t tagging) byFolder() bool {
	_, all := t[everything]
	return len(t) > 1 || len(t) == 1 && !all
}

// tagged gives the entries of a source the tags of their folders; a tag that
// an entry has already stays as it is.
func (o order) tagged(from iter.Seq2[external.Entry, error]) iter.Seq2[external.Entry, error] {
	if !o.tags.byFolder() {
		return from
	}
	root := external.Root{Storage: o.storage}
	base := cmp.Or(o.folders.Base, "/")
	return func(yield func(external.Entry, error) bool) {
		for entry, err := range from {
			if key, wrong := root.Key(entry.Key); err == nil && wrong == nil {
				if folder, wrong := o.folders.Folder(key, entry.Folder); wrong == nil {
					entry.Tags = addTags(entry.Tags, o.tags.inside(scopeOf(folder, base)))
				}
			}
			if !yield(entry, err) {
				return
			}
		}
	}
}

// addTags adds to a cell of tags those whose classes are not in it. A cell that
// cannot be read stays, and is told of with its row.
func addTags(cell string, more []darwin.Tag) string {
	own, err := sheet.Tags(cell)
	if err != nil || len(more) == 0 {
		return cell
	}
	for _, tag := range more {
		if !carries(own, tag.Class) {
			own = append(own, tag)
		}
	}
	return sheet.Cell(own)
}
