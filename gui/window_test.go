package gui

import (
	"context"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"go.uber.org/goleak"

	"darwin-uploader/gui/queue"
	"darwin-uploader/gui/session"
	"darwin-uploader/settings"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

// patience is how long a test waits for something that takes milliseconds.
const patience = 30 * time.Second

// stage is the window with a main thread that the test itself is.
type stage struct {
	*testing.T
	*window
	sandbox *sandbox.Sandbox
	chain   *chain
	posted  chan func()
}

// chain is a keychain in memory; broken makes it refuse everything.
type chain struct {
	mu     sync.Mutex
	keys   map[string]string
	broken bool
}

func (c *chain) Get(id string) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key, ok := c.keys[id]
	switch {
	case c.broken:
		return "", errors.New("no keychain")
	case !ok:
		return "", settings.ErrNoKey
	}
	return key, nil
}

func (c *chain) Set(id, key string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.broken {
		return errors.New("no keychain")
	}
	c.keys[id] = key
	return nil
}

func (c *chain) Delete(id string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.keys, id)
	return nil
}

type practice struct{ *sandbox.Sandbox }

func newStage(t *testing.T, change func(*Options, *chain)) *stage {
	t.Helper()
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() }) // the demo has closed it already where it was the practice Darwin
	t.Setenv("DARWIN_BASE_URL", sb.URL())
	home := t.TempDir() // nothing of the person's own gets in
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	store, err := settings.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c := &chain{keys: map[string]string{}}
	o := Options{
		Version: "test", Settings: store, Keys: settings.NewKeys(c, time.Second),
		Practice: func() (Practice, error) { return practice{sb}, nil },
		Log:      slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	if change != nil {
		change(&o, c)
	}
	s := &stage{T: t, sandbox: sb, chain: c, posted: make(chan func(), 1000)}
	app := test.NewTempApp(t)
	s.window = newWindow(t.Context(), app, o, func(f func()) { s.posted <- f })
	s.start()
	t.Cleanup(func() {
		s.close()
		s.win.Close()
	})
	return s
}

// until plays the main thread until a condition holds.
func (s *stage) until(what string, holds func() bool) {
	s.Helper()
	late := time.After(patience)
	for !holds() {
		select {
		case f := <-s.posted:
			f()
		case <-late:
			s.Fatalf("waited in vain: %s", what)
		}
	}
}

func (s *stage) untilDatasetsAreThere() {
	s.Helper()
	s.until("a place with datasets", func() bool {
		return s.place != nil && s.place.DatasetNamed("Camera traps 2026") != nil
	})
}

func (s *stage) pictures() (folder string) {
	s.Helper()
	folder = filepath.Join(s.TempDir(), "May 2026")
	for _, name := range []string{"a.jpg", "b.jpg", filepath.Join("Old Quarry", "a.jpg")} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			s.Fatal(err)
		}
		f, err := os.Create(path)
		if err != nil {
			s.Fatal(err)
		}
		if err := errors.Join(jpeg.Encode(f, image.NewGray(image.Rect(0, 0, 40, 30+len(name))), nil), f.Close()); err != nil {
			s.Fatal(err)
		}
	}
	return folder
}

func (s *stage) drop(paths ...string) {
	uris := make([]fyne.URI, len(paths))
	for i, p := range paths {
		uris[i] = storage.NewFileURI(p)
	}
	s.dropped(fyne.Position{}, uris)
}

func TestMain(m *testing.M) {
	// Fyne's test application keeps a watcher of its settings for ever.
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/fsnotify/fsnotify.(*inotify).readEvents"),
		goleak.IgnoreAnyFunction("fyne.io/fyne/v2/internal/async.(*UnboundedChan[...]).processing"))
}

func TestFromTheKeyToEveryFileInDarwin(t *testing.T) {
	s := newStage(t, nil)
	if s.welcome == nil {
		t.Fatal("a first start does not ask for a key")
	}
	typeKey(s, s.sandbox.Key())
	s.untilDatasetsAreThere()
	account, ok := s.o.Settings.Get().CurrentAccount()
	if !ok || account.TeamName != "Alder Valley Wildlife" {
		t.Errorf("the account is %+v", account)
	}
	if key, err := s.chain.Get(account.ID); err != nil || key != s.sandbox.Key() {
		t.Errorf("the keychain holds %v", err)
	}

	folder := s.pictures()
	s.drop(folder)
	s.until("three rows", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
	if s.place.CanUpload() {
		t.Error("it would upload without a dataset")
	}
	s.place.Header().OnDataset(*s.place.DatasetNamed("Camera traps 2026"))
	s.place.Inspector().OnAddTag(darwin.Tag{Class: "deer"})
	s.place.Upload()
	if !s.place.Sending() {
		t.Fatal("Upload does not send")
	}
	s.until("the end", func() bool { return !s.place.Sending() })
	if arrived, of := s.place.Progress(); arrived != 3 || of != 3 {
		t.Errorf("%d of %d are in Darwin", arrived, of)
	}
	if s.place.Page() != queue.PageDone {
		t.Error("the receipt is not shown")
	}
	items := s.sandbox.Items("camera-traps-2026")
	for _, item := range items {
		if !strings.HasPrefix(item.Folder, "/May 2026") || item.Confirms != 1 {
			t.Errorf("%+v", item)
		}
		if _, tagged := item.Tags["deer"]; !tagged {
			t.Errorf("%s has the tags %v", item.Name, item.Tags)
		}
	}
	if len(items) != 3 {
		t.Errorf("%d items arrived", len(items))
	}

	s.drop(folder)
	s.until("a new queue", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
	s.place.Upload()
	s.until("the end", func() bool { return !s.place.Sending() })
	if n := s.place.Count(uploader.Skipped); n != 3 {
		t.Errorf("%d of 3 are told as there already", n)
	}
}

// typeKey does what a person does on the welcome screen.
func typeKey(s *stage, key string) {
	s.Helper()
	s.welcome.Presenter().SetKey(key)
	s.welcome.Presenter().Submit()
	s.until("the key works", func() bool { return s.welcome.Presenter().CanContinue() })
	s.welcome.Presenter().Submit()
}

func TestTheSecondStartNeedsNoKey(t *testing.T) {
	s := newStage(t, func(o *Options, c *chain) {
		account, err := session.Whose(context.Background(), os.Getenv("DARWIN_BASE_URL"), sandbox.DemoKey, "test", session.NewWays())
		if err != nil {
			t.Fatal(err)
		}
		c.keys[account.ID] = sandbox.DemoKey
		if err := o.Settings.Update(func(s *settings.Settings) { s.PutAccount(account); s.Current = account.ID }); err != nil {
			t.Fatal(err)
		}
	})
	s.untilDatasetsAreThere()
	if s.welcome != nil {
		t.Error("it asks for a key again")
	}
}

func TestAKeychainThatFailsIsSaidAndTheKeyHoldsForThisRun(t *testing.T) {
	s := newStage(t, func(_ *Options, c *chain) { c.broken = true })
	typeKey(s, s.sandbox.Key())
	s.until("the warning", func() bool { return s.welcome == nil || s.welcome.Presenter().CanContinue() })
	if s.place != nil {
		t.Error("it went on without a word")
	}
	s.welcome.Presenter().Submit()
	s.untilDatasetsAreThere()
}

func TestPathsGivenAtTheStartWaitForThePlace(t *testing.T) {
	var folder string
	s := newStage(t, func(o *Options, _ *chain) {
		folder = (&stage{T: t}).pictures()
		o.Demo, o.Paths = true, []string{folder}
	})
	s.untilDatasetsAreThere()
	s.until("the files", func() bool { return s.place.Files() == 3 })
}

func TestSomethingDroppedOnTheWelcomeScreenIsNotLost(t *testing.T) {
	s := newStage(t, nil)
	s.drop(s.pictures())
	typeKey(s, s.sandbox.Key())
	s.untilDatasetsAreThere()
	s.until("the files", func() bool { return s.place.Files() == 3 })
}

func TestStopKeepsTheRestInTheQueue(t *testing.T) {
	s := newStage(t, func(o *Options, _ *chain) { o.Demo = true })
	s.untilDatasetsAreThere()
	release := s.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true})
	s.drop(s.pictures())
	s.until("the files", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
	s.place.Header().OnDataset(*s.place.DatasetNamed("Old archive"))
	s.place.Upload()
	s.until("a file on its way", func() bool { return s.place.Count(uploader.Sending) > 0 })
	s.place.Stop()
	s.until("the end", func() bool { return !s.place.Sending() })
	release()
	if !s.place.CanUpload() {
		t.Error("what was stopped cannot be sent again")
	}
	s.place.Upload()
	s.until("the end", func() bool { return !s.place.Sending() })
	if arrived, _ := s.place.Progress(); arrived != 3 {
		t.Errorf("%d of 3 are in Darwin", arrived)
	}
	for _, item := range s.sandbox.Items("old-archive") {
		if item.Registrations != 1 {
			t.Errorf("%s was registered %d times", item.Name, item.Registrations)
		}
	}
}

func TestAKeyThatIsRefusedWhileSendingIsTold(t *testing.T) {
	s := newStage(t, func(o *Options, _ *chain) { o.Demo = true })
	s.untilDatasetsAreThere()
	s.drop(s.pictures())
	s.until("the files", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
	s.place.Header().OnDataset(*s.place.DatasetNamed("Nest boxes"))
	defer s.sandbox.Inject(sandbox.Fault{Call: sandbox.Sign, Status: 401})()
	s.place.Upload()
	s.until("the end", func() bool { return !s.place.Sending() })
	if p := s.place.Problem(); fault.KindOf(p) != fault.Key {
		t.Errorf("the problem is %v", p)
	}
}

func TestSettingsChangeTheLookAtOnce(t *testing.T) {
	s := newStage(t, func(o *Options, _ *chain) { o.Demo = true })
	s.untilDatasetsAreThere()
	s.shell.visit(settingsPlace)
	s.setLook("dark")
	dark := s.app.Settings().Theme().Color("background", 0)
	s.setLook("light")
	if s.app.Settings().Theme().Color("background", 0) == dark {
		t.Error("light and dark have the same background")
	}
}
