package assign

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/intake"
)

// Result is what a table did to a list of items.
type Result struct {
	Items      []uploader.Item // all of them, changed or not, in their order
	Changed    []int           // the indexes of those that a line is about
	Mismatches []Mismatch      // by line; those of the table are among them
	NotNamed   int             // items that no line is about
}

// Apply gives the items as the table says they are to be. The items that it is
// given stay as they are.
func (t Table) Apply(items []uploader.Item) Result {
	res := Result{Items: slices.Clone(items), Mismatches: slices.Clone(t.Bad)}
	files := newIndex(filepath.Dir(t.Path), items)
	about := map[int]int{} // the line that is about an item
	refuse := func(r Row, why string) {
		res.Mismatches = append(res.Mismatches, Mismatch{Line: r.Line, File: r.File, Why: why})
	}
	taken := map[string]int{}
	for i, item := range items {
		taken[spot(item)] = i
	}
	for _, r := range t.Rows {
		i, why := files.find(r.File)
		if why != "" {
			refuse(r, why)
			continue
		}
		if line, twice := about[i]; twice {
			refuse(r, fmt.Sprintf("Line %d is about the same file.", line))
			continue
		}
		about[i] = r.Line
		now, why := r.on(items[i])
		if why != "" {
			refuse(r, why)
			continue
		}
		if other, clash := taken[spot(now)]; clash && other != i {
			refuse(r, "Another file already has this name in this folder.")
			continue
		}
		delete(taken, spot(res.Items[i]))
		taken[spot(now)] = i
		res.Items[i] = now
		res.Changed = append(res.Changed, i)
	}
	res.NotNamed = len(items) - len(about)
	slices.Sort(res.Changed)
	slices.SortStableFunc(res.Mismatches, func(a, b Mismatch) int { return cmp.Compare(a.Line, b.Line) })
	return res
}

// spot is an item's place in Darwin.
func spot(i uploader.Item) string { return strings.TrimSuffix(i.Folder, "/") + "/" + i.Name }

// on is the item with what the row says; why says why that cannot be.
func (r Row) on(item uploader.Item) (now uploader.Item, why string) {
	now = item
	if r.Folder != "" {
		now.Folder = r.Folder
	}
	if r.Name != "" {
		if ending := path.Ext(item.Name); !strings.EqualFold(path.Ext(r.Name), ending) && item.Type == "" {
			return item, fmt.Sprintf("Darwin tells by the ending what a file is. Let the name end in %s.", ending)
		}
		now.Name = r.Name
	}
	if r.Video != nil {
		if item.Kind != intake.Video {
			return item, "Only videos have a frame rate. Leave the column \"fps\" empty here."
		}
		video := *r.Video
		if item.Video != nil {
			video.AsFrames = item.Video.AsFrames
		}
		now.Video = &video
	}
	now.Tags = withTags(item.Tags, r.Tags)
	return now, ""
}

// withTags adds tags to those that are there; of two about one class the added
// one holds.
func withTags(had, more []darwin.Tag) []darwin.Tag {
	all := slices.Clone(had)
	for _, tag := range more {
		same := func(t darwin.Tag) bool { return t.Class == tag.Class }
		if i := slices.IndexFunc(all, same); i >= 0 {
			if tag.Text != "" {
				all[i] = tag
			}
			continue
		}
		all = append(all, tag)
	}
	return all
}

// index finds items by the ways in which a sheet may name them.
type index struct {
	dir    string           // the sheet's
	exact  map[string][]int // by path on the disk, and by place in Darwin
	base   map[string][]int // by the file's name alone
	folded map[string]int   // by the file's name in small letters, for a hint
	items  []uploader.Item
}

func newIndex(dir string, items []uploader.Item) *index {
	x := &index{dir: dir, items: items, exact: map[string][]int{}, base: map[string][]int{}, folded: map[string]int{}}
	add := func(m map[string][]int, key string, i int) {
		if !slices.Contains(m[key], i) {
			m[key] = append(m[key], i)
		}
	}
	for i, item := range items {
		add(x.exact, slashed(item.Path), i)
		add(x.exact, strings.TrimPrefix(spot(item), "/"), i)
		name := path.Base(slashed(item.Path))
		add(x.base, name, i)
		x.folded[strings.ToLower(name)] = i
	}
	return x
}

// slashed is a path of this computer as sheets and Darwin write paths.
func slashed(p string) string { return norm.NFC.String(filepath.ToSlash(p)) }

// find is the one item that a sheet means; why says why there is none.
func (x *index) find(name string) (i int, why string) {
	clean := path.Clean(name)
	for _, key := range []string{
		slashed(filepath.Join(x.dir, filepath.FromSlash(clean))), // beside the sheet
		clean,                          // a whole path
		strings.TrimPrefix(clean, "/"), // a place in Darwin
	} {
		if found := x.exact[key]; len(found) == 1 {
			return found[0], ""
		}
	}
	base := path.Base(clean)
	found := x.base[base]
	switch {
	case clean == base && len(found) == 1:
		return found[0], ""
	case clean == base && len(found) > 1:
		return 0, fmt.Sprintf("%d files are called %s. Write the folder before the name, for example %s.",
			len(found), base, strings.TrimPrefix(spot(x.items[found[0]]), "/"))
	case len(found) > 0:
		return 0, fmt.Sprintf("No file lies there. There is %s.", strings.TrimPrefix(spot(x.items[found[0]]), "/"))
	}
	if i, ok := x.folded[strings.ToLower(base)]; ok {
		return 0, fmt.Sprintf("No file has this name. %s is written with other capital letters.", path.Base(slashed(x.items[i].Path)))
	}
	return 0, "No file has this name."
}
