package uploader_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/sandbox"
)

// exactlyOnce checks that every file of the batch is in Darwin once and whole,
// and that nothing was said to be complete before storage had it.
func (b *bubble) exactlyOnce(batch *uploader.Batch, n int) {
	b.Helper()
	b.allArrived(n)
	end := batch.Snapshot()
	if end.Counts[uploader.InDarwin] != n || end.Sent != end.Bytes || end.Problem != nil {
		b.Errorf("it ends as %+v; %v", end, problems(batch))
	}
	seen := map[string]bool{}
	for _, item := range b.sandbox.Items(b.dataset.Slug) {
		if seen[item.Name] || item.Stores == 0 || item.Files != 1 {
			b.Errorf("%s: seen before is %v, %d files, stored %d times", item.Name, seen[item.Name], item.Files, item.Stores)
		}
		seen[item.Name] = true
	}
	for _, q := range b.sandbox.Requests() {
		if q.Call == sandbox.Confirm && q.Status == 422 { // the sandbox's word for it
			b.Error("a file was confirmed before storage had it")
		}
	}
}

// Everything that time or another try can mend, at each stage.
var mendable = map[string]sandbox.Fault{
	"a reset":                    {Cut: true},
	"a reset in the body":        {Cut: true, CutAfter: 50},
	"a stall":                    {Stall: true},
	"a stall in the body":        {Stall: true, StallAfter: 50},
	"a lost reply":               {LoseReply: true},
	"half a reply":               {CutReply: true},
	"a time-out of the server's": {Status: 408},
	"too many requests":          {Status: 429},
	"too many, with a time":      {Status: 429, RetryAfter: "17"},
	"a fault of the server's":    {Status: 500},
	"a bad gateway":              {Status: 502},
	"a busy server":              {Status: 503, RetryAfter: "3"},
	"a busy server, early":       {Status: 503, Early: true},
	"a gateway's time-out":       {Status: 504},
	"a slow network":             {Latency: 20 * time.Second, BytesPerSecond: 100},
}

// What only one stage knows.
var ofOneStage = map[string]sandbox.Fault{
	"a signature that is too old":   {Call: sandbox.Sign, Expire: true},
	"a signature that is not taken": {Call: sandbox.Store, Status: 403},
	"a body that came too slowly":   {Call: sandbox.Store, Status: 400, Body: "<Error><Code>RequestTimeout</Code></Error>"},
	"a body that came in part":      {Call: sandbox.Store, Status: 400, Body: "<Error><Code>IncompleteBody</Code></Error>"},
	"a page for an answer":          {Call: sandbox.Sign, Status: 200, Body: "<html>Welcome to our hotel</html>"},
	"a page for a confirmation":     {Call: sandbox.Confirm, Status: 200, Body: "<html>Welcome to our hotel</html>"},
	"a page for a registration":     {Call: sandbox.Register, Status: 200, Body: "<html>Welcome to our hotel</html>"},
}

func TestEachFaultAtEachStageCostsNoFile(t *testing.T) {
	cases := map[string]sandbox.Fault{}
	for name, f := range mendable {
		for _, call := range []sandbox.Call{sandbox.Register, sandbox.Sign, sandbox.Store, sandbox.Confirm} {
			f.Call = call
			cases[fmt.Sprintf("%s at %v", name, call)] = f
		}
	}
	for name, f := range ofOneStage {
		cases[name] = f
	}
	for name, f := range cases {
		for how, often := range map[string]func(*sandbox.Fault){
			"first": func(f *sandbox.Fault) { f.Times = 2 },
			"often": func(f *sandbox.Fault) { f.Probability, f.Seed = 0.25, 3 },
		} {
			f := f
			often(&f)
			t.Run(name+", "+how, func(t *testing.T) {
				t.Parallel()
				inBubble(t, sandbox.Config{}, func(r *bubble) {
					r.Cleanup(r.sandbox.Inject(f))
					b := r.start(r.files(24)...)
					if took := r.ended(b); took > 30*time.Minute {
						t.Errorf("it took %v", took)
					}
					r.exactlyOnce(b, 24)
				})
			})
		}
	}
}

// weather is what goes wrong now and then, each at its own rate.
func weather(seed uint64) []sandbox.Fault {
	all := []sandbox.Fault{
		{Call: sandbox.Any, Status: 503, Probability: 0.05},
		{Call: sandbox.Store, Cut: true, CutAfter: 40, Probability: 0.02},
		{Call: sandbox.Sign, Status: 500, Probability: 0.02},
		{Call: sandbox.Any, Status: 429, Probability: 0.01},
		{Call: sandbox.Sign, Expire: true, Probability: 0.03},
		{Call: sandbox.Store, LoseReply: true, Probability: 0.02},
		{Call: sandbox.Confirm, LoseReply: true, Probability: 0.02},
		{Call: sandbox.Register, LoseReply: true, Probability: 0.2},
		{Call: sandbox.Store, Stall: true, StallAfter: 20, Probability: 0.01},
		{Call: sandbox.Any, Latency: 3 * time.Second, Probability: 0.1},
	}
	for i := range all {
		all[i].Seed = seed*100 + uint64(i)
	}
	return all
}

// unrest takes the network away and pauses the batch now and then.
func (r *bubble) unrest(b *uploader.Batch, seed uint64) {
	dice := rand.New(rand.NewPCG(seed, 1))
	for range 6 {
		after(time.Duration(dice.IntN(4000)) * time.Millisecond)
		switch dice.IntN(4) {
		case 0:
			r.net.set(cut)
			after(time.Duration(dice.IntN(600)) * time.Second)
			r.net.set(up)
		case 1:
			r.net.set(hole)
			after(time.Duration(dice.IntN(600)) * time.Second)
			r.net.set(up)
		case 2:
			b.Pause()
			after(time.Duration(dice.IntN(1200)) * time.Second)
			b.Resume()
		case 3:
			b.TryNow()
		}
	}
}

func TestMixedFaultsOutagesAndPausesCostNoFile(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			inBubble(t, sandbox.Config{Lifetime: 7 * time.Minute}, func(r *bubble) {
				for _, f := range weather(seed) {
					r.Cleanup(r.sandbox.Inject(f))
				}
				const n = 200
				b := r.start(r.files(n)...)
				r.unrest(b, seed)
				r.ended(b)
				r.exactlyOnce(b, n)
			})
		})
	}
}
