package external

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"
	"unicode"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
)

// earlyBy covers that inserted_at and Date are cut to seconds, and that the
// clocks of Darwin's machines differ a little.
const earlyBy = 10 * time.Second

// looks is how often a row is looked up whose item Darwin says is there but
// does not list, before that is told as it is.
const looks = 4

// work is a row on its way.
type work struct {
	row    ledger.Row
	item   darwin.ExternalItem
	weight int  // bytes in a request, about
	asked  bool // the ledger knows that it is asked for
	lost   bool // an answer about it was lost: look before asking again
	doubt  bool // an answer about it was lost at some time, so that what exists may be ours
	exists *ledger.Verdict
	looked int
}

func workOf(row ledger.Row) (*work, error) {
	item, err := itemOf(row)
	if err != nil {
		return nil, err
	}
	w := &work{row: row, weight: 200 + len(row.Content), asked: row.State == ledger.Asked}
	w.lost, w.doubt = w.asked, w.asked
	if w.item, err = item.external(); err != nil {
		return nil, err
	}
	for _, f := range w.item.Frames {
		w.weight += 90 + len(f.High) + len(f.Low)
	}
	return w, nil
}

// deliver sees rows through to their verdicts. Its error ends the run.
func (r *Run) deliver(ctx context.Context, all []*work) error {
	pause, tries := r.cfg.FirstPause, 0
	for len(all) > 0 {
		left, err := r.attempt(ctx, all)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil {
			r.heard()
			tries = 0
			if all = left; len(all) > 0 { // to be looked up, after a moment
				if err := r.cfg.Clock.Sleep(ctx, pause); err != nil {
					return err
				}
				pause = min(2*pause, r.cfg.MaxPause)
			}
			continue
		}
		all = left
		problem := fault.Of(err)
		switch {
		case problem.Kind == fault.Disk:
			return problem
		case problem.Status == http.StatusTooManyRequests && problem.Reaction() == fault.Retry:
			if r.refused(problem) {
				return problem
			}
		case problem.Reaction() == fault.Retry:
			if unanswered(problem) {
				r.silent(problem)
			} else {
				r.heard()
				if tries++; tries >= r.cfg.Tries {
					return problem
				}
			}
			r.cfg.Log.Info("again", "kind", problem.Kind.String(), "status", problem.Status, "tries", tries, "items", len(all))
			wait := max(time.Duration(float64(pause)*(0.5+rand.Float64())), problem.After)
			if err := r.cfg.Clock.Sleep(ctx, wait); err != nil {
				return err
			}
			pause = min(2*pause, r.cfg.MaxPause)
		case problem.Reaction() == fault.StopBatch || problem.Kind == fault.Missing:
			return errors.Join(problem, r.putBack(ctx, all))
		case len(all) > 1: // something in it is wrong; find out what
			half := len(all) / 2
			if err := r.deliver(ctx, all[:half]); err != nil {
				return err
			}
			all = all[half:]
		case all[0].lost && all[0].looked < looks: // it may be there all the same
		default:
			return r.record(ctx, ledger.Asked, []ledger.Verdict{{
				Place: all[0].row.Place, State: ledger.Failed, Reason: problem.Error(), Detail: problem.Detail,
			}})
		}
	}
	return nil
}

// unanswered says that nothing came back at all.
func unanswered(problem *fault.Error) bool {
	return problem.Status == 0 && (problem.Kind == fault.Network || problem.Kind == fault.Stalled)
}

// refused makes all registrations slower, and says whether Darwin has refused
// them for too long. Another program that uses the key is no reason to end.
func (r *Run) refused(problem *fault.Error) (tooLong bool) {
	now := r.cfg.Clock.Now()
	r.cfg.API.Pace().Refused(now, problem.After)
	r.heard()
	r.cfg.Log.Info("slower", "after", problem.After)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.refusal.IsZero() {
		r.refusal = now
	}
	return now.Sub(r.refusal) > stubborn
}

// accepted notes that Darwin took a request.
func (r *Run) accepted() {
	r.cfg.API.Pace().Taken(r.cfg.Clock.Now())
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refusal = time.Time{}
}

// silent and heard keep what a snapshot says about the network.
func (r *Run) silent(problem *fault.Error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	since := r.cfg.Clock.Now()
	if r.waiting != nil {
		since = r.waiting.Since
	}
	r.waiting = &Waiting{Since: since, Problem: problem}
	r.refusal = time.Time{}
}

func (r *Run) heard() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.waiting = nil
}

// putBack makes rows wait again that Darwin certainly did not take.
func (r *Run) putBack(ctx context.Context, all []*work) error {
	var verdicts []ledger.Verdict
	for _, w := range all {
		if w.asked && !w.lost {
			verdicts = append(verdicts, ledger.Verdict{Place: w.row.Place, State: ledger.Waiting})
		}
	}
	return r.record(ctx, ledger.Asked, verdicts)
}

// attempt looks up what is in doubt and asks Darwin to register the rest, once.
// It gives the rows that have no verdict yet, in the case of an error too.
func (r *Run) attempt(ctx context.Context, all []*work) ([]*work, error) {
	all, err := r.lookUp(ctx, all)
	if err != nil || len(all) == 0 {
		return all, err
	}
	var asking, doubtful []*work
	for _, w := range all {
		if w.exists != nil {
			doubtful = append(doubtful, w) // Darwin says that it is there: asking again says no more
		} else {
			asking = append(asking, w)
		}
	}
	if len(asking) == 0 {
		return doubtful, nil
	}
	if err := r.turn(ctx); err != nil {
		return all, err
	}
	if err := r.ask(ctx, asking); err != nil {
		return all, err
	}
	items := make([]darwin.ExternalItem, len(asking))
	for i, w := range asking {
		items[i] = w.item
	}
	answer, err := r.cfg.API.Register(ctx, items)
	if err != nil {
		if mayBeDone(fault.Of(err)) {
			for _, w := range asking {
				w.lost, w.doubt = true, true
			}
		}
		return all, err
	}
	r.accepted()
	open, err := r.take(ctx, asking, answer)
	return append(doubtful, open...), err
}

// mayBeDone says whether Darwin may have registered items although it told a
// problem, or nothing: it can also tell one in an answer that went well.
func mayBeDone(problem *fault.Error) bool {
	retry := problem.Reaction() == fault.Retry && problem.Status != http.StatusTooManyRequests
	return retry || problem.Status >= 200 && problem.Status <= 299
}

// turn waits until a request may leave.
func (r *Run) turn(ctx context.Context) error {
	for {
		r.mu.Lock()
		paused := r.paused
		r.mu.Unlock()
		if paused == nil {
			break
		}
		select {
		case <-paused:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return r.cfg.API.Pace().Wait(ctx, r.cfg.Clock)
}

// take writes down what Darwin answered, and gives the rows that are in doubt.
func (r *Run) take(ctx context.Context, all []*work, answer darwin.Registration) (open []*work, err error) {
	var verdicts []ledger.Verdict
	for _, one := range answer.Registered {
		verdicts = append(verdicts, ledger.Verdict{Place: all[one.Index].row.Place, State: ledger.Registered, Item: one.Upload.ItemID})
	}
	for _, one := range answer.Blocked {
		w := all[one.Index]
		v := blocked(w.row.Place, one)
		if v.State == ledger.Exists && w.doubt {
			w.exists, w.lost = &v, true
			open = append(open, w)
			continue
		}
		verdicts = append(verdicts, v)
	}
	for _, i := range answer.Unanswered {
		w := all[i]
		w.lost, w.doubt = true, true
		if w.looked++; w.looked >= looks {
			verdicts = append(verdicts, ledger.Verdict{
				Place: w.row.Place, State: ledger.Failed,
				Reason: "Darwin did not say what became of this file. Look in the dataset for it, and register it again if it is not there.",
			})
			continue
		}
		open = append(open, w)
	}
	return open, r.record(ctx, ledger.Asked, verdicts)
}

// lookUp finds rows in the dataset whose answers were lost, writes down those
// that are there, and gives the others.
func (r *Run) lookUp(ctx context.Context, all []*work) ([]*work, error) {
	var doubts []*work
	for _, w := range all {
		if w.lost {
			doubts = append(doubts, w)
		}
	}
	if len(doubts) == 0 {
		return all, nil
	}
	places := make([]darwin.Place, len(doubts))
	for i, w := range doubts {
		places[i] = darwin.Place{Folder: w.item.Folder, Name: w.item.Name}
		if w.exists != nil {
			places[i].ItemID = w.exists.Item
		}
	}
	found, err := r.cfg.API.Find(ctx, places)
	if err != nil && (ctx.Err() != nil || fault.Of(err).Reaction() == fault.Retry) {
		return all, err
	}
	if err != nil { // a key that may not list may register all the same
		r.cfg.Log.Warn("lookup", "kind", fault.KindOf(err).String(), "detail", fault.Of(err).Detail)
	}
	there := map[*work]darwin.Found{}
	for _, f := range found {
		there[doubts[f.Index]] = f
	}
	var left []*work
	var verdicts []ledger.Verdict
	for _, w := range all {
		f, listed := there[w]
		switch {
		case !w.lost:
			left = append(left, w)
		case listed && !f.Inserted.IsZero() && !f.Inserted.Before(w.row.Asked.Add(-earlyBy)):
			verdicts = append(verdicts, ledger.Verdict{Place: w.row.Place, State: ledger.Registered, Item: f.Upload.ItemID})
		case listed:
			verdicts = append(verdicts, blocked(w.row.Place, darwin.Blocked{ItemID: f.Upload.ItemID, Reason: darwin.ReasonAlreadyExists}))
		case w.exists != nil && (err != nil || w.looked+1 >= looks):
			v := *w.exists
			v.State, v.Reason = ledger.Failed, "Darwin's answer was lost, and the dataset has an item of this name and folder now, perhaps this one. Look at it in Darwin."
			verdicts = append(verdicts, v)
		default:
			w.looked++
			w.lost = w.exists != nil
			left = append(left, w)
		}
	}
	return left, r.record(ctx, ledger.Asked, verdicts)
}

// blocked is the verdict about an item that Darwin did not take, in words that
// fit an object in a storage.
func blocked(place int, b darwin.Blocked) ledger.Verdict {
	v := ledger.Verdict{Place: place, State: ledger.Blocked, Item: b.ItemID, Detail: "reason " + string(b.Reason)}
	switch b.Reason {
	case darwin.ReasonAlreadyExists:
		v.State = ledger.Exists
		v.Reason = "The dataset has an item with this name in this folder already. It was not touched. To register this object as well, choose another folder or name for it."
	case darwin.ReasonUnknownTag, darwin.ReasonUnknownTags:
		v.Reason = "Darwin does not know a tag of this object. Create the tag, or take it off, and register the object again."
	case darwin.ReasonMissingText:
		v.Reason = "A tag of this object has text, but this tag takes none in Darwin. Remove the text, and register the object again."
	case darwin.ReasonItemLimit:
		v.Reason = "The team has as many items in Darwin as its plan allows. Ask whoever manages the team to make room or to change the plan."
	case "":
		v.Reason = "Darwin did not take this object and gave no reason. Register it again later."
	default:
		v.Reason = fmt.Sprintf("Darwin did not take this object, and says why in its own words: %q. The object in the storage was not touched.", inWords(b.Reason))
	}
	return v
}

// inWords makes words of a reason that no source names.
func inWords(r darwin.Reason) string {
	return shortened(strings.ToLower(strings.Join(strings.FieldsFunc(string(r), func(c rune) bool { return c == '_' || unicode.IsSpace(c) }), " ")))
}
