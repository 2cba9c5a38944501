package queue

import (
	"cmp"
)

// SortKey is what the rows are in order of. Folders stay above the files that
// are beside them, in the same order.
type SortKey uint8

// The keys.
const (
	ByName SortKey = iota
	ByFolder
	BySize
	ByState // the loudest first, as of the moment when it was asked for
)

// order is how the rows of a tree are sorted. Files are sent in this order too.
type order struct {
	key  SortKey
	down bool
}

// SetSort sorts the rows; down turns the order around.
func (m *Model) SetSort(key SortKey, down bool) {
	*m.tree.order = order{key, down}
	for _, n := range m.tree.nodes {
		n.dirty, n.mixed = true, true
	}
	m.rebuild()
	m.changed(Structure)
}

// Sort is how the rows are sorted.
func (m *Model) Sort() (key SortKey, down bool) { return m.tree.order.key, m.tree.order.down }

func (o *order) turn(c int) int {
	if o.down {
		return -c
	}
	return c
}

// files compares two files of one folder. What the key finds equal stands in
// natural order, whichever way the rest runs.
func (o *order) files(a, b *entry) int {
	switch o.key {
	case ByName:
		if c := compareNames(a.Name, b.Name); c != 0 {
			return o.turn(c)
		}
	case BySize:
		if c := cmp.Compare(a.File.Size, b.File.Size); c != 0 {
			return o.turn(c)
		}
	case ByState:
		if c := cmp.Compare(a.group.loudness(), b.group.loudness()); c != 0 {
			return o.turn(c)
		}
	}
	return cmp.Or(compareNames(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}

// nodes compares two folders of one folder.
func (o *order) nodes(a, b *node) int {
	names := compareNames(a.name, b.name)
	switch o.key {
	case ByName, ByFolder:
		return o.turn(names)
	case BySize:
		return cmp.Or(o.turn(cmp.Compare(a.all.bytes, b.all.bytes)), names)
	case ByState:
		return cmp.Or(o.turn(cmp.Compare(a.all.loudest().loudness(), b.all.loudest().loudness())), names)
	}
	return names
}

// loudness is a group's place when rows are sorted by state: what wants the
// person first.
func (g Group) loudness() int {
	return [...]int{All: 4, Ready: 2, NeedsYou: 0, Sending: 1, Done: 3}[g]
}
