package intake

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/maruel/natural"
)

const (
	portionFiles = 500
	portionTime  = 100 * time.Millisecond
)

// walk is one run of Scan.
type walk struct {
	ctx     context.Context
	s       *Scanner
	emit    func(Found)
	pending Found
	last    time.Time         // of the last portion
	dropped map[string]bool   // identities left out in this run, told once
	parents map[string]string // folder -> folder without links, of named paths
}

func newWalk(ctx context.Context, s *Scanner, emit func(Found)) *walk {
	return &walk{ctx: ctx, s: s, emit: emit, last: s.now(), dropped: map[string]bool{}, parents: map[string]string{}}
}

// named adds a path that the person named: a link is followed.
func (w *walk) named(p named) error {
	if err := context.Cause(w.ctx); err != nil {
		return err
	}
	info, err := os.Lstat(p.abs)
	if err != nil {
		w.leaveNamed(p, err)
		return nil
	}
	id := w.parentID(p.abs)
	if info.Mode()&(fs.ModeSymlink|fs.ModeIrregular) != 0 {
		if info, err = os.Stat(p.abs); err != nil {
			w.leave(id, leaveDeadLink(p.abs, err))
			return nil
		}
		if real, err := filepath.EvalSymlinks(p.abs); err == nil {
			id = foldCase(real)
		}
	}
	if !info.IsDir() {
		w.file(p.abs, id, filepath.Base(p.abs), w.s.base, info)
		return nil
	}
	root := rootName(p.abs)
	if what := litterFolder(root); what != "" {
		w.leave(id, leaveLitter(p.abs, what))
		return nil
	}
	return w.inside(p.abs, id, root, w.s.base)
}

// leaveNamed leaves a named path out that cannot be looked at.
func (w *walk) leaveNamed(p named, err error) {
	switch slashed := filepath.ToSlash(p.abs); {
	case !isMissing(err):
		w.leave(foldCase(p.abs), leaveUnreadable(p.abs, err))
	case strings.Contains(slashed, "/http:/") || strings.Contains(slashed, "/https:/"):
		w.leave(foldCase(p.abs), leaveWebAddress(p.given, err))
	default:
		w.leave(foldCase(p.abs), leaveVanished(p.abs, err))
	}
}

// parentID is the identity of a path whose last part is no link.
func (w *walk) parentID(abs string) string {
	dir, base := filepath.Split(abs)
	real, ok := w.parents[dir]
	if !ok {
		real = dir
		if r, err := filepath.EvalSymlinks(dir); err == nil {
			real = r
		}
		w.parents[dir] = real
	}
	return foldCase(filepath.Join(real, base))
}

// inside adds the folder dir, called name, below the Darwin folder to.
func (w *walk) inside(dir, id, name, to string) error {
	if !w.s.flat && name != "" {
		clean, ok := CleanName(name)
		if !ok {
			w.leave(id, leaveBadName(dir, true))
			return nil
		}
		to = below(to, clean)
	}
	entries, err := readDir(dir)
	switch {
	case err != nil && isMissing(err):
		w.leave(id, leaveVanished(dir, err))
	case err != nil:
		w.leave(id, leaveUnreadableFolder(dir, err))
	}
	for _, e := range entries {
		if err := context.Cause(w.ctx); err != nil {
			return err
		}
		path, eid := filepath.Join(dir, e.name), joinID(id, e.name)
		if err := w.entry(path, eid, to, e); err != nil {
			return err
		}
	}
	return nil
}

// entry adds one entry of a folder. Links are not followed.
func (w *walk) entry(path, id, to string, e entry) error {
	mode := e.Type()
	if mode&fs.ModeIrregular != 0 {
		// Windows: a file that lives in the cloud is read like any other, a
		// junction is a link.
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			w.file(path, id, e.name, to, info)
			return nil
		}
		mode = fs.ModeSymlink
	}
	switch {
	case mode&fs.ModeSymlink != 0:
		w.leave(id, leaveLink(path))
		return nil
	case mode.IsDir():
		if what := litterFolder(e.name); what != "" {
			w.leave(id, leaveLitter(path, what))
			return nil
		}
		if strings.HasPrefix(e.name, ".") {
			w.leave(id, leaveHidden(path))
			return nil
		}
		return w.inside(path, id, e.name, to)
	}
	info, err := e.Info()
	if err != nil {
		w.leave(id, leaveVanished(path, err))
		return nil
	}
	w.file(path, id, e.name, to, info)
	return nil
}

// file adds what is no folder and no link.
func (w *walk) file(path, id, name, to string, info fs.FileInfo) {
	if w.s.has(id) {
		w.pending.Again++
		w.portion()
		return
	}
	f := File{Path: path, Folder: to, Size: info.Size(), ModTime: info.ModTime()}
	if why, ok := examine(&f, name, info); !ok {
		w.leave(id, why)
		return
	}
	again, other := w.s.claim(f, id)
	switch {
	case again:
		w.pending.Again++
	case other != "":
		w.leave(id, leaveSameName(path, to, other))
		return
	default:
		w.pending.Files = append(w.pending.Files, f)
	}
	w.portion()
}

// leave leaves out, and tells it once in a run: a file that was named beside
// its folder is met twice.
func (w *walk) leave(id string, why LeftOut) {
	if w.dropped[id] {
		return
	}
	w.dropped[id] = true
	w.pending.LeftOut = append(w.pending.LeftOut, why)
	w.portion()
}

// portion emits what has come together if it is time.
func (w *walk) portion() {
	if len(w.pending.Files)+len(w.pending.LeftOut) >= portionFiles || w.s.now().Sub(w.last) >= portionTime {
		w.flush()
	}
}

func (w *walk) flush() {
	found := w.pending
	w.pending, w.last = Found{}, w.s.now()
	if len(found.Files)+len(found.LeftOut)+found.Again > 0 {
		w.emit(found)
	}
}

// entry is an entry of a folder with the key that it is sorted by.
type entry struct {
	fs.DirEntry
	name, key string
}

// readDir gives the entries of a folder in natural order ("img2" before
// "img10"), in any case. With an error it gives those it could read.
func readDir(dir string) ([]entry, error) {
	list, err := os.ReadDir(dir) // sorted by name, which keeps equal keys in a fixed order
	entries := make([]entry, len(list))
	for i, d := range list {
		name := d.Name()
		entries[i] = entry{d, name, strings.ToLower(name)}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return natural.Compare(a.key, b.key) })
	return entries, err
}

// joinID is the identity of name in the folder with identity dir.
func joinID(dir, name string) string { return foldCase(filepath.Join(dir, name)) }
