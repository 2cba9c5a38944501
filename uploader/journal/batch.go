package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"darwin-uploader/uploader"
)

// Desk is the journal for uploads to one server under one account: what an
// engine writes to.
type Desk struct {
	journal         *Journal
	server, account string
}

// For gives the desk of a server, by its address, and an account of the
// settings, "" if the key came from elsewhere.
func (j *Journal) For(server, account string) Desk {
	return Desk{journal: j, server: server, account: account}
}

// Begin opens the page of a batch; see uploader.Journal. The error is a fault
// of kind Disk.
func (d Desk) Begin(p uploader.Plan) (uploader.Page, error) {
	b := &page{journal: d.journal, id: p.Batch}
	if err := d.journal.wait(d.beginning(b, p)); err != nil {
		return b, err
	}
	d.journal.turn(b.id, true)
	return b, nil
}

func (d Desk) beginning(b *page, p uploader.Plan) func(context.Context, *sql.Tx) error {
	if p.Batch != 0 {
		return b.resume
	}
	return func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `
			INSERT INTO batches (server, account, team, dataset, dataset_slug, dataset_name, dataset_version, source, began)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			d.server, d.account, p.Dataset.TeamSlug, p.Dataset.ID, p.Dataset.Slug, p.Dataset.Name, p.Dataset.Version, p.From, time.Now().UnixMicro())
		if err != nil {
			return err
		}
		if b.id, err = done.LastInsertId(); err != nil {
			return err
		}
		return b.insert(ctx, tx, 0, p.Items)
	}
}

// page is the journal of one batch.
type page struct {
	journal *Journal
	id      int64
	left    []int          // the places in the file of the items that it goes on with
	next    int            // the place in the file of the first item after those
	notes   sync.WaitGroup // that are not written yet

	mu      sync.Mutex
	problem error // the first
}

// Number is the batch's number in the file.
func (b *page) Number() int64 { return b.id }

// resume opens a batch that was left unfinished, also one that was set to
// ended in the meantime. Those of its items that were taken out are passed
// over, as they are by Load.
func (b *page) resume(ctx context.Context, tx *sql.Tx) (err error) {
	b.left, b.next = nil, 0
	if err := reopen(ctx, tx, b.id); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE batches SET settled = NULL WHERE id = ?", b.id); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, "SELECT place, state = 'stopped' FROM items WHERE batch = ? ORDER BY place", b.id)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var out bool
		if err := rows.Scan(&b.next, &out); err != nil {
			return err
		}
		if !out {
			b.left = append(b.left, b.next)
		}
		b.next++
	}
	return rows.Err()
}

// place is where the file has the item that the batch has at i.
func (b *page) place(i int) int {
	if i < len(b.left) {
		return b.left[i]
	}
	return b.next + i - len(b.left)
}

func (b *page) Add(first int, items []uploader.Item) error {
	return b.keep(b.journal.wait(func(ctx context.Context, tx *sql.Tx) error {
		return b.insert(ctx, tx, first, items)
	}))
}

func (b *page) Record(entries ...uploader.Entry) error {
	return b.keep(b.journal.wait(func(ctx context.Context, tx *sql.Tx) error {
		return b.update(ctx, tx, entries)
	}))
}

func (b *page) Note(entries ...uploader.Entry) {
	b.notes.Add(1)
	err := b.journal.hand(request{
		do: func(ctx context.Context, tx *sql.Tx) error { return b.update(ctx, tx, entries) },
		done: func(err error) {
			_ = b.keep(err) // Close tells
			b.notes.Done()
		},
	})
	if err != nil {
		_ = b.keep(err)
		b.notes.Done()
	}
}

func (b *page) Close(ended bool) error {
	b.notes.Wait()
	defer b.journal.turn(b.id, false)
	if ended && b.first() == nil {
		return b.keep(b.journal.wait(b.finish))
	}
	return b.first()
}

// keep remembers the first problem and gives err.
func (b *page) keep(err error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.problem == nil {
		b.problem = err
	}
	return err
}

func (b *page) first() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.problem
}

// finish ends the batch, unless Darwin has lost a file of it meanwhile.
func (b *page) finish(ctx context.Context, tx *sql.Tx) error {
	var missing bool
	row := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM items WHERE batch = ? AND outcome = 'missing')", b.id)
	if err := row.Scan(&missing); err != nil || missing {
		return err
	}
	return end(ctx, tx, b.id)
}

func end(ctx context.Context, tx *sql.Tx, id int64) error {
	if err := one(tx.ExecContext(ctx, "UPDATE batches SET ended = ? WHERE id = ?", time.Now().UnixMicro(), id)); err != nil {
		return err
	}
	return tally(ctx, tx, id)
}

func (b *page) insert(ctx context.Context, tx *sql.Tx, first int, items []uploader.Item) error {
	add := tx.StmtContext(ctx, b.journal.statements.insert)
	for i, item := range items {
		values, err := valuesOf(item)
		if err != nil {
			return err
		}
		if _, err := add.ExecContext(ctx, append([]any{b.id, b.place(first + i)}, values...)...); err != nil {
			return err
		}
	}
	return nil
}

func (b *page) update(ctx context.Context, tx *sql.Tx, entries []uploader.Entry) error {
	change := tx.StmtContext(ctx, b.journal.statements.update)
	for _, e := range entries {
		state, err := wordOf(e.State)
		if err != nil {
			return err
		}
		problem := ""
		if e.Problem != nil {
			problem = e.Problem.Error()
		}
		r := e.Reached
		err = one(change.ExecContext(ctx, e.Size, e.ModTime.Unix(), e.ModTime.Nanosecond(), state, e.Stage.String(), string(e.Reason), problem, e.Attempts,
			r.Upload.ItemID, r.Upload.UploadID, r.Stored || r.Confirmed, micros(r.Asked.From), micros(r.Asked.Until), over(e.State), b.id, b.place(e.Place)))
		if err != nil {
			return err
		}
	}
	return nil
}

// over is when an item that is in a state now was sent, skipped or given up.
func over(s uploader.State) sql.NullInt64 {
	switch s {
	case uploader.InDarwin, uploader.Skipped, uploader.Blocked, uploader.Failed:
		return micros(time.Now())
	}
	return sql.NullInt64{}
}

// one fails unless exactly one row was changed.
func one(done sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := done.RowsAffected()
	if err == nil && n != 1 {
		err = fmt.Errorf("%d rows where there should be one", n)
	}
	return err
}
