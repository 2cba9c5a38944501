package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Journal is one open journal.
type Journal struct {
	db         *sql.DB
	statements statements
	lock       *os.File
	warning    string

	requests chan request
	written  chan struct{} // closed when the writer has ended

	closing sync.RWMutex // held for reading while a request is handed in
	closed  bool
}

// Open opens the journal in a folder, and makes both if they are not there.
// Only one program at a time can have it open; for the second, and for a
// folder that cannot be used, the error is a fault of kind Disk.
func Open(dir string) (*Journal, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, unusable(err)
	}
	guard, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, unusable(err)
	}
	taken, err := lock(guard)
	if err == nil && !taken {
		return nil, errors.Join(inUse(), guard.Close())
	}
	j := &Journal{lock: guard, requests: make(chan request, maxGroup), written: make(chan struct{})}
	if err == nil {
		err = j.open(filepath.Join(dir, fileName))
	}
	if err != nil {
		return nil, errors.Join(unusable(err), guard.Close())
	}
	go j.write()
	return j, nil
}

// open opens the file; one that cannot be understood makes room for a new one.
func (j *Journal) open(path string) error {
	ctx := context.Background()
	why := ""
	err := j.openFile(ctx, path)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errNewer):
		why = "newer"
	case errors.Is(err, errDamaged):
		why = "damaged"
	default:
		return err
	}
	aside, err := setAside(path, why, time.Now())
	if err != nil {
		return err
	}
	j.warning = setAsideWords(why, filepath.Base(aside))
	return j.openFile(ctx, path)
}

func setAsideWords(why, name string) string {
	what := "The journal of earlier uploads is damaged."
	if why == "newer" {
		what = "The journal of earlier uploads was written by a newer Darwin Uploader."
	}
	return fmt.Sprintf("%s It was set aside as %s, and a new one was begun. What is in Darwin stays there; "+
		"to finish an upload that was interrupted, add its files once more.", what, name)
}

// Warning says what was wrong with the file that was found, "" if nothing was.
func (j *Journal) Warning() string { return j.warning }

// Close writes what Note was given and closes the file.
func (j *Journal) Close() error {
	j.closing.Lock()
	if j.closed {
		j.closing.Unlock()
		return nil
	}
	j.closed = true
	close(j.requests)
	j.closing.Unlock()
	<-j.written
	return errors.Join(j.db.Close(), j.lock.Close())
}
