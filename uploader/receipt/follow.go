package receipt

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// Lister is what Follow needs of a dataset; darwin.Listing is one.
type Lister interface {
	// States says where items are, in the order of their ids.
	States(ctx context.Context, itemIDs []string) ([]darwin.Standing, error)
}

// Store keeps receipts. The package journal has one.
type Store interface {
	// Receipt is the upload's summary as of now.
	Receipt(ctx context.Context, id int64) (Summary, error)
	// Pending gives the files that were confirmed and are not settled, by their
	// place.
	Pending(ctx context.Context, id int64) ([]Pending, error)
	// Settle writes verdicts; they are safe from a crash when it returns.
	Settle(ctx context.Context, id int64, verdicts []Verdict) error
}

// DefaultPatience is how long Follow waits for Darwin unless it is told
// otherwise. Images take seconds; long videos can take longer than this.
const DefaultPatience = 15 * time.Minute

// Config is what Follow is to follow.
type Config struct {
	Batch   int64 // the Store's number of the upload
	Listing Lister
	Store   Store
	// Patience is how long Darwin may take in all; 0 is DefaultPatience. Less
	// than 0: Darwin is asked once, or twice about what it does not list.
	Patience time.Duration
	// Told, if not nil, is called by Follow's own goroutine with the receipt
	// as it is at the beginning and whenever a look at Darwin has changed it.
	Told func(Summary)
	Log  *slog.Logger // nil: nothing is logged
}

const (
	asksAtOnce = 100             // ids in one request, as package darwin asks
	lostAfter  = 2 * time.Minute // that Darwin may list a confirmed item as one without its file
	tellEvery  = time.Second     // at most, while a look at many items goes on
	// perRequest keeps the looks at a large batch from taking the requests that
	// sending files needs: at most a third of what a key may ask in a minute.
	perRequest = 200 * time.Millisecond
)

// pauseAfter is how long to wait after so much time and so many requests for
// one look.
func pauseAfter(elapsed time.Duration, requests int) time.Duration {
	pause := 60 * time.Second
	switch {
	case elapsed < 10*time.Second:
		pause = 2 * time.Second
	case elapsed < 2*time.Minute:
		pause = 10 * time.Second
	}
	return max(pause, time.Duration(requests)*perRequest)
}

// Follow asks Darwin about the confirmed files of a batch, at once and then in
// growing intervals from 2 to 60 seconds, until all of them have settled or
// patience ends, and writes what it learns into the Store as it learns it.
// Either is a nil error: the Store's receipt tells by its Counts[Sent] how many
// files Darwin is still processing, and Follow may be called again for those.
//
// Lost answers are asked for again. What does not pass by itself (a wrong key,
// no such dataset, a Store that cannot be written) is the error, a
// *fault.Error; the context's own error is given as it is.
func Follow(ctx context.Context, cfg Config) error {
	f := &follower{Config: cfg, began: time.Now(), doubts: map[int]doubt{}}
	if f.Patience == 0 {
		f.Patience = DefaultPatience
	}
	if f.Log == nil {
		f.Log = slog.New(slog.DiscardHandler)
	}
	var err error
	if f.pending, err = f.Store.Pending(ctx, f.Batch); err != nil {
		return err
	}
	// Nobody can ask about an item whose id is not known; it stays as it is.
	f.pending = slices.DeleteFunc(f.pending, func(p Pending) bool { return p.ItemID == "" })
	if len(f.pending) == 0 {
		if err := f.Store.Settle(ctx, f.Batch, nil); err != nil {
			return err
		}
		return f.tell(ctx)
	}
	if err := f.tell(ctx); err != nil {
		return err
	}
	return f.run(ctx)
}

// follower is one run of Follow.
type follower struct {
	Config
	began   time.Time
	pending []Pending
	doubts  map[int]doubt // by place
	told    time.Time
}

// doubt is what speaks against a file that Darwin confirmed.
type doubt struct {
	absent  int       // looks in a row that did not find it
	waiting time.Time // since when Darwin lists it without its file
}

func (f *follower) run(ctx context.Context) error {
	for {
		requests := (len(f.pending) + asksAtOnce - 1) / asksAtOnce
		after, err := f.look(ctx)
		if err != nil {
			return err
		}
		if err := f.tell(ctx); err != nil {
			return err
		}
		elapsed := time.Since(f.began)
		if len(f.pending) == 0 || f.Patience > 0 && elapsed >= f.Patience {
			return nil
		}
		pause := max(pauseAfter(elapsed, requests), after)
		switch {
		case f.Patience > 0:
			pause = min(pause, f.Patience-elapsed)
		case f.once():
			f.Patience = elapsed + pause // one look more
		default:
			return nil
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// once keeps only the files that the first look did not find, and says whether
// there are any.
func (f *follower) once() bool {
	f.pending = slices.DeleteFunc(f.pending, func(p Pending) bool { return f.doubts[p.Place].absent == 0 })
	return len(f.pending) > 0
}

// look asks about all pending files once. A Darwin that is busy or out of
// reach ends the look without an error; after is how long it asked to wait.
func (f *follower) look(ctx context.Context) (after time.Duration, err error) {
	asked := f.pending
	f.pending = nil
	for len(asked) > 0 {
		part := asked[:min(len(asked), asksAtOnce)]
		open, err := f.ask(ctx, part)
		if err != nil {
			f.pending = append(f.pending, asked...)
			return f.passing(ctx, err)
		}
		f.pending = append(f.pending, open...)
		asked = asked[len(part):]
	}
	return 0, nil
}

// passing lets an error go that passes by itself, and says how long Darwin
// asked to wait.
func (f *follower) passing(ctx context.Context, err error) (time.Duration, error) {
	problem := fault.Of(err)
	if ctx.Err() != nil || problem.Reaction() != fault.Retry {
		return 0, err
	}
	f.Log.Info("no answer about items", "kind", problem.Kind.String(), "detail", problem.Detail)
	return problem.After, nil
}

// ask asks about one part, settles what can be, and gives what is still open.
func (f *follower) ask(ctx context.Context, part []Pending) (open []Pending, err error) {
	ids := make([]string, len(part))
	for i, p := range part {
		ids[i] = p.ItemID
	}
	states, err := patiently(ctx, func() ([]darwin.Standing, error) { return f.Listing.States(ctx, ids) })
	if err != nil {
		return nil, err
	}
	now := time.Now()
	var verdicts []Verdict
	for i, p := range part {
		if v, settled := f.judge(p, states[i], now); settled {
			verdicts = append(verdicts, v)
		} else {
			open = append(open, p)
		}
	}
	if len(verdicts) > 0 {
		if err := f.Store.Settle(ctx, f.Batch, verdicts); err != nil {
			return nil, err
		}
	}
	if now.Sub(f.told) >= tellEvery {
		return open, f.tell(ctx)
	}
	return open, nil
}

// judge says what became of a file, or that it is not known yet.
func (f *follower) judge(p Pending, s darwin.Standing, now time.Time) (v Verdict, settled bool) {
	v = Verdict{Place: p.Place, At: now}
	d := f.doubts[p.Place]
	delete(f.doubts, p.Place)
	switch s.State {
	case darwin.ItemComplete:
		v.Outcome = InDarwin
		return v, true
	case darwin.ItemArchived:
		v.Outcome, v.Reason = InDarwin, "It was archived in Darwin."
		return v, true
	case darwin.ItemFailed:
		v.Outcome, v.Reason = Refused, refusal(s.Message)
		return v, true
	case darwin.ItemMissing:
		// A list may lag behind, so that one look is not enough.
		if d.absent > 0 {
			v.Outcome, v.Reason = Missing, "Darwin confirmed the file, and its list does not have the item: it was lost or deleted there. Send it again."
			return v, true
		}
		f.doubts[p.Place] = doubt{absent: 1}
	case darwin.ItemUploading:
		if d.waiting.IsZero() {
			d.waiting = now
		}
		if now.Sub(d.waiting) >= lostAfter {
			v.Outcome, v.Waiting, v.Reason = Missing, true, "Darwin confirmed the file, and lists its item as one whose file has not come. Send it again."
			return v, true
		}
		f.doubts[p.Place] = doubt{waiting: d.waiting}
	}
	return v, false
}

// byHand helps with a file that Darwin could not process where nobody replaces its item: another of the name would be skipped.
const byHand = " Check the file, delete the item in Darwin, and send it again."

func refusal(message string) string {
	if message = strings.TrimRight(strings.TrimSpace(message), "."); message == "" {
		return "Darwin could not process the file and gave no reason." + byHand
	}
	return "Darwin could not process the file: " + message + "." + byHand
}

// Refusal is the problem of a refused file, told as it is where sending the file again replaces its item, so that nobody has to
// delete anything in Darwin. Its reason is that of a verdict.
func Refusal(reason string) *fault.Error {
	p := &fault.Error{Kind: fault.Refused}
	var refused bool
	if p.What, refused = strings.CutSuffix(reason, byHand); refused {
		p.Do = "Check the file, and send it again: that replaces the item in Darwin."
	}
	return p
}

func (f *follower) tell(ctx context.Context) error {
	if f.Told == nil {
		return nil
	}
	f.told = time.Now()
	s, err := f.Store.Receipt(ctx, f.Batch)
	if err == nil {
		f.Told(s)
	}
	return err
}
