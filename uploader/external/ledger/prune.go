package ledger

import (
	"context"
	"database/sql"
	"time"

	"darwin-uploader/uploader/dbfile"
)

// usual are the bounds of every ledger. Five million rows take about 1 GB.
var usual = dbfile.Bounds{Most: 200, Age: 2 * 365 * 24 * time.Hour, Least: 20, Rows: 5_000_000}

// discardAtOnce is how many rows leave in one transaction, so that nobody else
// waits for long.
const discardAtOnce = 20_000

// prune removes drafts, and what is beyond the bounds.
func (l *Ledger) prune(ctx context.Context, b dbfile.Bounds, now time.Time) error {
	drafts, err := l.list(ctx, "sealed = 0")
	if err != nil {
		return err
	}
	leaving := make([]int64, 0, len(drafts))
	for _, i := range drafts {
		leaving = append(leaving, i.ID)
	}
	past, err := l.past(ctx)
	if err != nil {
		return err
	}
	for _, id := range append(leaving, b.Beyond(past, now)...) {
		if err := l.Discard(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// past are all imports but drafts, the newest of those that have ended first.
func (l *Ledger) past(ctx context.Context) ([]dbfile.Past, error) {
	all, err := l.Imports(ctx)
	if err != nil {
		return nil, err
	}
	past := make([]dbfile.Past, len(all))
	for n, i := range all {
		rows, err := l.size(ctx, i.ID)
		if err != nil {
			return nil, err
		}
		past[n] = dbfile.Past{ID: i.ID, Begun: i.Begun, Ended: !i.Ended.IsZero(), Rows: rows}
	}
	return past, nil
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
