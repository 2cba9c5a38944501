package ledger

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"darwin-uploader/uploader/dbfile"
	"darwin-uploader/uploader/fault"
)

const fileName = "imports.db"

// applicationID marks the file as ours ("DarI").
const applicationID = 0x44617249

// busy is how long another program is waited for that may have the file for a
// moment only.
const busy = time.Second

//go:embed migrations/*.sql
var migrations embed.FS

// ErrInUse is in the chain of the error when another program has the ledger
// open.
var ErrInUse = errors.New("another program has the ledger open")

// Ledger is one open ledger.
type Ledger struct {
	db      *sql.DB
	warning string
	beside  bool // it is one that OpenBeside gave
	counted counted
}

// Open opens the ledger in a folder, and makes both if they are not there. It
// takes over what programs left that could not have it. For a second program,
// whom OpenBeside helps, the error has ErrInUse in its chain; this and all
// others are faults of kind Disk.
func Open(dir string) (*Ledger, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, problem(err)
	}
	l, err := openFile(filepath.Join(dir, fileName), busy)
	if err != nil {
		return nil, problem(err)
	}
	l.takeOver(dir)
	return l, nil
}

func openFile(path string, busy time.Duration) (*Ledger, error) {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	kind := dbfile.Kind{ID: applicationID, Steps: steps, Check: true, Busy: busy}
	db, aside, err := kind.Open(context.Background(), path, time.Now())
	if err != nil {
		return nil, err
	}
	l := &Ledger{db: db}
	if aside != (dbfile.Aside{}) {
		why := "damaged"
		if aside.Newer {
			why = "written by a newer Darwin Uploader"
		}
		l.warning = fmt.Sprintf("The record of earlier imports was %s. It was set aside as %s, and a new one was begun. What is in Darwin stays there.", why, aside.Name)
	}
	return l, nil
}

// Warning says what was wrong with the file that was found, "" if nothing was.
func (l *Ledger) Warning() string { return l.warning }

// Close closes the file; every method fails afterwards.
func (l *Ledger) Close() error { return l.db.Close() }

// problem is a fault of kind Disk, or the context's own error.
func problem(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e := &fault.Error{
		Kind: fault.Disk, What: "The record of this import cannot be written on this computer.",
		Safe: "What was registered is in Darwin.", Do: "Check the disk's free space and that its folder may be written to.",
		Detail: dbfile.Detail(err), Err: err,
	}
	switch {
	case dbfile.InUse(err), errors.Is(err, ErrInUse):
		e.Err = ErrInUse
		e.What, e.Do = "Another Darwin Uploader on this computer is importing.", "Wait until it has ended, or close it."
		e.Safe = "Nothing was sent from here."
	case dbfile.Damaged(err):
		e.What = "The record of imports on this computer is damaged."
		e.Do = "Close Darwin Uploader and start it again: the damaged record is set aside then, and a new one is begun."
	case dbfile.Full(err):
		e.What, e.Do = "This computer's disk is full.", "Make room, and go on with the import."
	}
	return e
}
