package journal

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/receipt"
)

// Again gives the plan of a new batch that sends files of an earlier one once
// more: those with these outcomes, in their order, with how far each came. An
// item that Darwin confirmed and then refused is Reached.Confirmed. A batch
// that is not there is a fault of kind Missing; other errors are as those of
// Unfinished.
func (j *Journal) Again(ctx context.Context, id int64, outcomes ...receipt.Outcome) (plan uploader.Plan, err error) {
	s, err := j.Receipt(ctx, id)
	if err != nil {
		return plan, err
	}
	plan.Dataset, plan.From = s.Dataset, s.From
	err = j.read(ctx, func(db *sql.DB) (err error) {
		rows, err := db.QueryContext(ctx, "SELECT "+itemColumns+", "+outcomeWord+" FROM items WHERE batch = ? ORDER BY place", id)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		for rows.Next() {
			var word string
			item, err := itemOf(func(columns ...any) error { return rows.Scan(append(columns, &word)...) })
			if err != nil {
				return err
			}
			o, err := outcomeOf(word)
			if err != nil {
				return err
			}
			if slices.Contains(outcomes, o) {
				plan.Items = append(plan.Items, item)
			}
		}
		return rows.Err()
	})
	return plan, err
}

// SentAgain says that a later batch has taken files of this one over: those of
// items that this one has, by folder and name, and that did not arrive with it.
// It does not go on with them any more, and ends if nothing is left in it that
// going on could send.
// The error is a fault of kind Disk.
func (j *Journal) SentAgain(id int64, items []uploader.Item) error {
	taken := make(map[[2]string]bool, len(items))
	for _, item := range items {
		taken[[2]string{item.Folder, item.Name}] = true
	}
	return j.wait(func(ctx context.Context, tx *sql.Tx) error {
		left, err := notArrived(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, l := range left {
			if !taken[[2]string{l.Folder, l.Name}] {
				continue
			}
			// The id of its upload is the later batch's now.
			_, err := tx.ExecContext(ctx, `
				UPDATE items SET outcome = ?, verdict = '', state = 'stopped', upload_id = '', stored = 0, asked_from = NULL, asked_until = NULL
				WHERE batch = ? AND place = ?`, receipt.SentAgain.String(), id, l.Place)
			if err != nil {
				return err
			}
			if err := shift(ctx, tx, id, l.Outcome, receipt.SentAgain, l.Size); err != nil {
				return err
			}
		}
		return endIfDone(ctx, tx, id)
	})
}

// notArrived gives the files of a batch that are not in Darwin by it and that
// no later batch has.
func notArrived(ctx context.Context, tx *sql.Tx, id int64) (left []receipt.Line, err error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT place, name, folder, size, word FROM (SELECT place, name, folder, size, `+outcomeWord+` AS word FROM items WHERE batch = ?)
		WHERE word IN (?, ?, ?, ?)`,
		id, receipt.NotSent.String(), receipt.NeedsYou.String(), receipt.Refused.String(), receipt.Missing.String())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var (
			l    receipt.Line
			word string
		)
		if err := rows.Scan(&l.Place, &l.Name, &l.Folder, &l.Size, &word); err != nil {
			return nil, err
		}
		if l.Outcome, err = outcomeOf(word); err != nil {
			return nil, err
		}
		left = append(left, l)
	}
	return left, rows.Err()
}

// endIfDone ends a batch that has not ended, unless it has files to go on with:
// what Darwin has blocked or refused would only be so once more.
func endIfDone(ctx context.Context, tx *sql.Tx, id int64) error {
	var done bool
	err := tx.QueryRowContext(ctx, `
		SELECT ended IS NULL AND NOT EXISTS (
			SELECT 1 FROM items WHERE batch = batches.id AND state NOT IN ('in darwin', 'skipped', 'blocked', 'stopped'))
		FROM batches WHERE id = ?`, id).Scan(&done)
	if err != nil || !done {
		return err
	}
	return end(ctx, tx, id)
}
