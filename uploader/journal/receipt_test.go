package journal

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

// entryOf is what an engine says of an item that came so far.
func entryOf(item uploader.Item, place int, s uploader.State) uploader.Entry {
	e := uploader.Entry{Place: place, State: s, Size: item.Size, ModTime: item.ModTime}
	switch s {
	case uploader.InDarwin:
		e.Reached = uploader.Reached{Upload: uploadOf(place), Stored: true, Confirmed: true}
	case uploader.Registered:
		e.Reached = uploader.Reached{Upload: uploadOf(place)}
	case uploader.Skipped, uploader.Blocked, uploader.Failed, uploader.Stopped:
		e.Problem = &fault.Error{What: fmt.Sprintf("Because it is %v.", s)}
	}
	return e
}

func uploadOf(place int) darwin.Upload {
	return darwin.Upload{ItemID: fmt.Sprint("item-", place), UploadID: fmt.Sprint("upload-", place)}
}

// run keeps a batch whose items came so far, and gives its number.
func run(t testing.TB, j *Journal, ended bool, from string, states ...uploader.State) int64 {
	t.Helper()
	items := someItems(len(states))
	page, err := j.For("https://darwin.example", "account-1").Begin(uploader.Plan{Dataset: dataset, Items: items, From: from})
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range states {
		if s != uploader.Ready {
			page.Note(entryOf(items[i], i, s))
		}
	}
	if err := page.Close(ended); err != nil {
		t.Fatal(err)
	}
	return page.Number()
}

func receiptOf(t testing.TB, j *Journal, id int64) receipt.Summary {
	t.Helper()
	s, err := j.Receipt(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func linesOf(t testing.TB, j *Journal, id int64, o receipt.Outcome) []receipt.Line {
	t.Helper()
	lines, err := j.Lines(context.Background(), id, o, 0, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func settle(t testing.TB, j *Journal, id int64, verdicts ...receipt.Verdict) {
	t.Helper()
	if err := j.Settle(context.Background(), id, verdicts); err != nil {
		t.Fatal(err)
	}
}

// consistent checks that summary and lines say the same.
func consistent(t testing.TB, j *Journal, id int64) {
	t.Helper()
	s := receiptOf(t, j, id)
	var counts receipt.Counts
	files, bytes := 0, int64(0)
	for l, err := range j.AllLines(context.Background(), id) {
		if err != nil {
			t.Fatal(err)
		}
		if l.Place != files {
			t.Errorf("line %d has place %d", files, l.Place)
		}
		counts[l.Outcome]++
		files++
		bytes += l.Size
	}
	if s.Counts != counts || s.Files != files || s.Bytes != bytes {
		t.Errorf("the summary says %v of %d files and %d bytes, the lines %v of %d and %d", s.Counts, s.Files, s.Bytes, counts, files, bytes)
	}
}

var everyState = []uploader.State{
	uploader.Ready, uploader.Registered, uploader.InDarwin, uploader.InDarwin, uploader.Skipped, uploader.Blocked, uploader.Failed, uploader.Stopped,
}

func TestAReceiptSaysWhatBecameOfEveryFile(t *testing.T) {
	for _, ended := range []bool{false, true} {
		t.Run(fmt.Sprint("ended ", ended), func(t *testing.T) {
			j := open(t, t.TempDir())
			id := run(t, j, ended, "DCIM", everyState...)
			s := receiptOf(t, j, id)
			want := receipt.Counts{receipt.NotSent: 3, receipt.Sent: 2, receipt.Skipped: 1, receipt.NeedsYou: 2}
			if s.Counts != want || s.Files != 8 || s.Bytes != 36 || s.From != "DCIM" || s.Server != "https://darwin.example" || s.Account != "account-1" ||
				s.Dataset != dataset || s.Ended.IsZero() == ended || !s.Settled.IsZero() || s.Imported || time.Since(s.Began) > time.Minute {
				t.Errorf("it says %+v", s)
			}
			consistent(t, j, id)
			lines := linesOf(t, j, id, receipt.Every)
			if l := lines[2]; l.ItemID != "item-2" || l.Path != someItems(3)[2].Path || l.Name != "0002.jpg" || l.Folder != "/in" || l.Size != 3 || l.Reason != "" {
				t.Errorf("line 2 says %+v", l)
			}
			if lines[4].Reason != "Because it is skipped." || lines[7].Reason != "Because it is stopped." || lines[7].Outcome != receipt.NotSent {
				t.Errorf("they say %+v, %+v", lines[4], lines[7])
			}
			for o, n := range want {
				if got := linesOf(t, j, id, receipt.Outcome(o)); len(got) != n {
					t.Errorf("%d lines are %v, want %d", len(got), receipt.Outcome(o), n)
				}
			}
		})
	}
}

func TestLinesComeInPages(t *testing.T) {
	j := open(t, t.TempDir())
	states := make([]uploader.State, 10)
	for i := range states {
		if i%2 == 1 {
			states[i] = uploader.InDarwin
		}
	}
	id := run(t, j, true, "", states...)
	for _, tc := range []struct {
		o             receipt.Outcome
		offset, limit int
		want          []int
	}{
		{receipt.Every, 0, 3, []int{0, 1, 2}},
		{receipt.Every, 8, 3, []int{8, 9}},
		{receipt.Every, 11, 3, nil},
		{receipt.Sent, 1, 3, []int{3, 5, 7}},
		{receipt.Sent, -1, 1, []int{1}},
		{receipt.Missing, 0, 3, nil},
		{receipt.Every, 0, 0, nil},
	} {
		lines, err := j.Lines(t.Context(), id, tc.o, tc.offset, tc.limit)
		var places []int
		for _, l := range lines {
			places = append(places, l.Place)
		}
		if err != nil || !slices.Equal(places, tc.want) {
			t.Errorf("%+v: %v, %v", tc, places, err)
		}
	}
}

func TestAllLinesOfALargeBatchComeInOrder(t *testing.T) {
	j := open(t, t.TempDir())
	id := run(t, j, true, "", make([]uploader.State, 2*linesAtOnce+1)...)
	consistent(t, j, id)
	n := 0
	for range j.AllLines(t.Context(), id) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d lines after 3 were wanted", n)
	}
	if got := receiptOf(t, j, id).Files; got != 2*linesAtOnce+1 {
		t.Errorf("%d files", got)
	}
}

func TestABatchThatIsNotThereHasNoReceipt(t *testing.T) {
	j := open(t, t.TempDir())
	if _, err := j.Receipt(t.Context(), 9); fault.KindOf(err) != fault.Missing {
		t.Errorf("Receipt says %v", err)
	}
	if lines, err := j.Lines(t.Context(), 9, receipt.Every, 0, 10); err != nil || lines != nil {
		t.Errorf("Lines gives %v, %v", lines, err)
	}
}

func TestVerdictsAreKept(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	id := run(t, j, true, "", uploader.InDarwin, uploader.InDarwin, uploader.InDarwin, uploader.Skipped)
	pending, err := j.Pending(t.Context(), id)
	want := []receipt.Pending{{Place: 0, ItemID: "item-0"}, {Place: 1, ItemID: "item-1"}, {Place: 2, ItemID: "item-2"}}
	if err != nil || !slices.Equal(pending, want) {
		t.Fatalf("pending: %v, %v", pending, err)
	}
	at := time.UnixMicro(1_800_000_000_000_000)
	settle(t, j, id, receipt.Verdict{Place: 0, Outcome: receipt.InDarwin, At: at}, receipt.Verdict{Place: 1, Outcome: receipt.Refused, Reason: "Broken.", At: at})
	consistent(t, j, id)
	if s := receiptOf(t, j, id); !s.Settled.IsZero() || s.Counts[receipt.Sent] != 1 || s.Counts[receipt.InDarwin] != 1 || s.Counts[receipt.Refused] != 1 {
		t.Errorf("it says %+v", s)
	}
	// What is settled, or was never sent, is not settled again.
	settle(t, j, id, receipt.Verdict{Place: 0, Outcome: receipt.Refused, At: at}, receipt.Verdict{Place: 3, Outcome: receipt.InDarwin, At: at},
		receipt.Verdict{Place: 77, Outcome: receipt.InDarwin, At: at}, receipt.Verdict{Place: 2, Outcome: receipt.InDarwin, Reason: "Archived.", At: at})
	shut(t, j)
	j = open(t, dir)
	consistent(t, j, id)
	s := receiptOf(t, j, id)
	if s.Settled.IsZero() || s.Ended.IsZero() || s.Counts != (receipt.Counts{receipt.InDarwin: 2, receipt.Refused: 1, receipt.Skipped: 1}) {
		t.Errorf("it says %+v", s)
	}
	if l := linesOf(t, j, id, receipt.Every)[1]; l.Outcome != receipt.Refused || l.Reason != "Broken." || !l.At.Equal(at) || l.ItemID != "item-1" {
		t.Errorf("line 1 says %+v", l)
	}
	if err := j.Settle(t.Context(), id, []receipt.Verdict{{Place: 0, Outcome: receipt.Sent}}); err == nil {
		t.Error("Sent is taken for a verdict")
	}
}

func TestAMissingFileIsSentAgain(t *testing.T) {
	j := open(t, t.TempDir())
	id := run(t, j, true, "", uploader.InDarwin, uploader.InDarwin, uploader.InDarwin)
	at := time.Now()
	settle(t, j, id, receipt.Verdict{Place: 0, Outcome: receipt.InDarwin, At: at},
		receipt.Verdict{Place: 1, Outcome: receipt.Missing, Reason: "Lost.", At: at},
		receipt.Verdict{Place: 2, Outcome: receipt.Missing, Reason: "Waits.", Waiting: true, At: at})
	consistent(t, j, id)
	if s := receiptOf(t, j, id); !s.Ended.IsZero() || s.Settled.IsZero() || s.Counts[receipt.Missing] != 2 {
		t.Errorf("it says %+v", s)
	}
	u, plan := newest(t, j)
	if u.ID != id || u.Files != 3 || u.Counts[uploader.InDarwin] != 1 {
		t.Errorf("it is listed as %+v", u)
	}
	for i, want := range []uploader.Reached{
		{Upload: uploadOf(0), Stored: true, Confirmed: true}, {}, {Upload: uploadOf(2)},
	} {
		if plan.Items[i].Reached != want {
			t.Errorf("item %d goes on from %+v", i, plan.Items[i].Reached)
		}
	}
	page, err := j.For("", "").Begin(plan)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		if err := page.Record(entryOf(plan.Items[1+i], 1+i, uploader.InDarwin)); err != nil {
			t.Fatal(err)
		}
	}
	if err := page.Close(true); err != nil {
		t.Fatal(err)
	}
	consistent(t, j, id)
	if s := receiptOf(t, j, id); s.Ended.IsZero() || !s.Settled.IsZero() || s.Counts != (receipt.Counts{receipt.InDarwin: 1, receipt.Sent: 2}) {
		t.Errorf("it says %+v", s)
	}
	if l := linesOf(t, j, id, receipt.Every)[1]; l.Reason != "" || !l.At.IsZero() {
		t.Errorf("line 1 says %+v", l)
	}
}

// Darwin may be asked about a batch before it ends.
func TestABatchWithAMissingFileDoesNotEnd(t *testing.T) {
	j := open(t, t.TempDir())
	items := someItems(2)
	page, err := j.For("", "").Begin(uploader.Plan{Dataset: dataset, Items: items})
	if err != nil {
		t.Fatal(err)
	}
	for i := range items {
		if err := page.Record(entryOf(items[i], i, uploader.InDarwin)); err != nil {
			t.Fatal(err)
		}
	}
	settle(t, j, page.Number(), receipt.Verdict{Place: 1, Outcome: receipt.Missing, At: time.Now()})
	if err := page.Close(true); err != nil {
		t.Fatal(err)
	}
	if s := receiptOf(t, j, page.Number()); !s.Ended.IsZero() || s.Counts[receipt.Missing] != 1 {
		t.Errorf("it says %+v", s)
	}
	if err := j.Discard(page.Number()); err != nil {
		t.Fatal(err)
	}
	if s := receiptOf(t, j, page.Number()); s.Ended.IsZero() || s.Counts[receipt.Missing] != 1 {
		t.Errorf("after it was discarded it says %+v", s)
	}
	consistent(t, j, page.Number())
}

func TestHistoryIsNewestFirstAndCanBeSearched(t *testing.T) {
	j := open(t, t.TempDir())
	var ids []int64
	for i, from := range []string{"Mai", "100%", "Größen", ""} {
		d := dataset
		if i == 3 {
			d.Name, d.Slug = "Nest boxes", "nest-boxes"
		}
		items := someItems(3)
		items[1].Name = []string{"deer_1.JPG", "fox.jpg", "Über 50%.jpg", "heron.jpg"}[i]
		page, err := j.For("s", "").Begin(uploader.Plan{Dataset: d, Items: items, From: from})
		if err != nil {
			t.Fatal(err)
		}
		if err := page.Close(i < 2); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, page.Number())
		if _, err := j.db.Exec("UPDATE batches SET began = ? WHERE id = ?", 1000*(i+1), page.Number()); err != nil {
			t.Fatal(err)
		}
	}
	for _, tc := range []struct {
		search string
		limit  int
		want   []int
	}{
		{"", 0, []int{3, 2, 1, 0}},
		{"  ", 2, []int{3, 2}},
		{"camera", 0, []int{2, 1, 0}},
		{"NEST", 0, []int{3}},
		{"deer_1.jpg", 0, []int{0}},
		{"deerx1.jpg", 0, nil},
		{"50%", 0, []int{2}},
		{"100%", 0, []int{1}},
		{"größen", 0, []int{2}},
		{"über", 0, []int{2}},
		{"0002.jpg", 3, []int{3, 2, 1}},
		{"nothing like it", 0, nil},
		{`\`, 0, nil},
	} {
		list, err := j.History(t.Context(), tc.search, tc.limit)
		var got, want []int64
		for _, s := range list {
			got = append(got, s.ID)
			if s.Files != 3 {
				t.Errorf("%q: %+v", tc.search, s)
			}
		}
		for _, i := range tc.want {
			want = append(want, ids[i])
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q lists %v, want %v: %v", tc.search, got, want, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := j.History(ctx, "x", 0); fault.KindOf(err) != fault.Stopped {
		t.Errorf("a search that is no longer wanted: %v", err)
	}
}

func TestOneRequestsFailureIsNoOthers(t *testing.T) {
	j := open(t, t.TempDir())
	page := begin(t, j, 1)
	held, release := make(chan struct{}), make(chan struct{})
	results := make(chan error, 3)
	hand := func(do func(context.Context, *sql.Tx) error) {
		if err := j.hand(request{do, func(err error) { results <- err }}); err != nil {
			t.Fatal(err)
		}
	}
	hand(func(context.Context, *sql.Tx) error { close(held); <-release; return nil })
	<-held // what comes now is written together
	hand(func(ctx context.Context, tx *sql.Tx) error { return end(ctx, tx, 99) })
	hand(func(ctx context.Context, tx *sql.Tx) error { return end(ctx, tx, page.Number()) })
	close(release)
	if first, wrong, right := <-results, <-results, <-results; first != nil || wrong == nil || right != nil {
		t.Errorf("they end with %v, %v, %v", first, wrong, right)
	}
}

func TestTheReceiptOfADamagedJournalHarmsNothing(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	id := run(t, j, true, "", uploader.InDarwin)
	if _, err := j.db.Exec("UPDATE items SET outcome = 'dreaming'; UPDATE tallies SET outcome = 'dreaming'"); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Receipt(t.Context(), id); fault.KindOf(err) != fault.Disk {
		t.Errorf("Receipt says %v", err)
	}
	if _, err := j.Lines(t.Context(), id, receipt.Every, 0, 1); fault.KindOf(err) != fault.Disk {
		t.Errorf("Lines says %v", err)
	}
	for _, err := range j.AllLines(t.Context(), id) {
		if fault.KindOf(err) != fault.Disk {
			t.Errorf("AllLines says %v", err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, fileName)); err != nil {
		t.Error(err)
	}
}
