package external

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

// several registers imports at the same time, one item in a request, each with
// its own client or all with the rig's, and gives the sandbox's answers.
func (r *rig) several(runs, rows int, own bool) (taken []time.Time, refused int) {
	r.Helper()
	var all sync.WaitGroup
	for n := range runs {
		cfg := r.cfg
		cfg.PerRequest = 1
		if own {
			address, err := url.Parse(r.sandbox.URL())
			r.check(err)
			client, err := darwin.New(darwin.Config{Server: address, Key: r.sandbox.Key()})
			r.check(err)
			r.Cleanup(client.CloseIdle)
			cfg.API = client.External(r.dataset, r.storage)
		}
		book, err := ledger.Open(filepath.Join(r.TempDir(), "own"))
		r.check(err)
		r.Cleanup(func() { _ = book.Close() })
		cfg.Ledger = book
		rules := r.rules
		rules.Folders.Base = fmt.Sprintf("/%d runs/%d", runs, n)
		i, err := Plan(r.Context(), book, About{Dataset: r.dataset, Storage: r.storage}, rules, Keys(numbered(rows)), nil, nil)
		r.check(err)
		run, err := Start(r.Context(), cfg, i.ID)
		r.check(err)
		all.Go(func() {
			<-run.Done()
			if end := run.Snapshot(); end.Problem != nil || end.Counts != (ledger.Counts{ledger.Registered: rows}) {
				r.Errorf("it ended with %+v", end)
			}
		})
	}
	all.Wait()
	for _, q := range r.sandbox.Requests() {
		switch {
		case q.Call != sandbox.External:
		case q.Status == 429:
			refused++
		default:
			taken = append(taken, q.Began)
		}
	}
	return taken, refused
}

// The sandbox refuses what is more than a hundred in any minute.
func TestRunsOfOneClientShareItsHundredAMinute(t *testing.T) {
	r := newRigAt(t, 100)
	taken, refused := r.several(3, 60, false)
	if refused > 5 || len(taken) != 180 { // a busy computer may hold single ones up
		t.Errorf("%d requests were taken and %d refused", len(taken), refused)
	}
	// Nor does a run that begins then have a minute of its own.
	if taken, refused = r.several(1, 30, false); refused > 5 || len(taken) != 210 {
		t.Errorf("then %d requests were taken and %d refused", len(taken), refused)
	}
}

// Programs that know nothing of each other have only Darwin's 429 to go by.
func TestProgramsThatShareAKeyBothGetThroughAndAreSeldomRefused(t *testing.T) {
	r := newRigAt(t, 60)
	taken, refused := r.several(2, 130, true)
	if len(taken) != 260 || refused > 40 {
		t.Errorf("%d requests were taken and %d refused", len(taken), refused)
	}
	t.Logf("%d refused", refused)
	r.wantOnce(260)
}

func TestRefusalsMakeAllRegistrationsSlowerForATime(t *testing.T) {
	r := newRig(t)
	pace, clock := r.cfg.API.Pace(), &stepped{now: time.Now()}
	minute := func() (n int) {
		for end := clock.Now().Add(time.Minute); ; n++ {
			if err := pace.Wait(t.Context(), clock); err != nil {
				t.Fatal(err)
			}
			if !clock.Now().Before(end) {
				return n
			}
			pace.Taken(clock.Now())
		}
	}
	if n := minute(); n < 90 || n > 100 {
		t.Errorf("%d in the first minute", n)
	}
	before := clock.Now()
	pace.Refused(before, 20*time.Second)
	pace.Refused(before.Add(time.Second), 0) // left before the first one was answered
	if err := pace.Wait(t.Context(), clock); err != nil || clock.Now().Sub(before) < 20*time.Second {
		t.Errorf("the next one left after %v, %v", clock.Now().Sub(before), err)
	}
	slow := minute()
	if slow < 45 || slow > 75 {
		t.Errorf("%d in the minute after it", slow)
	}
	for range 3 {
		if n := minute(); n < slow || n > 100 {
			t.Errorf("%d after %d", n, slow)
		} else {
			slow = n
		}
	}
	if slow < 90 {
		t.Errorf("%d in the minute after minutes without a refusal", slow)
	}
}

func TestADarwinThatRefusesForAQuarterOfAnHourEndsTheRun(t *testing.T) {
	r := newRig(t)
	remove := r.sandbox.Inject(sandbox.Fault{Call: sandbox.External, Status: 429, RetryAfter: "1"})
	i := r.plan(numbered(30)...)
	began := r.clock.Now()
	end := r.run(i.ID)
	if fault.KindOf(end.Problem) != fault.Busy || !strings.Contains(end.Problem.What, "asks for a pause") || r.clock.Now().Sub(began) < stubborn || end.Counts.Open() != 30 {
		t.Errorf("it ended with %+v after %v", end, r.clock.Now().Sub(began))
	}
	remove()
	if end := r.run(i.ID); end.Problem != nil || end.Counts != (ledger.Counts{ledger.Registered: 30}) {
		t.Errorf("afterwards it ended with %+v", end)
	}
	r.wantOnce(30)
}

func TestATimeWithoutNetworkIsNoTimeOfRefusals(t *testing.T) {
	r := newRigAt(t, 6000)
	var n atomic.Int32
	r.cfg.API = &detour{External: r.cfg.API, register: func([]darwin.ExternalItem) error {
		switch n.Add(1) {
		case 1, 3: // refused, and an hour later again
			return &fault.Error{Kind: fault.Busy, Status: 429}
		case 2:
			return &fault.Error{Kind: fault.Network, After: time.Hour}
		}
		return nil
	}}
	if end := r.run(r.plan("a.jpg").ID); end.Problem != nil || end.Counts != (ledger.Counts{ledger.Registered: 1}) {
		t.Errorf("it ended with %+v", end)
	}
}
