package journal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

func TestAPlanComesBackAsItWas(t *testing.T) {
	plan := uploader.Plan{Dataset: dataset, Items: []uploader.Item{
		{Path: "/a/plain.jpg", Size: 1, ModTime: time.Unix(1, 2), Kind: intake.Image, Name: "plain.jpg", Folder: "/"},
		{Path: "/a/not\xffutf8/ö '\"; DROP TABLE items.mp4", Size: 5 << 30, ModTime: time.Unix(-11_644_473_600, 999_999_999), Kind: intake.Video,
			Name: "ö.mp4", Folder: "/a/b", Tags: []darwin.Tag{{Class: "deer"}, {Class: "weather", Text: "light \"rain\""}}, Video: &darwin.Video{FPS: 12.5, AsFrames: true}},
		{Path: `\\server\share\x`, Size: 3, ModTime: time.Unix(99_999_999_999_999, 0), Kind: intake.Medical, Type: "dicom", Name: "x", Folder: "/", Video: &darwin.Video{}},
		{Path: "/d.pdf", Size: 4, ModTime: time.Time{}, Kind: intake.Document, Name: "d.pdf", Folder: "/"},
		{Path: "/r.jpg", Size: 4, ModTime: time.Unix(5, 0), Name: "r.jpg", Folder: "/", Reached: uploader.Reached{Upload: darwin.Upload{ItemID: "17", UploadID: "18"}}},
		{Path: "/s.jpg", Size: 4, ModTime: time.Unix(5, 0), Name: "s.jpg", Folder: "/", Reached: uploader.Reached{Upload: darwin.Upload{ItemID: "19", UploadID: "20"}, Stored: true}},
		{Path: "/q.jpg", Size: 4, ModTime: time.Unix(5, 0), Name: "q.jpg", Folder: "/", Reached: uploader.Reached{Asked: uploader.Asked{From: time.Unix(100, 0), Until: time.Unix(220, 5000)}}},
		{Path: "/c.jpg", Size: 4, ModTime: time.Unix(5, 0), Name: "c.jpg", Folder: "/", Reached: uploader.Reached{Upload: darwin.Upload{ItemID: "21"}, Stored: true, Confirmed: true}},
	}}
	dir := filepath.Join(t.TempDir(), "a ?#%41 ö", "settings")
	j := open(t, dir)
	page, err := j.For("https://darwin.example", "account-1").Begin(plan)
	if err != nil {
		t.Fatal(err)
	}
	if err := page.Close(false); err != nil {
		t.Fatal(err)
	}
	shut(t, j)
	u, back := newest(t, open(t, dir))
	if u.Server != "https://darwin.example" || u.Account != "account-1" || u.Dataset != dataset || u.Files != len(plan.Items) || time.Since(u.Began) > time.Minute {
		t.Errorf("it is listed as %+v", u)
	}
	if back.Batch != u.ID || back.Dataset != dataset || len(back.Items) != len(plan.Items) {
		t.Fatalf("it comes back as %+v", back)
	}
	for i, item := range back.Items {
		same(t, item, plan.Items[i])
	}
}

func same(t *testing.T, got, want uploader.Item) {
	t.Helper()
	a, b := got.Reached, want.Reached
	if got.Path != want.Path || got.Size != want.Size || !got.ModTime.Equal(want.ModTime) || got.Kind != want.Kind || got.Type != want.Type ||
		got.Name != want.Name || got.Folder != want.Folder || !slices.Equal(got.Tags, want.Tags) || (got.Video == nil) != (want.Video == nil) ||
		got.Video != nil && *got.Video != *want.Video ||
		a.Upload != b.Upload || a.Stored != b.Stored || a.Confirmed != b.Confirmed || !a.Asked.From.Equal(b.Asked.From) || !a.Asked.Until.Equal(b.Asked.Until) {
		t.Errorf("%s comes back as\n%+v, want\n%+v", want.Name, got, want)
	}
}

func TestWhatWasRecordedIsThereAfterTheProgramWasGone(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	page := begin(t, j, 6)
	upload := darwin.Upload{ItemID: "i", UploadID: "u"}
	entries := []uploader.Entry{
		{Place: 1, State: uploader.Registering, Reached: uploader.Reached{Asked: uploader.Asked{From: time.Unix(7, 0), Until: time.Unix(9, 0)}}},
		{Place: 2, State: uploader.Registered, Reached: uploader.Reached{Upload: upload}},
		{Place: 3, State: uploader.Confirming, Reached: uploader.Reached{Upload: upload, Stored: true}, Attempts: 2},
		{Place: 4, State: uploader.InDarwin, Reached: uploader.Reached{Upload: upload, Stored: true, Confirmed: true}},
		{Place: 5, State: uploader.Blocked, Stage: uploader.StageRegister, Reason: darwin.ReasonUnknownTag, Problem: &fault.Error{What: "No such tag.", Detail: "not kept"}},
	}
	renewed := someItems(6)
	renewed[3].Size, renewed[3].ModTime = 12345, time.Unix(1_800_000_000, 77) // it changed while it was sent
	for i, e := range entries {
		entries[i].Size, entries[i].ModTime = renewed[e.Place].Size, renewed[e.Place].ModTime
	}
	if err := page.Record(entries...); err != nil {
		t.Fatal(err)
	}
	copied := abandoned(t, dir) // as a crash leaves it
	u, plan := newest(t, open(t, copied))
	var want uploader.Counts
	for _, s := range []uploader.State{uploader.Ready, uploader.Registering, uploader.Registered, uploader.Confirming, uploader.InDarwin, uploader.Blocked} {
		want[s] = 1
	}
	if u.Counts != want || u.Files != 6 {
		t.Errorf("it is listed as %+v", u)
	}
	for i, want := range []uploader.Reached{
		{}, {Asked: uploader.Asked{From: time.Unix(7, 0), Until: time.Unix(9, 0)}}, {Upload: upload},
		{Upload: upload, Stored: true}, {Upload: upload, Stored: true, Confirmed: true}, {},
	} {
		expected := renewed[i]
		expected.Reached = want
		same(t, plan.Items[i], expected)
	}
}

// abandoned copies a journal that is in use.
func abandoned(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	for _, name := range []string{fileName, fileName + "-wal"} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func TestWhatHasEndedOrWasDiscardedIsNotListed(t *testing.T) {
	j := open(t, t.TempDir())
	ended, left, discarded := begin(t, j, 1), begin(t, j, 2), begin(t, j, 3)
	for page, over := range map[uploader.Page]bool{ended: true, left: false, discarded: false} {
		page.Note(uploader.Entry{State: uploader.Failed, Problem: &fault.Error{}})
		if err := page.Close(over); err != nil {
			t.Fatal(err)
		}
	}
	list, err := j.Unfinished(t.Context())
	if err != nil || len(list) != 2 || list[0].Files != 3 || list[1].Files != 2 || list[1].Counts[uploader.Failed] != 1 {
		t.Fatalf("unfinished: %+v, %v", list, err)
	}
	if err := j.Discard(list[0].ID); err != nil {
		t.Fatal(err)
	}
	u, plan := newest(t, j)
	if u.ID != list[1].ID {
		t.Errorf("unfinished: %+v", u)
	}
	page, err := j.For("", "").Begin(plan)
	if err != nil {
		t.Fatal(err)
	}
	if err := page.Close(true); err != nil {
		t.Fatal(err)
	}
	if list, err := j.Unfinished(t.Context()); err != nil || len(list) > 0 {
		t.Errorf("unfinished: %+v, %v", list, err)
	}
	if _, err := j.Load(t.Context(), 99); fault.KindOf(err) != fault.Missing {
		t.Errorf("a batch that is not there: %v", err)
	}
	if _, err := j.For("", "").Begin(uploader.Plan{Batch: 99}); fault.KindOf(err) != fault.Disk {
		t.Errorf("going on with a batch that is not there: %v", err)
	}
}

func TestManyWorkersShareOneDisk(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	const workers, each = 16, 50
	page := begin(t, j, workers*each)
	if err := page.Add(workers*each, someItems(3)); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for i := range each {
				e := uploader.Entry{Place: w*each + i, State: uploader.Confirming, Reached: uploader.Reached{Stored: true}}
				if err := page.Record(e); err != nil {
					t.Error(err)
				}
				e.State, e.Reached.Confirmed = uploader.InDarwin, true
				page.Note(e)
			}
		})
	}
	all.Wait()
	if err := page.Close(false); err != nil {
		t.Fatal(err)
	}
	if u, plan := newest(t, j); u.Counts[uploader.InDarwin] != workers*each || u.Counts[uploader.Ready] != 3 || len(plan.Items) != workers*each+3 {
		t.Errorf("it is listed as %+v", u)
	}
}

func TestTheDiskIsAskedToKeepWhatItIsGiven(t *testing.T) {
	j := open(t, t.TempDir())
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "fullfsync": "1", "locking_mode": "exclusive",
	} {
		var got string
		if err := j.db.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", pragma, got, err, want)
		}
	}
}

func TestAFullOrReadOnlyDiskIsToldAndHarmsNothing(t *testing.T) {
	for name, tc := range map[string]struct{ break_, mend, words string }{
		"full":      {"PRAGMA max_page_count = 1", "PRAGMA max_page_count = 100000", "the disk is full"},
		"read-only": {"PRAGMA query_only = 1", "PRAGMA query_only = 0", "writing is not allowed"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			j := open(t, dir)
			page := begin(t, j, 5)
			if _, err := j.db.Exec(tc.break_); err != nil {
				t.Fatal(err)
			}
			many := someItems(2000)
			for i, err := range []error{page.Add(5, many), last(j.For("", "").Begin(uploader.Plan{Items: many})), page.Close(true)} {
				f := fault.Of(err)
				if f == nil || f.Kind != fault.Disk || !strings.Contains(f.What, tc.words) || f.Safe == "" || f.Do == "" {
					t.Errorf("%d: it says %v", i, f)
				}
			}
			if _, err := j.db.Exec(tc.mend); err != nil {
				t.Fatal(err)
			}
			u, plan := newest(t, j)
			if u.Files != 5 || len(plan.Items) != 5 {
				t.Errorf("it is listed as %+v", u)
			}
		})
	}
}

func last(_ uploader.Page, err error) error { return err }

func TestANoteThatCouldNotBeWrittenIsToldAtTheEnd(t *testing.T) {
	j := open(t, t.TempDir())
	page := begin(t, j, 1)
	page.Note(uploader.Entry{Place: 7, State: uploader.Failed, Problem: &fault.Error{}})
	if err := page.Close(true); fault.KindOf(err) != fault.Disk {
		t.Errorf("Close says %v", err)
	}
	if u, _ := newest(t, j); u.Files != 1 {
		t.Errorf("it is listed as %+v", u)
	}
}

func TestAfterCloseEveryMethodFails(t *testing.T) {
	j := open(t, t.TempDir())
	page := begin(t, j, 1)
	shut(t, j)
	shut(t, j)
	page.Note(uploader.Entry{State: uploader.Registering})
	_, listErr := j.Unfinished(t.Context())
	for i, err := range []error{
		page.Record(uploader.Entry{State: uploader.Registering}), page.Add(1, someItems(1)), page.Close(true),
		last(j.For("", "").Begin(uploader.Plan{Items: someItems(1)})), j.Discard(1), listErr,
	} {
		if !errors.Is(err, errClosed) || fault.KindOf(err) != fault.Disk {
			t.Errorf("%d: %v", i, err)
		}
	}
}

func TestAListThatIsNoLongerWantedEnds(t *testing.T) {
	j := open(t, t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := j.Unfinished(ctx); fault.KindOf(err) != fault.Stopped {
		t.Errorf("Unfinished says %v", err)
	}
}

func TestOthersOnThisComputerCannotReadIt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps the rights in the folder")
	}
	dir := filepath.Join(t.TempDir(), "settings")
	j := open(t, dir)
	begin(t, j, 1)
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 3 {
		t.Errorf("the folder has %v, %v", files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the rights %v (%v)", f.Name(), info.Mode(), err)
		}
	}
}
