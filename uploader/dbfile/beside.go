package dbfile

import (
	"context"
	"database/sql"
	"errors"
)

// Attached runs step with another file attached to a database as "side". Nobody
// else may have that file open.
func Attached(ctx context.Context, db *sql.DB, path string, step func(*sql.Conn) error) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "ATTACH ? AS side", URL(path)); err != nil {
		return err
	}
	defer func() {
		_, detaching := conn.ExecContext(ctx, "DETACH side")
		err = errors.Join(err, detaching)
	}()
	return step(conn)
}

// TakenOver writes down in the table taken_over that what a side file of this
// name holds is being copied in this transaction, and says whether it was
// copied before.
func TakenOver(ctx context.Context, tx *sql.Tx, name string) (before bool, err error) {
	done, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO main.taken_over (name) VALUES (?)", name)
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n == 0, err
}

// Numbers reads the numbers that a query gives, one a row.
func Numbers(ctx context.Context, tx *sql.Tx, query string) (all []int64, err error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, rows.Err()
}
