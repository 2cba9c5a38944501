package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"darwin-uploader/uploader/dbfile"
)

// A second program cannot share the journal of the first: SQLite would need
// memory shared between them, which network folders do not have. It keeps a
// journal of its own beside it, and whoever next opens the main one takes that
// over. The steps, each safe to be interrupted after:
//
//  1. The side journal is closed: nobody writes to it any more, and no other
//     program takes it for its own.
//  2. Its batches are copied into the main journal, and its name is written
//     down there, both in one transaction.
//  3. Its files are removed, and its name is forgotten.
//
// A name that is found there in step 2 was copied before.

// lastSide is the number of the last side journal; the first is 2.
const lastSide = 9

func sideName(n int) string     { return fmt.Sprintf("journal-%d.db", n) }
func sideLockName(n int) string { return fmt.Sprintf("journal-%d.lock", n) }

// OpenBeside opens a journal of this program's own in a folder whose journal
// another program has open. It may hold batches that an earlier such program
// left unfinished. Whoever opens the folder's journal with Open when nobody
// has this one open takes it over. Errors are as those of Open; if eight
// programs keep one already, it is as if the journal were in use.
func OpenBeside(dir string) (*Journal, error) {
	for n := 2; n <= lastSide; n++ {
		j, err := openIn(dir, sideName(n), sideLockName(n), (*Journal).openSide)
		if err == nil {
			j.beside = true
			j.start()
			return j, nil
		}
		if !errors.Is(err, ErrInUse) {
			return nil, err
		}
	}
	return nil, InUse()
}

// openSide opens a side journal, unless it is being taken over.
func (j *Journal) openSide(path string) error {
	if err := j.openFile(path); err != nil {
		return err
	}
	_, closed, err := identity(context.Background(), j.db)
	if err == nil && closed {
		err = ErrInUse
	}
	if err != nil {
		return errors.Join(err, j.db.Close())
	}
	return nil
}

func identity(ctx context.Context, db *sql.DB) (name string, closed bool, err error) {
	err = db.QueryRowContext(ctx, "SELECT name, closed FROM identity").Scan(&name, &closed)
	return name, closed, err
}

// takeOver takes over the side journals that nobody has open. One that cannot
// be is left for the next time, with a warning.
func (j *Journal) takeOver(dir string) {
	for n := 2; n <= lastSide; n++ {
		if err := j.takeOverSide(dir, n); err != nil {
			j.warn(fmt.Sprintf("What another Darwin Uploader wrote down in %s could not be taken into the journal: %s. It is tried again at the next start.",
				sideName(n), cause(err)))
		}
	}
}

func (j *Journal) takeOverSide(dir string, n int) error {
	path := filepath.Join(dir, sideName(n))
	if _, err := os.Lstat(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	side, err := openIn(dir, sideName(n), sideLockName(n), (*Journal).openFile)
	if errors.Is(err, ErrInUse) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = side.lock.Close() }()
	j.warn(side.warning)
	name, err := closeForGood(side.db)
	if err != nil {
		return err
	}
	if err := j.copyFrom(path, name); err != nil {
		return err
	}
	return j.forget(path, name)
}

// closeForGood is step 1. The name is the side journal's own.
func closeForGood(side *sql.DB) (name string, err error) {
	ctx := context.Background()
	_, err = side.ExecContext(ctx, "UPDATE identity SET closed = 1")
	if err == nil {
		name, _, err = identity(ctx, side)
	}
	return name, errors.Join(err, side.Close())
}

// copyFrom is step 2.
func (j *Journal) copyFrom(path, name string) error {
	ctx := context.Background()
	return dbfile.Attached(ctx, j.db, path, func(conn *sql.Conn) error {
		return dbfile.Within(ctx, conn, func(tx *sql.Tx) error { return copyBatches(ctx, tx, name) })
	})
}

// The columns that a copy takes along: all but the number of the batch.
const (
	copiedOfBatches = "server, account, team, dataset, dataset_slug, dataset_name, dataset_version, began, ended, source, leaving, settled, left_out"
	copiedOfItems   = "place, path, size, mtime, mtime_nanos, kind, type, name, folder, tags, video, state, stage, reason, problem, attempts, item_id, upload_id, stored, asked_from, asked_until, outcome, verdict, settled, over"
	copiedOfTallies = "outcome, files, bytes"
	copiedOfLeftOut = "place, path, reason"
)

func copyBatches(ctx context.Context, tx *sql.Tx, name string) error {
	before, err := dbfile.TakenOver(ctx, tx, name)
	if err != nil || before {
		return err
	}
	ids, err := dbfile.Numbers(ctx, tx, "SELECT id FROM side.batches ORDER BY id")
	if err != nil {
		return err
	}
	for _, old := range ids {
		done, err := tx.ExecContext(ctx, "INSERT INTO main.batches ("+copiedOfBatches+") SELECT "+copiedOfBatches+" FROM side.batches WHERE id = ?", old)
		if err != nil {
			return err
		}
		id, err := done.LastInsertId()
		if err != nil {
			return err
		}
		for table, columns := range map[string]string{"items": copiedOfItems, "tallies": copiedOfTallies, "left_out": copiedOfLeftOut} {
			_, err := tx.ExecContext(ctx, "INSERT INTO main."+table+" (batch, "+columns+") SELECT ?, "+columns+" FROM side."+table+" WHERE batch = ?", id, old)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// forget is step 3. The journal itself goes first: what SQLite keeps beside it
// may be what says that it is closed.
func (j *Journal) forget(path, name string) error {
	for _, tail := range dbfile.Tails() {
		if err := os.Remove(path + tail); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	_, err := j.db.Exec("DELETE FROM taken_over WHERE name = ?", name)
	return err
}

// warn adds a sentence for the person, who need not hear two at once of what
// is the same.
func (j *Journal) warn(words string) {
	j.warning = strings.TrimSpace(j.warning + " " + words)
}
