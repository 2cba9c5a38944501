package journal

import (
	"context"
	"database/sql"
)

// placesAtOnce is how many files a search looks at between two chances for
// others to write.
const placesAtOnce = 20_000

// Find gives where the first file of a batch stands that has the text in its
// name, in upper or lower case: how many of the batch's lines come before it.
// It is -1 if none has it, or if there is nothing to search for. Like History
// it lets others write in between. Errors are as those of Unfinished.
func (j *Journal) Find(ctx context.Context, id int64, search string) (at int, err error) {
	patterns := patternsFor(search)
	if len(patterns) == 0 {
		return -1, nil
	}
	last := -1
	err = j.read(ctx, func(db *sql.DB) error {
		return db.QueryRowContext(ctx, "SELECT coalesce(max(place), -1) FROM items WHERE batch = ?", id).Scan(&last)
	})
	for from := 0; err == nil && from <= last; from += placesAtOnce {
		var place sql.NullInt64
		err = j.read(ctx, func(db *sql.DB) error {
			row := db.QueryRowContext(ctx, `
				SELECT min(place) FROM items WHERE batch = ? AND place >= ? AND place < ? AND (
					name LIKE ? ESCAPE '\' OR name LIKE ? ESCAPE '\' OR name LIKE ? ESCAPE '\')`,
				append([]any{id, from, from + placesAtOnce}, patterns...)...)
			if err := row.Scan(&place); err != nil || !place.Valid {
				return err
			}
			return db.QueryRowContext(ctx, "SELECT count(*) FROM items WHERE batch = ? AND place < ?", id, place.Int64).Scan(&at)
		})
		if place.Valid {
			return at, err
		}
	}
	return -1, err
}
