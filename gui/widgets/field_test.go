package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/look"
)

func TestFieldTakesTextAndTellsOfIt(t *testing.T) {
	themed(t)
	f := NewField()
	changed, submitted := "", ""
	f.OnChanged = func(s string) { changed = s }
	f.OnSubmitted = func(s string) { submitted = s }
	test.NewTempWindow(t, f).Resize(fyne.NewSize(300, 60))
	test.Type(f, "/Old Quarry")
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if f.Text != "/Old Quarry" || changed != f.Text || submitted != f.Text {
		t.Errorf("text %q, changed %q, submitted %q", f.Text, changed, submitted)
	}
}

func TestFieldShowsFocusAndTroubleInItsBorder(t *testing.T) {
	themed(t)
	f := NewField()
	focus := false
	f.SetOnFocus(func(on bool) { focus = on })
	w := test.NewTempWindow(t, f)
	w.Resize(fyne.NewSize(300, 60))
	ground := test.WidgetRenderer(f).(*fieldRenderer).ground
	is := func(what string, name fyne.ThemeColorName, width float32) {
		t.Helper()
		if ground.StrokeColor != theme.Color(name) || ground.StrokeWidth != width {
			t.Errorf("%s: border %v of %v", what, ground.StrokeColor, ground.StrokeWidth)
		}
	}
	is("at rest", theme.ColorNameInputBorder, 1)
	w.Canvas().Focus(f)
	is("with the focus", look.ColorFocus, 2)
	if !focus {
		t.Error("nobody was told of the focus")
	}
	f.SetInvalid(true)
	is("wrong, with the focus", theme.ColorNameError, 2)
	w.Canvas().Unfocus()
	is("wrong", theme.ColorNameError, 1)
	f.SetInvalid(false)
	f.Disable()
	is("disabled", theme.ColorNameSeparator, 1)
	if focus {
		t.Error("nobody was told that the focus went")
	}
}

func TestFieldGivesEscapeAndArrowsToItsHooks(t *testing.T) {
	themed(t)
	f := NewField()
	got := ""
	f.SetOnEscape(func() { got += "escape " })
	f.SetOnDown(func() { got += "down " })
	f.SetOnUp(func() { got += "up" })
	for _, key := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyDown, fyne.KeyUp} {
		f.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if got != "escape down up" {
		t.Errorf("got %q", got)
	}
	f.Disable()
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if got != "escape down up" {
		t.Error("a disabled field takes keys")
	}
}

func TestSearchIsEmptiedByEscape(t *testing.T) {
	themed(t)
	s := NewSearch("Find a file")
	changed := "unset"
	s.SetText("fox")
	s.OnChanged = func(text string) { changed = text }
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.Text != "" || changed != "" {
		t.Errorf("text %q, told %q", s.Text, changed)
	}
}

func TestFieldLaysItsTextBetweenIconAndAction(t *testing.T) {
	themed(t)
	f := NewField()
	f.SetIcon(look.Icon(look.IconTag))
	tapped := 0
	f.SetAction(look.Icon(look.IconFolder), "Choose a folder", func() { tapped++ })
	f.Resize(fyne.NewSize(200, 36))
	r := test.WidgetRenderer(f).(*fieldRenderer)
	text := r.text()
	if len(text) != 1 {
		t.Fatalf("the entry draws %d things of its own", len(text))
	}
	if text[0].Position().X < r.icon.Position().X+r.icon.Size().Width {
		t.Error("the text begins under the icon")
	}
	if text[0].Position().X+text[0].Size().Width > f.action.Position().X {
		t.Error("the text ends under the button")
	}
	test.Tap(f.action)
	if tapped != 1 {
		t.Error("the button does nothing")
	}
	f.SetAction(nil, "", nil)
	if text[0].Size().Width < 140 {
		t.Error("the room of the button is not given back")
	}
}

func TestFieldNeverDrawsTheBoxOfTheEntry(t *testing.T) {
	themed(t)
	f := NewField()
	w := test.NewTempWindow(t, container.NewVBox(f))
	w.Canvas().Focus(f)
	f.SetText("fox")
	rectangles := 0
	for _, o := range test.WidgetRenderer(f).Objects() {
		if _, ok := o.(*canvas.Rectangle); ok {
			rectangles++
		}
	}
	if rectangles != 1 {
		t.Errorf("%d rectangles, want the ground alone", rectangles)
	}
}

func TestPasswordFieldHidesTheKeyUntilTheEyeIsTapped(t *testing.T) {
	themed(t)
	f := NewPasswordField("Show the key", "Hide the key")
	f.SetText("abc.def")
	w := test.NewTempWindow(t, f)
	w.Resize(fyne.NewSize(300, 60))
	if !f.Password || f.action.AccessibilityLabel() != "Show the key" {
		t.Error("the key is not hidden")
	}
	hidden := test.RenderToMarkup(w.Canvas())
	test.Tap(f.action)
	if f.Password || f.action.AccessibilityLabel() != "Hide the key" {
		t.Error("the key is not shown")
	}
	if test.RenderToMarkup(w.Canvas()) == hidden {
		t.Error("shown and hidden look alike")
	}
	test.Tap(f.action)
	if test.RenderToMarkup(w.Canvas()) != hidden {
		t.Error("hidden again looks different")
	}
}
