package uploader

import (
	"context"
	"net"
	"slices"
	"time"

	"darwin-uploader/uploader/darwin"
)

// How the network is watched.
const (
	watchStep = 2 * time.Second
	// asleep is how long nothing ran here if the computer slept. Connections
	// that old are dead for all that matters: storage closes those that are
	// silent for 20 s (S3).
	asleep = 30 * time.Second
	// deadAfter is how long after an address of this computer was lost the
	// requests are cut that have stood still since.
	deadAfter = 6 * time.Second
)

// idleCloser is what a Darwin or a Storage may have: closing connections that
// nobody uses.
type idleCloser interface{ CloseIdle() }

func closeIdle(of ...any) {
	for _, x := range of {
		if c, ok := x.(idleCloser); ok {
			c.CloseIdle()
		}
	}
}

// probe asks Darwin for one item of the batch: a small request that changes
// nothing. Any answer will do.
func (l *line) probe(ctx context.Context) error {
	_, err := l.uploads.Find(ctx, []darwin.Place{l.batch.anyPlace()})
	return err
}

// anyPlace is the place of some item.
func (b *Batch) anyPlace() darwin.Place {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := b.records[0]
	return r.item.place(r.reached.Upload.ItemID)
}

// watchNetwork notices that the computer slept or that its addresses changed,
// so that work goes on at once on new connections.
func (l *line) watchNetwork(ctx context.Context) {
	w := watcher{now: time.Now, addresses: addresses, gate: l.gate}
	w.begin()
	tick := time.NewTicker(watchStep)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			w.look()
		}
	}
}

// watcher compares how things are with how they were.
type watcher struct {
	now       func() time.Time
	addresses func() []string // sorted
	gate      *gate

	at     time.Time
	before []string
	lost   time.Time // when an address was lost, zero if that is dealt with
}

func (w *watcher) begin() {
	w.at, w.before = w.now().Round(0), w.addresses()
}

// look is one step. It compares the clock on the wall: the other may stand
// still while the computer sleeps.
func (w *watcher) look() {
	at, here := w.now().Round(0), w.addresses()
	slept := at.Sub(w.at) > watchStep+asleep
	changed := !slices.Equal(here, w.before)
	for _, a := range w.before {
		if !slices.Contains(here, a) {
			w.lost = at
		}
	}
	if slept {
		w.gate.cut(at)
	} else if !w.lost.IsZero() && at.Sub(w.lost) >= deadAfter {
		w.gate.cut(w.lost)
		w.lost = time.Time{}
	}
	if slept || changed {
		w.gate.drop()
		w.gate.tryNow()
	}
	w.at, w.before = at, here
}

// addresses gives this computer's addresses, sorted; nil if it does not tell.
// Those of one link only come and go with every container, and lead nowhere.
func addresses() []string {
	list, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	var all []string
	for _, a := range list {
		if of, ok := a.(*net.IPNet); !ok || !of.IP.IsLinkLocalUnicast() {
			all = append(all, a.String())
		}
	}
	slices.Sort(all)
	return all
}
