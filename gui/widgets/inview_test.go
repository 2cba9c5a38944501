package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
)

func TestWhatGetsTheKeyboardIsScrolledIntoView(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
	var buttons []fyne.CanvasObject
	var controls []Focusing
	for range 12 {
		b := NewButton(Plain, "Send", nil, nil)
		buttons, controls = append(buttons, b), append(controls, b)
	}
	scroll := container.NewVScroll(container.NewVBox(buttons...))
	KeepInView(scroll, controls...)
	w := test.NewTempWindow(t, scroll)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 150))
	seen := func(o fyne.CanvasObject) bool {
		top := o.Position().Y - scroll.Offset.Y
		return top >= 0 && top+o.Size().Height <= scroll.Size().Height
	}
	for _, order := range [][]int{{0, 1, 2, 5, 11}, {10, 4, 0}} {
		for _, i := range order {
			w.Canvas().Focus(buttons[i].(*Button))
			if !seen(buttons[i]) {
				t.Errorf("button %d has the keyboard at %v, and %v is seen", i, buttons[i].Position(), scroll.Offset)
			}
		}
	}
	before := scroll.Offset
	w.Canvas().Focus(buttons[1].(*Button))
	if scroll.Offset != before {
		t.Errorf("what can be seen is scrolled to %v", scroll.Offset)
	}
}
