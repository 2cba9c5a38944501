package cloud

import (
	"context"
	"time"

	"darwin-uploader/gui/tasks"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
)

// paintEvery is how often the window looks at a running import.
const paintEvery = 100 * time.Millisecond

// run is the latest import: the one under way, or the one that ended.
type run struct {
	about  external.About
	book   *ledger.Ledger // nil until the rows are written down
	id     int64
	total  int
	copied int // rows written down so far
	counts ledger.Counts
	left   time.Duration // until all is registered, 0 if unknown
	wait   *external.Waiting
	halt   context.CancelFunc

	under    bool // it registers
	stopping bool
	follows  bool         // Darwin is being asked what became of the items
	problem  *fault.Error // what ended it early
	unasked  *fault.Error // why Darwin did not say what became of the items
}

// begin imports the draft.
func (v *View) begin() {
	if v.draft == nil || v.ready() == 0 || v.planning != nil || v.run != nil {
		return
	}
	d := v.draft
	about := external.About{Server: v.deps.Server, Account: v.deps.Account, Dataset: d.Dataset, Storage: d.Storage, From: d.From}
	unfit := !v.leaveOut
	total := d.Counts.Total()
	if !unfit {
		total = v.ready()
	}
	v.start(about, total, func(ctx context.Context, r *run) (*ledger.Ledger, int64, error) {
		book, err := v.record.get()
		if err != nil {
			return nil, 0, err
		}
		// Darwin may take the tags without the link; what it does not take it
		// blocks, and the row says so.
		if err := uploader.LinkTags(ctx, v.deps.Darwin, about.Dataset, []uploader.Item{{Tags: d.Tags}}); err != nil && ctx.Err() == nil {
			v.deps.Log.Warn("tags not linked", "kind", fault.KindOf(err).String())
		}
		id, err := d.enter(ctx, v.desk.book, book, about, unfit, func(copied int) {
			v.post(func() {
				r.copied = copied
				v.bar.show()
			})
		})
		return book, id, err
	})
}

// goOn continues an import of the record.
func (v *View) goOn(i external.Import) {
	if v.Sending() {
		return
	}
	v.unfinished = nil
	v.start(i.About, i.Counts.Total(), func(context.Context, *run) (*ledger.Ledger, int64, error) {
		book, err := v.record.get()
		return book, i.ID, err
	})
	v.run.counts = i.Counts
	v.show()
}

// start runs an import that prepare writes down or finds.
func (v *View) start(about external.About, total int, prepare func(context.Context, *run) (*ledger.Ledger, int64, error)) {
	r := &run{about: about, total: total, under: true}
	// Stop ends the sending, but not what the window is told about it.
	work, halt := tasks.Stoppable(func(ctx, open context.Context) {
		book, id, err := prepare(ctx, r)
		var running *external.Run
		if err == nil {
			running, err = external.Start(ctx, external.Config{
				Ledger: book, API: v.deps.Darwin.External(about.Dataset, about.Storage), Log: v.deps.Log,
			}, id)
		}
		if err != nil {
			v.post(func() { v.notBegun(r, err) })
			return
		}
		v.post(func() {
			r.book, r.id = book, id
			v.changed()
		})
		v.watch(open, running, r)
		v.settle(open, r, book, id)
	})
	r.halt, v.run = halt, r
	v.maker.leave()
	v.receipt.forget()
	v.show()
	v.changed()
	v.tasks.Go(work)
}

// notBegun is for an import of which nothing was sent.
func (v *View) notBegun(r *run, err error) {
	r.halt()
	v.run = nil
	if !r.stopping {
		v.middle.say(told(err))
	}
	v.replan() // the choice may be another by now
	v.show()
	v.changed()
}

// watch looks at a run about ten times a second until it ends. A look is only
// painted if the one before it was.
func (v *View) watch(ctx context.Context, running *external.Run, r *run) {
	tick := time.NewTicker(paintEvery)
	defer tick.Stop()
	painted := make(chan struct{}, 1)
	painted <- struct{}{}
	for {
		select {
		case <-running.Done():
			end := running.Snapshot()
			v.post(func() { v.ended(r, end) })
			return
		case <-tick.C:
		}
		select {
		case <-painted:
		default:
			continue
		}
		s := running.Snapshot()
		v.post(func() {
			r.counts, r.left, r.wait = s.Counts, s.Left, s.Waiting
			v.bar.show()
			painted <- struct{}{}
		})
	}
}

// ended shows the receipt.
func (v *View) ended(r *run, end external.Snapshot) {
	r.halt()
	r.under, r.counts, r.wait, r.problem = false, end.Counts, nil, end.Problem
	r.follows = end.Counts[ledger.Registered] > 0
	if v.run == r {
		v.receipt.read()
		v.show()
	}
	v.changed()
	v.receiptChanged(r.id)
	if r.problem != nil {
		v.keyRefused(r.problem)
	}
}

// settle asks Darwin what became of the items.
func (v *View) settle(ctx context.Context, r *run, book *ledger.Ledger, id int64) {
	err := external.Follow(ctx, external.Following{
		Ledger: book, Listing: v.deps.Darwin.Listing(r.about.Dataset), Told: func(c ledger.Counts) {
			v.post(func() { v.settled(r, c) })
		},
	}, id)
	if ctx.Err() != nil {
		return
	}
	v.post(func() {
		if r.follows = false; err != nil {
			r.unasked = fault.Of(err)
			v.keyRefused(err)
		}
		if v.run == r {
			v.show()
		}
		v.receiptChanged(r.id)
	})
}

func (v *View) settled(r *run, c ledger.Counts) {
	other := r.counts != c
	r.counts = c
	if v.run == r && other {
		v.receipt.read()
		v.show()
	}
	if other {
		v.receiptChanged(r.id)
	}
}

// stop ends the import; what is not registered waits.
func (v *View) stop() {
	if v.Sending() {
		v.run.stopping = true
		v.run.halt()
		v.bar.show()
	}
}

// more leaves the receipt for a new choice.
func (v *View) more() {
	if !v.Sending() {
		v.run = nil
		v.middle.clear()
		v.lookForUnfinished()
		v.show()
	}
}

// again continues the import that the receipt is about.
func (v *View) again() {
	if r := v.run; r != nil && !r.under && r.book != nil {
		v.goOn(external.Import{ID: r.id, About: r.about, Counts: r.counts})
	}
}

// lookForUnfinished finds the newest import of this account that was
// interrupted.
func (v *View) lookForUnfinished() {
	if v.deps.Record == nil {
		return
	}
	v.tasks.Go(func(ctx context.Context) {
		found, err := v.interrupted(ctx)
		v.post(func() {
			if err != nil {
				v.middle.say(told(err))
				return
			}
			if v.run == nil {
				v.unfinished = found
				v.show()
			}
		})
	})
}

// LookForInterrupted looks for an import to continue before the place is shown
// for the first time. found is told of it on the main thread; Counts say how far
// it came.
func (v *View) LookForInterrupted(found func(external.Import)) {
	if v.deps.Record == nil {
		return
	}
	v.tasks.Go(func(ctx context.Context) {
		i, err := v.interrupted(ctx)
		if err != nil || i == nil {
			return // the place says what is wrong with the record once it is shown
		}
		v.post(func() {
			if v.run == nil {
				found(*i)
			}
		})
	})
}

func (v *View) interrupted(ctx context.Context) (*external.Import, error) {
	book, err := v.record.get()
	if err != nil {
		return nil, err
	}
	all, err := external.List(ctx, book)
	if err != nil {
		return nil, err
	}
	for _, i := range all {
		if !i.Ended.IsZero() || i.Server != v.deps.Server || i.Dataset.TeamSlug != v.deps.Team {
			continue
		}
		if i.Counts, err = book.Count(ctx, i.ID); err != nil {
			return nil, err
		}
		if i.Counts.Open() > 0 {
			return &i, nil
		}
	}
	return nil, nil
}

// giveUp forgets an interrupted import; what is registered stays in Darwin.
func (v *View) giveUp(i external.Import) {
	v.unfinished = nil
	v.show()
	v.tasks.Go(func(ctx context.Context) {
		book, err := v.record.get()
		if err == nil {
			err = book.End(ctx, i.ID, time.Now())
		}
		if err != nil && ctx.Err() == nil {
			v.deps.Log.Warn("imports", "kind", fault.KindOf(err).String())
		}
	})
}

func (v *View) changed() {
	if v.deps.OnState != nil {
		v.deps.OnState()
	}
}
