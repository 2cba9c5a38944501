package uploader

import (
	"context"
	"sync"
	"time"

	"darwin-uploader/uploader/pace"
)

// How the hours are watched.
const (
	// clockStep is how long a change of the computer's clock may go unnoticed.
	clockStep = 10 * time.Second
	// standing is how long a transfer may stand still outside the hours until
	// it is cut, to be begun anew. Storage waits about 20 s (S3).
	standing = 15 * time.Second
)

// timetable is the hours of a batch.
type timetable struct {
	mu      sync.Mutex
	hours   pace.Hours
	changed chan struct{} // holds a token when the hours changed
}

func (t *timetable) set(h pace.Hours) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.hours = h
	signal(t.changed)
}

func (t *timetable) now() pace.Hours {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.hours
}

// watchHours opens and shuts the gate at the hours.
func (l *line) watchHours(ctx context.Context) {
	table := &l.batch.hours
	for ctx.Err() == nil {
		now := time.Now().Round(0)
		hours := table.now()
		opens, closes := hours.Opens(now), hours.Closes(now)
		l.gate.opensAt(opens)
		var tick <-chan time.Time // never, where there are no hours
		if turn := later(opens, closes); !turn.IsZero() {
			tick = time.After(min(turn.Sub(now), clockStep))
		}
		select {
		case <-ctx.Done():
		case <-tick:
		case <-table.changed:
		}
		l.gate.cutHeld(standing)
	}
}

// later is the one that is not zero, if either is not.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// shut says whether it is outside the hours. It needs the lock.
func (g *gate) shut() bool { return !g.opens.IsZero() && !g.over }

// flow returns when a request under way may go on to send. Its error is ctx's.
func (g *gate) flow(ctx context.Context) error {
	g.mu.Lock()
	shut := g.shut()
	g.mu.Unlock()
	if !shut {
		return ctx.Err()
	}
	if f, ok := ctx.Value(flightKey{}).(*flight); ok {
		f.stood.Store(true)
		f.held.Store(time.Now().UnixNano())
		defer f.held.Store(0)
		defer moving(ctx)
	}
	return g.wait(ctx, func() bool { return !g.shut() })
}

// opensAt tells when the hours begin, zero within them.
func (g *gate) opensAt(t time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !t.Equal(g.opens) {
		g.opens = t
		g.changed()
	}
}

// cutHeld ends the requests that the hours have held for so long: they are done
// again.
func (g *gate) cutHeld(since time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	until := time.Now().Add(-since).UnixNano()
	for f := range g.flying {
		if at := f.held.Load(); at != 0 && at <= until {
			f.cut(errCut)
		}
	}
}
