package uploader

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/pace"
)

// line is the production line of one batch: a registrar and three pools,
// joined by short channels, and beside them the senders of packs. How large the
// pools are is the crew's to say.
type line struct {
	batch    *Batch
	uploads  darwin.Uploads
	storage  Storage
	page     Page
	patience Patience
	log      *slog.Logger
	gate     *gate
	crew     *pace.Crew
	brake    brake
	etags    etags

	// The ids of the items that records of this batch go on under, so that no
	// two share one.
	ours ids
	// How many requests Darwin refused since it took one: the registrar's own.
	refusals int
	packs    *packs

	registered chan *record
	signed     chan signedRecord
	stored     chan *record
}

// signedRecord is an item and where its bytes may go.
type signedRecord struct {
	*record
	to darwin.Destination
	at time.Time // by the clock on the wall, which does not sleep
	// underWay: its last try got as far as reading the file
	underWay bool
}

func newLine(e *Engine, uploads darwin.Uploads, packs *packs, page Page, b *Batch) *line {
	cfg := &e.cfg
	l := &line{
		batch: b, gate: b.gate, crew: b.crew, brake: brake{b.gate, &e.throttle}, uploads: uploads, storage: cfg.Storage,
		page: page, patience: cfg.Patience, log: cfg.Log, packs: packs,
		// The registrar stops at MaxRegister waiting items and may then have
		// one more request's worth in its hands.
		registered: make(chan *record, 2*darwin.MaxRegister),
		// Who signed waits for a sender: a signature is used soon after it was
		// given.
		signed: make(chan signedRecord),
		// A confirm is quick beside a transfer; this only takes up bursts.
		stored: make(chan *record, MaxAutomatic),
	}
	l.gate.probe = l.probe
	l.gate.drop = func() { closeIdle(cfg.Darwin, cfg.Storage) }
	return l
}

// run works until ctx is cancelled, which the batch does when all its items
// have ended. All goroutines it started have returned when it returns.
func (l *line) run(ctx context.Context) {
	var pools sync.WaitGroup
	pools.Go(func() { l.registerAll(ctx) })
	pools.Go(func() { drain(ctx, l.batch.news, func(context.Context, struct{}) { l.catchUp() }) })
	pools.Go(func() { l.watchNetwork(ctx) })
	pools.Go(func() { l.watchHours(ctx) })
	pools.Go(func() { staff(ctx, l.crew, pace.Sign, l.registered, l.sign) })
	pools.Go(func() { staff(ctx, l.crew, pace.Send, l.signed, l.send) })
	pools.Go(func() { staff(ctx, l.crew, pace.Confirm, l.stored, l.confirm) })
	if l.packs.direct != nil {
		for range packSenders {
			pools.Go(func() { l.sendPacks(ctx) })
		}
	}
	pools.Wait()
	l.catchUp()
}

// drain handles what comes through a channel until ctx ends.
func drain[T any](ctx context.Context, from <-chan T, handle func(context.Context, T)) {
	for {
		select {
		case <-ctx.Done():
			return
		case x := <-from:
			handle(ctx, x)
		}
	}
}

// staff handles what comes through a channel until ctx ends, as much at once as
// the stage has places. All of it has been handled when it returns.
func staff[T any](ctx context.Context, crew *pace.Crew, stage pace.Stage, from <-chan T, handle func(context.Context, T)) {
	var pool sync.WaitGroup
	defer pool.Wait()
	for crew.Enter(ctx, stage) == nil {
		select {
		case <-ctx.Done():
			crew.Leave(stage)
			return
		case x := <-from:
			pool.Go(func() {
				defer crew.Leave(stage)
				handle(seated(ctx, &seat{crew, stage}), x)
			})
		}
	}
}

// counted makes a request of a stage one of those that may be under way at
// once.
func (l *line) counted(stage pace.Stage, request func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		call, err := l.crew.Begin(ctx, stage)
		if err != nil {
			return err
		}
		err = request(ctx)
		call.End(outcome(err))
		return err
	}
}

// outcome is what the crew makes of how a request ended.
func outcome(err error) pace.Outcome {
	if err == nil {
		return pace.Done
	}
	switch problem := fault.Of(err); {
	case problem.Kind == fault.Stalled:
		return pace.Stalled
	case problem.Kind == fault.Busy && (problem.Status == http.StatusTooManyRequests || problem.Status == http.StatusServiceUnavailable):
		return pace.Refused
	default:
		return pace.Other
	}
}

// pass hands x on, or drops it when ctx ends; the batch then marks the item
// Stopped.
func pass[T any](ctx context.Context, to chan<- T, x T) {
	select {
	case <-ctx.Done():
	case to <- x:
	}
}

func (l *line) sign(ctx context.Context, r *record) {
	if l.gate.enter(ctx, true) != nil || !l.batch.begin(r, Signing) {
		return
	}
	var to darwin.Destination
	err := l.start(ctx, l.counted(pace.Sign, func(ctx context.Context) (err error) {
		to, err = l.uploads.Sign(ctx, r.reached.Upload)
		return err
	}))
	if err != nil {
		l.fail(ctx, r, StageSign, err)
		return
	}
	pass(ctx, l.signed, signedRecord{record: r, to: to, at: time.Now().Round(0)})
}

// confirm tells Darwin that a file is complete. That storage has it is written
// down here and not by the sender, whose next file need not wait for the disk.
func (l *line) confirm(ctx context.Context, r *record) {
	if !l.record(l.batch.entry(r)) {
		return
	}
	err := l.try(ctx, l.counted(pace.Confirm, func(ctx context.Context) error {
		return l.uploads.Confirm(ctx, r.reached.Upload)
	}))
	if err != nil {
		err = l.unconfirmed(ctx, r, fault.Of(err))
	}
	if err != nil {
		l.fail(ctx, r, StageConfirm, err)
		return
	}
	l.batch.reach(r, Reached{Upload: r.reached.Upload, Stored: true, Confirmed: true})
	l.settle(r, InDarwin, StageNone, nil)
}

// fail ends an item, or, for a problem that holds for all items, the batch.
// An item whose work was cancelled is left to the end of the batch.
func (l *line) fail(ctx context.Context, r *record, stage Stage, err error) {
	if ctx.Err() != nil {
		return
	}
	problem := fault.Of(err)
	l.log.Warn("item", "stage", stage.String(), "kind", problem.Kind.String(), "status", problem.Status, "detail", problem.Detail)
	if problem.Reaction() == fault.StopBatch {
		l.batch.stop(problem)
		return
	}
	l.settle(r, Failed, stage, problem)
}

// settle ends a record; see Batch.settle.
func (l *line) settle(r *record, to State, stage Stage, problem *fault.Error) {
	l.batch.settle(r, to, stage, problem)
	l.page.Note(l.batch.entry(r))
}

// refuse ends a record that Darwin did not register.
func (l *line) refuse(r *record, to State, reason darwin.Reason, problem *fault.Error) {
	l.batch.refuse(r, to, reason, problem)
	l.page.Note(l.batch.entry(r))
}
