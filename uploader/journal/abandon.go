package journal

import (
	"context"
	"database/sql"
	"errors"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

// Discard ends a batch that nobody wants to go on with. Its items stay in the
// journal; those that were registered and not sent stay in Darwin, without
// their files. Abandon removes them there as well.
func (j *Journal) Discard(id int64) error {
	return j.wait(func(ctx context.Context, tx *sql.Tx) error { return end(ctx, tx, id) })
}

// Abandon ends a batch as Discard does, and then deletes those of its items in
// Darwin that still wait for their files: only ids that this journal saw
// registered, and only where Darwin's list says that nothing was confirmed. It
// says how many that were. After an error the batch has ended all the same,
// and another call removes the rest. A batch that an engine is working on is a
// fault of kind Usage; other errors are as those of Discard, Unfinished and
// receipt.Abandon.
func (j *Journal) Abandon(ctx context.Context, id int64, from receipt.Remover) (removed int, err error) {
	if j.underWay(id) {
		return 0, &fault.Error{
			Kind: fault.Usage, What: "This upload is still under way.", Safe: "Nothing was removed.", Do: "Stop it first.",
		}
	}
	if err := j.Discard(id); err != nil {
		return 0, err
	}
	places, ids, err := j.unconfirmed(ctx, id)
	if err != nil {
		return 0, err
	}
	return receipt.Abandon(ctx, from, ids, func(gone []string) error {
		return j.wait(func(ctx context.Context, tx *sql.Tx) error {
			for _, item := range gone {
				_, err := tx.ExecContext(ctx, `
					UPDATE items SET item_id = '', upload_id = '', stored = 0,
						state = CASE WHEN state IN ('failed', 'stopped') THEN state ELSE 'ready' END
					WHERE batch = ? AND place = ? AND state <> 'in darwin'`, id, places[item])
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// unconfirmed gives the items that Darwin registered and never confirmed, and
// where they are in the batch. Those that another batch has taken over, and may
// be sending, are none of it.
func (j *Journal) unconfirmed(ctx context.Context, id int64) (places map[string]int, ids []string, err error) {
	places = map[string]int{}
	err = j.read(ctx, func(db *sql.DB) (err error) {
		rows, err := db.QueryContext(ctx, `
			SELECT place, item_id FROM items
			WHERE batch = ?1 AND item_id <> '' AND upload_id <> '' AND state NOT IN ('in darwin', 'skipped', 'blocked')
				AND item_id NOT IN (SELECT item_id FROM items WHERE batch > ?1 AND upload_id <> '')
			ORDER BY place`, id)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		for rows.Next() {
			var (
				place int
				item  string
			)
			if err := rows.Scan(&place, &item); err != nil {
				return err
			}
			places[item] = place
			ids = append(ids, item)
		}
		return rows.Err()
	})
	return places, ids, err
}
