package uploader_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/sandbox"
)

// opened is a journal in a folder, open until close is called.
func (r *rig) opened(dir string) (j *journal.Journal, closeIt func()) {
	r.Helper()
	j, err := journal.Open(dir)
	if err != nil {
		r.Fatal(err)
	}
	closeIt = sync.OnceFunc(func() {
		if err := j.Close(); err != nil {
			r.Error(err)
		}
	})
	r.Cleanup(closeIt)
	return j, closeIt
}

// keep makes the engine write to a journal.
func (r *rig) keep(j uploader.Journal) {
	r.engine = uploader.New(uploader.Config{Darwin: r.client, Storage: r.storage, Workers: 8, Patience: impatient, Journal: j, NoDirect: !r.packs})
}

// goOn runs what the journal in a folder holds unfinished, and says how many
// batches that were.
func (r *rig) goOn(dir string) int {
	r.Helper()
	j, closeIt := r.opened(dir)
	defer closeIt()
	r.keep(j.For("", ""))
	list, err := j.Unfinished(r.Context())
	if err != nil {
		r.Fatal(err)
	}
	for _, u := range list {
		plan, err := j.Load(r.Context(), u.ID)
		if err != nil {
			r.Fatal(err)
		}
		b, err := r.engine.Start(r.Context(), plan)
		if err != nil {
			r.Fatal(err)
		}
		wait(r.T, b)
		if end := b.Snapshot(); end.Counts[uploader.InDarwin] != end.Files || end.Problem != nil || end.Sent != end.Bytes {
			r.Errorf("it ends as %+v: %v", end, problems(b))
		}
	}
	if list, err := j.Unfinished(r.Context()); err != nil || len(list) > 0 {
		r.Errorf("%d batches are left: %v", len(list), err)
	}
	return len(list)
}

// doomed is a journal whose disk fails for good at its nth writing.
type doomed struct {
	uploader.Journal
	mu     sync.Mutex
	left   int
	failed bool
}

var errDoom = &fault.Error{Kind: fault.Disk, What: "The disk is full."}

func (d *doomed) fails() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left--
	d.failed = d.failed || d.left < 0
	return d.failed
}

func (d *doomed) Begin(p uploader.Plan) (uploader.Page, error) {
	if d.fails() {
		return nil, errDoom
	}
	page, err := d.Journal.Begin(p)
	return doomedPage{page, d}, err
}

type doomedPage struct {
	uploader.Page
	doom *doomed
}

func (p doomedPage) Add(first int, items []uploader.Item) error {
	if p.doom.fails() {
		return errDoom
	}
	return p.Page.Add(first, items)
}

func (p doomedPage) Record(entries ...uploader.Entry) error {
	if p.doom.fails() {
		return errDoom
	}
	return p.Page.Record(entries...)
}

func (p doomedPage) Note(entries ...uploader.Entry) {
	if !p.doom.fails() {
		p.Page.Note(entries...)
	}
}

func (p doomedPage) Close(ended bool) error {
	if p.doom.fails() {
		return errors.Join(errDoom, p.Page.Close(false))
	}
	return p.Page.Close(ended)
}

// At whatever moment the journal's disk fails, the batch ends and says so, and
// what goes on from the journal as it is then brings every file in once. That
// is also what a crash at that moment leaves behind.
func TestWhereverTheJournalEndsEveryFileArrivesOnce(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		t.Parallel()
		const files = 40 // two requests to register
		for moment, over := 0, false; !over; moment += 1 + moment/8 {
			r := newRig(t, slug, sandbox.Config{})
			dir := t.TempDir()
			j, closeIt := r.opened(dir)
			doom := &doomed{Journal: j.For("", ""), left: moment}
			r.keep(doom)
			items := r.files(files)
			b := r.run(items...)
			over = !doom.failed
			closeIt()
			if end := b.Snapshot(); !over && (fault.KindOf(end.Problem) != fault.Disk || end.Counts.Final() != files) {
				t.Errorf("moment %d: it ends as %+v", moment, end)
			}
			if r.goOn(dir) == 0 && moment == 0 {
				r.talkTo(r.client)
				r.run(items...) // nothing was done, and nothing is known
			}
			r.allArrived(files)
			for _, item := range r.sandbox.Items(slug) {
				if item.Status == "uploading" {
					t.Errorf("moment %d: %s still waits for its bytes", moment, item.Name)
				}
			}
			if t.Failed() {
				t.Fatalf("moment %d", moment)
			}
		}
	})
}

func TestWhatIsLeftOfABatchGoesOnAndNothingIsDoneTwice(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		dir := t.TempDir()
		j, closeIt := r.opened(dir)
		r.keep(j.For("", ""))
		items := r.files(60)
		items[3].Tags = []darwin.Tag{{Class: "deer"}}
		unsent := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Status: 503, After: 20})
		unconfirmed := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Confirm, Status: 503, After: 10})
		b := r.run(items...)
		unsent()
		unconfirmed()
		list, err := j.Unfinished(t.Context())
		if err != nil || len(list) != 1 {
			t.Fatalf("unfinished: %+v, %v", list, err)
		}
		if u := list[0]; u.Files != 60 || u.Counts != b.Snapshot().Counts || u.Dataset.ID != r.dataset.ID || u.Counts[uploader.InDarwin] != 10 {
			t.Errorf("unfinished: %+v, after %+v", u, b.Snapshot())
		}
		closeIt()
		if n := r.goOn(dir); n != 1 {
			t.Errorf("%d batches went on", n)
		}
		r.allArrived(60)
		for _, item := range r.sandbox.Items(slug) {
			if item.Registrations != 1 || item.Stores != 1 || item.Confirms != 1 {
				t.Errorf("%s: registered %d, stored %d, confirmed %d times", item.Name, item.Registrations, item.Stores, item.Confirms)
			}
		}
	})
}

func TestABatchThatWasStoppedIsLeftToGoOn(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	dir := t.TempDir()
	j, closeIt := r.opened(dir)
	r.keep(j.For("", ""))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b, err := r.engine.Start(ctx, uploader.Plan{Dataset: r.dataset, Items: r.files(5)})
	if err != nil {
		t.Fatal(err)
	}
	wait(t, b)
	closeIt()
	if n := r.goOn(dir); n != 1 {
		t.Errorf("%d batches went on", n)
	}
	r.allArrived(5)
}

func TestWhatGoingOnDoesNotMendEndsTheBatch(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	j, _ := r.opened(t.TempDir())
	r.keep(j.For("", ""))
	changed, twice := r.file("changed.jpg", []byte("before")), r.file("twice.jpg", []byte("x"))
	r.file("changed.jpg", []byte("after, longer"))
	strange := r.file("strange.jpg", []byte("s"), darwin.Tag{Class: "siamese"})
	r.run(twice)
	r.run(changed, twice, strange)
	if list, err := j.Unfinished(t.Context()); err != nil || len(list) > 0 {
		t.Errorf("unfinished: %+v, %v", list, err)
	}
	gone := r.file("gone.jpg", []byte("y"))
	if err := os.Remove(gone.Path); err != nil {
		t.Fatal(err)
	}
	r.run(gone)
	if list, err := j.Unfinished(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("a file that can come back is given up: %+v, %v", list, err)
	}
}

func TestItemsThatAreAddedAreInTheJournalToo(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	dir := t.TempDir()
	j, closeIt := r.opened(dir)
	r.keep(j.For("", ""))
	release := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Confirm, Stall: true})
	items := r.files(40)
	b := r.start(items[:10]...)
	if first, ok := b.Add(items[10:]...); !ok || first != 10 {
		t.Fatalf("Add gives %d, %v", first, ok)
	}
	for s := b.Snapshot(); s.Counts[uploader.Confirming] < 10; s = b.Snapshot() {
		if s.Ended {
			t.Fatalf("it ends as %+v", s)
		}
	}
	for list, err := j.Unfinished(t.Context()); err != nil || list[0].Files < 40; list, err = j.Unfinished(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
	}
	b.Stop()
	wait(t, b)
	release()
	closeIt()
	r.goOn(dir)
	r.allArrived(40)
}

func TestWhatWasTakenOutStaysOutAfterAnInterruption(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		dir := t.TempDir()
		j, closeIt := r.opened(dir)
		r.keep(j.For("", ""))
		release := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true})
		items := r.files(90)
		b := r.start(items[:80]...)
		b.Add(items[80:]...)
		for s := b.Snapshot(); s.Counts[uploader.Ready]+s.Counts[uploader.Registering] > 0; s = b.Snapshot() {
			if s.Ended {
				t.Fatalf("it ends as %+v", s)
			}
		}
		out := map[string]bool{}
		for i, s := range b.Statuses(nil) {
			if s.State == uploader.Registered && i%3 == 0 && b.TakeOut(i) == 1 {
				out[items[i].Name] = true
			}
		}
		b.Stop()
		wait(t, b)
		release()
		closeIt()
		if len(out) < 10 {
			t.Fatalf("only %d were taken out", len(out))
		}
		if n := r.goOn(dir); n != 1 {
			t.Errorf("%d batches went on", n)
		}
		for _, item := range r.sandbox.Items(slug) {
			if (item.Stores == 0) != out[item.Name] || item.Registrations != 1 {
				t.Errorf("%s: taken out is %v; registered %d, stored %d times", item.Name, out[item.Name], item.Registrations, item.Stores)
			}
		}
	})
}

func TestABatchThatWasFinishedEarlyIsLeftToGoOn(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	dir := t.TempDir()
	j, closeIt := r.opened(dir)
	r.keep(j.For("", ""))
	b := r.start(r.files(200)...)
	b.Finish()
	wait(t, b)
	end := b.Snapshot()
	closeIt()
	if n := r.goOn(dir); n != 1 || end.Counts[uploader.Stopped] == 0 {
		t.Errorf("%d batches went on; it ended as %+v", n, end)
	}
	r.allArrived(200)
}

func TestNoSecretReachesTheJournal(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		dir := t.TempDir()
		j, closeIt := r.opened(dir)
		r.keep(j.For(r.sandbox.URL(), ""))
		for _, f := range []sandbox.Fault{
			{Call: sandbox.Store, Status: 400, Times: 1, Body: "<Error><Code>InvalidArgument</Code></Error>"},
			{Call: sandbox.Sign, Expire: true, Times: 3},
			{Call: sandbox.Store, Cut: true, Times: 10},
			{Call: sandbox.Sign, Status: 422, After: 8, Times: 1, Body: `{"errors":{"detail":"` + r.sandbox.Key() + ` https://x/?X-Amz-Signature=1"}}`},
		} {
			defer r.sandbox.Inject(f)()
		}
		r.run(r.files(10)...)
		search := func() {
			files, err := filepath.Glob(filepath.Join(dir, "*"))
			if err != nil || len(files) == 0 {
				t.Fatalf("no journal: %v", err)
			}
			for _, f := range files {
				content, err := os.ReadFile(f)
				if err != nil {
					t.Fatal(err)
				}
				for _, secret := range []string{r.sandbox.Key(), r.sandbox.Key()[8:], "X-Amz", "x-amz", "ignature"} {
					if bytes.Contains(content, []byte(secret)) {
						t.Errorf("%s holds %q", filepath.Base(f), secret)
					}
				}
			}
		}
		search()
		closeIt()
		search()
	})
}

func TestAFileThatChangedWhileItWasSentGoesOnAsItIsThen(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		dir := t.TempDir()
		j, closeIt := r.opened(dir)
		r.keep(j.For("", ""))
		items := r.bigs(1)
		b := r.start(items...)
		after(10 * time.Second)
		r.rewrite(items[0], 50, 1)
		after(40 * time.Second) // it is sent anew since the 31st second
		if got := b.Items()[0]; b.Status(0).State != uploader.Sending || got.Size != 50*slowSpeed {
			t.Fatalf("it is %v, of %d bytes", b.Status(0).State, got.Size)
		}
		b.Stop()
		r.ended(b)
		closeIt()
		if n := r.goOn(dir); n != 1 {
			t.Errorf("%d batches went on", n)
		}
		r.allArrived(1)
	})
}
