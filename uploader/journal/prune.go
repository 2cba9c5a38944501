package journal

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"
)

// bounds say how much of the past a journal keeps. Batches that have not ended
// are always kept.
type bounds struct {
	batches int           // that have ended, at most
	age     time.Duration // of batches, at most
	least   int           // batches are kept whatever their age: a clock may jump
	items   int           // at most, the newest batch excepted
}

// usual are the bounds of every journal. Two million items take about 1 GB.
var usual = bounds{batches: 200, age: 2 * 365 * 24 * time.Hour, least: 20, items: 2_000_000}

// pruneAtOnce is how many items leave in one transaction, so that nothing that
// is being uploaded waits for long.
const pruneAtOnce = 2000

// prune takes away what is beyond the bounds, a little at a time. What it is
// interrupted in it finishes the next time; batches that are leaving are
// listed nowhere. Errors are left to those who write next.
func (j *Journal) prune(ctx context.Context, b bounds) error {
	old, err := j.beyond(ctx, b, time.Now())
	if err != nil {
		return err
	}
	if len(old) > 0 {
		err := j.wait(func(ctx context.Context, tx *sql.Tx) error {
			for _, id := range old {
				if _, err := tx.ExecContext(ctx, "UPDATE batches SET leaving = 1 WHERE id = ? AND ended IS NOT NULL", id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := j.wait(func(ctx context.Context, tx *sql.Tx) (err error) {
			more, err = pruneSome(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// pruneSome takes some items of a batch that is leaving, or the batch itself
// once it has none; more says whether there may be more to do.
func pruneSome(ctx context.Context, tx *sql.Tx) (more bool, err error) {
	var id int64
	err = tx.QueryRowContext(ctx, "SELECT id FROM batches WHERE leaving = 1 LIMIT 1").Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	done, err := tx.ExecContext(ctx, "DELETE FROM items WHERE batch = ?1 AND place IN (SELECT place FROM items WHERE batch = ?1 ORDER BY place LIMIT ?2)", id, pruneAtOnce)
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	if err == nil && n < pruneAtOnce {
		err = one(tx.ExecContext(ctx, "DELETE FROM batches WHERE id = ?", id))
	}
	return true, err
}

// beyond gives the batches that are to leave.
func (j *Journal) beyond(ctx context.Context, b bounds, now time.Time) (old []int64, err error) {
	type batch struct {
		id    int64
		ended bool
		began time.Time
		items int
	}
	var all []batch
	err = j.read(ctx, func(db *sql.DB) (err error) {
		rows, err := db.QueryContext(ctx, `
			SELECT id, ended IS NOT NULL, began, CASE WHEN ended IS NULL
				THEN (SELECT count(*) FROM items WHERE batch = batches.id)
				ELSE (SELECT coalesce(sum(files), 0) FROM tallies WHERE batch = batches.id) END
			FROM batches WHERE leaving = 0 ORDER BY began DESC, id DESC`)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		for rows.Next() {
			var (
				one   batch
				began int64
			)
			if err := rows.Scan(&one.id, &one.ended, &began, &one.items); err != nil {
				return err
			}
			one.began = time.UnixMicro(began)
			all = append(all, one)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, err
	}
	items := 0
	for _, one := range all { // whatever has not ended comes first
		if !one.ended {
			items += one.items
		}
	}
	all = slices.DeleteFunc(all, func(one batch) bool { return !one.ended })
	for i, one := range all {
		items += one.items
		tooOld := i >= b.least && now.Sub(one.began) > b.age
		if i >= b.batches || tooOld || i > 0 && items > b.items {
			old = append(old, one.id)
		}
	}
	return old, nil
}
