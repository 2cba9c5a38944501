package uploader_test

import (
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

func TestANetworkThatIsGoneIsWaitedForAndCostsNoTry(t *testing.T) {
	for name, state := range map[string]cableState{"refused": cut, "silent": hole} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, sandbox.Config{}, func(r *bubble) {
				defer r.slow()()
				items := append(r.files(60), r.big("big.jpg", 20), r.big("bigger.jpg", 40))
				b := r.start(items...)
				after(10 * time.Second)
				r.net.set(state)
				after(5 * time.Minute)
				s := b.Snapshot()
				if s.Waiting == nil || s.Waiting.Problem == nil || s.Waiting.Problem.What == "" || s.Speed != 0 || s.Left != 0 || s.Ended {
					t.Errorf("five minutes on: %+v", s)
				}
				if since := time.Since(s.Waiting.Since); since > 5*time.Minute || since < 3*time.Minute {
					t.Errorf("it waits since %v", since)
				}
				after(2 * time.Hour)
				if s := b.Snapshot(); s.Counts.NeedYou() != 0 || s.Waiting == nil {
					t.Errorf("two hours on: %+v; %v", s, problems(b))
				}
				if r.net.dials > 300 {
					t.Errorf("it tried %d times to connect in two hours", r.net.dials)
				}
				r.net.set(up)
				if took := r.ended(b); took > 95*time.Second { // a probe's pause, a dial, and 40 s for the file
					t.Errorf("it ends %v after the network is back", took)
				}
				r.allArrived(62)
				if end := b.Snapshot(); end.Waiting != nil || end.Counts[uploader.InDarwin] != 62 || end.Sent != end.Bytes {
					t.Errorf("it ends as %+v; %v", end, problems(b))
				}
			})
		})
	}
}

func TestTheLastFileOutlivesAnOutageAtEveryStage(t *testing.T) {
	for _, at := range []time.Duration{time.Second, 3 * time.Second, 5 * time.Second, 30 * time.Second} {
		t.Run(at.String(), func(t *testing.T) {
			inBubble(t, sandbox.Config{}, func(r *bubble) {
				defer r.slow()()
				for _, call := range []sandbox.Call{sandbox.Register, sandbox.Sign, sandbox.Confirm} {
					defer r.sandbox.Inject(sandbox.Fault{Call: call, Latency: 2 * time.Second})()
				}
				b := r.start(r.big("big.jpg", 10))
				after(at)
				r.net.set(cut)
				after(time.Hour)
				if s := b.Snapshot(); at < 10*time.Second && (s.Waiting == nil || s.Ended) {
					t.Fatalf("an hour on: %+v; %v", s, problems(b))
				}
				r.net.set(up)
				b.TryNow()
				after(0)
				if s := b.Snapshot(); s.Waiting != nil {
					t.Errorf("it still waits: %+v", s)
				}
				r.ended(b)
				r.want(b, uploader.InDarwin)
				r.allArrived(1)
			})
		})
	}
}

func TestHoweverOftenTheNetworkGoesItCostsNoTry(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		b := r.start(r.bigs(3)...)
		for range 20 {
			after(10 * time.Second)
			r.net.set(cut)
			after(10 * time.Second)
			r.net.set(up)
			for b.Snapshot().Waiting != nil {
				after(time.Second)
			}
		}
		r.ended(b)
		r.allArrived(3)
	})
}

func TestWhatStoodStillWhileTheNetworkWasGoneIsNotWaitedFor(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		// This one is in the system's hands when the network goes: storage may
		// take its time for the answer.
		r.Cleanup(r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Item: "0000.jpg", Latency: 5 * time.Second}))
		r.Cleanup(r.slow())
		b := r.start(append(r.files(1), r.big("a.jpg", 12), r.big("b.jpg", 12), r.big("c.jpg", 12))...)
		after(3 * time.Second)
		r.net.set(hole)
		after(50 * time.Second)
		if b.Snapshot().Waiting == nil {
			t.Error("it does not wait")
		}
		r.net.set(up)
		if took := r.ended(b); took > 45*time.Second {
			t.Errorf("it ends %v after the network is back", took)
		}
		r.allArrived(4)
	})
}

func TestTryNowCutsAProbeThatHangs(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		r.net.set(up)
		defer r.slow()()
		b := r.start(r.big("big.jpg", 60))
		after(5 * time.Second)
		r.net.set(hole)
		for b.Snapshot().Waiting == nil {
			after(time.Second)
		}
		for range 20 {
			after(3 * time.Second)
			b.TryNow()
		}
		r.net.set(up)
		b.TryNow()
		after(time.Second)
		if s := b.Snapshot(); s.Waiting != nil {
			t.Errorf("it still waits: %+v", s)
		}
		r.ended(b)
		r.allArrived(1)
	})
}

func TestAFileThatFailsByItselfEndsAfterItsTries(t *testing.T) {
	for name, f := range map[string]sandbox.Fault{
		"cut":     {Call: sandbox.Store, Item: "0001.jpg", Cut: true},
		"stalled": {Call: sandbox.Store, Item: "0001.jpg", Stall: true},
		"no sign": {Call: sandbox.Sign, Item: "0001.jpg", Cut: true},
		"no word": {Call: sandbox.Confirm, Item: "0001.jpg", Cut: true},
	} {
		for among, n := range map[string]int{"among others": 40, "alone": 2} {
			t.Run(name+" "+among, func(t *testing.T) {
				inBubble(t, sandbox.Config{}, func(r *bubble) {
					defer r.sandbox.Inject(f)()
					items := r.files(n)
					if n == 2 {
						items = items[1:]
					}
					b := r.start(items...)
					if took := r.ended(b); took > 20*time.Minute {
						t.Errorf("it ends after %v", took)
					}
					for i, s := range b.Statuses(nil) {
						bad := b.Items()[i].Name == f.Item
						if bad != (s.State == uploader.Failed) || bad == (s.State == uploader.InDarwin) {
							t.Errorf("item %d ends as %v: %v", i, s.State, s.Problem)
						}
						if bad && s.Problem.Kind != fault.Network && s.Problem.Kind != fault.Stalled {
							t.Errorf("its problem is %v", s.Problem)
						}
					}
					if s := b.Snapshot(); s.Counts[uploader.InDarwin] != len(items)-1 {
						t.Errorf("it ends as %+v", s)
					}
				})
			})
		}
	}
}

func TestABatchThatWaitsForTheNetworkStopsAtOnce(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		r.net.set(hole)
		b := r.start(r.files(50)...)
		after(10 * time.Minute)
		if s := b.Snapshot(); s.Waiting == nil {
			t.Errorf("it does not wait: %+v", s)
		}
		b.Stop()
		if took := r.ended(b); took > time.Second {
			t.Errorf("it took %v to stop", took)
		}
		if s := b.Snapshot(); s.Counts[uploader.Stopped] != 50 || s.Waiting != nil {
			t.Errorf("it ends as %+v", s)
		}
	})
}
