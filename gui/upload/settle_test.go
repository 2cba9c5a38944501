package upload

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/receipt"
	"darwin-uploader/uploader/sandbox"
)

// books opens a journal, or gives none.
func books(t *testing.T, dir string) *journal.Journal {
	t.Helper()
	j, err := journal.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	return j
}

// everywhere runs a test with a journal on the disk and with none.
func everywhere(t *testing.T, do func(*testing.T, *rig)) {
	t.Helper()
	t.Run("journal", func(t *testing.T) { do(t, rigOf(t, practice(t, sandbox.Config{}), books(t, t.TempDir()))) })
	t.Run("memory", func(t *testing.T) { do(t, newRig(t)) })
}

// past is the receipts of the place, the newest first.
func (r *rig) past() []receipt.Summary {
	r.Helper()
	list, err := r.Receipts().History(context.Background(), "", 0)
	if err != nil {
		r.Fatal(err)
	}
	return list
}

// untilSettled waits until Darwin is asked about nothing any more.
func (r *rig) untilSettled() {
	r.Helper()
	r.until("Darwin to settle everything", func() bool { return !r.Sending() && len(r.asks) == 0 && r.model.Processing() == 0 && len(r.past()) > 0 })
}

func (r *rig) entry(name string) queue.Entry {
	r.Helper()
	e, _ := r.model.Entry(r.id(name))
	return e
}

func TestAnUploadIsFollowedUntilDarwinHasProcessedIt(t *testing.T) {
	everywhere(t, func(t *testing.T, r *rig) {
		var changed []int64
		r.deps.OnReceipt = func(id int64) { changed = append(changed, id) }
		r.choose("Nest boxes")
		r.drop("May/a.jpg", "May/b.jpg")
		r.Upload()
		r.untilEnded()
		r.untilSettled()
		for _, name := range []string{"a.jpg", "b.jpg"} {
			if e := r.entry(name); !e.Processed {
				t.Errorf("%s is %+v", name, e.Status)
			}
		}
		s := r.past()[0]
		if s.Counts != (receipt.Counts{receipt.InDarwin: 2}) || s.Settled.IsZero() || s.Ended.IsZero() || s.From != "May" || s.Dataset.Name != "Nest boxes" || !r.Owns(s) {
			t.Errorf("the receipt is %+v", s)
		}
		if !slices.Contains(changed, s.ID) {
			t.Error("nobody was told of the receipt")
		}
		lines, err := r.Receipts().Lines(t.Context(), s.ID, receipt.InDarwin, 1, 5)
		if err != nil || len(lines) != 1 || lines[0].Name != "b.jpg" || lines[0].At.IsZero() {
			t.Errorf("the second line is %+v, %v", lines, err)
		}
		n := 0
		for l, err := range r.Receipts().AllLines(t.Context(), s.ID) {
			if err != nil || l.Place != n {
				t.Errorf("line %d is %+v, %v", n, l, err)
			}
			n++
		}
		if n != 2 {
			t.Errorf("the receipt has %d lines", n)
		}
	})
}

func TestWhatDarwinRefusesOrLosesNeedsThePersonAndIsReplacedWhenSentAgain(t *testing.T) {
	everywhere(t, func(t *testing.T, r *rig) {
		r.choose("Nest boxes")
		r.drop("fine.jpg", "broken.jpg", "lost.jpg")
		refuse := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Process, Item: "broken.jpg", Body: "no pixels"})
		lose := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Process, Item: "lost.jpg", Drop: true})
		r.Upload()
		r.untilEnded()
		r.untilSettled()
		refuse()
		lose()
		e := r.entry("broken.jpg")
		if e.Status.State != uploader.Failed || !strings.Contains(e.Status.Problem.What, "no pixels") {
			t.Errorf("the broken file is %+v", e.Status)
		}
		if e := r.entry("lost.jpg"); e.Status.State != uploader.Failed || e.Status.Problem.Kind != fault.Missing {
			t.Errorf("the lost file is %+v", e.Status)
		}
		r.wantPage(queue.PageDone)

		r.retry(r.model.Needing())
		r.untilEnded()
		r.untilSettled()
		if n := r.model.Total().Count(queue.NeedsYou); n != 0 {
			t.Errorf("%d files still need the person: %+v", n, r.model.Causes())
		}
		names := map[string]int{}
		for _, item := range r.sandbox.Items("nest-boxes") {
			if item.Confirms > 0 && item.Failure == "" {
				names[item.Name]++
			}
		}
		if len(names) != 3 || names["broken.jpg"] != 1 || names["lost.jpg"] != 1 {
			t.Errorf("Darwin has %v", names)
		}
		past := r.past()
		if len(past) != 2 || past[1].Counts != (receipt.Counts{receipt.InDarwin: 1, receipt.SentAgain: 2}) || past[0].Counts != (receipt.Counts{receipt.InDarwin: 2}) {
			t.Errorf("the receipts are %+v", past)
		}
	})
}

func TestAnItemThatDarwinHasProcessedMeanwhileIsNotReplaced(t *testing.T) {
	items := []uploader.Item{{Name: "a", Reached: uploader.Reached{Upload: darwin.Upload{ItemID: "1"}, Confirmed: true}},
		{Name: "b", Reached: uploader.Reached{Upload: darwin.Upload{ItemID: "2"}, Confirmed: true}}, {Name: "c"}}
	d := &listing{states: map[string]darwin.ItemState{"1": darwin.ItemComplete, "2": darwin.ItemFailed}}
	if err := replace(t.Context(), d, items); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(d.removed, []string{"2"}) {
		t.Errorf("it deletes %v", d.removed)
	}
	if !items[0].Reached.Confirmed || items[1].Reached != (uploader.Reached{}) {
		t.Errorf("the files go on from %+v", items)
	}
}

// listing is a dataset of items in these states.
type listing struct {
	states  map[string]darwin.ItemState
	removed []string
}

func (l *listing) States(_ context.Context, ids []string) (all []darwin.Standing, err error) {
	for _, id := range ids {
		all = append(all, darwin.Standing{ItemID: id, State: l.states[id]})
	}
	return all, nil
}

func (l *listing) Remove(_ context.Context, ids []string) error {
	l.removed = append(l.removed, ids...)
	return nil
}

func TestAnUploadOfAnEarlierRunIsFollowedQuietly(t *testing.T) {
	var later atomic.Int64 // than now, for Darwin
	sb := practice(t, sandbox.Config{ProcessAfter: time.Hour, Clock: func() time.Time { return time.Now().Add(time.Duration(later.Load())) }})
	dir := t.TempDir()
	j := books(t, dir)
	r := rigOf(t, sb, j)
	r.choose("Nest boxes")
	r.drop("a.jpg")
	r.Upload()
	r.untilEnded()
	r.until("Darwin to be asked", func() bool { return len(r.asks) == 1 })
	if s := r.past()[0]; s.Counts[receipt.Sent] != 1 {
		t.Fatalf("the receipt is %+v", s)
	}
	r.Close()

	later.Store(int64(2 * time.Hour))
	r = rigOf(t, sb, j)
	r.until("the receipt to settle", func() bool { return r.past()[0].Counts[receipt.InDarwin] == 1 })
	r.wantPage(queue.PageEmpty)
}

func TestFilesOfAnEarlierUploadAreSentAgainWithAllThatBelongsToThem(t *testing.T) {
	everywhere(t, func(t *testing.T, r *rig) {
		r.choose("Nest boxes")
		r.drop("May/a.jpg", "May/b.jpg", "May/c.jpg")
		r.model.AddTag([]queue.ID{r.id("b.jpg")}, darwin.Tag{Class: "beagle"})
		restore := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Item: "b.jpg", Status: 400})
		r.Upload()
		r.untilEnded()
		r.untilSettled()
		restore()
		s := r.past()[0]
		if s.Counts != (receipt.Counts{receipt.InDarwin: 2, receipt.NeedsYou: 1}) {
			t.Fatalf("the receipt is %+v", s)
		}
		r.model.Clear() // as after a restart
		r.queue.ForgetReceipt()
		r.choose("Camera traps 2026")

		failed := []receipt.Outcome{receipt.NeedsYou, receipt.Refused, receipt.Missing}
		if err := r.againNow(s, failed); err != nil {
			t.Fatal(err)
		}
		if r.Files() != 1 || r.dataset.Name != "Nest boxes" || !r.Sending() {
			t.Fatalf("%d files wait for %s", r.Files(), r.dataset.Name)
		}
		r.untilEnded()
		r.untilSettled()
		r.arrived("nest-boxes", 3)
		for _, item := range r.sandbox.Items("nest-boxes") {
			if _, tagged := item.Tags["beagle"]; item.Name == "b.jpg" && (!tagged || item.Folder != r.entry("b.jpg").Folder) {
				t.Errorf("it arrived as %+v", item)
			}
		}
		if past := r.past(); len(past) != 2 || past[1].Counts[receipt.SentAgain] != 1 || past[1].Counts[receipt.NeedsYou] != 0 {
			t.Errorf("the receipts are %+v", past)
		}
		if err := r.againNow(s, failed); err == nil {
			t.Error("the same files are sent a third time")
		}
	})
}

// againNow presses the history's button.
func (r *rig) againNow(s receipt.Summary, outcomes []receipt.Outcome) error {
	r.Helper()
	told, answer := false, error(nil)
	r.SendAgain(s, outcomes, func(err error) { told, answer = true, err })
	r.until("an answer", func() bool { return told })
	return answer
}

func TestFilesAreNotSentAgainIntoTheWrongPlaceOrInBetween(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("a.jpg")
	ours := receipt.Summary{Server: r.session.Account.Server, Dataset: *r.DatasetNamed("Nest boxes")}
	theirs := ours
	theirs.Dataset.TeamSlug = "another"
	elsewhere := ours
	elsewhere.Dataset = *r.DatasetNamed("Camera traps 2026")
	refused := func(s receipt.Summary, want string) {
		t.Helper()
		if err := r.againNow(s, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("it says %v, want %q", err, want)
		}
	}
	refused(theirs, "another team")
	refused(elsewhere, "wait in the queue for the dataset Nest boxes")
	r.Upload() // which cannot end before this plays the main thread
	refused(ours, "under way")
	r.untilEnded()
}

func TestTheReceiptsInMemoryAreFoundByDatasetAndFile(t *testing.T) {
	s := &shelf{}
	s.add(receipt.Summary{Dataset: darwin.Dataset{Name: "Nest boxes"}}, []queue.Entry{{Name: "a.jpg"}})
	s.add(receipt.Summary{Dataset: darwin.Dataset{Name: "Camera traps"}}, []queue.Entry{{Name: "B.jpg"}, {Name: "c.jpg", Status: uploader.Status{State: uploader.Skipped}}})
	for search, want := range map[string]int{"": 2, "NEST": 1, "b.JPG": 1, "zebra": 0, ".jpg": 2} {
		if list, err := s.History(t.Context(), search, 0); err != nil || len(list) != want {
			t.Errorf("%q is found %d times, %v; want %d", search, len(list), err, want)
		}
	}
	if list, _ := s.History(t.Context(), "", 1); len(list) != 1 || list[0].ID != 2 || list[0].Counts != (receipt.Counts{receipt.NotSent: 1, receipt.Skipped: 1}) {
		t.Errorf("the newest is %+v", list)
	}
	if _, err := s.Receipt(t.Context(), 3); fault.KindOf(err) != fault.Missing {
		t.Errorf("an upload that is not there gives %v", err)
	}
}
