package widgets

import (
	"image/color"
	"reflect"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/look"
)

// operable is what every control of this package has to be.
type operable interface {
	fyne.Widget
	fyne.Focusable
	fyne.Tappable
	fyne.Disableable
	fyne.Accessible
	desktop.Hoverable
	desktop.Mouseable
}

func themed(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
}

// controls makes one of each control, all of them doing the same.
func controls(do func()) map[string]operable {
	picker := NewPicker(nil)
	picker.SetLabel("Dataset")
	picker.SetText("Camera traps 2026")
	picker.SetOnTapped(do)
	check := NewCheck(func(TriState) { do() })
	check.SetLabel("All files")
	return map[string]operable{
		"button":        NewButton(Filled, "Upload", nil, do),
		"icon button":   NewIconButton(look.Icon(look.IconTrash), "Take out", do),
		"filter chip":   NewFilterChip("Ready", do),
		"tag chip":      NewTagChip("deer", do),
		"outlined chip": NewOutlinedChip("fox", "on 1 of 3", do),
		"picker":        picker,
		"rail cell":     NewRailCell(look.Icon(look.IconUpload), "Upload", do),
		"check":         check,
	}
}

func TestControlsAreOperatedByPointerAndKeyboard(t *testing.T) {
	themed(t)
	done := 0
	for name, c := range controls(func() { done++ }) {
		w := test.NewTempWindow(t, c)
		w.Resize(fyne.NewSize(200, 80))
		for what, operate := range map[string]func(){
			"a tap": func() { test.TapAt(c, fyne.NewPos(c.Size().Width-8, c.Size().Height/2)) },
			"Space": func() { c.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) },
			"Enter": func() { c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) },
			"the other Enter": func() {
				c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnter})
			},
		} {
			done = 0
			operate()
			if done != 1 {
				t.Errorf("%s: %s does it %d times", name, what, done)
			}
		}
		done = 0
		c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyA})
		c.TypedRune('a')
		if done != 0 {
			t.Errorf("%s: typing does something", name)
		}
	}
}

func TestDisabledControlsDoNothingAndShowNoFocus(t *testing.T) {
	themed(t)
	done := 0
	for name, c := range controls(func() { done++ }) {
		w := test.NewTempWindow(t, c)
		w.Resize(fyne.NewSize(200, 80))
		c.Disable()
		test.TapAt(c, fyne.NewPos(c.Size().Width-8, 10))
		c.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		c.MouseIn(&desktop.MouseEvent{})
		c.FocusGained()
		if done != 0 {
			t.Errorf("%s works although it is disabled", name)
			done = 0
		}
		if ring := test.WidgetRenderer(c).Objects()[0]; ring.Visible() {
			t.Errorf("%s shows the ring of focus although it is disabled", name)
		}
		c.Enable()
		c.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		if done != 1 {
			t.Errorf("%s does not work again", name)
		}
		done = 0
	}
}

func TestFocusShowsOutsideAndMovesNothing(t *testing.T) {
	themed(t)
	for name, c := range controls(func() {}) {
		w := test.NewTempWindow(t, container.NewCenter(c))
		before := c.MinSize()
		w.Canvas().Focus(c)
		ring := test.WidgetRenderer(c).Objects()[0]
		if !ring.Visible() {
			t.Errorf("%s: no ring", name)
		}
		if c.MinSize() != before {
			t.Errorf("%s: focus changes the size from %v to %v", name, before, c.MinSize())
		}
		w.Canvas().Unfocus()
		if ring.Visible() {
			t.Errorf("%s: the ring stays", name)
		}
	}
}

func TestTabGoesThroughControlsInTheOrderOfTheLayout(t *testing.T) {
	themed(t)
	first, dead, second := NewButton(Plain, "First", nil, nil), NewButton(Plain, "Dead", nil, nil), NewFilterChip("Second", nil)
	dead.Disable()
	third := NewCheck(nil)
	plain := NewText("deer", theme.SizeNameText, TextStyle{})
	w := test.NewTempWindow(t, container.NewHBox(first, dead, plain, second, third))
	for _, want := range []fyne.Focusable{first, second, third, first} {
		w.Canvas().FocusNext()
		if got := w.Canvas().Focused(); got != want {
			t.Fatalf("focus is on %T, want %T", got, want)
		}
	}
}

func TestControlsSayWhatTheyAreToScreenReaders(t *testing.T) {
	themed(t)
	want := map[string]string{"button": "Upload", "icon button": "Take out", "filter chip": "Ready", "tag chip": "deer, take it away",
		"outlined chip": "fox, on 1 of 3", "picker": "Dataset, Camera traps 2026", "rail cell": "Upload", "check": "All files, not checked"}
	for name, c := range controls(func() {}) {
		if c.AccessibilityLabel() != want[name] {
			t.Errorf("%s says %q", name, c.AccessibilityLabel())
		}
		if c.AccessibilityRole() != fyne.AccessibleRoleButton {
			t.Errorf("%s is a %s", name, c.AccessibilityRole())
		}
	}
	if NewButton(Link, "Open in Darwin", nil, nil).AccessibilityRole() != fyne.AccessibleRoleLink {
		t.Error("a link is no link")
	}
}

func TestHoverAndPressTintTheGround(t *testing.T) {
	themed(t)
	b := NewButton(Plain, "Stop", nil, nil)
	test.NewTempWindow(t, b)
	r := test.WidgetRenderer(b).(*buttonRenderer)
	rest := r.ground.FillColor
	b.MouseIn(&desktop.MouseEvent{})
	hovered := r.ground.FillColor
	b.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonSecondary})
	if r.ground.FillColor != hovered {
		t.Error("the other mouse button presses")
	}
	b.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	pressed := r.ground.FillColor
	if rest == hovered || hovered == pressed {
		t.Errorf("rest %v, hovered %v, pressed %v", rest, hovered, pressed)
	}
	b.MouseUp(&desktop.MouseEvent{})
	b.MouseOut()
	if r.ground.FillColor != rest {
		t.Error("the tint stays")
	}
}

func TestControlsFollowAChangeOfTheme(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.Theme(look.Light))
	for name, c := range controls(func() {}) {
		ground := canvas.NewRectangle(color.NRGBA{R: 0x80, A: 0xFF}) // does not follow the theme, unlike that of the window
		w := test.NewTempWindow(t, container.NewStack(ground, c))
		w.SetPadded(false)
		app.Settings().SetTheme(look.Theme(look.Light))
		light := w.Canvas().Capture()
		app.Settings().SetTheme(look.Theme(look.Dark))
		if dark := w.Canvas().Capture(); reflect.DeepEqual(dark, light) {
			t.Errorf("%s looks the same in the dark", name)
		}
	}
}

func TestHeightsAreThoseOfTheDesign(t *testing.T) {
	themed(t)
	big := NewButton(Filled, "Upload", nil, nil)
	big.SetBig(true)
	compact := NewField()
	compact.SetCompact(true)
	for what, c := range map[string]struct {
		o    fyne.CanvasObject
		want float32
	}{
		"button": {NewButton(Plain, "Stop", nil, nil), 36}, "big button": {big, 44}, "icon button": {NewIconButton(look.Icon(look.IconClose), "", nil), 36},
		"chip": {NewFilterChip("All", nil), 28}, "tag": {NewTagChip("deer", nil), 28}, "outlined": {NewOutlinedChip("a", "b", nil), 28},
		"field": {NewField(), 36}, "compact": {compact, 32}, "picker": {NewPicker(nil), 36},
		"bar": {NewThinBar(8), 8}, "rail": {NewRailCell(look.Icon(look.IconCloud), "Cloud import", nil), 60}, "check": {NewCheck(nil), 24},
		"notice": {NewNotice(NoticeSuccess, "This key works.", nil...), 40},
	} {
		if got := c.o.MinSize().Height; got != c.want {
			t.Errorf("%s is %v high, want %v", what, got, c.want)
		}
	}
}
