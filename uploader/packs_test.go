package uploader_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
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
			t.Parallel()
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
