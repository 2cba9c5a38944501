package rule

import (
	"slices"
	"strings"
)

// Way is what becomes of the folders.
type Way uint8

// The ways.
const (
	Flatten Way = iota // everything into one folder
	Strip              // the folder at the top is left out, its contents go straight into the base
)

// Move is a file and the folder that it gets.
type Move struct {
	ID     int32
	Folder string
}

// Moving is what comes of another way with folders.
type Moving struct {
	Moves   []Move
	Stay    int      // files that are there already
	Clashes []string // names of files that would meet another of their name, and stay where they are
	To      []string // the folders that files get, each once, in the order of the files
}

// Folders works a way out for files below base, a folder in Darwin. Files beyond
// it stay, as do those that would meet a file of their name.
func Folders(files []File, way Way, base string) Moving {
	targets := make([]string, len(files))
	for i, f := range files {
		targets[i] = target(f.Folder, way, base)
	}
	stays := map[int]bool{} // those that would meet another
	for clash(files, targets, stays) {
		// What stays keeps a place that another was to get.
	}
	var m Moving
	for i, f := range files {
		switch to := targets[i]; {
		case stays[i]:
			m.Clashes = append(m.Clashes, f.Name)
		case to == f.Folder:
			m.Stay++
		default:
			m.Moves = append(m.Moves, Move{f.ID, to})
			if !slices.Contains(m.To, to) {
				m.To = append(m.To, to)
			}
		}
	}
	return m
}

// clash finds files that would meet another and lets them stay. It says whether
// there were any that were not known.
func clash(files []File, targets []string, stays map[int]bool) (more bool) {
	type place struct{ folder, name string }
	taken := map[place]bool{}
	for i, f := range files {
		if stays[i] || targets[i] == f.Folder {
			taken[place{f.Folder, f.Name}] = true
		}
	}
	for i, f := range files {
		at := place{targets[i], f.Name}
		switch {
		case stays[i] || targets[i] == f.Folder:
		case taken[at]:
			stays[i], more = true, true
		default:
			taken[at] = true
		}
	}
	return more
}

// target is the folder that a file gets.
func target(folder string, way Way, base string) string {
	rest, below := inside(folder, base)
	if !below {
		return folder
	}
	switch way {
	case Flatten:
		return base
	case Strip:
		_, deeper, _ := strings.Cut(rest, "/")
		return under(base, deeper)
	}
	return folder
}

// inside is the path of a folder below base, without a slash at its start.
func inside(folder, base string) (rest string, ok bool) {
	if base == "/" {
		return strings.TrimPrefix(folder, "/"), true
	}
	if folder == base {
		return "", true
	}
	return strings.CutPrefix(folder, base+"/")
}

func under(base, rest string) string {
	switch {
	case rest == "":
		return base
	case base == "/":
		return "/" + rest
	default:
		return base + "/" + rest
	}
}

// Top is the one folder below base that all files lie in, "" if they do not.
func Top(files []File, base string) string {
	top := ""
	for i, f := range files {
		rest, ok := inside(f.Folder, base)
		name, _, _ := strings.Cut(rest, "/")
		if !ok || name == "" || i > 0 && name != top {
			return ""
		}
		top = name
	}
	return top
}
