package journal

import (
	"slices"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

// mixed opens a batch of six files: in Darwin, refused, missing, blocked, not
// sent, skipped.
func mixed(t *testing.T, j *Journal, ended bool) int64 {
	t.Helper()
	page := begin(t, j, 6)
	upload := darwin.Upload{ItemID: "i", UploadID: "u"}
	confirmed := uploader.Reached{Upload: upload, Stored: true, Confirmed: true}
	entries := []uploader.Entry{
		{Place: 0, State: uploader.InDarwin, Reached: confirmed},
		{Place: 1, State: uploader.InDarwin, Reached: confirmed},
		{Place: 2, State: uploader.InDarwin, Reached: confirmed},
		{Place: 3, State: uploader.Blocked, Problem: &fault.Error{What: "The tag is new."}},
		{Place: 5, State: uploader.Skipped},
	}
	for i, e := range entries {
		entries[i].Size, entries[i].ModTime = someItems(6)[e.Place].Size, someItems(6)[e.Place].ModTime
	}
	if err := page.Record(entries...); err != nil {
		t.Fatal(err)
	}
	if err := page.Close(ended); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	err := j.Settle(t.Context(), page.Number(), []receipt.Verdict{
		{Place: 0, Outcome: receipt.InDarwin, At: now}, {Place: 1, Outcome: receipt.Refused, Reason: "No frames.", At: now}, {Place: 2, Outcome: receipt.Missing, At: now},
	})
	if err != nil {
		t.Fatal(err)
	}
	return page.Number()
}

func TestExactlyTheFilesWithAnOutcomeComeBackToBeSentAgain(t *testing.T) {
	j := open(t, t.TempDir())
	id := mixed(t, j, true)
	plan, err := j.Again(t.Context(), id, receipt.NeedsYou, receipt.Refused, receipt.Missing)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Batch != 0 || plan.Dataset != dataset || len(plan.Items) != 3 {
		t.Fatalf("the plan is %+v", plan)
	}
	for i, want := range []struct {
		place     int
		confirmed bool
	}{{1, true}, {2, false}, {3, false}} {
		got := plan.Items[i]
		if got.Name != someItems(6)[want.place].Name || got.Reached.Confirmed != want.confirmed {
			t.Errorf("file %d is %+v", i, got)
		}
		if !want.confirmed && got.Reached != (uploader.Reached{}) {
			t.Errorf("%s goes on from %+v, which is not there", got.Name, got.Reached)
		}
	}
	if _, err := j.Again(t.Context(), 99, receipt.NeedsYou); fault.KindOf(err) != fault.Missing {
		t.Errorf("of a batch that is not there it gives %v", err)
	}
}

func TestAFileIsFoundByItsNameAmongTheLines(t *testing.T) {
	j := open(t, t.TempDir())
	page := begin(t, j, 30)
	if err := page.Close(true); err != nil {
		t.Fatal(err)
	}
	for search, want := range map[string]int{"0017": 17, " 0029.JPG ": 29, "00": 0, "zebra": -1, "": -1, "%": -1, "_": -1} {
		if at, err := j.Find(t.Context(), page.Number(), search); err != nil || at != want {
			t.Errorf("%q is at %d, %v; want %d", search, at, err, want)
		}
	}
	if at, err := j.Find(t.Context(), 99, "00"); err != nil || at != -1 {
		t.Errorf("in a batch that is not there it is at %d, %v", at, err)
	}
}

func TestWhatALaterBatchHasTakenOverIsNeitherOfferedNorCountedAsFailed(t *testing.T) {
	for name, ended := range map[string]bool{"ended": true, "interrupted": false} {
		t.Run(name, func(t *testing.T) {
			j := open(t, t.TempDir())
			id := mixed(t, j, ended)
			items := someItems(6)
			// What arrived or was skipped is not taken over, whoever says so.
			if err := j.SentAgain(id, []uploader.Item{items[0], items[1], items[3], items[5]}); err != nil {
				t.Fatal(err)
			}
			s, err := j.Receipt(t.Context(), id)
			want := receipt.Counts{receipt.InDarwin: 1, receipt.Missing: 1, receipt.NotSent: 1, receipt.Skipped: 1, receipt.SentAgain: 2}
			if err != nil || s.Counts != want || !s.Ended.IsZero() {
				t.Fatalf("the receipt is %+v, %v", s, err)
			}
			_, plan := newest(t, j)
			if slices.ContainsFunc(plan.Items, func(i uploader.Item) bool { return i.Name == items[1].Name || i.Name == items[3].Name }) {
				t.Error("it would be sent once more with the old batch")
			}
			if err := j.SentAgain(id, items); err != nil {
				t.Fatal(err)
			}
			s, err = j.Receipt(t.Context(), id)
			want = receipt.Counts{receipt.InDarwin: 1, receipt.Skipped: 1, receipt.SentAgain: 4}
			if err != nil || s.Counts != want || s.Ended.IsZero() || s.Files != 6 {
				t.Errorf("with nothing left the receipt is %+v, %v", s, err)
			}
			if list, err := j.Unfinished(t.Context()); err != nil || len(list) != 0 {
				t.Errorf("it is still offered: %+v, %v", list, err)
			}
		})
	}
}

func TestABatchOfWhichOnlyBlockedFilesAreLeftIsNotOffered(t *testing.T) {
	j := open(t, t.TempDir())
	id := mixed(t, j, false)
	items := someItems(6)
	for i, more := range []bool{true, false} {
		if err := j.SentAgain(id, items[[]int{2, 4}[i]:][:1]); err != nil {
			t.Fatal(err)
		}
		list, err := j.Unfinished(t.Context())
		if err != nil || len(list) > 0 != more {
			t.Errorf("after %d: %+v, %v", i, list, err)
		}
	}
	s, err := j.Receipt(t.Context(), id)
	if want := (receipt.Counts{receipt.InDarwin: 1, receipt.Refused: 1, receipt.NeedsYou: 1, receipt.Skipped: 1, receipt.SentAgain: 2}); err != nil || s.Counts != want {
		t.Errorf("the receipt is %+v, %v", s, err)
	}
}
