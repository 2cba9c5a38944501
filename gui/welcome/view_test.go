package welcome

import (
	"context"
	"net/url"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/fault"
)

// screen is the welcome screen in a window of the test driver. The test's own
// goroutine is the main thread; what is posted waits for next.
type screen struct {
	*View
	t         *testing.T
	w         fyne.Window
	posted    chan func()
	answer    error // of the server
	stored    bool
	connected []Connection
	demos     int
	pages     []string
}

func newScreen(t *testing.T) *screen {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
	s := &screen{t: t, posted: make(chan func(), 10), stored: true}
	s.View = New(Config{
		Server:      "https://darwin.v7labs.com",
		Test:        func(context.Context, string, string) (string, error) { return "Alder Valley Wildlife", s.answer },
		Save:        func(context.Context, Connection) (bool, error) { return s.stored, nil },
		Post:        func(f func()) { s.posted <- f },
		OnConnected: func(c Connection) { s.connected = append(s.connected, c) },
		OnDemo:      func() { s.demos++ },
	}, func(u *url.URL) { s.pages = append(s.pages, u.String()) })
	s.w = test.NewTempWindow(t, s.View)
	s.w.SetPadded(false)
	s.w.Resize(fyne.NewSize(1180, 760))
	t.Cleanup(s.Close)
	return s
}

// next runs what the presenter's goroutine posts.
func (s *screen) next() {
	s.t.Helper()
	select {
	case f := <-s.posted:
		f()
	case <-time.After(10 * time.Second):
		s.t.Fatal("nothing was posted")
	}
}

func (s *screen) enter() { s.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }

func TestAKeyIsConnectedWithTheKeyboardAlone(t *testing.T) {
	s := newScreen(t)
	s.Focus()
	if s.main.Text() != "Test key" || !s.main.Disabled() {
		t.Errorf("without a key the button says %q, disabled %v", s.main.Text(), s.main.Disabled())
	}
	test.Type(s.key, "ABCDEFG.xyz")
	s.enter()
	if s.main.Text() != "Testing the key" || !s.main.Disabled() || !s.resultBox.Visible() {
		t.Errorf("while it is tested the button says %q", s.main.Text())
	}
	s.next()
	if got := s.result.Text(); got != "This key works. It belongs to Alder Valley Wildlife." {
		t.Errorf("told %q", got)
	}
	if s.main.Text() != "Continue" || !s.again.Visible() {
		t.Errorf("the button says %q", s.main.Text())
	}
	s.enter()
	s.next()
	if len(s.connected) != 1 || s.connected[0].Key != "ABCDEFG.xyz" {
		t.Errorf("connected %v", s.connected)
	}
}

func TestAPastedKeyLosesItsWhiteSpaceInTheField(t *testing.T) {
	s := newScreen(t)
	s.key.SetText("  ABCDEFG.xyz\n")
	if s.key.Text != "ABCDEFG.xyz" || s.p.key != "ABCDEFG.xyz" {
		t.Errorf("field %q, key %q", s.key.Text, s.p.key)
	}
}

func TestAFailureStandsBelowTheFieldAndGoesWithTheNextKey(t *testing.T) {
	s := newScreen(t)
	s.answer = &fault.Error{Kind: fault.Key, What: "Darwin does not know this key.", Do: "Copy it again."}
	s.key.SetText("bad")
	test.Tap(s.main)
	s.next()
	if got := s.result.Text(); got != "Darwin does not know this key. Copy it again." || !s.resultBox.Visible() {
		t.Errorf("told %q", got)
	}
	if s.main.Text() != "Test key" || s.main.Disabled() {
		t.Errorf("the button says %q", s.main.Text())
	}
	s.key.SetText("good")
	if s.resultBox.Visible() {
		t.Error("the failure of another key stays")
	}
}

func TestAKeychainThatDoesNotTakeTheKeyIsToldInTheSameLine(t *testing.T) {
	s := newScreen(t)
	s.stored = false
	s.key.SetText("good")
	test.Tap(s.main)
	s.next()
	before := s.promise.Text()
	test.Tap(s.main)
	s.next()
	want := "This computer’s keychain does not take the key. It is kept until you close this window."
	if before != "The key stays in the keychain of this computer ("+settings.KeychainName()+")." || s.promise.Text() != want || len(s.connected) != 0 {
		t.Errorf("promised %q, then %q; connected %v", before, s.promise.Text(), s.connected)
	}
	test.Tap(s.main)
	if len(s.connected) != 1 {
		t.Error("Continue does not go on")
	}
}

func TestTheStepsOpenInPlaceAndLeadToTheKeysPage(t *testing.T) {
	s := newScreen(t)
	if s.steps.Visible() {
		t.Error("the steps are open before anybody asked")
	}
	test.Tap(s.where)
	if !s.steps.Visible() {
		t.Fatal("the steps do not open")
	}
	s.openKeysPage()
	s.server.SetText("darwin.example.org")
	s.openKeysPage()
	s.server.SetText("not an address")
	s.openKeysPage()
	want := []string{"https://darwin.v7labs.com/?settings=api-keys", "https://darwin.example.org/?settings=api-keys",
		"https://darwin.v7labs.com/?settings=api-keys"}
	for i, page := range want {
		if len(s.pages) != len(want) || s.pages[i] != page {
			t.Fatalf("opened %q, want %q", s.pages, want)
		}
	}
	test.Tap(s.where)
	if s.steps.Visible() {
		t.Error("the steps do not close")
	}
}

func TestAnotherServerIsNamedInPlace(t *testing.T) {
	s := newScreen(t)
	test.Tap(s.change)
	if !s.serverBox.Visible() || s.w.Canvas().Focused() != s.server {
		t.Fatal("the field does not open with the cursor in it")
	}
	s.key.SetText("good")
	s.server.SetText("ftp://x")
	s.enter()
	if !s.p.serverRefused() || !s.resultBox.Visible() {
		t.Error("an address that cannot be is not told")
	}
	s.server.SetText("darwin.example.org")
	if s.resultBox.Visible() || s.address.Text() != "darwin.example.org" {
		t.Errorf("result %v, address %q", s.resultBox.Visible(), s.address.Text())
	}
}

func TestANarrowWindowGivesUpTheLeftSideFirst(t *testing.T) {
	s := newScreen(t)
	left := s.root.Objects[0]
	for width, want := range map[float32]float32{1180: 460, 900: 300, 860: 0} {
		s.w.Resize(fyne.NewSize(width, 600))
		got := left.Size().Width
		if !left.Visible() {
			got = 0
		}
		if got != want {
			t.Errorf("at %v the left side is %v wide, want %v", width, got, want)
		}
	}
}

func TestTheDemoAndBackLeaveTheScreen(t *testing.T) {
	s := newScreen(t)
	s.p.Demo()
	if s.demos != 1 {
		t.Errorf("%d demos", s.demos)
	}
	test.NewTempApp(t)
	backs := 0
	v := New(Config{Server: "https://darwin.v7labs.com", OnCancel: func() { backs++ }, Post: func(f func()) { f() }}, nil)
	last := v.form.Objects[len(v.form.Objects)-1].(*fyne.Container).Objects[0].(*widgets.Button)
	test.Tap(last)
	test.Tap(last)
	if last.Text() != "Back" || backs != 1 {
		t.Errorf("%q went back %d times", last.Text(), backs)
	}
}
