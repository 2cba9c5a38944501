package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"darwin-uploader/uploader/receipt"
)

var _ receipt.Store = (*Journal)(nil)

// Pending gives the files of a batch that Darwin confirmed and that are not
// settled; see receipt.Store. Errors are as those of Unfinished.
func (j *Journal) Pending(ctx context.Context, id int64) (all []receipt.Pending, err error) {
	err = j.read(ctx, func(db *sql.DB) (err error) {
		rows, err := db.QueryContext(ctx, "SELECT place, item_id FROM items WHERE batch = ? AND state = 'in darwin' AND outcome = '' ORDER BY place", id)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		for rows.Next() {
			var p receipt.Pending
			if err := rows.Scan(&p.Place, &p.ItemID); err != nil {
				return err
			}
			all = append(all, p)
		}
		return rows.Err()
	})
	return all, err
}

// Settle writes what Darwin says of pending files; see receipt.Store. Files
// that are not pending are passed over. A file that is missing makes the batch
// one to go on with, which sends that file again. The error is a fault of kind
// Disk.
func (j *Journal) Settle(_ context.Context, id int64, verdicts []receipt.Verdict) error {
	return j.wait(func(ctx context.Context, tx *sql.Tx) error {
		missing := false
		for _, v := range verdicts {
			changed, err := j.settleOne(ctx, tx, id, v)
			if err != nil {
				return err
			}
			missing = missing || changed && v.Outcome == receipt.Missing
		}
		if missing {
			if err := reopen(ctx, tx, id); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `
			UPDATE batches SET settled = ? WHERE id = ? AND settled IS NULL
			AND NOT EXISTS (SELECT 1 FROM items WHERE batch = batches.id AND state = 'in darwin' AND outcome = '')`,
			time.Now().UnixMicro(), id)
		return err
	})
}

func (j *Journal) settleOne(ctx context.Context, tx *sql.Tx, id int64, v receipt.Verdict) (changed bool, err error) {
	var size int64
	switch v.Outcome {
	case receipt.InDarwin, receipt.Refused:
		err = tx.StmtContext(ctx, j.statements.settle).QueryRowContext(ctx, v.Outcome.String(), v.Reason, micros(v.At), id, v.Place).Scan(&size)
	case receipt.Missing:
		// It is as if it had not been sent; where Darwin still waits for it, it
		// goes there under its old id.
		err = tx.StmtContext(ctx, j.statements.miss).QueryRowContext(ctx, v.Reason, micros(v.At), v.Waiting, id, v.Place).Scan(&size)
	default:
		return false, fmt.Errorf("%v is no verdict", v.Outcome)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, shift(ctx, tx, id, receipt.Sent, v.Outcome, size)
}

// reopen makes a batch one to go on with. The tallies are those of batches that
// have ended.
func reopen(ctx context.Context, tx *sql.Tx, id int64) error {
	if err := one(tx.ExecContext(ctx, "UPDATE batches SET ended = NULL WHERE id = ? AND leaving = 0", id)); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM tallies WHERE batch = ?", id)
	return err
}

// tally adds up a batch that has ended.
func tally(ctx context.Context, tx *sql.Tx, id int64) error {
	_, err := tx.ExecContext(ctx, `
		INSERT OR REPLACE INTO tallies (batch, outcome, files, bytes)
		SELECT batch, `+outcomeWord+` AS word, count(*), sum(size) FROM items WHERE batch = ? GROUP BY word`, id)
	return err
}

// shift moves a file of a batch from one tally to another, if it has tallies.
func shift(ctx context.Context, tx *sql.Tx, id int64, from, to receipt.Outcome, size int64) error {
	done, err := tx.ExecContext(ctx, "UPDATE tallies SET files = files - 1, bytes = bytes - ? WHERE batch = ? AND outcome = ?", size, id, from.String())
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO tallies (batch, outcome, files, bytes) VALUES (?, ?, 1, ?)
		ON CONFLICT (batch, outcome) DO UPDATE SET files = files + 1, bytes = bytes + excluded.bytes`, id, to.String(), size)
	return err
}
