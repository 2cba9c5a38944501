package dbfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Kind is a kind of file: how it is known, and how its tables are built.
type Kind struct {
	// ID marks a file as one of this kind (SQLite's application_id).
	ID int32
	// Steps holds 1.sql, 2.sql and so on, each of which is run once; the number
	// of the last one that was is the file's user_version.
	Steps fs.FS
	// Check looks through the whole file for damage (SQLite's quick_check),
	// which takes a moment with a large one.
	Check bool
	// Busy is how long a file that another program has open is waited for.
	Busy time.Duration
	// Ready makes ready what the file's user needs, such as statements. Where
	// SQLite does not understand these the file counts as damaged. nil: nothing.
	Ready func(ctx context.Context, db *sql.DB) error
}

// Aside is a file that was set aside; the zero value is none.
type Aside struct {
	Name  string // of the file now, without its folder
	Newer bool   // a newer version wrote it; otherwise it is damaged
}

var (
	errNewer   = errors.New("written by a newer version")
	errDamaged = errors.New("damaged")
)

// Open opens the file, and makes it if it is not there; the folder has to be.
// One that cannot be understood is set aside, and a new one begun; now is the
// time that its new name tells. An error is about the disk, or InUse.
func (k Kind) Open(ctx context.Context, path string, now time.Time) (*sql.DB, Aside, error) {
	db, err := k.load(ctx, path)
	newer := errors.Is(err, errNewer)
	if err == nil || !newer && !errors.Is(err, errDamaged) {
		return db, Aside{}, err
	}
	why := "damaged"
	if newer {
		why = "newer"
	}
	to, err := setAside(path, why, now)
	if err != nil {
		return nil, Aside{}, err
	}
	db, err = k.load(ctx, path)
	return db, Aside{Name: filepath.Base(to), Newer: newer}, err
}

// load opens the file, or gives errNewer or errDamaged in the chain for one that
// is to be set aside.
func (k Kind) load(ctx context.Context, path string) (*sql.DB, error) {
	// SQLite would make a file that others on this computer can read.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", k.source(path))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // it holds the lock
	err = k.bringUpToDate(ctx, db)
	if err == nil && k.Ready != nil {
		err = k.Ready(ctx, db)
	}
	if err != nil {
		return nil, errors.Join(verdict(err), db.Close())
	}
	return db, nil
}

// source is the file as SQLite is told it, with how it is to be used.
func (k Kind) source(path string) string {
	return URL(path) + "?" + url.Values{
		"_pragma": {
			fmt.Sprintf("busy_timeout(%d)", k.Busy.Milliseconds()),
			"cell_size_check(1)",
			"checkpoint_fullfsync(1)",
			"foreign_keys(1)",
			"fullfsync(1)",
			"locking_mode(exclusive)",
			"synchronous(full)",
			"trusted_schema(0)",
		},
		"_journal_mode": {"WAL"},
		"_txlock":       {"immediate"},
	}.Encode()
}

// URL is a file's path as SQLite takes it in ATTACH.
func URL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // C:/...
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// bringUpToDate takes the file's lock, checks it and builds the tables that it
// lacks.
func (k Kind) bringUpToDate(ctx context.Context, db *sql.DB) error {
	steps, err := fs.Glob(k.Steps, "*.sql")
	if err != nil {
		return err
	}
	var version, tables int
	var id int32
	row := db.QueryRowContext(ctx, "SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema)")
	if err := row.Scan(&version, &id, &tables); err != nil {
		return err
	}
	switch {
	case tables > 0 && id != k.ID, version < 0, tables == 0 && version > 0:
		return errDamaged
	case version > len(steps):
		return errNewer
	}
	if k.Check && tables > 0 {
		var found string
		if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
			return err
		}
		if found != "ok" {
			return fmt.Errorf("%w: %s", errDamaged, found)
		}
	}
	for v := version + 1; v <= len(steps); v++ {
		if err := k.step(ctx, db, v); err != nil {
			return err
		}
	}
	return nil
}

// step runs step v and remembers that it did, both or neither.
func (k Kind) step(ctx context.Context, db *sql.DB, v int) error {
	text, err := fs.ReadFile(k.Steps, fmt.Sprintf("%d.sql", v))
	if err != nil {
		return err
	}
	return Within(ctx, db, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, fmt.Sprintf("%s\n;PRAGMA application_id = %d; PRAGMA user_version = %d;", text, k.ID, v))
		return err
	})
}

// Within runs step in a transaction, all of it or nothing.
func Within(ctx context.Context, db interface {
	BeginTx(context.Context, *sql.TxOptions) (*sql.Tx, error)
}, step func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := step(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// setAside renames the file and what SQLite keeps beside it, so that they still
// belong together, and gives the new name.
func setAside(path, why string, now time.Time) (string, error) {
	stem := strings.TrimSuffix(path, ".db") + "-" + why + "-" + now.Format("20060102-150405")
	to := stem + ".db"
	for n := 2; ; n++ {
		_, err := os.Lstat(to)
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return "", err
		}
		to = fmt.Sprintf("%s-%d.db", stem, n)
	}
	for _, tail := range Tails()[1:] {
		if err := os.Rename(path+tail, to+tail); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return to, os.Rename(path, to)
}

// Tails are the ends of the names of what makes up one file: its own, which is
// "", and those of what SQLite keeps beside it.
func Tails() []string { return []string{"", "-wal", "-shm", "-journal"} }
