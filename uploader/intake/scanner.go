package intake

import (
	"context"
	"runtime"
	"strings"
	"sync"
	"time"
)

// Scan finds the files of paths as a new Scanner would.
func Scan(ctx context.Context, paths []string, o Options, emit func(Found)) error {
	s, err := NewScanner(o)
	if err != nil {
		return err
	}
	return s.Scan(ctx, paths, emit)
}

// A Scanner scans paths for one queue. It remembers what it has handed out, so
// that a file counts once, and a second file for the same name and folder is
// found out, over any number of scans.
type Scanner struct {
	base string
	flat bool
	now  func() time.Time

	turn chan struct{} // holds a value while a scan runs: one at a time

	mu    sync.Mutex
	taken map[string]place  // file's identity -> where it lands
	slots map[place]string  // where it lands -> the path that has it
	alias map[string]string // path -> identity, only where they differ
}

// place is where a file lands in Darwin. It must be unique.
type place struct{ folder, name string }

// NewScanner makes a Scanner that knows no file yet. It fails only for an
// Options.Base that CleanFolder refuses.
func NewScanner(o Options) (*Scanner, error) {
	base, err := CleanFolder(o.Base)
	if err != nil {
		return nil, err
	}
	return &Scanner{
		base: base, flat: o.Flat, now: time.Now, turn: make(chan struct{}, 1),
		taken: map[string]place{}, slots: map[place]string{}, alias: map[string]string{},
	}, nil
}

// Scan walks paths in their order, but a folder before any path inside it, and
// hands what it finds to emit in portions: after 500 files or about 100 ms,
// whichever comes first, and the rest at the end. Relative paths are resolved
// against the working directory. While another Scan of the same Scanner runs, it
// waits.
//
// It returns ctx's error if it was cancelled, with everything found until then
// emitted; problems with single files are no error but a LeftOut.
func (s *Scanner) Scan(ctx context.Context, paths []string, emit func(Found)) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	w := newWalk(ctx, s, emit)
	defer w.flush()
	for _, p := range resolve(paths) {
		if err := w.named(p); err != nil {
			return err
		}
	}
	return nil
}

// Forget takes files out of the Scanner's memory, because they were taken out of
// the queue: they may be added again, and their names are free. Unknown files
// are ignored. Only Path is looked at.
func (s *Scanner) Forget(files ...File) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range files {
		id := s.identity(f.Path)
		p, ok := s.taken[id]
		if !ok {
			continue
		}
		delete(s.taken, id)
		delete(s.slots, p)
		delete(s.alias, f.Path)
	}
}

// Move notes that a file that the Scanner handed out now lands in another Darwin
// folder (in a form that CleanFolder takes) and returns it with that folder. If
// the folder has the name already, or is refused, nothing changes and the error
// is a *fault.Error of kind SameName or Usage.
func (s *Scanner) Move(f File, folder string) (File, error) {
	folder, err := CleanFolder(folder)
	if err != nil {
		return f, err
	}
	to := place{folder, f.Name}
	s.mu.Lock()
	defer s.mu.Unlock()
	if other, ok := s.slots[to]; ok && other != f.Path {
		return f, leaveSameName(f.Path, folder, other).Fault
	}
	id := s.identity(f.Path)
	if from, ok := s.taken[id]; ok {
		delete(s.slots, from)
	}
	s.taken[id], s.slots[to] = to, f.Path
	f.Folder = folder
	return f, nil
}

// identity is what tells files apart: the path with its links resolved.
func (s *Scanner) identity(path string) string {
	if id, ok := s.alias[path]; ok {
		return id
	}
	return foldCase(path)
}

// claim takes f's place for it. It reports again if the file is taken already,
// and the path of the other file if the place is.
func (s *Scanner) claim(f File, id string) (again bool, other string) {
	at := place{f.Folder, f.Name}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.taken[id]; ok {
		return true, ""
	}
	if other, ok := s.slots[at]; ok {
		return false, other
	}
	s.taken[id], s.slots[at] = at, f.Path
	if id != foldCase(f.Path) {
		s.alias[f.Path] = id
	}
	return false, ""
}

// has reports whether the file is taken already.
func (s *Scanner) has(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.taken[id]
	return ok
}

// foldCase makes paths comparable that Windows takes for the same.
func foldCase(path string) string {
	if runtime.GOOS == "windows" {
		return strings.ToLower(path)
	}
	return path
}
