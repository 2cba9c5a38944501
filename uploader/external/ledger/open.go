package ledger

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"darwin-uploader/uploader/fault"
)

const fileName = "imports.db"

// applicationID marks the file as ours ("DarI").
const applicationID = 0x44617249

//go:embed migrations/*.sql
var migrations embed.FS

var (
	errNewer   = errors.New("written by a newer version")
	errDamaged = errors.New("damaged")
)

// Ledger is one open ledger.
type Ledger struct {
	db      *sql.DB
	warning string
}

// Open opens the ledger in a folder, and makes both if they are not there. For
// a second program, and for a folder that cannot be used, the error is a fault
// of kind Disk.
func Open(dir string) (*Ledger, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, problem(err)
	}
	path := filepath.Join(dir, fileName)
	l := &Ledger{}
	ctx := context.Background()
	err := l.openFile(ctx, path)
	why := ""
	switch {
	case errors.Is(err, errNewer):
		why = "newer"
	case errors.Is(err, errDamaged):
		why = "damaged"
	case err != nil:
		return nil, problem(err)
	default:
		return l, nil
	}
	aside, err := setAside(path, why, time.Now())
	if err == nil {
		l.warning = fmt.Sprintf("The record of earlier imports was %s. It was set aside as %s, and a new one was begun. What is in Darwin stays there.",
			map[string]string{"newer": "written by a newer Darwin Uploader", "damaged": "damaged"}[why], filepath.Base(aside))
		err = l.openFile(ctx, path)
	}
	if err != nil {
		return nil, problem(err)
	}
	return l, nil
}

// Warning says what was wrong with the file that was found, "" if nothing was.
func (l *Ledger) Warning() string { return l.warning }

// Close closes the file; every method fails afterwards.
func (l *Ledger) Close() error { return l.db.Close() }

func (l *Ledger) openFile(ctx context.Context, path string) error {
	// SQLite would make a file that others on this computer can read.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", source(path))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1) // which holds the lock
	if err := bringUpToDate(ctx, db); err != nil {
		return errors.Join(verdict(err), db.Close())
	}
	l.db = db
	return nil
}

// source is the file as SQLite is told it, with how it is to be used.
func source(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // C:/...
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: url.Values{
		"_pragma": {
			"busy_timeout(1000)", "cell_size_check(1)", "checkpoint_fullfsync(1)", "fullfsync(1)",
			"locking_mode(exclusive)", "synchronous(full)", "trusted_schema(0)",
		},
		"_journal_mode": {"WAL"},
		"_txlock":       {"immediate"},
	}.Encode()}).String()
}

// bringUpToDate checks the file, takes its lock, and builds what it lacks.
func bringUpToDate(ctx context.Context, db *sql.DB) error {
	steps, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	var version, id, tables int
	row := db.QueryRowContext(ctx, "SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema)")
	if err := row.Scan(&version, &id, &tables); err != nil {
		return err
	}
	switch {
	case tables > 0 && id != applicationID, version < 0, tables == 0 && version > 0:
		return errDamaged
	case version > len(steps):
		return errNewer
	}
	for v := version + 1; v <= len(steps); v++ {
		step, err := migrations.ReadFile(fmt.Sprintf("migrations/%d.sql", v))
		if err != nil {
			return err
		}
		err = within(ctx, db, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, fmt.Sprintf("%s\nPRAGMA application_id = %d; PRAGMA user_version = %d;", step, applicationID, v))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// within runs step in a transaction, all of it or nothing.
func within(ctx context.Context, db *sql.DB, step func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := step(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// code is SQLite's code of an error, without its extension; -1 for others.
func code(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return -1
}

// verdict tells damage from a disk that cannot be read or written.
func verdict(err error) error {
	switch code(err) {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_FORMAT:
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	return err
}

// setAside renames the file and what SQLite keeps beside it, so that they still
// belong together, and gives the new name.
func setAside(path, why string, now time.Time) (string, error) {
	stem := strings.TrimSuffix(path, ".db") + "-" + why + "-" + now.Format("20060102-150405.000")
	for _, tail := range []string{"-wal", "-shm", "-journal"} {
		if err := os.Rename(path+tail, stem+".db"+tail); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return stem + ".db", os.Rename(path, stem+".db")
}

// problem is a fault of kind Disk, or the context's own error.
func problem(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e := &fault.Error{
		Kind: fault.Disk, What: "The record of this import cannot be written on this computer.",
		Safe: "What was registered is in Darwin.", Do: "Check the disk's free space and that its folder may be written to.",
		Detail: err.Error(), Err: err,
	}
	switch code(err) {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		e.What, e.Do = "Another Darwin Uploader on this computer is importing.", "Wait until it has ended, or close it."
		e.Safe = "Nothing was sent from here."
	case sqlite3.SQLITE_FULL:
		e.What, e.Do = "This computer's disk is full.", "Make room, and go on with the import."
	}
	return e
}
