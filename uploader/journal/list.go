package journal

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// Unfinished is a batch that going on may bring further.
type Unfinished struct {
	ID              int64
	Server, Account string // as For was told
	Dataset         darwin.Dataset
	Began           time.Time
	Files           int
	Counts          uploader.Counts // by the state that the items were in last
}

// Unfinished lists the batches that have not ended, the newest first. Items that
// were taken out do not count. The datasets' numbers of items are not known. Errors are faults of kind Disk, or
// Stopped if ctx ended.
func (j *Journal) Unfinished(ctx context.Context) (list []Unfinished, err error) {
	err = j.read(ctx, func(db *sql.DB) (err error) {
		list, err = unfinished(ctx, db)
		return err
	})
	return list, err
}

func unfinished(ctx context.Context, db *sql.DB) (list []Unfinished, err error) {
	rows, err := db.QueryContext(ctx, `
		SELECT b.id, server, account, team, dataset, dataset_slug, dataset_name, dataset_version, began, state, count(*)
		FROM batches b JOIN items i ON i.batch = b.id
		WHERE ended IS NULL AND state <> 'stopped'
		GROUP BY b.id, state ORDER BY b.id DESC`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var (
			u     Unfinished
			began int64
			word  string
			count int
		)
		d := &u.Dataset
		if err := rows.Scan(&u.ID, &u.Server, &u.Account, &d.TeamSlug, &d.ID, &d.Slug, &d.Name, &d.Version, &began, &word, &count); err != nil {
			return nil, err
		}
		state, err := stateOf(word)
		if err != nil {
			return nil, err
		}
		if n := len(list); n == 0 || list[n-1].ID != u.ID {
			u.Began = time.UnixMicro(began)
			list = append(list, u)
		}
		last := &list[len(list)-1]
		last.Counts[state] += count
		last.Files += count
	}
	return list, rows.Err()
}

// Load gives the plan that goes on with a batch: its items in their order, but
// for those that were taken out, with how far each came. A batch that is not there is a fault of kind
// Missing; other errors are as those of Unfinished.
func (j *Journal) Load(ctx context.Context, id int64) (uploader.Plan, error) {
	plan := uploader.Plan{Batch: id}
	err := j.read(ctx, func(db *sql.DB) error {
		d := &plan.Dataset
		row := db.QueryRowContext(ctx, "SELECT team, dataset, dataset_slug, dataset_name, dataset_version, source FROM batches WHERE id = ?", id)
		if err := row.Scan(&d.TeamSlug, &d.ID, &d.Slug, &d.Name, &d.Version, &plan.From); err != nil {
			return err
		}
		var err error
		plan.Items, err = items(ctx, db, id)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		err = gone()
	}
	if err != nil {
		return uploader.Plan{}, err
	}
	return plan, nil
}

func items(ctx context.Context, db *sql.DB, batch int64) (all []uploader.Item, err error) {
	rows, err := db.QueryContext(ctx, "SELECT "+itemColumns+" FROM items WHERE batch = ? AND state <> 'stopped' ORDER BY place", batch)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		item, err := itemOf(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, item)
	}
	return all, rows.Err()
}

func gone() *fault.Error {
	return &fault.Error{
		Kind: fault.Missing,
		What: "The journal does not know this upload.",
		Safe: "Nothing was sent.",
		Do:   "Add its files once more.",
	}
}
