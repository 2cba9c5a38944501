package journal

import (
	"context"
	"database/sql"
	"errors"

	"darwin-uploader/uploader/receipt"
)

// LeaveOut writes down what was not taken into a batch: of each its path and
// why. It may be called again with more. Of more than receipt.KeptLeftOut only
// the number is kept. The error is a fault of kind Disk.
func (j *Journal) LeaveOut(id int64, left []receipt.Line) error {
	if len(left) == 0 {
		return nil
	}
	return j.wait(func(ctx context.Context, tx *sql.Tx) error {
		var before int
		row := tx.QueryRowContext(ctx, "UPDATE batches SET left_out = left_out + ? WHERE id = ? AND leaving = 0 RETURNING left_out", len(left), id)
		switch err := row.Scan(&before); {
		case errors.Is(err, sql.ErrNoRows):
			return nil
		case err != nil:
			return err
		}
		before -= len(left)
		for i, l := range left[:min(len(left), max(0, receipt.KeptLeftOut-before))] {
			if _, err := tx.ExecContext(ctx, "INSERT INTO left_out (batch, place, path, reason) VALUES (?, ?, ?, ?)", id, before+i, l.Path, l.Reason); err != nil {
				return err
			}
		}
		return nil
	})
}

// queryLeftOut gives some of what was not taken into a batch.
func queryLeftOut(ctx context.Context, db *sql.DB, id int64, offset, limit int) (lines []receipt.Line, err error) {
	rows, err := db.QueryContext(ctx, "SELECT place, path, reason FROM left_out WHERE batch = ? AND place >= ? ORDER BY place LIMIT ?", id, offset, limit)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		l := receipt.Line{Outcome: receipt.LeftOut}
		if err := rows.Scan(&l.Place, &l.Path, &l.Reason); err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	return lines, rows.Err()
}
