package help

import (
	"runtime"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/look/looktest"
)

var kept = Kept{Folder: "/home/ana/.config/darwin-uploader", Keychain: "the keychain", WithJournal: true}

func someKeys() []Section {
	return MenuKeys(fyne.NewMainMenu(
		fyne.NewMenu("File",
			&fyne.MenuItem{Label: "Add files...", Shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyO, Modifier: fyne.KeyModifierControl}},
			&fyne.MenuItem{Label: "Add folder...", Shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyO, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift}},
			&fyne.MenuItem{Label: "Upload", Shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl}},
			&fyne.MenuItem{Label: "Stop"}),
		fyne.NewMenu("Help", &fyne.MenuItem{Label: "About"})))
}

func TestEveryPageFitsInBothLooksAndSizes(t *testing.T) {
	var p *Page
	for name, build := range map[string]func(func()) *Page{
		"files": func(done func()) *Page { return NewFiles(kept, done) },
		"keys":  func(done func()) *Page { return NewKeys(someKeys(), done) },
		"lines": func(done func()) *Page {
			return NewLines("What labels.csv does not say for certain", []string{"Columns that say nothing here: camera.", "Line 4, 1.jpg: 2 files are called 1.jpg. Write the folder before the name, for example cats/1.jpg."}, done)
		},
		"about": func(done func()) *Page { return NewAbout("1.2.3", done) },
	} {
		looktest.Gallery[*Page]{
			Name:  "help-" + name,
			Sizes: []fyne.Size{{Width: 780, Height: 520}, {Width: 680, Height: 460}},
			New: func(t *testing.T, size fyne.Size) (*Page, fyne.CanvasObject) {
				p = build(func() {})
				return p, p
			},
			States: map[string]func(*Page){"read": func(p *Page) { p.First().FocusGained() }},
		}.Draw(t)
	}
}

func TestThePageOfTheKeysSaysWhatTheMenuSays(t *testing.T) {
	sections := someKeys()
	if len(sections) != 1 || len(sections[0].Keys) != 3 {
		t.Fatalf("%v", sections)
	}
	enter := "Enter"
	if runtime.GOOS == "darwin" {
		enter = "Return"
	}
	for i, want := range []Key{{"Ctrl + O", "Add files"}, {"Ctrl + Shift + O", "Add folder"}, {"Ctrl + " + enter, "Upload"}} {
		if got := sections[0].Keys[i]; got != want {
			t.Errorf("key %d is %v, want %v", i, got, want)
		}
	}
}

func TestThePageOfTheFilesSaysOnlyWhatIsTrueOfThisRun(t *testing.T) {
	all := func(k Kept) string {
		var b strings.Builder
		for _, c := range fileChapters(k) {
			b.WriteString(c.words + "\n")
		}
		return b.String()
	}
	usual, poor := all(kept), all(Kept{Folder: kept.Folder, Keychain: kept.Keychain, KeyThisRun: true})
	if !strings.Contains(usual, "in the keychain") || !strings.Contains(usual, "offers to go on") {
		t.Error("the page does not say where the key is, or that an upload can go on: ", usual)
	}
	if strings.Contains(poor, "is in the keychain") || strings.Contains(poor, "offers to go on") {
		t.Error("the page promises what this computer does not do: ", poor)
	}
}

func TestThePageIsReadAndClosedWithTheKeyboard(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
	closed := 0
	p := NewFiles(kept, func() { closed++ })
	w := looktest.Window(t, p, fyne.NewSize(680, 300))
	w.Canvas().Focus(p.First())
	r := p.First().(*reader)
	press := func(key fyne.KeyName) { r.TypedKey(&fyne.KeyEvent{Name: key}) }
	press(fyne.KeyPageDown)
	down := r.scroll.Offset.Y
	press(fyne.KeyUp)
	if down <= 0 || r.scroll.Offset.Y >= down {
		t.Errorf("Page Down came to %v and Up to %v", down, r.scroll.Offset.Y)
	}
	press(fyne.KeyEnd)
	if end := r.scroll.Offset.Y; end <= down {
		t.Errorf("End came to %v", end)
	}
	press(fyne.KeyHome)
	press(fyne.KeyUp)
	if r.scroll.Offset.Y != 0 {
		t.Errorf("above the top: %v", r.scroll.Offset.Y)
	}
	press(fyne.KeyEscape)
	if closed != 1 {
		t.Error("Escape did not close the page")
	}
}

func TestChoosingAPartShowsItsLicence(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
	p := NewAbout("1.2.3", func() {})
	looktest.Window(t, p, fyne.NewSize(780, 520))
	list := p.First().(*partList)
	parts := Parts()
	for i := range parts {
		list.Select(i)
	}
	if got := list.Length(); got != len(parts) {
		t.Errorf("%d parts in the list, want %d", got, len(parts))
	}
}

func TestALongListIsCutWhereNobodyReadsOn(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
	lines := make([]string, 5000)
	for i := range lines {
		lines[i] = "a line"
	}
	p := NewLines("Lines", lines, func() {})
	looktest.Window(t, p, fyne.NewSize(680, 300))
	if got := len(lines); got != 5000 || lines[mostLines] != "a line" {
		t.Error("the caller's lines were changed")
	}
	if height := p.First().(*reader).scroll.Content.MinSize().Height; height > (mostLines+5)*40 {
		t.Errorf("the list is %v high", height)
	}
}
