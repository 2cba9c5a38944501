package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"github.com/natefinch/atomic"
)

const fileName = "settings.json"

// Store holds the settings in memory and on disk.
type Store struct {
	path string

	// disk is held while the file is read or written, and guards what is about
	// the file. Get does not wait for it: a slow disk must not hold a window up.
	disk    sync.Mutex
	content []byte // the file as last read or written, for fields of other versions
	ahead   bool   // values hold something that could not be written
	frozen  error  // not nil: the file must not be replaced, and why

	mu      sync.Mutex
	values  Settings
	warning string
}

// Open reads the settings in dir, which need not exist yet. It succeeds even if
// nothing can be read or written there; then Warning says so, and values last
// for this run only. The one error is an empty dir.
func Open(dir string) (*Store, error) {
	if dir == "" {
		return nil, &FileError{What: "There is no folder for the settings."}
	}
	s := &Store{path: filepath.Join(dir, fileName)}
	if real, err := filepath.EvalSymlinks(s.path); err == nil {
		s.path = real // replacing a link would cut it off from where it leads
	}
	s.read()
	return s, nil
}

// Get is a copy of the settings.
func (s *Store) Get() Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values.clone()
}

// Update changes the settings and writes them. change must not call Update. If writing fails the change holds for this
// run, and the error is a *FileError.
func (s *Store) Update(change func(*Settings)) error {
	s.disk.Lock()
	defer s.disk.Unlock()
	if !s.ahead && s.frozen == nil {
		s.read() // another window or command may have written meanwhile
	}
	next := s.Get()
	change(&next)
	next.mend()
	s.hold(next)
	s.ahead = true
	if err := s.write(); err != nil {
		return &FileError{
			What: "The settings could not be written to this computer's disk.",
			Safe: "They hold until the program ends.",
			Do:   "Look whether the disk is full or the folder " + filepath.Dir(s.path) + " is write-protected.",
			Err:  err,
		}
	}
	s.ahead = false
	return nil
}

// hold takes over values that nobody else has.
func (s *Store) hold(values Settings) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values = values
}

func (s *Store) warn(warning string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.warning = warning
}

// Warning is what the person should know about the settings file, in sentences,
// or "".
func (s *Store) Warning() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.warning
}

// read takes over what the file holds. A file that is damaged or of a newer
// version is set aside; one that cannot be read or set aside is left alone, and
// nothing is written any more.
func (s *Store) read() {
	content, err := readLimited(s.path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return
	}
	if err != nil && !errors.Is(err, errDamaged) {
		s.frozen = err
		s.warn("The settings could not be read, so the program starts with fresh ones and keeps none. The file is untouched: " + s.path + ".")
		return
	}
	var values Settings
	if err == nil {
		if values, err = decode(content); err == nil {
			s.hold(values)
			s.content = content
			return
		}
	}
	s.setAside(err)
}

// setAside renames a file that decode refused for why.
func (s *Store) setAside(why error) {
	what, word := "The settings file was damaged", "damaged"
	if errors.Is(why, errNewer) {
		what, word = "The settings were written by a newer version of the program", "newer"
	}
	aside, err := freeName(filepath.Dir(s.path), word)
	if err == nil {
		err = os.Rename(s.path, aside)
	}
	if err != nil {
		s.frozen = err
		s.warn(what + ", so the program starts with fresh ones and keeps none. The file is untouched: " + s.path + ".")
		return
	}
	s.content = nil
	s.warn(what + ", so the program starts with fresh ones. The old file is kept as " + aside + ".")
}

// freeName is a path for a file that is set aside.
func freeName(dir, word string) (string, error) {
	stem := strings.TrimSuffix(fileName, ".json")
	for n := 1; n < 1000; n++ {
		path := filepath.Join(dir, fmt.Sprintf("%s-%s-%d.json", stem, word, n))
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return path, nil
		} else if err != nil {
			return "", err
		}
	}
	return "", fs.ErrExist
}

// write replaces the file with the values.
func (s *Store) write() error {
	if s.frozen != nil {
		return s.frozen
	}
	content, err := encode(s.Get(), s.content)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return err
	}
	if err := atomic.WriteFile(s.path, bytes.NewReader(content)); err != nil {
		return err
	}
	s.content = content
	// The replaced file's permissions were taken over; they may have been wider.
	return os.Chmod(s.path, 0o600)
}
