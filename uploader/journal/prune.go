package journal

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"darwin-uploader/uploader/dbfile"
)

// usual are the bounds of every journal. Two million items take about 1 GB.
var usual = dbfile.Bounds{Most: 200, Age: 2 * 365 * 24 * time.Hour, Least: 20, Rows: 2_000_000}

// pruneAtOnce is how many items leave in one transaction, so that nothing that
// is being uploaded waits for long.
const pruneAtOnce = 2000

// prune takes away what is beyond the bounds, a little at a time. What it is
// interrupted in it finishes the next time; batches that are leaving are
// listed nowhere. Errors are left to those who write next.
func (j *Journal) prune(ctx context.Context, b dbfile.Bounds) error {
	past, err := j.past(ctx)
	if err != nil {
		return err
	}
	if old := b.Beyond(past, time.Now()); len(old) > 0 {
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

// past are the batches that are not leaving, the newest first.
func (j *Journal) past(ctx context.Context) (all []dbfile.Past, err error) {
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
				one   dbfile.Past
				began int64
			)
			if err := rows.Scan(&one.ID, &one.Ended, &began, &one.Rows); err != nil {
				return err
			}
			one.Begun = time.UnixMicro(began)
			all = append(all, one)
		}
		return rows.Err()
	})
	return all, err
}
