package journal

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"
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

	tidying context.CancelFunc // ends the pruning
	tidy    chan struct{}      // closed when the pruning has ended

	mu    sync.Mutex
	pages map[int64]bool // the batches whose pages are open

	beside bool // it is one that OpenBeside gave
}

// Open opens the journal in a folder, and makes both if they are not there.
// Only one program at a time can have it open; for the second the error has
// ErrInUse in its chain, and OpenBeside helps. It takes over what such programs
// left, and begins to take away what is older than the journal keeps. Errors
// are faults of kind Disk.
func Open(dir string) (*Journal, error) {
	j, err := openIn(dir, fileName, lockName, (*Journal).openFile)
	if err != nil {
		return nil, err
	}
	j.takeOver(dir)
	j.start()
	return j, nil
}

// openIn locks and opens a journal of a folder.
func openIn(dir, name, lockFile string, open func(*Journal, string) error) (*Journal, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, unusable(err)
	}
	guard, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, unusable(err)
	}
	taken, err := lock(guard)
	if err == nil && !taken {
		return nil, errors.Join(InUse(), guard.Close())
	}
	j := &Journal{lock: guard, requests: make(chan request, maxGroup), written: make(chan struct{}), tidy: make(chan struct{}), pages: map[int64]bool{}}
	if err == nil {
		err = open(j, filepath.Join(dir, name))
	}
	switch {
	case errors.Is(err, ErrInUse):
		return nil, errors.Join(InUse(), guard.Close())
	case err != nil:
		return nil, errors.Join(unusable(err), guard.Close())
	}
	return j, nil
}

// start begins to write and to prune.
func (j *Journal) start() {
	ctx, cancel := context.WithCancel(context.Background())
	j.tidying = cancel
	go j.write()
	go func() {
		defer close(j.tidy)
		_ = j.prune(ctx, usual) // whoever writes next hears of a disk that fails
	}()
}

// underWay says whether an engine has the page of a batch open.
func (j *Journal) underWay(id int64) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.pages[id]
}

func (j *Journal) turn(id int64, open bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if open {
		j.pages[id] = true
	} else {
		delete(j.pages, id)
	}
}

// Warning says what was wrong with the file that was found, "" if nothing was.
func (j *Journal) Warning() string { return j.warning }

// Beside says whether OpenBeside gave it: what the folder's own journal holds
// is in the hands of another program.
func (j *Journal) Beside() bool { return j.beside }

// Close writes what Note was given and closes the file.
func (j *Journal) Close() error {
	j.closing.Lock()
	if j.closed {
		j.closing.Unlock()
		return nil
	}
	j.closed = true
	j.tidying()
	close(j.requests)
	j.closing.Unlock()
	<-j.written
	<-j.tidy
	return errors.Join(j.db.Close(), j.lock.Close())
}
