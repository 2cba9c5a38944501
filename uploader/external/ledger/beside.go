package ledger

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

// A second program keeps a ledger of its own beside the first one's, and whoever
// next opens that one takes it over. The steps, each safe to be interrupted
// after, and all of them with the locks of both files:
//
//  1. The side ledger is closed: no other program takes it for its own.
//  2. Its imports are copied, and its name is written down, in one transaction.
//  3. It is emptied, and opened again under another name, in one transaction.
//  4. The old name is forgotten.
//
// A name that is found there in step 2 was copied before.

// lastSide is the number of the last side ledger; the first is 2.
const lastSide = 9

func sideName(n int) string { return fmt.Sprintf("imports-%d.db", n) }

// OpenBeside opens a ledger of this program's own in a folder whose ledger
// another program has open. It may hold imports that an earlier such program
// left. Whoever opens the folder's ledger with Open when nobody has this one
// open takes it over. Errors are as those of Open; if eight programs keep one
// already, it is as if the ledger were in use.
func OpenBeside(dir string) (*Ledger, error) {
	for n := 2; n <= lastSide; n++ {
		l, err := openFile(filepath.Join(dir, sideName(n)), 0)
		if err == nil {
			err = l.notClosed()
		}
		if err == nil {
			l.beside = true
			return l, nil
		}
		if !errors.Is(problem(err), ErrInUse) {
			return nil, problem(err)
		}
	}
	return nil, problem(ErrInUse)
}

// notClosed closes a ledger that is being taken over.
func (l *Ledger) notClosed() error {
	var closed bool
	err := l.db.QueryRow("SELECT closed FROM identity").Scan(&closed)
	if err == nil && closed {
		err = ErrInUse
	}
	if err != nil {
		return errors.Join(err, l.db.Close())
	}
	return nil
}

// Beside says whether OpenBeside gave it: what the folder's own ledger holds is
// in the hands of another program.
func (l *Ledger) Beside() bool { return l.beside }

// takeOver takes over the side ledgers that nobody has open. One that cannot be
// is left for the next time, with a warning.
func (l *Ledger) takeOver(dir string) {
	for n := 2; n <= lastSide; n++ {
		err := l.takeOverSide(filepath.Join(dir, sideName(n)))
		if err != nil && !errors.Is(problem(err), ErrInUse) {
			l.warn(fmt.Sprintf("What another Darwin Uploader imported is in %s, and could not be taken into the record of imports. It is tried again at the next start.", sideName(n)))
		}
	}
}

func (l *Ledger) takeOverSide(path string) error {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	side, err := openFile(path, 0) // checks it and builds what it lacks
	if err != nil {
		return err
	}
	l.warn(side.warning)
	if err := side.Close(); err != nil {
		return err
	}
	ctx := context.Background()
	return dbfile.Attached(ctx, l.db, path, func(conn *sql.Conn) error { return l.empty(ctx, conn) })
}

// empty does the steps with a side ledger that is attached.
func (l *Ledger) empty(ctx context.Context, conn *sql.Conn) error {
	var name string
	var imports int
	if err := conn.QueryRowContext(ctx, "SELECT name, (SELECT count(*) FROM side.imports) FROM side.identity").Scan(&name, &imports); err != nil {
		return err
	}
	if imports == 0 {
		return nil
	}
	if _, err := conn.ExecContext(ctx, "UPDATE side.identity SET closed = 1"); err != nil {
		return err
	}
	if err := dbfile.Within(ctx, conn, func(tx *sql.Tx) error { return copyImports(ctx, tx, name) }); err != nil {
		return err
	}
	if err := dbfile.Within(ctx, conn, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM side.rows; DELETE FROM side.imports; UPDATE side.identity SET closed = 0, name = lower(hex(randomblob(16)))")
		return err
	}); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, "DELETE FROM main.taken_over WHERE name = ?; VACUUM side", name)
	return err
}

// The columns that a copy takes along.
const (
	copiedOfImports = "about, begun, sealed, ended, settled"
	copiedOfRows    = "line, state, folder, name, content, item, reason, detail, asked, at"
)

func copyImports(ctx context.Context, tx *sql.Tx, name string) error {
	before, err := dbfile.TakenOver(ctx, tx, name)
	if err != nil || before {
		return err
	}
	ids, err := dbfile.Numbers(ctx, tx, "SELECT id FROM side.imports WHERE sealed > 0 ORDER BY id")
	if err != nil {
		return err
	}
	for _, old := range ids {
		done, err := tx.ExecContext(ctx, "INSERT INTO main.imports ("+copiedOfImports+") SELECT "+copiedOfImports+" FROM side.imports WHERE id = ?", old)
		if err != nil {
			return err
		}
		id, err := done.LastInsertId()
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO main.rows (id, "+copiedOfRows+") SELECT id - ? + ?, "+copiedOfRows+" FROM side.rows WHERE id BETWEEN ? AND ?",
			first(old), first(id), first(old), rowID(old, maxPlace))
		if err != nil {
			return err
		}
	}
	return nil
}

// warn adds a sentence for the person.
func (l *Ledger) warn(words string) { l.warning = strings.TrimSpace(l.warning + " " + words) }
