package journal

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

	sqlite3 "modernc.org/sqlite/lib"
)

const (
	fileName = "journal.db"
	lockName = "journal.lock"
)

// applicationID marks the file as ours ("DarU").
const applicationID = 0x44617255

//go:embed migrations/*.sql
var migrations embed.FS

var (
	errNewer   = errors.New("written by a newer version")
	errDamaged = errors.New("damaged")
)

// load opens the journal, or gives errNewer or errDamaged in the chain for
// one that is to be set aside.
func (j *Journal) load(ctx context.Context, path string) error {
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
	db.SetMaxOpenConns(1)
	err = bringUpToDate(ctx, db)
	if err == nil {
		j.db = db
		j.statements, err = prepareStatements(ctx, db)
	}
	if err != nil {
		return errors.Join(verdict(err), db.Close())
	}
	return nil
}

// source is the file as SQLite is told it, with how it is to be used.
func source(path string) string {
	return fileURL(path, url.Values{
		"_pragma": {
			"busy_timeout(5000)",
			"cell_size_check(1)",
			"checkpoint_fullfsync(1)",
			"foreign_keys(1)",
			"fullfsync(1)",
			// One program at a time has it, so that there is no need for memory
			// shared between programs, which network folders do not offer.
			"locking_mode(exclusive)",
			"synchronous(full)",
			"trusted_schema(0)",
		},
		"_journal_mode": {"WAL"},
		"_txlock":       {"immediate"},
	})
}

func fileURL(path string, options url.Values) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // C:/...
		path = "/" + path
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: options.Encode()}
	return u.String()
}

// bringUpToDate checks the file and builds the tables that it lacks.
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
	if tables > 0 {
		var found string
		if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
			return err
		}
		if found != "ok" {
			return fmt.Errorf("%w: %s", errDamaged, found)
		}
	}
	for v := version + 1; v <= len(steps); v++ {
		if err := migrate(ctx, db, v); err != nil {
			return err
		}
	}
	return nil
}

// migrate runs migration v and remembers that it did, both or neither.
func migrate(ctx context.Context, db *sql.DB, v int) error {
	step, err := migrations.ReadFile(fmt.Sprintf("migrations/%d.sql", v))
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, fmt.Sprintf("%s\nPRAGMA application_id = %d; PRAGMA user_version = %d;", step, applicationID, v))
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// verdict tells damage from a disk that cannot be read or written.
func verdict(err error) error {
	switch code(err) {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_FORMAT:
		return fmt.Errorf("%w: %w", errDamaged, err)
	default:
		return err
	}
}

// setAside renames the journal and what SQLite keeps beside it, so that they
// still belong together, and gives the new name.
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
	for _, tail := range []string{"-wal", "-shm", "-journal"} {
		if err := os.Rename(path+tail, to+tail); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return to, os.Rename(path, to)
}
