package journal

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"darwin-uploader/uploader/receipt"
)

// History lists the batches that the journal keeps, those that have not ended
// included, the newest first and at most limit, or all with a limit of 0. With
// a search it lists those whose dataset, source or one of whose files has the
// text in its name, in upper or lower case. A search looks at many files; it
// lets others write in between and ends when ctx does. Errors are as those of
// Unfinished.
func (j *Journal) History(ctx context.Context, search string, limit int) ([]receipt.Summary, error) {
	var all []receipt.Summary
	err := j.read(ctx, func(db *sql.DB) (err error) {
		all, err = summaries(ctx, db)
		return err
	})
	if err != nil {
		return nil, err
	}
	patterns := patternsFor(search)
	var list []receipt.Summary
	for _, s := range all {
		if limit > 0 && len(list) == limit {
			break
		}
		fits := len(patterns) == 0 || contains(s, search)
		if !fits {
			at, err := j.Find(ctx, s.ID, search)
			if err != nil {
				return nil, err
			}
			fits = at >= 0
		}
		if !fits {
			continue
		}
		if err := j.read(ctx, func(db *sql.DB) error { return count(ctx, db, &s) }); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

func summaries(ctx context.Context, db *sql.DB) (all []receipt.Summary, err error) {
	rows, err := db.QueryContext(ctx, "SELECT "+summaryColumns+" FROM batches WHERE leaving = 0 ORDER BY began DESC, id DESC")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		s, err := summaryOf(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

func contains(s receipt.Summary, search string) bool {
	search = strings.ToLower(strings.TrimSpace(search))
	for _, text := range []string{s.Dataset.Name, s.Dataset.Slug, s.Dataset.TeamSlug, s.From} {
		if strings.Contains(strings.ToLower(text), search) {
			return true
		}
	}
	return false
}

// patternsFor is what LIKE is to look for, nothing if there is nothing to
// search for. LIKE knows upper and lower case in ASCII only.
func patternsFor(search string) []any {
	search = strings.TrimSpace(search)
	if search == "" {
		return nil
	}
	var patterns []any
	for _, text := range []string{search, strings.ToLower(search), strings.ToUpper(search)} {
		patterns = append(patterns, "%"+strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text)+"%")
	}
	return patterns
}
