package external

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
)

// followStep is how many rows are asked about at a time.
const followStep = 500

// DefaultPatience is how long Follow waits for Darwin unless it is told
// otherwise.
const DefaultPatience = 15 * time.Minute

// Lister is what Follow needs of a dataset; darwin.Listing is one.
type Lister interface {
	States(ctx context.Context, itemIDs []string) ([]darwin.Standing, error)
}

// Following says what Follow is to follow.
type Following struct {
	Ledger   *ledger.Ledger
	Listing  Lister
	Patience time.Duration       // 0: DefaultPatience; less than 0: Darwin is asked once
	Clock    Clock               // nil: this computer's
	Told     func(ledger.Counts) // after each look; nil: nobody
}

// Follow asks Darwin about what an import registered, at once and then in
// growing intervals from 2 to 60 seconds, until all of it is processed or
// patience ends; either is no error, and the ledger's counts tell which. An item
// that two looks in a row do not find counts as missing.
//
// Darwin takes any key; one that is wrong, or that Darwin may not read, shows
// here as an item that could not be processed.
func Follow(ctx context.Context, f Following, id int64) error {
	f.Patience = cmp.Or(f.Patience, DefaultPatience)
	if f.Clock == nil {
		f.Clock = realClock{}
	}
	began := f.Clock.Now()
	absent := map[int]bool{} // by place: the last look did not find it
	late := func() bool { return f.Patience > 0 && f.Clock.Now().Sub(began) >= f.Patience }
	for {
		open, err := f.look(ctx, id, absent, late)
		if err != nil && (ctx.Err() != nil || fault.Of(err).Reaction() != fault.Retry) {
			return err
		}
		if f.Told != nil {
			counts, err := f.Ledger.Count(ctx, id)
			if err != nil {
				return err
			}
			f.Told(counts)
		}
		if err == nil && open == 0 {
			return f.Ledger.Settle(ctx, id, time.Now())
		}
		elapsed := f.Clock.Now().Sub(began)
		if f.Patience < 0 || elapsed >= f.Patience {
			return nil
		}
		pause := 2 * time.Second
		if elapsed > 20*time.Second {
			pause = min(elapsed/5, time.Minute)
		}
		if err != nil {
			pause = max(pause, fault.Of(err).After)
		}
		if err := f.Clock.Sleep(ctx, min(pause, f.Patience-elapsed)); err != nil {
			return err
		}
	}
}

// look asks about all rows that are not settled, once, and gives how many are
// left. Of a million rows that takes minutes, so that it looks at late between
// its steps.
func (f Following) look(ctx context.Context, id int64, absent map[int]bool, late func() bool) (open int, err error) {
	for after := -1; ; {
		rows, err := f.Ledger.Rows(ctx, id, after, followStep, ledger.Registered)
		if err != nil || len(rows) == 0 {
			return open, err
		}
		after = rows[len(rows)-1].Place
		ids := make([]string, len(rows))
		for i, row := range rows {
			ids[i] = row.Item
		}
		standings, err := f.Listing.States(ctx, ids)
		if err != nil {
			return open, err
		}
		var verdicts []ledger.Verdict
		for i, row := range rows {
			if v, settled := settle(row, standings[i], absent); settled {
				verdicts = append(verdicts, v)
			} else {
				open++
			}
		}
		if err := f.Ledger.Record(ctx, id, verdicts); err != nil {
			return open, err
		}
		if len(rows) == followStep && late() {
			return open + 1, nil // of those behind, it is not known
		}
	}
}

func settle(row ledger.Row, s darwin.Standing, absent map[int]bool) (ledger.Verdict, bool) {
	v := ledger.Verdict{Place: row.Place, At: time.Now()}
	before := absent[row.Place]
	delete(absent, row.Place)
	switch s.State {
	case darwin.ItemComplete, darwin.ItemArchived:
		v.State = ledger.Ready
		return v, true
	case darwin.ItemFailed:
		v.State, v.Reason, v.Detail = ledger.Refused, unreadableObject(row, s.Message), s.Message
		return v, true
	case darwin.ItemMissing:
		if before {
			v.State, v.Reason = ledger.Missing, "Darwin registered it, and its list does not have the item: it was lost or deleted there. Register it again."
			return v, true
		}
		absent[row.Place] = true
	}
	return v, false
}

// unreadableObject explains what most often is a wrong key.
func unreadableObject(row ledger.Row, message string) string {
	key := row.Name
	if item, err := itemOf(row); err == nil {
		key = item.Key
	}
	said := "and gave no reason"
	if message = strings.TrimRight(strings.TrimSpace(message), "."); message != "" {
		said = "(" + message + ")"
	}
	return fmt.Sprintf("Darwin could not read or process %q %s. The key may be wrong, also in upper and lower case, or Darwin may not read it there. "+
		"Correct that, delete the item in Darwin, and register the object again.", shortened(key), said)
}
