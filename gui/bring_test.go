package gui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/sandbox"
)

// button finds a button that can be seen by what it says.
func button(o fyne.CanvasObject, words string) *widgets.Button {
	if !o.Visible() {
		return nil
	}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *widgets.Button:
		if o.Text() == words {
			return o
		}
	case *container.Scroll:
		inside = []fyne.CanvasObject{o.Content}
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, i := range inside {
		if b := button(i, words); b != nil {
			return b
		}
	}
	return nil
}

// commandLine writes what the darwin command line keeps, into the home folder
// of the test.
func commandLine(t *testing.T, content string) {
	t.Helper()
	dir := filepath.Join(os.Getenv("HOME"), ".darwin")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestKeysOfTheCommandLineAreBroughtOverOnlyWhenThePersonSaysSo(t *testing.T) {
	s := newStage(t, nil)
	s.until("the first look", func() bool { return s.welcome != nil })
	commandLine(t, "global:\n  base_url: "+s.sandbox.URL()+"\nteams:\n  alder-valley-wildlife:\n    api_key: "+sandbox.DemoKey+
		"\n  gone:\n    api_key: WRONGXX.0123456789abcdef0123456789abcdef\n  guest:\n    api_key: ''\n")
	s.showWelcome()
	s.until("the offer", func() bool { return button(s.welcome, "Choose") != nil })
	if len(s.o.Settings.Get().Accounts) > 0 || len(s.sandbox.Requests()) > 0 {
		t.Fatal("something happened before the person asked for it")
	}
	test.Tap(button(s.welcome, "Choose"))
	test.Tap(button(s.welcome, "Bring 2 keys over"))
	s.until("both were tried", func() bool { return button(s.welcome, "Continue") != nil })
	accounts := s.o.Settings.Get().Accounts
	if len(accounts) != 1 || accounts[0].TeamName != "Alder Valley Wildlife" {
		t.Errorf("the accounts are %+v", accounts)
	}
	if key, err := s.chain.Get(accounts[0].ID); key != sandbox.DemoKey || err != nil {
		t.Errorf("the keychain: %v", err)
	}
	test.Tap(button(s.welcome, "Continue"))
	s.untilDatasetsAreThere()

	s.showWelcome() // as for adding an account: the team that is there is not offered again
	s.until("the offer", func() bool { return button(s.welcome, "Choose") != nil })
	test.Tap(button(s.welcome, "Choose"))
	if button(s.welcome, "Bring 1 key over") == nil {
		t.Error("a team that is there already is offered again")
	}
}

func TestAKeychainThatIsLockedAtTheStartIsToldInPlaceAndCanBeTriedAgain(t *testing.T) {
	var c *chain
	s := newStage(t, func(o *Options, made *chain) {
		c = made
		c.broken = true
		account := settings.Account{ID: "x/alder", TeamName: "Alder", TeamSlug: "alder", Server: os.Getenv("DARWIN_BASE_URL")}
		c.keys[account.ID] = sandbox.DemoKey
		if err := o.Settings.Update(func(s *settings.Settings) { s.PutAccount(account); s.Current = account.ID }); err != nil {
			t.Fatal(err)
		}
	})
	s.until("the welcome", func() bool { return s.welcome != nil })
	if s.asked != nil {
		t.Error("a box lies over the window")
	}
	again := button(s.welcome, "Try again")
	if again == nil {
		t.Fatal("it cannot be tried again")
	}
	c.mu.Lock()
	c.broken = false
	c.mu.Unlock()
	test.Tap(again)
	s.untilDatasetsAreThere()
}
