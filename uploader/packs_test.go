package uploader_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

// inPacks runs f against a dataset of version 2, with packs.
func inPacks(t *testing.T, cfg sandbox.Config, f func(r *bubble)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		t.Helper()
		r := newBubble(t, slugs["version 2"], cfg)
		r.usePacks()
		f(r)
	})
}

func (r *rig) usePacks() {
	r.packs = true
	r.talkTo(r.client)
}

// copies is n items of few files: making files takes longer than all else here.
func (r *rig) copies(n int) []uploader.Item {
	few := r.files(10)
	items := make([]uploader.Item, n)
	for i := range items {
		items[i] = few[i%len(few)]
		items[i].Name = fmt.Sprintf("%04d.jpg", i)
		r.sums[items[i].Name] = r.sums[few[i%len(few)].Name]
	}
	return items
}

// calls says how many requests of each kind the sandbox saw.
func (r *rig) calls() map[sandbox.Call]int {
	n := map[sandbox.Call]int{}
	for _, q := range r.sandbox.Requests() {
		n[q.Call]++
	}
	return n
}

// tried is how many files the sandbox was asked to take in packs.
func (r *rig) tried() (files int) {
	for _, q := range r.sandbox.Requests() {
		if q.Call == sandbox.DirectUpload {
			files += q.Items
		}
	}
	return files
}

func TestSmallFilesGoInPacksAndLargeOnesDoNot(t *testing.T) {
	inPacks(t, sandbox.Config{}, func(r *bubble) {
		r.sandbox.AddTagClass("seen", true)
		items := r.files(330)
		for i := range 3 {
			items = append(items, r.file(fmt.Sprintf("large-%d.jpg", i), bytes.Repeat([]byte{byte(i)}, 300<<10)))
		}
		for i := range items {
			items[i].Tags = []darwin.Tag{{Class: "seen", Text: "at <dusk> & \"dawn\""}}
		}
		b := r.start(items...)
		r.ended(b)
		r.exactlyOnce(b, len(items))
		for _, item := range r.sandbox.Items(r.dataset.Slug) {
			large := item.Size > 256<<10
			if item.Registrations != 1 || item.Stores != 1 || item.Confirms != 1 || (item.Signs == 1) != large || item.Tags["seen"] != `at <dusk> & "dawn"` || item.Type != "image" {
				t.Errorf("%+v", item)
			}
		}
		n := r.calls()
		if n[sandbox.DirectUpload] != 5 || n[sandbox.Register] != 1 || n[sandbox.Confirm] != 3 || n[sandbox.List] != 2 {
			t.Errorf("calls: %v", n)
		}
	})
}

func TestASlowLinkIsNotFilledWithBase64(t *testing.T) {
	for _, tc := range []struct{ perSecond, size, files, least, most int }{
		{100_000, 40_000, 400, 4, 4},          // 2.5 files a second: the standard way costs fewer bytes
		{1_000_000, 20_000, 400, 400, 400},    // 50 a second: more than the limit of requests allows
		{5_000_000, 150_000, 1500, 400, 1500}, // 33 a second, as soon as that is known
	} {
		t.Run(fmt.Sprintf("%d bytes at %d a second", tc.size, tc.perSecond), func(t *testing.T) {
			inPacks(t, sandbox.Config{RequestsPerMinute: 1000}, func(r *bubble) {
				line := sandbox.Fault{TotalBytesPerSecond: int64(tc.perSecond)}
				r.Cleanup(r.sandbox.Inject(line))
				content := make([]byte, tc.size)
				one := r.file("one.jpg", content)
				items := make([]uploader.Item, tc.files)
				for i := range items {
					items[i] = one
					items[i].Name = fmt.Sprintf("%04d.jpg", i)
				}
				b := r.start(items...)
				took := r.ended(b)
				packed := r.tried()
				ideal := time.Duration(len(items)*tc.size) * time.Second / time.Duration(tc.perSecond)
				t.Logf("%d of %d files in packs, %v, the line alone %v", packed, len(items), took.Round(time.Second), ideal)
				if packed < tc.least || packed > tc.most {
					t.Errorf("%d files went in packs", packed)
				}
				if b.Snapshot().Counts[uploader.InDarwin] != len(items) {
					t.Errorf("%v", problems(b))
				}
			})
		})
	}
}

func TestAHandfulOfFilesGoesTheStandardWay(t *testing.T) {
	inPacks(t, sandbox.Config{}, func(r *bubble) {
		b := r.start(r.files(23)...)
		r.ended(b)
		r.exactlyOnce(b, 23)
		if n := r.calls(); n[sandbox.DirectUpload] != 0 || n[sandbox.List] != 0 {
			t.Errorf("calls: %v", n)
		}
	})
}

func TestPacksAreNotTriedWhereTheyAreNotWantedOrNotKnown(t *testing.T) {
	t.Run("version 1", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			r := newBubble(t, slugs["version 1"], sandbox.Config{})
			r.usePacks()
			b := r.start(r.files(100)...)
			r.ended(b)
			r.exactlyOnce(b, 100)
			if n := r.calls(); n[sandbox.DirectUpload] != 0 {
				t.Errorf("calls: %v", n)
			}
		})
	})
	t.Run("switched off", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			r := newBubble(t, slugs["version 2"], sandbox.Config{})
			b := r.start(r.files(100)...)
			r.ended(b)
			r.exactlyOnce(b, 100)
			if n := r.calls(); n[sandbox.DirectUpload] != 0 {
				t.Errorf("calls: %v", n)
			}
		})
	})
	t.Run("a Darwin without them", func(t *testing.T) {
		inPacks(t, sandbox.Config{}, func(r *bubble) {
			r.talkTo(onlyUploads{r.client})
			b := r.start(r.files(100)...)
			r.ended(b)
			r.exactlyOnce(b, 100)
		})
	})
	t.Run("a key that may not list items", func(t *testing.T) {
		inPacks(t, sandbox.Config{}, func(r *bubble) {
			r.Cleanup(r.sandbox.Inject(sandbox.Fault{Call: sandbox.List, Status: 403}))
			b := r.start(r.files(100)...)
			r.ended(b)
			r.exactlyOnce(b, 100)
			if n := r.calls(); n[sandbox.DirectUpload] != 0 {
				t.Errorf("calls: %v", n)
			}
		})
	})
}

// onlyUploads is a Darwin that knows the standard way only.
type onlyUploads struct{ client *darwin.Client }

func (o onlyUploads) Uploads(d darwin.Dataset) darwin.Uploads { return o.client.Uploads(d) }

// answer is a direct upload's answer, to be changed.
type answer struct {
	Items   []map[string]any `json:"items"`
	Blocked []map[string]any `json:"blocked_items"`
}

func changed(change func(*answer)) func([]byte) []byte {
	return func(body []byte) []byte {
		var a answer
		if err := json.Unmarshal(body, &a); err != nil {
			return body
		}
		change(&a)
		out, err := json.Marshal(a)
		if err != nil {
			return body
		}
		return out
	}
}

func always(body string) func([]byte) []byte {
	return func([]byte) []byte { return []byte(body) }
}

// refusals are what ends packs at once, whether the work was done or not.
var refusals = map[string]sandbox.Fault{
	"a bad request":                {Status: 400},
	"a key that is not taken":      {Status: 401},
	"a permission that lacks":      {Status: 403},
	"a call that is not known":     {Status: 404},
	"a method that is not known":   {Status: 405},
	"too much":                     {Status: 413},
	"too much, early":              {Status: 413, Early: true},
	"a word that is not known":     {Status: 422, Body: `{"errors":{"items":["is invalid"]}}`},
	"another address":              {Status: 307},
	"errors in an answer":          {Rewrite: always(`{"errors":{"detail":"no"}}`)},
	"a list":                       {Rewrite: always(`[]`)},
	"nothing of the kind":          {Rewrite: always(`{"ok":true}`)},
	"an empty list":                {Rewrite: always(`{"items":[],"blocked_items":[]}`)},
	"no list":                      {Rewrite: always(`{"items":null}`)},
	"lists of other things":        {Rewrite: always(`{"items":"all","blocked_items":7}`)},
	"a list of nothing":            {Rewrite: always(`{"items":[null,3]}`)},
	"an answer for nothing done":   {Status: 200, Body: `{"items":[],"blocked_items":[]}`},
	"an item without an answer":    {Rewrite: changed(func(a *answer) { a.Items = a.Items[1:] })},
	"half of the answers":          {Rewrite: changed(func(a *answer) { a.Items = a.Items[:len(a.Items)/2] })},
	"an item with two answers":     {Rewrite: changed(func(a *answer) { a.Items = append(a.Items, a.Items[0]) })},
	"an item in both lists":        {Rewrite: changed(func(a *answer) { a.Items[0]["reason"] = "X"; a.Blocked = append(a.Blocked, a.Items[0]) })},
	"an item of somebody else":     {Rewrite: changed(func(a *answer) { a.Items[0]["name"] = "who.jpg" })},
	"an item in another folder":    {Rewrite: changed(func(a *answer) { a.Items[0]["path"] = "/elsewhere" })},
	"an item without a folder":     {Rewrite: changed(func(a *answer) { delete(a.Items[0], "path") })},
	"an item without an id":        {Rewrite: changed(func(a *answer) { delete(a.Items[0], "id") })},
	"an item without a file":       {Rewrite: changed(func(a *answer) { a.Items[0]["slots"] = []any{} })},
	"an item blocked for nothing":  {Rewrite: changed(func(a *answer) { a.Blocked, a.Items = a.Items[:1], a.Items[1:] })},
	"a blocked item that is taken": {Rewrite: changed(func(a *answer) { a.Items[0]["slots"] = []any{map[string]any{"slot_name": "0", "reason": "NO"}} })},
}

func TestARefusalOfATrialEndsPacksForTheDatasetAndCostsNoFile(t *testing.T) {
	for name, f := range refusals {
		t.Run(name, func(t *testing.T) {
			inPacks(t, sandbox.Config{}, func(r *bubble) {
				f.Call = sandbox.DirectUpload
				r.Cleanup(r.sandbox.Inject(f))
				b := r.start(r.copies(60)...)
				if took := r.ended(b); took > 5*time.Minute {
					t.Errorf("it took %v", took)
				}
				r.exactlyOnce(b, 60)
				tries := r.calls()[sandbox.DirectUpload]
				if tries != 1 && f.Rewrite == nil && f.Status != 200 && f.Status != 307 {
					t.Errorf("it was asked %d times", tries)
				}
				more := r.copies(100)[60:]
				b = r.start(more...)
				r.ended(b)
				r.allArrived(100)
				if again := r.calls()[sandbox.DirectUpload]; again != tries {
					t.Errorf("it was asked %d times more", again-tries)
				}
			})
		})
	}
}

func TestARefusalAfterTheTrialCostsNoFile(t *testing.T) {
	for name, f := range refusals {
		t.Run(name, func(t *testing.T) {
			inPacks(t, sandbox.Config{}, func(r *bubble) {
				f.Call, f.After = sandbox.DirectUpload, 2
				r.Cleanup(r.sandbox.Inject(f))
				b := r.start(r.copies(230)...)
				if took := r.ended(b); took > 5*time.Minute {
					t.Errorf("it took %v", took)
				}
				r.exactlyOnce(b, 230)
			})
		})
	}
}

func TestEachFaultOfAPackCostsNoFile(t *testing.T) {
	for name, f := range mendable {
		f.Call = sandbox.DirectUpload
		if f.BytesPerSecond > 0 {
			f.BytesPerSecond = 1000
		}
		for how, often := range map[string]func(*sandbox.Fault){
			"at the trial":       func(f *sandbox.Fault) { f.Times = 1 },
			"twice":              func(f *sandbox.Fault) { f.Times = 2 },
			"after the trial":    func(f *sandbox.Fault) { f.After, f.Times = 1, 2 },
			"often":              func(f *sandbox.Fault) { f.Probability, f.Seed = 0.4, 3 },
			"always":             func(*sandbox.Fault) {},
			"always, but not at": func(f *sandbox.Fault) { f.After = 1 },
		} {
			often(&f)
			t.Run(name+", "+how, func(t *testing.T) {
				inPacks(t, sandbox.Config{}, func(r *bubble) {
					r.Cleanup(r.sandbox.Inject(f))
					b := r.start(r.copies(150)...)
					if took := r.ended(b); took > time.Hour {
						t.Errorf("it took %v", took)
					}
					r.exactlyOnce(b, 150)
				})
			})
			f.After, f.Times, f.Probability = 0, 0, 0
		}
	}
}

func TestMixedFaultsOutagesAndPausesCostNoFileOfAPack(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			inPacks(t, sandbox.Config{Lifetime: 7 * time.Minute}, func(r *bubble) {
				for _, f := range append(weather(seed),
					sandbox.Fault{Call: sandbox.DirectUpload, LoseReply: true, Probability: 0.2, Seed: seed},
					sandbox.Fault{Call: sandbox.DirectUpload, Cut: true, CutAfter: 2000, Probability: 0.1, Seed: seed},
					sandbox.Fault{Call: sandbox.DirectUpload, Stall: true, Probability: 0.02, Seed: seed},
					sandbox.Fault{Call: sandbox.DirectUpload, BytesPerSecond: 20_000},
				) {
					r.Cleanup(r.sandbox.Inject(f))
				}
				const n = 500
				b := r.start(r.copies(n)...)
				r.unrest(b, seed)
				r.ended(b)
				r.exactlyOnce(b, n)
			})
		})
	}
}

func TestAServerThatForgetsTheBytesOfATrialGetsThemTheStandardWay(t *testing.T) {
	inPacks(t, sandbox.Config{Quirks: sandbox.Quirks{DirectWithoutBytes: true}}, func(r *bubble) {
		b := r.start(r.files(100)...)
		r.ended(b)
		r.exactlyOnce(b, 100)
		if n := r.tried(); n != 4 {
			t.Errorf("%d files went in packs", n)
		}
		for _, item := range r.sandbox.Items(r.dataset.Slug) {
			if item.Registrations != 1 || item.Stores != 1 {
				t.Errorf("%+v", item)
			}
		}
	})
}

func TestAnEngineOfItsOwnTriesPacksAgain(t *testing.T) {
	inPacks(t, sandbox.Config{}, func(r *bubble) {
		heal := r.sandbox.Inject(sandbox.Fault{Call: sandbox.DirectUpload, Status: 404})
		r.ended(r.start(r.files(100)...))
		heal()
		r.talkTo(r.client)
		r.ended(r.start(r.files(200)[100:]...))
		r.allArrived(200)
		if n := r.tried(); n != 100 { // and the trial that was not answered
			t.Errorf("%d files went in packs", n)
		}
	})
}

func TestAStalledTrialHoldsTheOthersBackForMomentsOnly(t *testing.T) {
	inPacks(t, sandbox.Config{}, func(r *bubble) {
		r.Cleanup(r.sandbox.Inject(sandbox.Fault{Call: sandbox.DirectUpload, Stall: true}))
		b := r.start(r.files(300)...)
		after(9 * time.Second)
		if n := b.Snapshot().Counts[uploader.InDarwin]; n != 0 {
			t.Errorf("%d are in Darwin, and the trial is not over", n)
		}
		after(10 * time.Second)
		if n := b.Snapshot().Counts[uploader.InDarwin]; n < 290 {
			t.Errorf("%d are in Darwin", n)
		}
		r.ended(b)
		r.exactlyOnce(b, 300)
	})
}

func TestWhatDarwinBlocksOfAPackEndsAsInARegistration(t *testing.T) {
	inPacks(t, sandbox.Config{}, func(r *bubble) {
		items := r.files(204)
		items[150].Tags = []darwin.Tag{{Class: "nobody knows this"}}
		b := r.start(items...)
		r.ended(b)
		for i, s := range b.Statuses(nil) {
			if i == 150 && (s.State != uploader.Blocked || fault.KindOf(s.Problem) != fault.UnknownTag) || i != 150 && s.State != uploader.InDarwin {
				t.Errorf("item %d ends as %v: %v", i, s.State, s.Problem)
			}
		}
		if n := r.tried(); n != 204 {
			t.Errorf("%d files went in packs", n)
		}
	})
}

func TestFilesThatDarwinCouldNotTakeInAPackGoTheStandardWay(t *testing.T) {
	blocked := changed(func(a *answer) {
		if len(a.Items) < 50 {
			return
		}
		for _, it := range a.Items[:10] {
			it["slots"].([]any)[0].(map[string]any)["reason"] = "FILE_UPLOAD_TIMEOUT"
		}
		a.Blocked, a.Items = append(a.Blocked, a.Items[:10]...), a.Items[10:]
	})
	inPacks(t, sandbox.Config{}, func(r *bubble) {
		r.Cleanup(r.sandbox.Inject(sandbox.Fault{Call: sandbox.DirectUpload, Rewrite: blocked}))
		b := r.start(r.files(204)...)
		r.ended(b)
		r.exactlyOnce(b, 204)
		if n := r.tried(); n != 204 {
			t.Errorf("%d files went in packs", n)
		}
	})
}

func TestFilesThatAreThereAlreadyAreNotSentForNothing(t *testing.T) {
	inPacks(t, sandbox.Config{}, func(r *bubble) {
		items := r.files(1500)
		r.ended(r.start(items...))
		sent := r.tried()
		b := r.start(append(items, r.files(1700)[1500:]...)...)
		r.ended(b)
		counts := b.Snapshot().Counts
		if counts[uploader.Skipped] != 1500 || counts[uploader.InDarwin] != 200 {
			t.Errorf("it ends as %v: %v", counts, problems(b))
		}
		if n := r.tried() - sent; n > 400 {
			t.Errorf("%d files were sent once more", n)
		}
	})
}

func TestAFileThatIsNotWhatItWasStaysOutOfAPack(t *testing.T) {
	inPacks(t, sandbox.Config{}, func(r *bubble) {
		items := r.files(150)
		for i := 20; i < 23; i++ {
			if err := os.WriteFile(items[i].Path, []byte("another"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Remove(items[30].Path); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(items[31].Path); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(items[31].Path, 0o700); err != nil {
			t.Fatal(err)
		}
		b := r.start(items...)
		r.ended(b)
		for i, s := range b.Statuses(nil) {
			want := fault.Unknown
			switch i {
			case 20, 21, 22, 31:
				want = fault.Changed
			case 30:
				want = fault.Vanished
			}
			if want == fault.Unknown && s.State != uploader.InDarwin || want != fault.Unknown && (s.State != uploader.Failed || s.Problem.Kind != want) {
				t.Errorf("item %d ends as %v: %v", i, s.State, s.Problem)
			}
		}
		if n := r.tried(); n != 145 {
			t.Errorf("%d files went in packs", n)
		}
	})
}

func TestAFileThatChangesBetweenTwoTriesOfItsPackIsHeldBack(t *testing.T) {
	inPacks(t, sandbox.Config{}, func(r *bubble) {
		items := r.files(150)
		r.Cleanup(r.sandbox.Inject(sandbox.Fault{Call: sandbox.DirectUpload, After: 1, Times: 2, Status: 503, RetryAfter: "60"}))
		b := r.start(items...)
		after(30 * time.Second)
		if err := os.WriteFile(items[50].Path, []byte("another"), 0o600); err != nil {
			t.Fatal(err)
		}
		r.ended(b)
		if s := b.Status(50); s.State != uploader.Failed || s.Problem.Kind != fault.Changed {
			t.Errorf("it ends as %v: %v", s.State, s.Problem)
		}
		if n := b.Snapshot().Counts[uploader.InDarwin]; n != 149 {
			t.Errorf("%d are in Darwin: %v", n, problems(b))
		}
	})
}

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
