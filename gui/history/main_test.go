package history

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"go.uber.org/goleak"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/receipt"
)

// patience is how long a test waits for something that takes milliseconds.
const patience = 30 * time.Second

func TestMain(m *testing.M) {
	// Fyne's test application keeps a watcher of its settings for ever.
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/fsnotify/fsnotify.(*inotify).readEvents"),
		goleak.IgnoreAnyFunction("fyne.io/fyne/v2/internal/async.(*UnboundedChan[...]).processing"))
}

// now is the moment of all tests: a Thursday afternoon.
var now = time.Date(2026, 5, 14, 15, 30, 0, 0, time.Local)

// books is a Source in memory.
type books struct {
	mu      sync.Mutex
	list    []receipt.Summary
	lines   map[int64][]receipt.Line
	problem error         // of every call
	partly  bool          // the list is given with the problem
	gate    chan struct{} // if not nil, calls wait for it
	reads   []int         // offsets of the pages that were asked for
	asked   []string      // searches
}

func (b *books) History(ctx context.Context, search string, limit int) ([]receipt.Summary, error) {
	b.mu.Lock()
	b.asked = append(b.asked, search)
	b.mu.Unlock()
	if err := b.wait(ctx); err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.problem != nil && !b.partly {
		return nil, b.problem
	}
	var list []receipt.Summary
	for _, s := range b.list {
		hit := strings.Contains(strings.ToLower(s.Dataset.Name), strings.ToLower(search)) ||
			slices.ContainsFunc(b.lines[s.ID], func(l receipt.Line) bool { return strings.Contains(l.Name, search) })
		if hit && len(list) < limit {
			list = append(list, s)
		}
	}
	return list, b.problem
}

func (b *books) Lines(ctx context.Context, id int64, o receipt.Outcome, offset, limit int) ([]receipt.Line, error) {
	if err := b.wait(ctx); err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reads = append(b.reads, offset)
	if b.problem != nil {
		return nil, b.problem
	}
	var lines []receipt.Line
	for _, l := range b.lines[id] {
		if o == receipt.Every || l.Outcome == o {
			lines = append(lines, l)
		}
	}
	lines = lines[min(offset, len(lines)):]
	return slices.Clone(lines[:min(limit, len(lines))]), nil
}

func (b *books) Find(_ context.Context, id int64, search string) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.IndexFunc(b.lines[id], func(l receipt.Line) bool { return search != "" && strings.Contains(l.Name, search) }), b.problem
}

func (b *books) wait(ctx context.Context) error {
	b.mu.Lock()
	gate := b.gate
	b.mu.Unlock()
	if gate == nil {
		return nil
	}
	select {
	case <-gate:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// with changes the books as a program at work does.
func (b *books) with(change func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change()
}

// add enters an upload: its files have these outcomes, in this order.
func (b *books) add(id int64, dataset string, began time.Time, outcomes ...receipt.Outcome) *receipt.Summary {
	s := receipt.Summary{ID: id, Server: "https://darwin.example", Account: "a", Dataset: darwin.Dataset{ID: id, Name: dataset, TeamSlug: "alder"},
		From: "April 2026", Began: began, Ended: began.Add(5 * time.Minute), Settled: began.Add(5 * time.Minute), Files: len(outcomes)}
	folders := []string{"/Alder Creek", "/North Ridge", "/River Bend/Upper camera"}
	lines := make([]receipt.Line, len(outcomes))
	for i, o := range outcomes {
		name := fmt.Sprintf("AC_%04d.jpg", i+1)
		if i%10 == 9 {
			name = fmt.Sprintf("AC_%04d.mp4", i+1)
		}
		folder := folders[min(i/8, 2)]
		lines[i] = receipt.Line{Place: i, Name: name, Folder: folder, Path: "/cards/April 2026" + folder + "/" + name, Size: 12_600_000, Outcome: o}
		switch o {
		case receipt.InDarwin:
			lines[i].At = began.Add(time.Duration(i) * time.Second)
		case receipt.NeedsYou:
			lines[i].Reason = "The tag “siamese” is new: your team does not have it. Create the tag, then send the file again."
		case receipt.Refused:
			lines[i].At = began.Add(time.Duration(i) * time.Second)
			lines[i].Reason = "Darwin could not process it: the video has no frames."
		}
		s.Counts[o]++
		s.Bytes += lines[i].Size
	}
	if s.Counts[receipt.Sent] > 0 {
		s.Settled = time.Time{}
	}
	b.list = append(b.list, s)
	slices.SortStableFunc(b.list, func(x, y receipt.Summary) int { return cmp.Compare(y.Began.Unix(), x.Began.Unix()) })
	if b.lines == nil {
		b.lines = map[int64][]receipt.Line{}
	}
	b.lines[id] = lines
	for i := range b.list {
		if b.list[i].ID == id {
			return &b.list[i]
		}
	}
	return nil
}

// times is n times an outcome.
func times(n int, o receipt.Outcome) []receipt.Outcome { return slices.Repeat([]receipt.Outcome{o}, n) }

// rig is a History place whose main thread is the test itself.
type rig struct {
	testing.TB
	*View
	books  *books
	posted chan func()
	window fyne.Window
}

func newRig(t testing.TB, b *books, size fyne.Size) *rig {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
	r := &rig{TB: t, books: b, posted: make(chan func(), 10_000)}
	r.View = New(t.Context(), b, func(f func()) { r.posted <- f }, func() time.Time { return now })
	t.Cleanup(r.Close)
	r.window = looktest.Window(t, r.View, size)
	return r
}

// open shows the place and waits until all that can be seen is there.
func (r *rig) open() *rig {
	r.Helper()
	r.Shown(true)
	r.settled()
	return r
}

// settled plays the main thread until nothing is being read.
func (r *rig) settled() {
	r.Helper()
	r.until("all was read", func() bool { return !r.reading && !r.detail.lines.pages.asking && len(r.posted) == 0 })
}

func (r *rig) until(what string, holds func() bool) {
	r.Helper()
	late := time.After(patience)
	for !holds() {
		select {
		case f := <-r.posted:
			f()
		case <-late:
			r.Fatalf("waited in vain: %s", what)
		}
	}
}

// library is the books of the design.
func library() *books {
	b := &books{}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 5, day, hour, minute, 11, 0, time.Local) }
	b.add(7, "Camera traps 2026", at(14, 14, 11), times(412, receipt.InDarwin)...)
	b.add(6, "Nest boxes", at(14, 9, 40), slices.Concat(times(389, receipt.InDarwin), times(20, receipt.NeedsYou), times(3, receipt.Refused))...)
	mixed := times(206, receipt.InDarwin)
	for i, at := range []int{2, 3, 40, 41, 42, 90} {
		mixed = slices.Insert(mixed, at, receipt.Skipped)
		_ = i
	}
	b.add(5, "Camera traps 2026", at(13, 16, 35), mixed...)
	b.add(4, "River survey", at(13, 11, 5), times(1900, receipt.InDarwin)...).Imported = true
	b.add(3, "Test upload", at(6, 10, 0), slices.Concat(times(12, receipt.InDarwin), times(28, receipt.NotSent))...)
	b.add(2, "Owl calls, video", at(5, 10, 0), times(36, receipt.InDarwin)...)
	b.add(1, "Camera traps 2025", at(1, 10, 0), times(3412, receipt.InDarwin)...)
	return b
}
