package external

import (
	"context"
	"iter"
	"slices"
	"strings"

	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/receipt"
)

// receiptStep is how many rows of a receipt are read at a time.
const receiptStep = 1000

// Receipt is what became of an import, in the form of all receipts. Its lines,
// with the object's key as their path, come from Lines.
func Receipt(ctx context.Context, l *ledger.Ledger, id int64) (receipt.Summary, error) {
	i, err := Load(ctx, l, id)
	if err != nil {
		return receipt.Summary{}, err
	}
	return summaryOf(i), nil
}

func summaryOf(i Import) receipt.Summary {
	s := receipt.Summary{
		ID: i.ID, Server: i.Server, Account: i.Account, Dataset: i.Dataset, From: i.From,
		Began: i.Begun, Ended: i.Ended, Settled: i.Settled, Files: i.Counts.Total(), Imported: true,
		Storage: i.Storage.Name, Lacking: i.Counts[ledger.Unfit],
	}
	for state, n := range i.Counts {
		s.Counts[outcomeOf(ledger.State(state))] += n
	}
	return s
}

// History gives the receipts of imports, the newest first: those whose dataset,
// storage or source, or one of whose items, has the text of search in its name,
// in any case, and at most limit.
func History(ctx context.Context, l *ledger.Ledger, search string, limit int) ([]receipt.Summary, error) {
	list, err := List(ctx, l)
	if err != nil {
		return nil, err
	}
	search = strings.ToLower(search)
	var found []receipt.Summary
	for _, i := range list {
		if len(found) == limit {
			break
		}
		fits := strings.Contains(strings.ToLower(strings.Join([]string{i.Dataset.Name, i.Dataset.Slug, i.Storage.Name, i.From}, "\n")), search)
		if !fits {
			at, err := l.Find(ctx, i.ID, search)
			if err != nil {
				return nil, err
			}
			fits = at >= 0
		}
		if !fits {
			continue
		}
		if i.Counts, err = l.Count(ctx, i.ID); err != nil {
			return nil, err
		}
		found = append(found, summaryOf(i))
	}
	return found, nil
}

// Again makes rows wait once more that Darwin did not take (states Exists,
// Blocked and Failed), or took and could not process or lost (Refused and
// Missing; their items are to be deleted in Darwin first). Start registers them.
func Again(ctx context.Context, l *ledger.Ledger, id int64, in ...ledger.State) error {
	in = slices.DeleteFunc(slices.Clone(in), func(s ledger.State) bool {
		return s == ledger.Unfit || s == ledger.Registered || s == ledger.Ready
	})
	return l.Again(ctx, id, in...)
}

// Lines gives the rows of an import as lines of a receipt, of these states or
// of all. It reads the ledger as it goes.
func Lines(ctx context.Context, l *ledger.Ledger, id int64, in ...ledger.State) iter.Seq2[receipt.Line, error] {
	return func(yield func(receipt.Line, error) bool) {
		for after := -1; ; {
			rows, err := l.Rows(ctx, id, after, receiptStep, in...)
			if err != nil {
				yield(receipt.Line{}, err)
				return
			}
			if len(rows) == 0 {
				return
			}
			for _, row := range rows {
				if !yield(lineOf(row), nil) {
					return
				}
			}
			after = rows[len(rows)-1].Place
		}
	}
}

// Page gives at most limit lines of a receipt that have the outcome, or any for
// receipt.Every, without the first offset of them.
func Page(ctx context.Context, l *ledger.Ledger, id int64, o receipt.Outcome, offset, limit int) ([]receipt.Line, error) {
	in := StatesOf(o)
	if o != receipt.Every && len(in) == 0 {
		return nil, nil // no import has such lines
	}
	rows, err := l.Page(ctx, id, offset, limit, in...)
	if err != nil {
		return nil, err
	}
	lines := make([]receipt.Line, len(rows))
	for i, row := range rows {
		lines[i] = lineOf(row)
	}
	return lines, nil
}

// StatesOf gives the states whose rows have an outcome; none for receipt.Every.
func StatesOf(o receipt.Outcome) []ledger.State {
	var in []ledger.State
	for state := range (ledger.Counts{}) {
		if s := ledger.State(state); outcomeOf(s) == o {
			in = append(in, s)
		}
	}
	return in
}

func lineOf(row ledger.Row) receipt.Line {
	line := receipt.Line{
		Place: row.Place, Name: row.Name, Folder: row.Folder, ItemID: row.Item,
		Outcome: outcomeOf(row.State), Reason: row.Reason,
	}
	switch row.State {
	case ledger.Ready, ledger.Refused, ledger.Missing:
		line.At = row.At // as of Follow
	case ledger.Registered, ledger.Exists, ledger.Blocked, ledger.Failed:
		line.Ended = row.At
	}
	if item, err := itemOf(row); err == nil {
		line.Path = item.Key
	}
	return line
}

func outcomeOf(state ledger.State) receipt.Outcome {
	switch state {
	case ledger.Registered:
		return receipt.Sent
	case ledger.Exists:
		return receipt.Skipped
	case ledger.Blocked, ledger.Failed, ledger.Unfit:
		return receipt.NeedsYou
	case ledger.Ready:
		return receipt.InDarwin
	case ledger.Refused:
		return receipt.Refused
	case ledger.Missing:
		return receipt.Missing
	default:
		return receipt.NotSent
	}
}
