package uploader_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/sandbox"
)

func TestPacksArePausedFinishedStoppedAndTakenOut(t *testing.T) {
	// A pack of a hundred takes some seconds.
	slow := sandbox.Fault{Call: sandbox.DirectUpload, After: 1, BytesPerSecond: 10_000}
	begin := func(r *bubble) *uploader.Batch {
		r.Cleanup(r.sandbox.Inject(slow))
		one := r.file("one.jpg", bytes.Repeat([]byte{1}, 1000))
		items := make([]uploader.Item, 1000)
		for i := range items {
			items[i] = one
			items[i].Name = fmt.Sprintf("%04d.jpg", i)
			r.sums[items[i].Name] = r.sums["one.jpg"]
		}
		b := r.start(items...)
		after(5 * time.Second)
		if n := b.Snapshot().Counts[uploader.Sending]; n != 300 {
			t.Fatalf("%d are on their way", n)
		}
		if sent := b.Snapshot().Sent; sent < 50_000 || sent > 250_000 {
			t.Errorf("%d bytes are sent after five seconds", sent)
		}
		return b
	}
	t.Run("paused", func(t *testing.T) {
		inPacks(t, sandbox.Config{}, func(r *bubble) {
			b := begin(r)
			b.Pause()
			after(time.Hour)
			if s := b.Snapshot(); s.Counts[uploader.InDarwin] != 304 || s.Counts[uploader.Ready] != 696 {
				t.Errorf("after an hour: %v", s.Counts)
			}
			b.Resume()
			r.ended(b)
			r.exactlyOnce(b, 1000)
		})
	})
	t.Run("taken out", func(t *testing.T) {
		inPacks(t, sandbox.Config{}, func(r *bubble) {
			b := begin(r)
			all := make([]int, 1000)
			for i := range all {
				all[i] = i
			}
			if n := b.TakeOut(all...); n != 696 {
				t.Errorf("%d were taken out", n)
			}
			r.ended(b)
			if n := len(r.sandbox.Items(r.dataset.Slug)); n != 304 {
				t.Errorf("%d are in Darwin", n)
			}
		})
	})
	t.Run("finished", func(t *testing.T) {
		inPacks(t, sandbox.Config{}, func(r *bubble) {
			b := begin(r)
			b.Finish()
			r.ended(b)
			if s := b.Snapshot(); s.Counts[uploader.InDarwin] != 304 || s.Counts[uploader.Stopped] != 696 {
				t.Errorf("it ends as %v", s.Counts)
			}
		})
	})
	t.Run("stopped", func(t *testing.T) {
		inPacks(t, sandbox.Config{}, func(r *bubble) {
			b := begin(r)
			b.Stop()
			if took := r.ended(b); took > time.Second {
				t.Errorf("it took %v", took)
			}
			if s := b.Snapshot(); s.Counts[uploader.InDarwin] != 4 || s.Counts[uploader.Stopped] != 996 {
				t.Errorf("it ends as %v", s.Counts)
			}
		})
	})
}

func TestANetworkThatIsGoneCostsNoPack(t *testing.T) {
	for _, state := range []cableState{cut, hole} {
		for _, moment := range []time.Duration{0, 3 * time.Second, 8 * time.Second} {
			t.Run(fmt.Sprint(state, " ", moment), func(t *testing.T) {
				inPacks(t, sandbox.Config{}, func(r *bubble) {
					r.Cleanup(r.sandbox.Inject(sandbox.Fault{Call: sandbox.DirectUpload, BytesPerSecond: 1000}))
					b := r.start(r.copies(150)...)
					after(moment)
					r.net.set(state)
					after(20 * time.Hour)
					if s := b.Snapshot(); s.Waiting == nil || s.Counts.NeedYou() > 0 {
						t.Errorf("it does not wait: %+v", s)
					}
					r.net.set(up)
					r.ended(b)
					r.exactlyOnce(b, 150)
				})
			})
		}
	}
}

func TestALostReplyToAPackDoublesAndMisreportsNothing(t *testing.T) {
	for name, f := range map[string]sandbox.Fault{
		"none":                {Call: sandbox.Page},
		"of the trial":        {Call: sandbox.DirectUpload, LoseReply: true, Times: 1},
		"half, of the trial":  {Call: sandbox.DirectUpload, CutReply: true, Times: 1},
		"of the first pack":   {Call: sandbox.DirectUpload, LoseReply: true, After: 1, Times: 1},
		"two out of three":    {Call: sandbox.DirectUpload, LoseReply: true, Probability: 0.66, Seed: 4},
		"every one":           {Call: sandbox.DirectUpload, LoseReply: true},
		"a fifth of all else": {LoseReply: true, Probability: 0.2, Seed: 11},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCrowd(t, slugs["version 2"])
			c.usePacks()
			defer c.sandbox.Inject(f)()
			c.repeated = f.Call == sandbox.Any // a store that is repeated is stored twice
			b := c.run(c.mixed(320)...)
			c.untouched(b, 320, 0)
		})
	}
}

// At whatever moment the journal's disk fails, what goes on from the journal as
// it is then brings every file in once, also those of packs.
func TestWhereverTheJournalEndsEveryFileOfAPackArrivesOnce(t *testing.T) {
	const files = 130
	for _, lost := range []sandbox.Fault{{Call: sandbox.Page}, {Call: sandbox.DirectUpload, After: 1, LoseReply: true}} {
		t.Run(fmt.Sprint("an answer is lost: ", lost.LoseReply), func(t *testing.T) {
			t.Parallel()
			for moment, over := 0, false; !over; moment += 1 + moment/8 {
				r := newRig(t, slugs["version 2"], sandbox.Config{})
				r.packs = true
				remove := r.sandbox.Inject(lost)
				dir := t.TempDir()
				j, closeIt := r.opened(dir)
				doom := &doomed{Journal: j.For("", ""), left: moment}
				r.keep(doom)
				r.run(r.files(files)...)
				closeIt()
				over = !doom.failed
				remove()
				if n := r.goOn(dir); n == 0 && len(r.sandbox.Items(r.dataset.Slug)) == 0 {
					continue // it was not even begun
				}
				r.allArrived(files)
				for _, item := range r.sandbox.Items(r.dataset.Slug) {
					if item.Stores != 1 {
						t.Errorf("moment %d: %s was stored %d times", moment, item.Name, item.Stores)
					}
				}
				if t.Failed() {
					t.Fatalf("moment %d", moment)
				}
			}
		})
	}
}

// notebook keeps the last entry about each item.
type notebook struct {
	mu   sync.Mutex
	last map[int]uploader.Entry
}

func (n *notebook) Begin(uploader.Plan) (uploader.Page, error) { return n, nil }
func (n *notebook) Number() int64                              { return 1 }
func (n *notebook) Add(int, []uploader.Item) error             { return nil }
func (n *notebook) Note(all ...uploader.Entry)                 { _ = n.Record(all...) }
func (n *notebook) Close(bool) error                           { return nil }

func (n *notebook) Record(all ...uploader.Entry) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, e := range all {
		n.last[e.Place] = e
	}
	return nil
}

func TestTheJournalIsToldThatAPackIsAskedForBeforeItLeaves(t *testing.T) {
	inPacks(t, sandbox.Config{}, func(r *bubble) {
		n := &notebook{last: map[int]uploader.Entry{}}
		r.keep(n)
		r.Cleanup(r.sandbox.Inject(sandbox.Fault{Call: sandbox.DirectUpload, After: 1, Stall: true}))
		b := r.start(r.files(104)...)
		after(5 * time.Second)
		n.mu.Lock()
		defer n.mu.Unlock()
		for i := range 104 {
			e := n.last[i]
			asked := e.State == uploader.Registering && e.Reached.Stored && e.Reached.Upload == (darwin.Upload{}) && e.Reached.Asked.From.Before(e.Reached.Asked.Until)
			done := e.State == uploader.InDarwin && e.Reached.Confirmed
			if i < 4 && !done || i >= 4 && !asked {
				t.Errorf("item %d: %+v", i, e)
			}
		}
		r.Cleanup(b.Stop)
	})
}
