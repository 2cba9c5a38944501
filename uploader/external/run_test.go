package external

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

func TestEveryRowIsRegisteredOnceInSmallRequests(t *testing.T) {
	r := newRig(t)
	api := &detour{External: r.cfg.API}
	r.cfg.API = api
	i := r.plan(numbered(95)...)
	end := r.run(i.ID)
	if end.Problem != nil || !end.Ended || end.Counts != (ledger.Counts{ledger.Registered: 95}) {
		t.Errorf("it ended with %+v", end)
	}
	r.wantOnce(95)
	for _, n := range api.sizes {
		if n > darwin.DefaultExternal {
			t.Errorf("a request had %d items", n)
		}
	}
	for _, row := range r.rows(i.ID) {
		if row.Item == "" || row.Asked.IsZero() {
			t.Errorf("the ledger says %+v", row)
		}
	}
	if list, err := List(t.Context(), r.ledger); err != nil || len(list) != 1 || list[0].Ended.IsZero() || list[0].From != "test" || list[0].Dataset != r.dataset {
		t.Errorf("the imports are %+v, %v", list, err)
	}
	if again := r.run(i.ID); again.Counts != end.Counts || len(api.sizes) != 10 {
		t.Errorf("started again it did something: %+v", again)
	}
}

func TestThePaceStaysBelowAHundredRequestsAMinute(t *testing.T) {
	r := newRig(t)
	r.cfg.PerRequest = 1
	if end := r.run(r.plan(numbered(230)...).ID); end.Problem != nil || end.Counts[ledger.Registered] != 230 {
		t.Errorf("it ended with %+v", end)
	}
	r.wantOnce(230)
	var times []time.Time
	for _, q := range r.sandbox.Requests() {
		if q.Call == sandbox.External {
			times = append(times, q.Began)
		}
	}
	if took := times[len(times)-1].Sub(times[0]); took < 2*time.Minute {
		t.Errorf("230 requests took %v", took)
	}
}

func TestLostAnswersAreLookedUpSoThatNothingIsAskedForTwice(t *testing.T) {
	for name, fault := range map[string]sandbox.Fault{
		"the connection is cut":         {Call: sandbox.External, LoseReply: true, Probability: 0.4},
		"the answer is cut":             {Call: sandbox.External, CutReply: true, Probability: 0.4},
		"a gateway answers for Darwin":  {Call: sandbox.External, Status: 502, Probability: 0.4},
		"it comes to nothing by itself": {Call: sandbox.External, Cut: true, Probability: 0.4},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			defer r.sandbox.Inject(fault)()
			if end := r.run(r.plan(numbered(200)...).ID); end.Problem != nil || end.Counts[ledger.Registered] != 200 {
				t.Errorf("it ended with %+v", end)
			}
			r.wantOnce(200)
		})
	}
}

func TestWhatWasAskedForWhenTheProgramEndedIsLookedUpFirst(t *testing.T) {
	r := newRig(t)
	// Somebody else's item was there before; of ours one was registered and one not.
	if _, err := r.cfg.API.Register(t.Context(), []darwin.ExternalItem{{Name: "00002.jpg", Folder: "/shots", Key: "other"}}); err != nil {
		t.Fatal(err)
	}
	i := r.plan(numbered(4)...)
	now := r.clock.Now().Add(30 * time.Second)
	r.check(r.ledger.Ask(t.Context(), i.ID, []int{0, 1, 2}, now))
	for r.clock.Now().Before(now) {
		r.check(r.clock.Sleep(t.Context(), time.Second))
	}
	if _, err := r.cfg.API.Register(t.Context(), []darwin.ExternalItem{{Name: "00000.jpg", Folder: "/shots", Key: "shots/00000.jpg"}}); err != nil {
		t.Fatal(err)
	}
	end := r.run(i.ID)
	if end.Problem != nil || end.Counts != (ledger.Counts{ledger.Registered: 3, ledger.Exists: 1}) {
		t.Errorf("it ended with %+v", end)
	}
	r.wantOnce(4)
	if rows := r.rows(i.ID); rows[2].State != ledger.Exists || !strings.Contains(rows[2].Reason, "was not touched") {
		t.Errorf("the other's item is %+v", rows[2])
	}
}

func TestARunThatIsStoppedGoesOnWhereItWas(t *testing.T) {
	r := newRig(t)
	i := r.plan(numbered(300)...)
	for {
		ctx, stop := context.WithCancel(t.Context())
		api := &cutOff{External: r.client.External(r.dataset, r.storage), after: 5, stop: stop}
		r.cfg.API = api
		run, err := Start(ctx, r.cfg, i.ID)
		r.check(err)
		<-run.Done()
		stop()
		if s := run.Snapshot(); s.Problem != nil {
			t.Fatalf("stopping is called a problem: %v", s.Problem)
		} else if s.Counts.Open() == 0 {
			if s.Counts[ledger.Registered] != 300 {
				t.Errorf("it ended with %v", s.Counts)
			}
			break
		}
	}
	r.wantOnce(300)
}

// What a stopped run had sent may be held up on its way. When Darwin gets it
// only after the next run has looked, that run asks as well: the item is ours
// all the same, and there is one of it.
func TestWhatReachesDarwinOnlyAfterTheNextRunHasLookedIsStillOurs(t *testing.T) {
	r := newRig(t)
	i := r.plan(numbered(60)...)
	darwins := r.cfg.API
	ctx, stop := context.WithCancel(t.Context())
	var late [][]darwin.ExternalItem
	api := &detour{External: darwins}
	api.register = func(items []darwin.ExternalItem) error {
		stop()
		api.mu.Lock()
		defer api.mu.Unlock()
		late = append(late, items)
		return ctx.Err()
	}
	r.cfg.API = api
	run, err := Start(ctx, r.cfg, i.ID)
	r.check(err)
	<-run.Done()
	if s := run.Snapshot(); s.Problem != nil || len(late) == 0 || s.Counts[ledger.Asked] < len(late[0]) {
		t.Fatalf("stopped after %d requests it says %+v", len(late), s)
	}

	next := &detour{External: darwins}
	var once sync.Once
	next.register = func([]darwin.ExternalItem) error {
		once.Do(func() {
			for _, items := range late {
				if _, err := darwins.Register(t.Context(), items); err != nil {
					t.Error(err)
				}
			}
		})
		return nil
	}
	r.cfg.API = next
	if end := r.run(i.ID); end.Problem != nil || end.Counts != (ledger.Counts{ledger.Registered: 60}) {
		t.Errorf("it ended with %+v", end)
	}
	if items := r.sandbox.Items(r.slug); len(items) != 60 {
		t.Errorf("the dataset has %d items", len(items))
	}
	for _, row := range r.rows(i.ID) {
		if row.Item == "" {
			t.Errorf("the ledger does not know the item of %+v", row)
		}
	}
}

func TestAProblemOfAllRowsEndsTheRunAndNothingIsLost(t *testing.T) {
	for name, tc := range map[string]struct {
		fault sandbox.Fault
		kind  fault.Kind
	}{
		"the key":        {sandbox.Fault{Call: sandbox.External, Status: 401}, fault.Permission},
		"the storage":    {sandbox.Fault{Call: sandbox.External, Status: 404}, fault.Missing},
		"no room":        {sandbox.Fault{Call: sandbox.External, Status: 429, Body: `{"errors":{"code":"INSUFFICIENT_REMAINING_STORAGE"}}`}, fault.Quota},
		"always trouble": {sandbox.Fault{Call: sandbox.External, Status: 503}, fault.Busy},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			remove := r.sandbox.Inject(tc.fault)
			i := r.plan(numbered(40)...)
			end := r.run(i.ID)
			if fault.KindOf(end.Problem) != tc.kind || end.Counts.Open() != 40 {
				t.Errorf("it ended with %+v", end)
			}
			if tc.kind != fault.Busy && end.Counts[ledger.Waiting] < 40-10*defaultInFlight {
				t.Errorf("more is in doubt than was under way: %v", end.Counts)
			}
			remove()
			if end := r.run(i.ID); end.Problem != nil || end.Counts[ledger.Registered] != 40 {
				t.Errorf("afterwards it ended with %+v", end)
			}
			r.wantOnce(40)
		})
	}
}

func TestAShortTroubleIsWaitedOut(t *testing.T) {
	r := newRig(t)
	defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.External, Status: 503, Times: 3})()
	defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.External, Status: 429, RetryAfter: "1", After: 4, Times: 1})()
	if end := r.run(r.plan(numbered(60)...).ID); end.Problem != nil || end.Counts[ledger.Registered] != 60 {
		t.Errorf("it ended with %+v", end)
	}
	r.wantOnce(60)
}

func TestTheOneItemThatDarwinDoesNotLikeIsFoundByHalving(t *testing.T) {
	r := newRig(t)
	r.cfg.API = &detour{External: r.cfg.API, register: func(items []darwin.ExternalItem) error {
		for _, item := range items {
			if item.Name == "00033.jpg" {
				return &fault.Error{Kind: fault.Refused, What: "Darwin did not accept this.", Status: 400, Detail: "HTTP 400"}
			}
		}
		return nil
	}}
	r.cfg.PerRequest = 50
	i := r.plan(numbered(100)...)
	if end := r.run(i.ID); end.Problem != nil || end.Counts != (ledger.Counts{ledger.Registered: 99, ledger.Failed: 1}) {
		t.Errorf("it ended with %+v", end)
	}
	r.wantOnce(99)
	if row := r.rows(i.ID)[33]; row.State != ledger.Failed || row.Reason != "Darwin did not accept this." || row.Detail != "HTTP 400" {
		t.Errorf("its row is %+v", row)
	}
}

func TestBlockedItemsHaveTheirReason(t *testing.T) {
	r := newRig(t)
	r.rules.Tags = []darwin.Tag{{Class: "wolpertinger"}}
	r.run(r.plan("a.jpg").ID)
	r.rules.Tags = []darwin.Tag{{Class: "deer", Text: "big"}}
	r.run(r.plan("b.jpg").ID)
	r.rules.Tags = nil
	r.run(r.plan("c.jpg").ID)
	r.run(r.plan("c.jpg").ID)
	for id, want := range map[int64]struct {
		state ledger.State
		says  string
	}{
		1: {ledger.Blocked, "does not know a tag"}, 2: {ledger.Blocked, "takes none in Darwin"},
		3: {ledger.Registered, ""}, 4: {ledger.Exists, "has an item with this name in this folder already"},
	} {
		if row := r.rows(id)[0]; row.State != want.state || !strings.Contains(row.Reason, want.says) {
			t.Errorf("import %d: %+v", id, row)
		}
	}
	if v := blocked(0, darwin.Blocked{Reason: "SOMETHING_NEW"}); v.State != ledger.Blocked || v.Detail != "reason SOMETHING_NEW" ||
		v.Reason != `Darwin did not take this object, and says why in its own words: "something new". The object in the storage was not touched.` {
		t.Errorf("an unknown reason becomes %+v", v)
	}
}

func TestWithoutNetworkARunWaitsAndSaysSo(t *testing.T) {
	r := newRig(t)
	i := r.plan(numbered(5)...)
	r.check(r.sandbox.Close())
	run, err := Start(t.Context(), r.cfg, i.ID)
	r.check(err)
	for run.Snapshot().Waiting == nil {
		select {
		case <-run.Done():
			t.Fatalf("it ended: %+v", run.Snapshot())
		default:
			r.check(r.clock.Sleep(t.Context(), time.Second))
		}
	}
	if s := run.Snapshot(); s.Waiting.Problem == nil || s.Left != 0 {
		t.Errorf("it says %+v", s)
	}
	run.Stop()
	<-run.Done()
	if s := run.Snapshot(); !s.Ended || s.Problem != nil || s.Counts.Open() != 5 {
		t.Errorf("stopped it says %+v", s)
	}
}

func TestAPausedRunHoldsBackWhatHasNotLeft(t *testing.T) {
	r := newRig(t)
	i := r.plan(numbered(200)...)
	api := &detour{External: r.cfg.API}
	var run *Run
	var once sync.Once
	started := make(chan struct{})
	api.register = func([]darwin.ExternalItem) error {
		<-started
		once.Do(func() { run.Pause(true) })
		return nil
	}
	r.cfg.API = api
	var err error
	run, err = Start(t.Context(), r.cfg, i.ID)
	r.check(err)
	close(started)
	for !run.Snapshot().Paused {
		r.check(r.clock.Sleep(t.Context(), time.Second))
	}
	r.check(r.clock.Sleep(t.Context(), 30*time.Second))
	if s := run.Snapshot(); s.Ended || s.Left != 0 || s.Counts.Open() < 200-10*2*defaultInFlight {
		t.Errorf("paused it says %+v", s)
	}
	run.Pause(false)
	run.Pause(false)
	<-run.Done()
	if s := run.Snapshot(); s.Problem != nil || s.Counts[ledger.Registered] != 200 {
		t.Errorf("it ended with %+v", s)
	}
	r.wantOnce(200)
}

func TestRowsThatFailedAreRegisteredAgainOnDemand(t *testing.T) {
	r := newRig(t)
	remove := r.sandbox.Inject(sandbox.Fault{Call: sandbox.External, Status: 422})
	i := r.plan(append(numbered(3), "x/")...)
	if end := r.run(i.ID); end.Counts != (ledger.Counts{ledger.Failed: 3, ledger.Unfit: 1}) {
		t.Fatalf("it ended with %+v", end)
	}
	remove()
	r.check(Again(t.Context(), r.ledger, i.ID, ledger.Failed, ledger.Unfit))
	if end := r.run(i.ID); end.Problem != nil || end.Counts != (ledger.Counts{ledger.Registered: 3, ledger.Unfit: 1}) {
		t.Errorf("it ended with %+v", end)
	}
}

func TestAReadOnlyStoragesPicturesAndVideosArriveWithAllThatTheyNeed(t *testing.T) {
	r := newRig(t)
	r.into("camera-traps-2026", "field-archive")
	r.sandbox.AddStorage(sandbox.Storage{Name: "field-archive", Provider: "aws", Bucket: "alder-valley-archive", ReadOnly: true})
	r.rules.Manifest = func(string) (*Manifest, error) { return ParseManifest(strings.NewReader(goodManifest)) }
	entries := []Entry{
		{Line: 1, Key: "a.jpg", Thumbnail: "t/a.jpg", Width: "8", Height: "6"},
		{Line: 2, Key: "v/long.mp4", Thumbnail: "t/v.jpg", Width: "8", Height: "6", Frames: "v/frames/{n:6}.png", FrameCount: "60", FPS: "5"},
		{Line: 3, Key: "v/v.mp4", Manifest: "m.json", FPS: "native"},
	}
	i, err := Plan(t.Context(), r.ledger, About{Dataset: r.dataset, Storage: r.storage}, r.rules, func(yield func(Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}, nil, nil)
	r.check(err)
	if end := r.run(i.ID); end.Problem != nil || end.Counts != (ledger.Counts{ledger.Registered: 3}) {
		t.Fatalf("it ended with %+v, %+v", end, r.rows(i.ID))
	}
	var frames []int
	for _, item := range r.sandbox.Items(r.slug) {
		frames = append(frames, item.Frames)
		if item.Thumbnail == "" || item.Storage != "field-archive" {
			t.Errorf("%+v", item)
		}
	}
	if !slices.Equal(frames, []int{0, 60, 3}) {
		t.Errorf("frames %v", frames)
	}
}
