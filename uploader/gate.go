package uploader

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"darwin-uploader/uploader/fault"
)

// When a request gets no answer, that may be the fault of its item, or nobody's:
// the network is gone. The rule:
//
// After failuresInARow requests in a row without any answer, and before an item
// would end for want of one, Darwin is asked something cheap. If any answer
// comes, the failures are the items' own and count as tries. If none comes, the
// batch waits: no request leaves but the probe, again and again, until
// something answers. Failures that fall into that time are forgotten. So no
// item ends for a network that is gone, and a single item that fails while
// Darwin answers ends after its tries.
const failuresInARow = 3

// The pauses between probes while the batch waits, and how long one may take.
const (
	firstProbePause = time.Second
	maxProbePause   = 30 * time.Second
	probeLimit      = 15 * time.Second
	youngProbe      = 2 * time.Second // what is younger is not cut for a new one
	// standstill is the shortest wait after which requests from before it that
	// moved nothing meanwhile are taken for dead.
	standstill = 10 * time.Second
)

// gate is what each request of a batch passes: it holds them back while the
// network is away, and those that begin something new while the person paused.
// Safe for concurrent use. It never calls the batch.
type gate struct {
	probe func(context.Context) error // asks Darwin something cheap
	drop  func()                      // closes connections that nobody uses
	held  func()                      // hears when what holds back changed
	back  func()                      // hears when the network is back

	mu       sync.Mutex
	moved    chan struct{} // closed, and made anew, whenever what holds back changes
	paused   bool
	opens    time.Time // not zero outside the hours
	over     bool      // neither holds any more: the batch is being finished
	row      int       // requests without an answer since the last answer
	rowFrom  time.Time
	answered time.Time // when the last answer came
	search   *search   // not nil while it is not known whether anything gets through
	waiting  *Waiting
	outages  []span
	flying   map[*flight]bool
	kick     chan struct{} // holds a token when the next probe is due at once
}

// search is somebody's looking whether anything gets through.
type search struct {
	over chan struct{}
	from time.Time
}

// flight is one request under way.
type flight struct {
	cut   context.CancelCauseFunc
	moved atomic.Int64 // when it last moved a byte, or began; Unix nanoseconds
	held  atomic.Int64 // since when the hours hold it, or 0
	stood atomic.Bool  // the hours have held it
}

type flightKey struct{} // of a request's flight in its context

// moving takes note that the request that ctx belongs to moved a byte.
func moving(ctx context.Context) {
	if f, ok := ctx.Value(flightKey{}).(*flight); ok {
		f.moved.Store(time.Now().UnixNano())
	}
}

// span is a time, both ends included.
type span struct{ from, until time.Time }

func (s span) overlaps(o span) bool { return !s.until.Before(o.from) && !o.until.Before(s.from) }

func newGate(probe func(context.Context) error, drop func()) *gate {
	return &gate{
		probe: probe, drop: drop, held: func() {}, back: func() {}, moved: make(chan struct{}),
		flying: map[*flight]bool{}, kick: make(chan struct{}, 1),
	}
}

// enter returns when a request may leave; fresh ones wait for the end of a
// pause and for the hours, too. Its error is ctx's.
func (g *gate) enter(ctx context.Context, fresh bool) error {
	return g.wait(ctx, func() bool { return g.search == nil && !(fresh && (g.paused || g.shut())) })
}

// wait returns when what open says under the lock is so, or with ctx's error.
func (g *gate) wait(ctx context.Context, open func() bool) error {
	for {
		g.mu.Lock()
		may := open()
		moved := g.moved
		g.mu.Unlock()
		if may || ctx.Err() != nil {
			return ctx.Err()
		}
		select {
		case <-ctx.Done():
		case <-moved:
		}
	}
}

// errCut is the cause of a request that was cut because its connection cannot
// be alive any more.
var errCut = errors.New("the connection is from before a sleep or a change of the network")

// run does one request. cut says that it was cut, or lost its connection while
// the hours held it; that is nobody's fault.
func (g *gate) run(ctx context.Context, step func(context.Context) error) (cut bool, err error) {
	own, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	f := &flight{cut: cancel}
	own = context.WithValue(own, flightKey{}, f)
	moving(own)
	g.mu.Lock()
	g.flying[f] = true
	g.mu.Unlock()
	err = step(own)
	g.mu.Lock()
	delete(g.flying, f)
	g.mu.Unlock()
	cut = errors.Is(context.Cause(own), errCut) || f.stood.Load() && unanswered(err)
	return cut && err != nil && ctx.Err() == nil, err
}

// cut ends the requests under way that moved nothing since; they are done
// again.
func (g *gate) cut(since time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.cutLocked(since)
}

func (g *gate) cutLocked(since time.Time) {
	for f := range g.flying {
		if f.moved.Load() <= since.UnixNano() {
			f.cut(errCut)
		}
	}
}

// unanswered says whether err is one of a connection, not of an answer.
func unanswered(err error) bool {
	kind := fault.KindOf(err)
	return kind == fault.Network || kind == fault.Stalled
}

// hear takes note of how a request ended, and says whether it is time to find
// out if anything gets through.
func (g *gate) hear(err error) (suspicious bool) {
	switch {
	case err == nil:
		g.heard()
		return false
	case !unanswered(err):
		if fault.Of(err).Status != 0 {
			g.heard()
		}
		return false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.row == 0 {
		g.rowFrom = time.Now()
	}
	g.row++
	return g.row >= failuresInARow
}

// heard takes note that something answered: the network is there.
func (g *gate) heard() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.row, g.answered = 0, time.Now()
	if g.search == nil {
		return
	}
	sought := g.search.from
	close(g.search.over)
	g.search = nil
	if g.waiting != nil {
		g.outages = append(g.outages, span{g.waiting.Since, g.answered})
		// What stood still all that time need not be waited for, nor what left
		// between the first failure and the first look.
		if g.answered.Sub(g.waiting.Since) >= standstill {
			g.cutLocked(sought)
		}
		g.waiting = nil
		g.back()
	}
	g.changed()
}

func (g *gate) changed() {
	close(g.moved)
	g.moved = make(chan struct{})
	g.held()
}

// seek finds out whether anything gets through, and returns when something does
// or ctx ends. It does nothing if there was an answer after failed, the time of
// the failure that gives rise to it, or if somebody else is at it.
func (g *gate) seek(ctx context.Context, failed time.Time) {
	g.mu.Lock()
	if g.search != nil || g.answered.After(failed) {
		g.mu.Unlock()
		return
	}
	s := &search{over: make(chan struct{}), from: time.Now()}
	g.search = s
	g.changed()
	select {
	case <-g.kick: // an old one
	default:
	}
	g.mu.Unlock()

	for pause := firstProbePause; ; pause = min(2*pause, maxProbePause) {
		if again := g.ask(ctx, s); again {
			pause = firstProbePause / 2
			continue
		}
		t := time.NewTimer(pause)
		select {
		case <-ctx.Done():
		case <-s.over:
		case <-g.kick:
			pause = firstProbePause / 2
		case <-t.C:
		}
		t.Stop()
		select {
		case <-ctx.Done():
			return
		case <-s.over:
			return
		default:
		}
	}
}

// ask does one probe. again says that another is due at once.
func (g *gate) ask(ctx context.Context, s *search) (again bool) {
	own, cancel := context.WithTimeout(ctx, probeLimit)
	defer cancel()
	answer := make(chan error, 1)
	g.drop()
	go func() { answer <- g.probe(own) }()
	began := time.Now()
	kick := g.kick
	var err error
	for waiting := true; waiting; {
		select {
		case err = <-answer:
			waiting = false
		case <-s.over:
			cancel()
			<-answer
			return false
		case <-kick:
			if time.Since(began) < youngProbe {
				kick = nil // it is as good as a new one
				continue
			}
			cancel()
			err, again, waiting = <-answer, true, false
		}
	}
	if problem := fault.Of(err); err == nil || problem.Status != 0 && !unanswered(err) {
		g.heard()
		return false
	}
	if ctx.Err() == nil {
		g.await(s, err)
	}
	return again
}

// await takes note that nothing gets through.
func (g *gate) await(s *search, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.search != s {
		return
	}
	problem := fault.Of(err)
	if problem.Kind == fault.Unknown { // the probe's time was over
		problem = &fault.Error{
			Kind: fault.Network, What: "Nothing gets through to Darwin.",
			Safe: "The files are safe on this computer.", Do: "Check the internet connection.", Err: err,
		}
	}
	since := time.Now()
	if g.row > 0 {
		since = g.rowFrom
	}
	if g.waiting != nil {
		since = g.waiting.Since
	}
	g.waiting = &Waiting{Since: since, Problem: problem}
	g.changed()
}

// own leaves out the failures that the network is to blame for.
func (g *gate) own(failures []span) []span {
	g.mu.Lock()
	defer g.mu.Unlock()
	kept := failures[:0]
	for _, f := range failures {
		blamed := false
		for _, o := range g.outages {
			blamed = blamed || f.overlaps(o)
		}
		if !blamed {
			kept = append(kept, f)
		}
	}
	return kept
}

// sleep waits for d, and says false if ctx ended first. One that is idle ends
// when the batch begins to wait for the network: its end is what counts then.
func (g *gate) sleep(ctx context.Context, d time.Duration, idle bool) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	for {
		g.mu.Lock()
		waiting, moved := g.waiting != nil, g.moved
		g.mu.Unlock()
		if waiting && idle {
			return ctx.Err() == nil
		}
		select {
		case <-ctx.Done():
			return false
		case <-t.C:
			return true
		case <-moved:
		}
	}
}

// tryNow makes the next probe leave at once.
func (g *gate) tryNow() {
	select {
	case g.kick <- struct{}{}:
	default:
	}
}

func (g *gate) pause(on bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if on = on && !g.over; on != g.paused {
		g.paused = on
		g.changed()
	}
}

// finish ends a pause for good, and lifts the hours.
func (g *gate) finish() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.over, g.paused = true, false
	g.changed()
}

// now is what holds the batch back.
func (g *gate) now() (paused bool, waiting *Waiting, opens time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut() {
		opens = g.opens
	}
	if g.waiting == nil {
		return g.paused, nil, opens
	}
	w := *g.waiting
	return g.paused, &w, opens
}
