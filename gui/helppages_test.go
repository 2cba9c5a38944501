package gui

import (
	"testing"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/look"
)

func TestEachPageOfTheHelpMenuOpensOverTheWindowAndEscapeClosesIt(t *testing.T) {
	s := newStage(t, nil)
	s.app.Settings().SetTheme(look.Theme(look.Light))
	var menu *fyne.Menu
	for _, m := range s.win.MainMenu().Items {
		if m.Label == "Help" {
			menu = m
		}
	}
	pages := 0
	for _, item := range menu.Items {
		if item.IsSeparator {
			continue
		}
		pages++
		item.Action()
		if s.asked == nil || !s.asked.Visible() {
			t.Fatalf("%q shows nothing", item.Label)
		}
		focused := s.win.Canvas().Focused()
		if focused == nil {
			t.Fatalf("%q leaves the keyboard nowhere", item.Label)
		}
		focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if s.asked.Visible() {
			t.Errorf("Escape leaves %q open", item.Label)
		}
	}
	if pages < 3 {
		t.Errorf("the Help menu leads to %d pages", pages)
	}
}

func TestTheKeysPageNamesTheMenusShortcuts(t *testing.T) {
	s := newStage(t, nil)
	found := map[string]string{}
	for _, section := range s.keys() {
		for _, k := range section.Keys {
			found[k.Does] = k.Press
		}
	}
	for _, does := range []string{"Upload", "Add files", "Find a file", "Take out of the queue"} {
		if found[does] == "" {
			t.Errorf("no key for %q among %v", does, found)
		}
	}
}
