package journal

import (
	"context"
	"database/sql"
	"errors"

	"darwin-uploader/uploader/fault"
)

// maxGroup bounds how many requests share a transaction, and how many may wait
// for the next one.
const maxGroup = 1024

// request is something to be written, and who hears of it.
type request struct {
	do   func(ctx context.Context, tx *sql.Tx) error // once more if what it was written with failed
	done func(error)                                 // called once, by the writer
}

// write is the one writer: it takes whatever has come while the disk was busy
// with the last transaction, and writes it in one.
func (j *Journal) write() {
	defer close(j.written)
	group := make([]request, 0, maxGroup)
	for first := range j.requests {
		group = append(group[:0], first)
		for more := true; more && len(group) < maxGroup; {
			select {
			case r, ok := <-j.requests:
				if more = ok; ok {
					group = append(group, r)
				}
			default:
				more = false
			}
		}
		j.commitAll(group)
		clear(group)
	}
}

// commitAll writes a group and tells those who wait. If it cannot be written
// as one, each request is tried by itself, so that the failure of one is no
// other's.
func (j *Journal) commitAll(group []request) {
	err := j.commit(group)
	if err == nil || len(group) == 1 {
		for _, r := range group {
			r.done(err)
		}
		return
	}
	for i := range group {
		group[i].done(j.commit(group[i : i+1]))
	}
}

// commit writes a group, all of it or nothing. It cannot be cancelled: what
// happened has happened, whatever becomes of the batch.
func (j *Journal) commit(group []request) error {
	ctx := context.Background()
	tx, err := j.db.BeginTx(ctx, nil)
	if err != nil {
		return unwritten(err)
	}
	for _, r := range group {
		if err := r.do(ctx, tx); err != nil {
			return unwritten(errors.Join(err, rollback(tx)))
		}
	}
	if err := tx.Commit(); err != nil {
		return unwritten(errors.Join(err, rollback(tx)))
	}
	return nil
}

// rollback undoes what SQLite has not undone by itself.
func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return err
	}
	return nil
}

// hand gives a request to the writer.
func (j *Journal) hand(r request) error {
	j.closing.RLock()
	defer j.closing.RUnlock()
	if j.closed {
		return unwritten(errClosed)
	}
	j.requests <- r
	return nil
}

// wait hands a request in and returns when it is on the disk.
func (j *Journal) wait(do func(context.Context, *sql.Tx) error) error {
	done := make(chan error, 1)
	if err := j.hand(request{do, func(err error) { done <- err }}); err != nil {
		return err
	}
	return <-done
}

// read runs a query.
func (j *Journal) read(ctx context.Context, do func(*sql.DB) error) error {
	j.closing.RLock()
	defer j.closing.RUnlock()
	err := errClosed
	if !j.closed {
		err = do(j.db)
	}
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return &fault.Error{Kind: fault.Stopped, What: "Stopped while looking at the journal.", Err: ctx.Err()}
	default:
		return unread(err)
	}
}
