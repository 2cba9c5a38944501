package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"darwin-uploader/uploader/dbfile"
)

// State is how far a row is.
type State uint8

// The states. The numbers are in the file.
const (
	Waiting    State = 0 // its turn has not come
	Asked      State = 1 // Darwin was asked to register it, and has not answered
	Registered State = 2 // Darwin has an item of it, and is processing it
	Exists     State = 3 // the dataset has an item of this name and folder already
	Blocked    State = 4 // Darwin did not take it, for a reason
	Failed     State = 5 // it could not be registered
	Unfit      State = 6 // it lacks something; it is never sent
	Ready      State = 7 // Darwin has processed it
	Refused    State = 8 // Darwin could not process it
	Missing    State = 9 // it was registered, and Darwin does not have it

	states = 10
)

// Counts is how many rows are in each state.
type Counts [states]int

// Total is the number of all rows.
func (c Counts) Total() int {
	n := 0
	for _, count := range c {
		n += count
	}
	return n
}

// Open is how many rows are still to be registered.
func (c Counts) Open() int { return c[Waiting] + c[Asked] }

// InDarwin is how many rows Darwin took, whatever became of them afterwards.
func (c Counts) InDarwin() int { return c[Registered] + c[Ready] + c[Refused] + c[Missing] }

// Import is one import. About is the caller's, as JSON.
type Import struct {
	ID                            int64
	About                         json.RawMessage
	Begun, Sealed, Ended, Settled time.Time // zero: not yet
}

// Row is one row of an import. Place counts from 0, Line is the source's own
// number. Content is the caller's.
type Row struct {
	Place, Line    int
	State          State
	Folder, Name   string
	Content        string
	Item           string // Darwin's id
	Reason, Detail string
	Asked, At      time.Time // At: of its latest verdict
}

// Verdict is what became of a row.
type Verdict struct {
	Place          int
	State          State
	Item           string // "": as it was
	Reason, Detail string
	At             time.Time
}

// maxPlace is the most rows of one import.
const maxPlace = 1<<32 - 1

func first(id int64) int64            { return id << 32 }
func rowID(id int64, place int) int64 { return first(id) + int64(place) }

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func timeOf(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us)
}

// Begin makes a new import without rows. Imports that were begun and never
// sealed, because the program ended in between, are removed, and so are old
// ones that have ended: the last 200 are kept, those older than two years
// excepted (the last 20 stay whatever the clock says), and no more than five
// million rows.
func (l *Ledger) Begin(ctx context.Context, about any, now time.Time) (id int64, err error) {
	text, err := json.Marshal(about)
	if err != nil {
		return 0, err
	}
	if err := l.prune(ctx, usual, now); err != nil {
		return 0, err
	}
	err = dbfile.Within(ctx, l.db, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, "INSERT INTO imports (about, begun) VALUES (?, ?) RETURNING id", string(text), micros(now)).Scan(&id)
	})
	return id, problem(err)
}

// Add adds rows to an import that is not sealed, all or none.
func (l *Ledger) Add(ctx context.Context, id int64, rows []Row) error {
	defer l.counted.forget(id)
	return problem(dbfile.Within(ctx, l.db, func(tx *sql.Tx) error {
		add, err := tx.PrepareContext(ctx, "INSERT INTO rows (id, line, state, folder, name, content, reason, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.Place > maxPlace {
				return fmt.Errorf("row %d of an import", r.Place)
			}
			if _, err := add.ExecContext(ctx, rowID(id, r.Place), r.Line, r.State, r.Folder, r.Name, r.Content, r.Reason, r.Detail); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Seal says that all rows are there, and makes those unfit that would be one
// item with an earlier one. same is their reason; "{line}" in it becomes the
// earlier one's line.
func (l *Ledger) Seal(ctx context.Context, id int64, same string, now time.Time) error {
	defer l.counted.forget(id)
	return problem(dbfile.Within(ctx, l.db, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE rows SET state = ?, reason = replace(?, '{line}', twin.line)
			FROM (SELECT id, line, nth FROM (
				SELECT id, first_value(line) OVER w AS line, row_number() OVER w AS nth
				FROM rows WHERE id BETWEEN ? AND ? AND state = ?
				WINDOW w AS (PARTITION BY folder, name ORDER BY id)) WHERE nth > 1) AS twin
			WHERE rows.id = twin.id`, Unfit, same, first(id), rowID(id, maxPlace), Waiting)
		if err == nil {
			_, err = tx.ExecContext(ctx, "UPDATE imports SET sealed = ? WHERE id = ?", micros(now), id)
		}
		return err
	}))
}

// End says that nothing of the import is left to be registered, Settle that
// Darwin has processed all of it.
func (l *Ledger) End(ctx context.Context, id int64, now time.Time) error {
	return l.stamp(ctx, id, "UPDATE imports SET ended = ? WHERE id = ?", now)
}

// Settle is told in End.
func (l *Ledger) Settle(ctx context.Context, id int64, now time.Time) error {
	return l.stamp(ctx, id, "UPDATE imports SET settled = ? WHERE id = ?", now)
}

func (l *Ledger) stamp(ctx context.Context, id int64, statement string, now time.Time) error {
	_, err := l.db.ExecContext(ctx, statement, micros(now), id)
	return problem(err)
}

// Imports lists sealed imports, the newest first.
func (l *Ledger) Imports(ctx context.Context) ([]Import, error) { return l.list(ctx, "sealed > 0") }

func (l *Ledger) list(ctx context.Context, where string) ([]Import, error) {
	rows, err := l.db.QueryContext(ctx, "SELECT id, about, begun, sealed, ended, settled FROM imports WHERE "+where+" ORDER BY begun DESC, id DESC")
	if err != nil {
		return nil, problem(err)
	}
	defer func() { _ = rows.Close() }()
	var list []Import
	for rows.Next() {
		var i Import
		var about string
		var begun, sealed, ended, settled int64
		if err := rows.Scan(&i.ID, &about, &begun, &sealed, &ended, &settled); err != nil {
			return nil, problem(err)
		}
		i.About = json.RawMessage(about)
		i.Begun, i.Sealed, i.Ended, i.Settled = timeOf(begun), timeOf(sealed), timeOf(ended), timeOf(settled)
		list = append(list, i)
	}
	return list, problem(rows.Err())
}

// Rows gives at most limit rows in these states, in order, from the place
// after on; -1 begins at the first. No states are all.
func (l *Ledger) Rows(ctx context.Context, id int64, after, limit int, in ...State) ([]Row, error) {
	return l.page(ctx, id, after, 0, limit, in)
}

// page is Rows that passes over some rows first.
func (l *Ledger) page(ctx context.Context, id int64, after, offset, limit int, in []State) ([]Row, error) {
	query := "SELECT id, line, state, folder, name, content, item, reason, detail, asked, at FROM rows WHERE id > ? AND id <= ?"
	// Numbers, not parameters, so that SQLite sees that an index fits.
	if len(in) > 0 {
		list := make([]string, len(in))
		for i, s := range in {
			list[i] = fmt.Sprintf("state = %d", s)
		}
		query += " AND (" + strings.Join(list, " OR ") + ")"
	}
	rows, err := l.db.QueryContext(ctx, query+" ORDER BY id LIMIT ? OFFSET ?", rowID(id, after), rowID(id, maxPlace), limit, offset)
	if err != nil {
		return nil, problem(err)
	}
	defer func() { _ = rows.Close() }()
	var list []Row
	for rows.Next() {
		var r Row
		var own, asked, at int64
		if err := rows.Scan(&own, &r.Line, &r.State, &r.Folder, &r.Name, &r.Content, &r.Item, &r.Reason, &r.Detail, &asked, &at); err != nil {
			return nil, problem(err)
		}
		r.Place, r.Asked, r.At = int(own-first(id)), timeOf(asked), timeOf(at)
		list = append(list, r)
	}
	return list, problem(rows.Err())
}

// Ask says that Darwin is being asked to register these rows. The time is kept
// if they were asked for before.
func (l *Ledger) Ask(ctx context.Context, id int64, places []int, now time.Time) error {
	defer l.counted.forget(id)
	return problem(dbfile.Within(ctx, l.db, func(tx *sql.Tx) error {
		ask, err := tx.PrepareContext(ctx, fmt.Sprintf("UPDATE rows SET state = %d, asked = CASE asked WHEN 0 THEN ? ELSE asked END WHERE id = ?", Asked))
		if err != nil {
			return err
		}
		for _, place := range places {
			if _, err := ask.ExecContext(ctx, micros(now), rowID(id, place)); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Record writes verdicts, all or none. A row that waits again was never asked
// for.
func (l *Ledger) Record(ctx context.Context, id int64, verdicts []Verdict) error {
	defer l.counted.forget(id)
	return problem(dbfile.Within(ctx, l.db, func(tx *sql.Tx) error {
		record, err := tx.PrepareContext(ctx, fmt.Sprintf(`UPDATE rows SET state = ?1, item = CASE ?2 WHEN '' THEN item ELSE ?2 END, reason = ?3, detail = ?4, at = ?5,
			asked = CASE ?1 WHEN %d THEN 0 ELSE asked END WHERE id = ?6`, Waiting))
		if err != nil {
			return err
		}
		for _, v := range verdicts {
			if _, err := record.ExecContext(ctx, v.State, v.Item, v.Reason, v.Detail, micros(v.At), rowID(id, v.Place)); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Again makes rows in these states wait once more, and opens the import again.
func (l *Ledger) Again(ctx context.Context, id int64, in ...State) error {
	defer l.counted.forget(id)
	return problem(dbfile.Within(ctx, l.db, func(tx *sql.Tx) error {
		for _, state := range in {
			if _, err := tx.ExecContext(ctx, "UPDATE rows SET state = ?, reason = '', detail = '', asked = 0 WHERE id BETWEEN ? AND ? AND state = ?",
				Waiting, first(id), rowID(id, maxPlace), state); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "UPDATE imports SET ended = 0, settled = 0 WHERE id = ?", id)
		return err
	}))
}
