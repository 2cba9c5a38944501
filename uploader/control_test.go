package uploader_test

import (
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

// bigs is n files that take half a minute each, on a network that is slow.
func (b *bubble) bigs(n int) []uploader.Item {
	b.Cleanup(b.slow())
	items := make([]uploader.Item, n)
	for i := range items {
		items[i] = b.big(string(rune('a'+i))+".jpg", 30)
	}
	return items
}

func TestAPauseLetsNothingBeginAndWhatRunsEnd(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		b := r.start(r.bigs(20)...)
		after(10 * time.Second)
		b.Pause()
		b.Pause()
		after(time.Hour)
		s := b.Snapshot()
		if !s.Paused || s.Ended || s.Speed != 0 || s.Left != 0 || s.Counts[uploader.InDarwin] != 8 || s.Counts[uploader.Sending] != 0 {
			t.Errorf("an hour on: %+v", s)
		}
		if n := len(r.sandbox.Items(r.dataset.Slug)); n != 20 {
			t.Errorf("%d items are registered", n)
		}
		first, ok := b.Add(r.files(3)...)
		if first != 20 || !ok {
			t.Errorf("Add gives %d, %v", first, ok)
		}
		after(time.Minute)
		if s := b.Snapshot(); s.Counts[uploader.Ready] != 3 || s.Counts[uploader.InDarwin] != 8 {
			t.Errorf("what is added while it is paused begins: %+v", s.Counts)
		}
		b.Resume()
		r.ended(b)
		r.allArrived(23)
		if s := b.Snapshot(); s.Paused || s.Counts[uploader.InDarwin] != 23 {
			t.Errorf("it ends as %+v; %v", s, problems(b))
		}
	})
}

func TestSignaturesThatAgedInAPauseAreRenewed(t *testing.T) {
	inBubble(t, sandbox.Config{Lifetime: 10 * time.Minute}, func(r *bubble) {
		b := r.start(r.bigs(20)...)
		after(10 * time.Second)
		b.Pause()
		after(3 * time.Hour)
		b.Resume()
		r.ended(b)
		r.allArrived(20)
		for _, q := range r.sandbox.Requests() {
			if q.Call == sandbox.Store && q.Status == 403 {
				t.Fatal("a signature that was too old was used")
			}
		}
	})
}

func TestAPausedBatchCanEnd(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		items := r.bigs(12)
		for name, end := range map[string]func(b *uploader.Batch){
			"by itself": func(*uploader.Batch) {},
			"Stop":      (*uploader.Batch).Stop,
		} {
			n := 8
			if name == "Stop" {
				n = 12
			}
			b := r.start(items[:n]...)
			after(10 * time.Second)
			b.Pause()
			end(b)
			if took := r.ended(b); took > 30*time.Second {
				t.Errorf("%s: it ended after %v", name, took)
			}
			if s := b.Snapshot(); s.Paused || s.Counts.Final() != n {
				t.Errorf("%s: it ends as %+v", name, s)
			}
		}
	})
}

func TestAPauseHoldsAlsoWhileTheNetworkIsGone(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		b := r.start(r.bigs(10)...)
		after(10 * time.Second)
		r.net.set(cut)
		after(time.Minute)
		b.Pause()
		if s := b.Snapshot(); !s.Paused || s.Waiting == nil {
			t.Errorf("it is %+v", s)
		}
		after(time.Minute)
		r.net.set(up)
		after(time.Hour)
		if s := b.Snapshot(); !s.Paused || s.Waiting != nil || s.Counts.Final() != 0 {
			t.Errorf("the network is back: %+v", s)
		}
		b.Resume()
		r.ended(b)
		r.allArrived(10)
	})
}

func TestFinishEndsWhatIsOnItsWayAndNothingElse(t *testing.T) {
	for _, paused := range []bool{false, true} {
		inBubble(t, sandbox.Config{}, func(r *bubble) {
			b := r.start(r.bigs(20)...)
			after(10 * time.Second)
			if paused {
				b.Pause()
			}
			b.Finish()
			b.Finish()
			s := b.Snapshot()
			if !s.Finishing || s.Paused || s.Ended || s.Counts[uploader.Stopped] == 0 {
				t.Errorf("it is %+v", s)
			}
			if _, ok := b.Add(r.files(1)...); ok {
				t.Error("a batch that is being finished takes more items")
			}
			if took := r.ended(b); took > 30*time.Second {
				t.Errorf("it took %v", took)
			}
			if s := b.Snapshot(); s.Counts[uploader.InDarwin] != 8 || s.Counts[uploader.Stopped] != 12 || s.Problem != nil {
				t.Errorf("it ends as %+v; %v", s, problems(b))
			}
			for i, s := range b.Statuses(nil) {
				if s.State == uploader.Stopped && s.Reached.Upload.ItemID == "" {
					t.Errorf("item %d forgot that it is registered", i)
				}
			}
		})
	}
}

func TestFinishAtAnyMomentEndsWithoutALoss(t *testing.T) {
	for ms := range 12 {
		inBubble(t, sandbox.Config{}, func(r *bubble) {
			for _, call := range []sandbox.Call{sandbox.Register, sandbox.Sign, sandbox.Store, sandbox.Confirm} {
				defer r.sandbox.Inject(sandbox.Fault{Call: call, Latency: time.Second})()
			}
			items := r.files(50)
			b := r.start(items...)
			after(time.Duration(ms) * 500 * time.Millisecond)
			b.Finish()
			if took := r.ended(b); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
			for i, s := range b.Statuses(nil) {
				if s.State != uploader.InDarwin && s.State != uploader.Stopped {
					t.Errorf("item %d ends as %v: %v", i, s.State, s.Problem)
				}
				items[i].Reached = s.Reached
			}
			var rest []uploader.Item
			for i, s := range b.Statuses(nil) {
				if s.State == uploader.Stopped {
					rest = append(rest, items[i])
				}
			}
			if len(rest) > 0 {
				r.ended(r.start(rest...))
			}
			r.allArrived(50)
		})
	}
}

func TestFinishCanBeFollowedByStop(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		b := r.start(r.bigs(10)...)
		after(10 * time.Second)
		b.Finish()
		b.Stop()
		if took := r.ended(b); took > time.Second {
			t.Errorf("it took %v", took)
		}
		b.Finish()
		if s := b.Snapshot(); s.Counts[uploader.Stopped] != 10 {
			t.Errorf("it ends as %+v", s)
		}
	})
}

func TestWhatHasNotBegunCanBeTakenOut(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		b := r.start(r.bigs(20)...)
		after(10 * time.Second)
		before := b.Snapshot()
		var all []int
		for i := range 20 {
			all = append(all, i)
		}
		want := before.Counts[uploader.Registered]
		if n := b.TakeOut(append(all, -1, 20, 99)...); n != want || n == 0 {
			t.Errorf("it took out %d, want %d", n, want)
		}
		if n := b.TakeOut(all...); n != 0 {
			t.Errorf("it took out %d twice", n)
		}
		if s := b.Snapshot(); s.Bytes != before.Bytes-int64(want)*30*slowSpeed {
			t.Errorf("%d bytes are left of %d", s.Bytes, before.Bytes)
		}
		r.ended(b)
		end := b.Snapshot()
		if end.Counts[uploader.Stopped] != want || end.Counts[uploader.InDarwin] != 20-want || end.Sent != end.Bytes {
			t.Errorf("it ends as %+v", end)
		}
		for i, s := range b.Statuses(nil) {
			if s.State == uploader.Stopped && (fault.KindOf(s.Problem) != fault.Stopped || s.Reached.Upload.ItemID == "" || s.Stage != uploader.StageSend) {
				t.Errorf("item %d: %+v", i, s)
			}
		}
	})
}

func TestAllThatIsLeftCanBeTakenOutOfAPausedBatch(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		b := r.start(r.bigs(3)...)
		after(10 * time.Second)
		b.Pause()
		b.Add(r.files(2)...)
		after(time.Minute)
		if n := b.TakeOut(4, 3); n != 2 {
			t.Errorf("it took out %d", n)
		}
		r.ended(b)
		r.want(b, uploader.InDarwin, uploader.InDarwin, uploader.InDarwin, uploader.Stopped, uploader.Stopped)
		r.allArrived(3)
	})
}

func TestWhatNeedsThePersonIsSentOnceMoreInTheSameBatch(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		items := append(r.bigs(2), r.files(1)...)
		items[2].Tags = []darwin.Tag{{Class: "nobody knows this"}}
		b := r.start(items...)
		after(10 * time.Second)
		r.want(b, uploader.Sending, uploader.Sending, uploader.Blocked)
		mended := items[2]
		mended.Tags = nil
		if first, ok := b.Add(mended); first != 3 || !ok {
			t.Fatalf("Add gives %d, %v", first, ok)
		}
		if n := b.TakeOut(2, 0); n != 1 {
			t.Errorf("it took out %d, want the one that is blocked", n)
		}
		r.ended(b)
		r.want(b, uploader.InDarwin, uploader.InDarwin, uploader.Stopped, uploader.InDarwin)
		if s := b.Snapshot(); s.Sent != s.Bytes || s.Counts.NeedYou() != 0 || s.Counts.Final() != 4 {
			t.Errorf("it ends as %+v", s)
		}
		r.allArrived(3)
		if n := b.TakeOut(0, 1, 2, 3); n != 0 {
			t.Errorf("%d were taken out of a batch that has ended", n)
		}
	})
}
