package upload

import (
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"go.uber.org/goleak"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/queue"
	"darwin-uploader/gui/session"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/sandbox"
)

// patience is how long a test waits for something that takes milliseconds.
const patience = 30 * time.Second

func TestMain(m *testing.M) {
	// Fyne's test application keeps a watcher of its settings for ever.
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/fsnotify/fsnotify.(*inotify).readEvents"),
		goleak.IgnoreAnyFunction("fyne.io/fyne/v2/internal/async.(*UnboundedChan[...]).processing"))
}

// rig is a place whose main thread is the test itself.
type rig struct {
	testing.TB
	*Place
	sandbox *sandbox.Sandbox
	posted  chan func()
	folder  string
	opened  []string // addresses
}

// newRig opens a place that knows its team's datasets and tag classes.
func newRig(t testing.TB) *rig {
	t.Helper()
	return rigOf(t, practice(t, sandbox.Config{}), nil)
}

// practice starts a Darwin for a test.
func practice(t testing.TB, cfg sandbox.Config) *sandbox.Sandbox {
	t.Helper()
	sb, err := sandbox.Start("127.0.0.1:0", cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sb.Close(); err != nil {
			t.Error(err)
		}
	})
	return sb
}

// rigOf opens a place at a Darwin, with a journal or with nil for none.
func rigOf(t testing.TB, sb *sandbox.Sandbox, j *journal.Journal) *rig {
	t.Helper()
	store, err := settings.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	account, err := session.Whose(t.Context(), sb.URL(), sb.Key(), "test", session.NewWays())
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.Open(session.Config{Account: account, Key: sb.Key(), Agent: "test", Ways: session.NewWays(), Journal: j})
	if err != nil {
		t.Fatal(err)
	}
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
	r := &rig{TB: t, sandbox: sb, posted: make(chan func(), 10_000), folder: t.TempDir()}
	nobody := func(chosen func([]string)) { chosen(nil) }
	r.Place = New(t.Context(), s, Deps{
		Post: func(f func()) { r.posted <- f }, Settings: store, PickFiles: nobody, PickFolder: nobody,
		OpenURL: func(address string) { r.opened = append(r.opened, address) },
	})
	t.Cleanup(r.Close)
	r.until("datasets and tags", func() bool { return r.datasets != nil && r.classes != nil })
	return r
}

// until plays the main thread until a condition holds.
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

// write makes pictures and gives their paths.
func (r *rig) write(names ...string) []string {
	r.Helper()
	var paths []string
	for _, name := range names {
		path := filepath.Join(r.folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			r.Fatal(err)
		}
		f, err := os.Create(path)
		if err != nil {
			r.Fatal(err)
		}
		if err := jpeg.Encode(f, image.NewGray(image.Rect(0, 0, 20+len(name), 20)), nil); err != nil {
			r.Fatal(err)
		}
		if err := f.Close(); err != nil {
			r.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// drop adds new pictures and waits until they are rows.
func (r *rig) drop(names ...string) []string {
	r.Helper()
	paths := r.write(names...)
	r.Add(paths)
	r.untilScanned()
	return paths
}

// playPosted plays what is posted by now.
func (r *rig) playPosted() {
	for len(r.posted) > 0 {
		(<-r.posted)()
	}
}

func (r *rig) untilScanned() {
	r.Helper()
	r.until("the end of the scan", func() bool { return !r.Scanning() })
}

func (r *rig) untilEnded() {
	r.Helper()
	r.until("the end of the upload", func() bool { return !r.Sending() })
}

// choose does what a tap in the list of datasets does.
func (r *rig) choose(name string) *darwin.Dataset {
	r.Helper()
	d := r.DatasetNamed(name)
	if d == nil {
		r.Fatalf("no dataset %q", name)
	}
	r.header.OnDataset(*d)
	return d
}

// arrived checks what a dataset of the local Darwin holds.
func (r *rig) arrived(slug string, want int) {
	r.Helper()
	complete := 0
	for _, item := range r.sandbox.Items(slug) {
		if item.Confirms > 0 {
			complete++
		}
		if item.Registrations > 1 {
			r.Errorf("%s was registered %d times", item.Name, item.Registrations)
		}
	}
	if complete != want {
		r.Errorf("%s holds %d files, want %d", slug, complete, want)
	}
}

func (r *rig) wantPage(want queue.Page) {
	r.Helper()
	if got := r.Page(); got != want {
		r.Errorf("page %d is shown, want %d", got, want)
	}
}

func numbered(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("IMG_%04d.jpg", i+1)
	}
	return names
}
