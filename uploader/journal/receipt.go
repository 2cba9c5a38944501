package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"darwin-uploader/uploader/receipt"
)

// outcomeWord is an item's outcome in the words of package receipt.
const outcomeWord = `CASE WHEN outcome <> '' THEN outcome WHEN state = 'in darwin' THEN 'sent' WHEN state = 'skipped' THEN 'skipped'
	WHEN state IN ('blocked', 'failed') THEN 'needs you' ELSE 'not sent' END`

const summaryColumns = `id, server, account, team, dataset, dataset_slug, dataset_name, dataset_version, source, began, ended, settled, left_out`

// Receipt is what became of a batch as a whole, as of now. A batch that is not
// there is a fault of kind Missing; other errors are as those of Unfinished.
func (j *Journal) Receipt(ctx context.Context, id int64) (s receipt.Summary, err error) {
	err = j.read(ctx, func(db *sql.DB) (err error) {
		s, err = summaryOf(db.QueryRowContext(ctx, "SELECT "+summaryColumns+" FROM batches WHERE id = ? AND leaving = 0", id).Scan)
		if err == nil {
			err = count(ctx, db, &s)
		}
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		err = gone()
	}
	return s, err
}

func summaryOf(scan func(...any) error) (s receipt.Summary, err error) {
	var (
		began          int64
		ended, settled sql.NullInt64
	)
	d := &s.Dataset
	err = scan(&s.ID, &s.Server, &s.Account, &d.TeamSlug, &d.ID, &d.Slug, &d.Name, &d.Version, &s.From, &began, &ended, &settled, &s.LeftOut)
	s.Began, s.Ended, s.Settled = time.UnixMicro(began), timeOf(ended), timeOf(settled)
	return s, err
}

// count adds up a batch: from its tallies once it has ended, from its items
// before that.
func count(ctx context.Context, db *sql.DB, s *receipt.Summary) (err error) {
	query := "SELECT outcome, files, bytes FROM tallies WHERE batch = ?"
	if s.Ended.IsZero() {
		query = "SELECT " + outcomeWord + " AS word, count(*), sum(size) FROM items WHERE batch = ? GROUP BY word"
	}
	rows, err := db.QueryContext(ctx, query, s.ID)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var (
			word  string
			files int
			bytes int64
		)
		if err := rows.Scan(&word, &files, &bytes); err != nil {
			return err
		}
		o, err := outcomeOf(word)
		if err != nil {
			return err
		}
		s.Counts[o] = files
		s.Files += files
		s.Bytes += bytes
	}
	return rows.Err()
}

func outcomeOf(word string) (receipt.Outcome, error) {
	o, ok := receipt.OutcomeOf(word)
	if !ok {
		return 0, fmt.Errorf("%w: it says %q", errDamaged, word)
	}
	return o, nil
}

// Lines gives a batch's files in their order: of those with the outcome, or of
// all with receipt.Every, limit from the offset on; with receipt.LeftOut those
// of what was not taken into it. Errors are as those of Unfinished; a batch
// that is not there has no lines.
func (j *Journal) Lines(ctx context.Context, id int64, o receipt.Outcome, offset, limit int) (lines []receipt.Line, err error) {
	if limit <= 0 {
		return nil, nil
	}
	err = j.read(ctx, func(db *sql.DB) (err error) {
		switch o {
		case receipt.Every:
			lines, err = queryLines(ctx, db, "batch = ?1 ORDER BY place LIMIT ?2 OFFSET ?3", id, limit, max(offset, 0))
		case receipt.LeftOut:
			lines, err = queryLeftOut(ctx, db, id, max(offset, 0), limit)
		default:
			lines, err = queryLines(ctx, db, "batch = ?1 AND "+outcomeWord+" = ?4 ORDER BY place LIMIT ?2 OFFSET ?3", id, limit, max(offset, 0), o.String())
		}
		return err
	})
	return lines, err
}

// linesAtOnce is how many lines AllLines reads between two chances for others
// to write.
const linesAtOnce = 2000

// AllLines gives all of a batch's files in their order, a part at a time: a
// batch that changes meanwhile is not seen as of one moment. It ends after the
// first error, which is as one of Unfinished.
func (j *Journal) AllLines(ctx context.Context, id int64) iter.Seq2[receipt.Line, error] {
	return func(yield func(receipt.Line, error) bool) {
		for next := 0; ; {
			var lines []receipt.Line
			err := j.read(ctx, func(db *sql.DB) (err error) {
				lines, err = queryLines(ctx, db, "batch = ? AND place >= ? ORDER BY place LIMIT ?", id, next, linesAtOnce)
				return err
			})
			if err != nil {
				yield(receipt.Line{}, err)
				return
			}
			for _, l := range lines {
				if l.Place < next { // or it might never end
					yield(receipt.Line{}, unread(errDamaged))
					return
				}
				if !yield(l, nil) {
					return
				}
				next = l.Place + 1
			}
			if len(lines) < linesAtOnce {
				return
			}
		}
	}
}

func queryLines(ctx context.Context, db *sql.DB, where string, args ...any) (lines []receipt.Line, err error) {
	rows, err := db.QueryContext(ctx, `
		SELECT place, path, name, folder, size, item_id, `+outcomeWord+`, CASE WHEN verdict <> '' THEN verdict ELSE problem END, settled, over, mtime, mtime_nanos
		FROM items WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var (
			l              receipt.Line
			word           string
			settled, over  sql.NullInt64
			seconds, nanos int64
		)
		if err := rows.Scan(&l.Place, &l.Path, &l.Name, &l.Folder, &l.Size, &l.ItemID, &word, &l.Reason, &settled, &over, &seconds, &nanos); err != nil {
			return nil, err
		}
		if l.Outcome, err = outcomeOf(word); err != nil {
			return nil, err
		}
		l.At, l.Ended, l.ModTime = timeOf(settled), timeOf(over), time.Unix(seconds, nanos)
		lines = append(lines, l)
	}
	return lines, rows.Err()
}
