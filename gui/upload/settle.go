package upload

import (
	"context"
	"time"

	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

// earlier is how many of the latest uploads are looked at for what Darwin had
// not settled when the program ended.
const earlier = 200

// prepare takes what Darwin has refused of these files out of Darwin, so that
// they can be sent anew. A batch that goes on has nothing of that kind.
func (p *Place) prepare(ctx context.Context, plan uploader.Plan) error {
	if plan.Batch != 0 {
		return nil
	}
	return replace(ctx, p.session.Darwin.Listing(plan.Dataset), plan.Items)
}

// asking is Darwin being asked about one upload.
type asking struct {
	again bool // more was confirmed since it began
}

// Receipts is where the receipts of the place's uploads are.
func (p *Place) Receipts() Receipts { return p.receipts }

// Uploading is the number of the upload that is being sent, 0 for none or
// where it has no number before its end.
func (p *Place) Uploading() int64 {
	if p.run.batch == nil {
		return 0
	}
	return p.run.batch.Number()
}

// Following says whether Darwin is being asked about an upload.
func (p *Place) Following(id int64) bool { return p.asks[id] != nil }

// LookAgain asks Darwin about what it has not settled of an upload.
func (p *Place) LookAgain(s receipt.Summary) {
	if p.Owns(s) {
		p.ask(s.ID, s.Dataset, 0)
	}
}

// Owns says whether an upload went to the team that the place works with.
func (p *Place) Owns(s receipt.Summary) bool {
	a := p.session.Account
	return s.Server == a.Server && s.Dataset.TeamSlug == a.TeamSlug
}

// ask has Darwin asked about an upload until all of it has settled, in the
// background. One that is being asked about already is asked about once more
// afterwards: files may have been confirmed meanwhile.
func (p *Place) ask(id int64, d darwin.Dataset, patience time.Duration) {
	if a := p.asks[id]; a != nil {
		a.again = true
		return
	}
	p.asks[id] = &asking{}
	p.told(id)
	if id == p.run.number {
		p.showSettled() // the receipt on the screen says that it goes on
	}
	p.tasks.Go(func(ctx context.Context) {
		err := p.inquire(ctx, id, d, patience)
		p.post(ctx, func() { p.answered(id, d, err) })
	})
}

// answered is the end of asking.
func (p *Place) answered(id int64, d darwin.Dataset, err error) {
	again := p.asks[id].again
	delete(p.asks, id)
	if err != nil {
		p.deps.Log.Warn("receipt", "kind", fault.KindOf(err).String(), "detail", fault.Of(err).Detail)
	}
	if again && err == nil {
		p.ask(id, d, 0)
		return
	}
	p.told(id)
	if id == p.run.number {
		p.showSettled()
	} else {
		delete(p.confirmed, id)
	}
}

// inquire asks Darwin, and tells the queue of what it settles.
func (p *Place) inquire(ctx context.Context, id int64, d darwin.Dataset, patience time.Duration) error {
	w := &witness{Store: p.receipts, items: map[int]string{}, saw: func(verdicts []settled) {
		p.post(ctx, func() { p.judge(id, verdicts) })
	}}
	return receipt.Follow(ctx, receipt.Config{
		Batch: id, Listing: p.session.Darwin.Listing(d), Store: w, Patience: patience, Log: p.deps.Log,
		Told: func(receipt.Summary) { p.post(ctx, func() { p.told(id) }) },
	})
}

// told has the owner show a receipt that is another now.
func (p *Place) told(id int64) {
	if p.deps.OnReceipt != nil {
		p.deps.OnReceipt(id)
	}
}

// shelve keeps the receipt of the upload that has ended where no journal did.
func (p *Place) shelve() {
	s, ok := p.receipts.(*shelf)
	entries := p.model.BatchEntries()
	if !ok || len(entries) == 0 {
		return
	}
	p.run.number = s.add(receipt.Summary{
		Server: p.session.Account.Server, Account: p.session.Account.ID, Dataset: p.run.to, From: p.run.from, Began: p.run.began, Ended: p.run.over,
	}, entries)
	p.leaveOut(p.run.number)
}

// saveReceipt saves the receipt of the latest upload.
func (p *Place) saveReceipt() func() {
	if p.deps.SaveReceipt == nil {
		return nil
	}
	return func() { p.deps.SaveReceipt(p.run.number) }
}

// askAgain asks Darwin about the latest upload.
func (p *Place) askAgain() {
	if p.run.number != 0 {
		p.ask(p.run.number, p.run.to, 0)
	}
}

// followRun asks about the upload that has ended.
func (p *Place) followRun() {
	if p.run.number == 0 {
		return
	}
	if files, _ := p.model.UnsentTotal(); files == 0 {
		p.leaveOut(p.run.number) // nothing else will be sent that could account for it
	}
	id, d, items := p.run.number, p.run.to, p.model.Confirmed()
	p.confirmed[id] = items
	if len(items) == 0 {
		p.told(id)
		return
	}
	p.tasks.Go(func(ctx context.Context) {
		// An upload that went on after a restart has files that settled before.
		known, err := settledLines(ctx, p.receipts, id)
		if err != nil {
			p.deps.Log.Warn("receipt", "kind", fault.KindOf(err).String())
		}
		p.post(ctx, func() {
			p.judge(id, known)
			p.ask(id, d, 0)
		})
	})
}

// settled is a verdict about an item.
type settled struct {
	receipt.Verdict
	item string
}

// settledLines gives what was settled of an upload before.
func settledLines(ctx context.Context, from Receipts, id int64) (known []settled, err error) {
	const part = 2000
	for _, o := range []receipt.Outcome{receipt.InDarwin, receipt.Refused} {
		for at := 0; ; at += part {
			lines, err := from.Lines(ctx, id, o, at, part)
			if err != nil {
				return known, err
			}
			for _, l := range lines {
				known = append(known, settled{receipt.Verdict{Place: l.Place, Outcome: o, Reason: l.Reason, At: l.At}, l.ItemID})
			}
			if len(lines) < part {
				break
			}
		}
	}
	return known, nil
}

// judge tells the queue what Darwin says of files of the latest upload.
func (p *Place) judge(id int64, verdicts []settled) {
	items := p.confirmed[id]
	if len(items) == 0 || len(verdicts) == 0 {
		return
	}
	var all []queue.Verdict
	for _, s := range verdicts {
		entry, known := items[s.item]
		if !known {
			continue
		}
		v := queue.Verdict{ID: entry, ItemID: s.item}
		if s.Outcome != receipt.InDarwin {
			v.Problem, v.Reached = p.lost(entry, s.Verdict)
		}
		all = append(all, v)
	}
	p.model.Judge(all)
	p.showSettled()
}

// lost is the problem of a file that Darwin confirmed and does not have, and
// from where it goes on if it is sent again. A refused item is still there: it
// is marked by being confirmed, and replaced when the file is sent again.
func (p *Place) lost(id queue.ID, v receipt.Verdict) (*fault.Error, uploader.Reached) {
	e, _ := p.model.Entry(id)
	reached := e.Status.Reached
	problem := receipt.Refusal(v.Reason)
	switch {
	case v.Outcome == receipt.Refused:
	case v.Waiting:
		problem.Kind = fault.Missing
		reached.Stored, reached.Confirmed = false, false
	default:
		problem.Kind, reached = fault.Missing, uploader.Reached{}
	}
	return problem, reached
}

// showSettled brings the receipt on the screen up to date. What Darwin has
// lost or refused is left of the upload.
func (p *Place) showSettled() {
	if p.session.Journal != nil && !p.Sending() && p.model.Total().Count(queue.NeedsYou) > 0 {
		p.run.left = p.run.number
	}
	p.queue.UpdateDone(p.outcome())
	p.showState()
}

// followEarlier asks about uploads of earlier runs of the program, one after
// the other: once each, and then with patience.
func (p *Place) followEarlier() {
	p.tasks.Go(func(ctx context.Context) {
		for _, patience := range []time.Duration{-1, 0} {
			list, err := p.receipts.History(ctx, "", earlier)
			if err != nil {
				return // the history says why when it is looked at
			}
			for _, s := range list {
				if s.Counts[receipt.Sent] == 0 || !p.Owns(s) {
					continue
				}
				if err := p.followOne(ctx, s, patience); ctx.Err() != nil || fault.Of(err) != nil && fault.Of(err).Reaction() == fault.StopBatch {
					return
				}
			}
		}
	})
}

// followOne asks about an earlier upload from a goroutine, unless the place
// does by itself.
func (p *Place) followOne(ctx context.Context, s receipt.Summary, patience time.Duration) error {
	free := make(chan bool, 1)
	p.post(ctx, func() {
		ours := p.asks[s.ID] == nil
		if ours {
			p.asks[s.ID] = &asking{}
			p.told(s.ID)
		}
		free <- ours
	})
	select {
	case <-ctx.Done():
		return ctx.Err()
	case ours := <-free:
		if !ours {
			return nil
		}
	}
	err := p.inquire(ctx, s.ID, s.Dataset, patience)
	p.post(ctx, func() { p.answered(s.ID, s.Dataset, err) })
	return err
}

// witness is a Store that tells what is settled by item, and not by place: the
// queue knows files by their items.
type witness struct {
	receipt.Store
	items map[int]string // by place; Follow calls from one goroutine
	saw   func([]settled)
}

func (w *witness) Pending(ctx context.Context, id int64) ([]receipt.Pending, error) {
	all, err := w.Store.Pending(ctx, id)
	for _, p := range all {
		w.items[p.Place] = p.ItemID
	}
	return all, err
}

func (w *witness) Settle(ctx context.Context, id int64, verdicts []receipt.Verdict) error {
	if err := w.Store.Settle(ctx, id, verdicts); err != nil {
		return err
	}
	all := make([]settled, 0, len(verdicts))
	for _, v := range verdicts {
		all = append(all, settled{v, w.items[v.Place]})
	}
	w.saw(all)
	return nil
}

// replace deletes those of the items in Darwin that its processing refused, so
// that their files can be sent anew: an item of the same name would have them
// skipped. Items that Darwin has processed meanwhile stay. It is for files
// that the person has asked to send again.
func replace(ctx context.Context, in darwin.Listing, items []uploader.Item) error {
	var refused []string
	for _, item := range items {
		if item.Reached.Confirmed {
			refused = append(refused, item.Reached.Upload.ItemID)
		}
	}
	if len(refused) == 0 {
		return nil
	}
	states, err := in.States(ctx, refused)
	if err != nil {
		return err
	}
	gone := map[string]bool{}
	var failed []string
	for _, s := range states {
		gone[s.ItemID] = s.State == darwin.ItemFailed || s.State == darwin.ItemMissing
		if s.State == darwin.ItemFailed {
			failed = append(failed, s.ItemID)
		}
	}
	if len(failed) > 0 {
		if err := in.Remove(ctx, failed); err != nil {
			return err
		}
	}
	for i := range items {
		if r := &items[i].Reached; r.Confirmed && gone[r.Upload.ItemID] {
			*r = uploader.Reached{}
		}
	}
	return nil
}
