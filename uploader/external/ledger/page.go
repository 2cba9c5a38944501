package ledger

import (
	"context"
	"database/sql"
	"errors"
	"strings"
)

// Page gives at most limit rows in these states, in order, without the first
// offset of them. No states are all, whose places have no gaps in a sealed
// import, so that none has to be passed over.
func (l *Ledger) Page(ctx context.Context, id int64, offset, limit int, in ...State) ([]Row, error) {
	if len(in) == 0 {
		return l.page(ctx, id, offset-1, 0, limit, nil)
	}
	return l.page(ctx, id, -1, offset, limit, in)
}

// Find gives the place of the first row that has the text in its name, in upper
// or lower case as far as SQLite knows them; -1 if none has.
func (l *Ledger) Find(ctx context.Context, id int64, text string) (place int, err error) {
	pattern := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text) + "%"
	var own int64
	err = l.db.QueryRowContext(ctx, `SELECT id FROM rows WHERE id BETWEEN ? AND ? AND name LIKE ? ESCAPE '\' ORDER BY id LIMIT 1`,
		first(id), rowID(id, maxPlace), pattern).Scan(&own)
	if errors.Is(err, sql.ErrNoRows) {
		return -1, nil
	}
	return int(own - first(id)), problem(err)
}
