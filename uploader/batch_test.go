package uploader_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"go.uber.org/goleak"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestAllFilesArriveOnceAndWhole(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		b := r.run(r.files(1300)...)
		r.allArrived(1300)
		end := b.Snapshot()
		if !end.Ended || end.Problem != nil || end.Counts[uploader.InDarwin] != 1300 || end.Sent != end.Bytes || end.Counts.Final() != 1300 {
			t.Errorf("it ends as %+v", end)
		}
		requests := map[sandbox.Call]int{}
		for _, q := range r.sandbox.Requests() {
			requests[q.Call]++
		}
		if requests[sandbox.Register] > 8 || requests[sandbox.Sign] != 1300 || requests[sandbox.Confirm] != 1300 {
			t.Errorf("requests: %v", requests)
		}
	})
}

func TestSendingBeginsBeforeAllItemsAreRegistered(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	r.run(r.files(1200)...)
	last, first := -1, -1
	for i, q := range r.sandbox.Requests() {
		switch q.Call {
		case sandbox.Register:
			last = i
		case sandbox.Store:
			if first < 0 {
				first = i
			}
		}
	}
	if first > last {
		t.Error("nothing was sent before the last item was registered")
	}
}

func TestBlockedItemsEndWithTheirReasonAndTheOthersArrive(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		r.run(r.file("there.jpg", []byte("old")))
		again := r.file("there.jpg", []byte("old"))
		b := r.run(
			again,
			r.file("good.jpg", []byte("good"), darwin.Tag{Class: "deer"}),
			r.file("strange.jpg", []byte("s"), darwin.Tag{Class: "siamese"}),
			r.file("text.jpg", []byte("t"), darwin.Tag{Class: "deer", Text: "large"}),
		)
		want := []struct {
			state uploader.State
			kind  fault.Kind
		}{{uploader.Skipped, fault.Exists}, {uploader.InDarwin, 0}, {uploader.Blocked, fault.UnknownTag}, {uploader.Blocked, fault.TagText}}
		for i, s := range b.Statuses(nil) {
			kind := fault.Unknown
			if s.Problem != nil {
				kind = s.Problem.Kind
			}
			if s.State != want[i].state || kind != want[i].kind || (s.State != uploader.InDarwin) != (s.Reason != "") {
				t.Errorf("item %d ends as %v, %v, %q", i, s.State, kind, s.Reason)
			}
		}
		if end := b.Snapshot(); end.Sent != end.Bytes || end.Counts.NeedYou() != 2 {
			t.Errorf("it ends as %+v", end)
		}
	})
}

func TestPassingProblemsOfAnyStageAreTriedAgain(t *testing.T) {
	faults := map[string]sandbox.Fault{
		"a busy server":         {Status: 503, Times: 2},
		"a rate limit":          {Status: 429, RetryAfter: "0", Times: 2},
		"a cut connection":      {Cut: true, Times: 2},
		"a signature too old":   {Call: sandbox.Sign, Expire: true, Times: 3},
		"a storage that stalls": {Call: sandbox.Store, Stall: true, Times: 1},
	}
	for name, f := range faults {
		calls := []sandbox.Call{sandbox.Sign, sandbox.Store, sandbox.Confirm}
		if f.Call != 0 {
			calls = []sandbox.Call{f.Call}
		}
		for _, call := range calls {
			t.Run(fmt.Sprintf("%s at %v", name, call), func(t *testing.T) {
				inBoth(t, func(t *testing.T, slug string) {
					r := newRig(t, slug, sandbox.Config{})
					f.Call = call
					defer r.sandbox.Inject(f)()
					b := r.run(r.files(5)...)
					r.allArrived(5)
					if end := b.Snapshot(); end.Counts[uploader.InDarwin] != 5 {
						t.Errorf("it ends as %+v; %v", end, problems(b))
					}
				})
			})
		}
	}
}

func TestWhatNoRetryMendsEndsTheItemWithItsStage(t *testing.T) {
	for call, stage := range map[sandbox.Call]uploader.Stage{
		sandbox.Register: uploader.StageRegister, sandbox.Sign: uploader.StageSign,
		sandbox.Store: uploader.StageSend, sandbox.Confirm: uploader.StageConfirm,
	} {
		t.Run(call.String(), func(t *testing.T) {
			r := newRig(t, "camera-traps-2026", sandbox.Config{})
			defer r.sandbox.Inject(sandbox.Fault{Call: call, Status: 422, Body: `{"errors":{"item":["is strange"]}}`})()
			b := r.run(r.files(1)...)
			if s := b.Status(0); s.State != uploader.Failed || s.Stage != stage || s.Problem == nil {
				t.Errorf("it ends as %v at %v: %v", s.State, s.Stage, s.Problem)
			}
		})
	}
}

func TestAKeyThatIsRefusedStopsTheBatchAndKeepsTheItems(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Sign, Status: 401})()
	b := r.run(r.files(50)...)
	end := b.Snapshot()
	if end.Problem == nil || end.Problem.Kind != fault.Key || end.Counts[uploader.Stopped] != 50 {
		t.Errorf("it ends as %+v", end)
	}
	if _, ok := b.Add(uploader.Item{}); ok {
		t.Error("a batch that has ended takes more items")
	}
}

func TestAnItemThatIsRegisteredGoesOnUnderItsOldID(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		items := r.files(3)
		remove := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Status: 400})
		b := r.run(items[0])
		remove()
		remove = r.sandbox.Inject(sandbox.Fault{Call: sandbox.Confirm, Status: 400})
		c := r.run(items[1])
		remove()
		items[0].Reached, items[1].Reached = b.Status(0).Reached, c.Status(0).Reached
		if items[0].Reached.Stored || !items[1].Reached.Stored {
			t.Errorf("reached: %+v, %+v", items[0].Reached, items[1].Reached)
		}
		r.run(items...)
		r.allArrived(3)
		for _, item := range r.sandbox.Items(slug) {
			if item.Registrations != 1 || item.Stores != 1 || item.Confirms != 1 {
				t.Errorf("%s: registered %d, stored %d, confirmed %d times", item.Name, item.Registrations, item.Stores, item.Confirms)
			}
		}
	})
}

func TestFilesThatAreNoLongerWhatTheyWereAreHeldBack(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	changed, touched, gone, good := r.file("changed.jpg", []byte("before")), r.file("touched.jpg", []byte("before")), r.file("gone.jpg", []byte("x")), r.file("good.jpg", []byte("y"))
	r.file("changed.jpg", []byte("after, longer"))
	if err := os.Chtimes(touched.Path, time.Unix(1, 0), time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(gone.Path); err != nil {
		t.Fatal(err)
	}
	b := r.run(changed, touched, gone, good)
	for i, want := range []fault.Kind{fault.Changed, fault.Changed, fault.Vanished} {
		if s := b.Status(i); s.State != uploader.Failed || fault.KindOf(s.Problem) != want {
			t.Errorf("item %d ends as %v, %v", i, s.State, s.Problem)
		}
	}
	if s := b.Status(3); s.State != uploader.InDarwin {
		t.Errorf("the good one ends as %v", s.State)
	}
}

func TestStopEndsSoonAndLeavesNothingHalfSaid(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true, After: 10})()
	items := r.files(200)
	b := r.start(items...)
	for b.Snapshot().Counts[uploader.InDarwin] < 10 && b.Snapshot().Counts.NeedYou() == 0 {
		runtime.Gosched()
	}
	b.Stop()
	b.Stop()
	wait(t, b)
	end := b.Snapshot()
	if end.Counts.Final() != 200 || end.Counts[uploader.Stopped] == 0 || end.Sent >= end.Bytes {
		t.Errorf("it ends as %+v", end)
	}
}

func TestACancelledContextEndsTheBatch(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b, err := r.engine.Start(ctx, uploader.Plan{Dataset: r.dataset, Items: r.files(3)})
	if err != nil {
		t.Fatal(err)
	}
	wait(t, b)
	if end := b.Snapshot(); end.Counts[uploader.Stopped] != 3 {
		t.Errorf("it ends as %+v", end)
	}
}

func TestItemsCanBeAddedWhileItRuns(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	release := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Confirm, Status: 503})
	items := r.files(40)
	b := r.start(items[:10]...)
	first, ok := b.Add(items[10:]...)
	release()
	if !ok || first != 10 {
		t.Fatalf("Add gives %d, %v", first, ok)
	}
	wait(t, b)
	r.allArrived(40)
	if n := len(b.Items()); n != 40 {
		t.Errorf("the batch has %d items", n)
	}
}

func TestProgressNeverFalls(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Cut: true, Probability: 0.4, Seed: 7})()
	var items []uploader.Item
	for i := range 30 {
		items = append(items, r.file(fmt.Sprintf("%d.jpg", i), make([]byte, 300_000)))
	}
	b := r.start(items...)
	last := b.Snapshot()
	for !last.Ended {
		s := b.Snapshot()
		if s.Sent < last.Sent || s.Change < last.Change || s.Sent > s.Bytes {
			t.Fatalf("it went from %+v to %+v", last, s)
		}
		last = s
	}
}

func TestAnEmptyPlanIsRefused(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	if _, err := r.engine.Start(t.Context(), uploader.Plan{Dataset: r.dataset}); fault.KindOf(err) != fault.Usage {
		t.Errorf("Start says %v", err)
	}
}
