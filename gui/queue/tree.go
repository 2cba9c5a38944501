package queue

import (
	"slices"
	"strings"

	"github.com/maruel/natural"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/intake"
)

// node is a folder in Darwin. The root, "/", is a node that has no row.
type node struct {
	path, name string
	parent     *node
	level      int // of its row; -1 for the root
	open       bool

	order  *order   // of the tree
	kids   []*node  // in order once lined up
	files  []*entry // in order once tidy; may hold entries that left
	dirty  bool     // files may be out of order, or hold strangers
	mixed  bool     // kids may be out of order
	sought bool     // it or a folder above has what is searched for in its name

	all      tally        // of everything below that is in the queue
	shown    tally        // of what filter and search let through
	selected int          // of the shown
	common   []darwin.Tag // tags that all of the shown carry
}

// tally counts files.
type tally struct {
	files   int
	bytes   int64
	past    int64 // of bytes: what needs no more sending
	groups  [groups]int
	skipped int   // of the group Done
	ready   int   // of the group Done: Darwin has processed them
	unsent  int64 // bytes of the group Ready
	kinds   intake.Counts
}

func (t *tally) add(e *entry) {
	t.files++
	t.bytes += e.File.Size
	t.past += past(e.Status, e.group, e.File.Size)
	t.groups[e.group]++
	t.skipped += skips(e.Status)
	t.ready += ready(e)
	t.kinds.Add(e.File.Kind)
	if e.group == Ready {
		t.unsent += e.File.Size
	}
}

func (t *tally) merge(o tally) {
	t.files += o.files
	t.bytes += o.bytes
	t.past += o.past
	t.unsent += o.unsent
	t.skipped += o.skipped
	t.ready += o.ready
	for g, n := range o.groups {
		t.groups[g] += n
	}
	for k, n := range o.kinds {
		t.kinds[k] += n
	}
}

// skips is 1 for a file that was there already.
func skips(st uploader.Status) int {
	if st.State == uploader.Skipped {
		return 1
	}
	return 0
}

// past is how much of a file needs no more sending. What was skipped or needs
// the person counts in full, so that a folder that ran to its end stands at
// its end.
func past(st uploader.Status, g Group, size int64) int64 {
	if g == Done || g == NeedsYou {
		return size
	}
	return min(st.Sent, size)
}

// loudest is the state that a folder shows: the one of its loudest child.
func (t *tally) loudest() Group {
	for _, g := range []Group{NeedsYou, Sending, Ready} {
		if t.groups[g] > 0 {
			return g
		}
	}
	return Done
}

// tree finds and makes the nodes.
type tree struct {
	root  *node
	nodes map[string]*node
	order *order
}

func newTree() tree {
	o := &order{}
	root := &node{path: "/", level: -1, open: true, order: o}
	return tree{root: root, nodes: map[string]*node{"/": root}, order: o}
}

// at gives the node of a folder and makes what is missing on the way. A new
// folder at the top starts open, folders below it closed: a dropped folder
// shows what is in it, and not a thousand rows.
func (t *tree) at(path string) *node {
	if n, ok := t.nodes[path]; ok {
		return n
	}
	cut := strings.LastIndexByte(path, '/')
	up := "/"
	if cut > 0 {
		up = path[:cut]
	}
	parent := t.at(up)
	n := &node{path: path, name: path[cut+1:], parent: parent, level: parent.level + 1, order: t.order}
	n.open = n.level == 0
	parent.kids = append(parent.kids, n)
	parent.mixed = true
	t.nodes[path] = n
	return n
}

// put places e into its folder's node.
func (t *tree) put(e *entry) {
	n := t.at(e.Folder)
	if e.node == n {
		return
	}
	if e.node != nil {
		e.node.dirty = true
	}
	e.node = n
	if last := len(n.files) - 1; last >= 0 && !n.dirty && t.order.files(n.files[last], e) > 0 {
		n.dirty = true
	}
	n.files = append(n.files, e)
}

// tidy puts the files of n in order again and lets strangers go.
func (n *node) tidy() {
	if !n.dirty {
		return
	}
	n.dirty = false
	n.files = slices.DeleteFunc(n.files, func(e *entry) bool { return e.node != n })
	slices.SortFunc(n.files, n.order.files)
	// A file that left and came back stands in the list twice.
	n.files = slices.Compact(n.files)
}

// lineUp puts the folders in n in order again. Their sums must be right.
func (n *node) lineUp() {
	if n.mixed {
		n.mixed = false
		slices.SortFunc(n.kids, n.order.nodes)
	}
}

// shared narrows the tags that several files have in common; text does not
// count. Files that were tagged together share their slice, which is quick.
func shared(common, tags []darwin.Tag) []darwin.Tag {
	if len(common) == 0 || len(tags) == 0 {
		return nil
	}
	if len(common) == len(tags) && &common[0] == &tags[0] {
		return common
	}
	for i, tag := range common {
		if tagIndex(tags, tag.Class) >= 0 {
			continue
		}
		kept := slices.Clone(common[:i])
		for _, tag := range common[i+1:] {
			if tagIndex(tags, tag.Class) >= 0 {
				kept = append(kept, tag)
			}
		}
		return kept
	}
	return common
}

// compareNames is the natural order, and where that sees no difference ("a01"
// and "a1"), the plain one.
func compareNames(a, b string) int {
	if c := natural.Compare(a, b); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}
