package intake

import (
	"path/filepath"
	"slices"
)

// named is a path that the person named.
type named struct {
	given string // as it was given
	abs   string // absolute and clean: "." has become the real folder's path
	depth int    // how many other named paths it lies in
}

// resolve makes paths absolute, drops repetitions, and puts a folder before the
// paths inside it; otherwise the order stays.
func resolve(paths []string) []named {
	all := make([]named, 0, len(paths))
	known := make(map[string]bool, len(paths))
	for _, p := range paths {
		abs := p
		if p != "" { // filepath.Abs would make it the working directory
			if a, err := filepath.Abs(p); err == nil {
				abs = a
			}
		}
		if key := foldCase(abs); !known[key] {
			known[key] = true
			all = append(all, named{given: p, abs: abs})
		}
	}
	for i := range all {
		for dir := parent(all[i].abs); dir != ""; dir = parent(dir) {
			if known[foldCase(dir)] {
				all[i].depth++
			}
		}
	}
	slices.SortStableFunc(all, func(a, b named) int { return a.depth - b.depth })
	return all
}

// parent is the folder that path is in, "" at the top.
func parent(path string) string {
	if dir := filepath.Dir(path); dir != path && path != "" {
		return dir
	}
	return ""
}
