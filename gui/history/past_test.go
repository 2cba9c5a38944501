package history

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

// Receipt and AllLines make books Uploads.
func (b *books) Receipt(_ context.Context, id int64) (receipt.Summary, error) {
	i := slices.IndexFunc(b.list, func(s receipt.Summary) bool { return s.ID == id })
	return b.list[i], b.problem
}

func (b *books) AllLines(_ context.Context, id int64) iter.Seq2[receipt.Line, error] {
	return func(yield func(receipt.Line, error) bool) {
		for _, l := range b.lines[id] {
			if l.Outcome != receipt.LeftOut && !yield(l, nil) {
				return
			}
		}
	}
}

// leave says that this much was left out of an upload.
func (b *books) leave(id int64, paths ...string) {
	for i := range b.list {
		if b.list[i].ID == id {
			b.list[i].LeftOut += len(paths)
		}
	}
	for i, path := range paths {
		b.lines[id] = append(b.lines[id], receipt.Line{Place: i, Path: path, Outcome: receipt.LeftOut, Reason: "Darwin takes no such files."})
	}
}

// record is a record of imports with one of five rows: two in Darwin, one there
// already, one blocked and one that lacks something.
func record(t *testing.T, began time.Time) *ledger.Ledger {
	t.Helper()
	book, err := ledger.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	})
	about := external.About{Server: "https://darwin.example", Account: "a", Dataset: darwin.Dataset{ID: 4, Name: "River survey", TeamSlug: "alder"},
		Storage: darwin.StorageInfo{Name: "field-archive"}, From: "archive.csv"}
	id, err := book.Begin(t.Context(), about, began)
	states := []ledger.State{ledger.Ready, ledger.Ready, ledger.Exists, ledger.Blocked, ledger.Unfit}
	rows := make([]ledger.Row, len(states))
	for i, state := range states {
		name := fmt.Sprintf("RS_%04d.jpg", i)
		rows[i] = ledger.Row{Place: i, Line: i + 2, State: state, Folder: "/2019", Name: name, Content: fmt.Sprintf(`{"k":"survey/%s"}`, name)}
	}
	rows[3].Reason = "Darwin does not know a tag of this object."
	err = errors.Join(err, book.Add(t.Context(), id, rows), book.Seal(t.Context(), id, "twice", began), book.End(t.Context(), id, began.Add(time.Minute)))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// newRigOf is newRig with another source than its books.
func newRigOf(t *testing.T, b *books, book *ledger.Ledger) *rig {
	r := newRig(t, b, wide)
	r.source = Both{Uploads: b, Imports: func() (*ledger.Ledger, error) { return book, nil }}
	r.detail.lines.pages.source = r.source
	return r
}

func TestImportsAreListedAmongTheUploadsWithTheirStorage(t *testing.T) {
	book := record(t, now.Add(-3*time.Hour))
	r := newRigOf(t, library(), book)
	var sent []receipt.Outcome
	r.OnSendAgain = func(s receipt.Summary, outcomes []receipt.Outcome, _ func(error)) {
		if number, imported := ImportOf(s.ID); !imported || number != 1 {
			t.Errorf("it sends number %d again", s.ID)
		}
		sent = outcomes
	}
	went := false
	r.OnImport = func() { went = true }
	r.open()
	if at := slices.IndexFunc(r.batches.list, func(s receipt.Summary) bool { return s.ID < 0 }); at != 1 {
		t.Fatalf("the import is number %d of the list", at)
	}
	r.list.step(r.batches.rowOf(-1), 1)
	r.settled()
	r.says("2 imported, 2 need you", "storage field-archive", "from archive.csv", "imported and in Darwin", "RS_0003.jpg", "/2019", "Needs you: Darwin does")
	test.Tap(r.button("Import the 1 again"))
	if !slices.Contains(sent, receipt.NeedsYou) {
		t.Errorf("it sends %v again", sent)
	}
	r.detail.choose(skipped)
	r.settled()
	r.detail.roll.step(0, 1)
	if want := "RS_0002.jpg: Skipped: there already. The dataset has an item with this name and folder. In the storage it is survey/RS_0002.jpg."; r.detail.sentence.Text() != want {
		t.Errorf("it says %q", r.detail.sentence.Text())
	}
	r.SetRunning(-1)
	r.settled()
	r.says("Being imported now", "This import is under way.")
	test.Tap(r.button("Show it"))
	if !went {
		t.Error("it leads nowhere")
	}
}

func TestASearchFindsTheItemsOfImports(t *testing.T) {
	r := newRigOf(t, library(), record(t, now.Add(-3*time.Hour))).open()
	r.search.SetText("RS_0003")
	r.settled()
	r.until("the line", func() bool { return r.detail.of.ID == -1 && r.detail.roll.chosen == 3 })
	if len(r.batches.list) != 1 {
		t.Errorf("it finds %d", len(r.batches.list))
	}
}

func TestUploadsAreShownAlthoughTheRecordOfImportsCannotBeRead(t *testing.T) {
	b := library()
	b.problem, b.partly = &fault.Error{Kind: fault.Disk, What: "The record of imports cannot be read."}, true
	r := newRig(t, b, wide)
	r.Shown(true)
	r.until("the list", func() bool { return !r.reading })
	r.says("The record of imports cannot be read.", "All 412 sent")
}

func TestAWholeReceiptHasWhatWasLeftOut(t *testing.T) {
	b := library()
	b.leave(6, "/cards/notes.txt", "/cards/song.mp3")
	both := Both{Uploads: b, Imports: func() (*ledger.Ledger, error) { return record(t, now), nil }}
	for id, want := range map[int64]int{6: 414, -1: 5} {
		s, lines, err := both.Whole(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for range lines {
			n++
		}
		if n != want || s.Imported != (id < 0) {
			t.Errorf("of %d there are %d lines: %+v", id, n, s)
		}
	}
}

func TestWhatWasLeftOutHasAChipOfItsOwnWithTheReasons(t *testing.T) {
	b := library()
	b.leave(7, "/cards/notes.txt", "/cards/song.mp3")
	r := newRig(t, b, wide).open()
	r.says("Left out 2", "All 412")
	r.detail.choose(leftOut)
	r.settled()
	r.says("notes.txt", "Left out: Darwin takes")
	r.detail.roll.step(1, 1)
	if want := "song.mp3: Left out. Darwin takes no such files. On this computer it is /cards/song.mp3."; r.detail.sentence.Text() != want {
		t.Errorf("it says %q", r.detail.sentence.Text())
	}
	b.with(func() { b.list[0].LeftOut = 12_000 })
	r.Changed()
	r.settled()
	r.says("The first 5,000 of the 12,000 that were left out are listed.")
}

func TestEachLineSaysWhenItsFileWasDoneWith(t *testing.T) {
	b := library()
	for i := range b.lines[6] {
		b.lines[6][i].Ended = now.Add(time.Duration(i) * time.Second)
	}
	r := newRig(t, b, wide).open()
	r.list.step(r.batches.rowOf(6), 1)
	r.settled()
	r.detail.choose(needsYou)
	r.settled()
	r.says("15:36:29")
}

// photo writes a picture and gives the line of its upload.
func photo(t *testing.T, place int) receipt.Line {
	t.Helper()
	path := filepath.Join(t.TempDir(), fmt.Sprintf("p%d.jpg", place))
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	picture := image.NewRGBA(image.Rect(0, 0, 90, 70))
	for i := range picture.Pix {
		picture.Pix[i] = uint8(i*place/400 + 60*(i%4) + 40)
	}
	if err := errors.Join(jpeg.Encode(f, picture, nil), f.Close()); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return receipt.Line{Place: place, Path: path, Name: filepath.Base(path), Folder: "/in", Size: info.Size(), ModTime: info.ModTime(), Outcome: receipt.InDarwin}
}

// pictures is how many rows show the picture of their file.
func (r *rig) pictures() (n int) {
	for _, o := range test.LaidOutObjects(r.detail.roll) {
		if p, ok := o.(*canvas.Image); ok && p.Visible() && p.Image != nil && p.Size() == fyne.NewSize(thumbWidth, thumbHeight) {
			n++
		}
	}
	return n
}

func TestARowShowsThePictureOfAFileThatIsStillWhatWasSent(t *testing.T) {
	b := library()
	same, other, gone, unknown := photo(t, 0), photo(t, 1), photo(t, 2), photo(t, 3)
	other.ModTime = other.ModTime.Add(-time.Hour)
	if err := os.Remove(gone.Path); err != nil {
		t.Fatal(err)
	}
	unknown.ModTime = time.Time{} // nobody kept it
	b.with(func() { copy(b.lines[7], []receipt.Line{same, other, gone, unknown}) })
	r := newRig(t, b, wide).open()
	r.until("the picture", func() bool { return r.pictures() == 1 })
	r.until("the others to be tried", r.thumbs.Idle)
	if n := r.pictures(); n != 1 {
		t.Errorf("%d rows show a picture", n)
	}
	r.Shown(false)
	if len(r.detail.lines.wanted) != 0 {
		t.Error("it makes pictures that nobody sees")
	}
	r.Shown(true)
	if len(r.detail.lines.wanted) != 3 {
		t.Errorf("%d pictures are wanted again", len(r.detail.lines.wanted))
	}
	r.scrollTo(0.5)
	if len(r.detail.lines.wanted) != 0 {
		t.Error("it goes on making pictures of rows that are out of sight")
	}
}
