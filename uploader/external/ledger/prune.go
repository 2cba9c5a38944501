package ledger

import (
	"context"
	"database/sql"
	"time"

	"darwin-uploader/uploader/dbfile"
)

// bounds say how much of the past a ledger keeps. Imports that have not ended
// are always kept.
type bounds struct {
	imports int           // that have ended, at most
	age     time.Duration // of imports, at most
	least   int           // imports are kept whatever their age: a clock may jump
	rows    int           // at most, the newest import excepted
}

// usual are the bounds of every ledger. Five million rows take about 1 GB.
var usual = bounds{imports: 200, age: 2 * 365 * 24 * time.Hour, least: 20, rows: 5_000_000}

// discardAtOnce is how many rows leave in one transaction, so that nobody else
// waits for long.
const discardAtOnce = 20_000

// prune removes drafts, and what is beyond the bounds.
func (l *Ledger) prune(ctx context.Context, b bounds, now time.Time) error {
	drafts, err := l.list(ctx, "sealed = 0")
	if err != nil {
		return err
	}
	old, err := l.beyond(ctx, b, now)
	if err != nil {
		return err
	}
	for _, i := range append(drafts, old...) {
		if err := l.Discard(ctx, i.ID); err != nil {
			return err
		}
	}
	return nil
}

// beyond gives the imports that are to leave.
func (l *Ledger) beyond(ctx context.Context, b bounds, now time.Time) (old []Import, err error) {
	all, err := l.Imports(ctx)
	if err != nil {
		return nil, err
	}
	kept, rows := 0, 0
	for _, i := range all { // whatever has not ended comes first
		if i.Ended.IsZero() {
			n, err := l.size(ctx, i.ID)
			if err != nil {
				return nil, err
			}
			rows += n
		}
	}
	for _, i := range all {
		if i.Ended.IsZero() {
			continue
		}
		n, err := l.size(ctx, i.ID)
		if err != nil {
			return nil, err
		}
		rows += n
		tooOld := kept >= b.least && now.Sub(i.Begun) > b.age
		if kept >= b.imports || tooOld || kept > 0 && rows > b.rows {
			old = append(old, i)
		}
		kept++
	}
	return old, nil
}

// size is how many rows an import has: their places have no gaps.
func (l *Ledger) size(ctx context.Context, id int64) (int, error) {
	var last sql.NullInt64
	err := l.db.QueryRowContext(ctx, "SELECT max(id) FROM rows WHERE id BETWEEN ? AND ?", first(id), rowID(id, maxPlace)).Scan(&last)
	if err != nil || !last.Valid {
		return 0, problem(err)
	}
	return int(last.Int64-first(id)) + 1, nil
}

// Discard removes an import with its rows. One that is interrupted in it is a
// draft from then on.
func (l *Ledger) Discard(ctx context.Context, id int64) error {
	defer l.counted.forget(id)
	if _, err := l.db.ExecContext(ctx, "UPDATE imports SET sealed = 0 WHERE id = ?", id); err != nil {
		return problem(err)
	}
	n, err := l.size(ctx, id)
	if err != nil {
		return err
	}
	for from := 0; from < n; from += discardAtOnce {
		if _, err := l.db.ExecContext(ctx, "DELETE FROM rows WHERE id BETWEEN ? AND ?", rowID(id, from), rowID(id, from+discardAtOnce-1)); err != nil {
			return problem(err)
		}
	}
	return problem(dbfile.Within(ctx, l.db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM rows WHERE id BETWEEN ? AND ?", first(id), rowID(id, maxPlace)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM imports WHERE id = ?", id)
		return err
	}))
}
