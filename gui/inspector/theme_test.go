package inspector

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
)

func TestEverythingFollowsAChangeOfTheTheme(t *testing.T) {
	build := func() fyne.CanvasObject {
		v := New(func(f func()) { f() })
		v.SetClasses(teamClasses())
		v.SetSelection(mockup())
		v.entry.field.SetText("mar")
		return v
	}
	shoot := func(first, then look.Choice) image.Image {
		app := test.NewTempApp(t)
		app.Settings().SetTheme(look.Theme(first))
		w := test.NewTempWindow(t, build())
		w.SetPadded(false)
		w.Resize(fyne.Size{Width: 328, Height: 620})
		w.Canvas().Capture()
		app.Settings().SetTheme(look.Theme(then))
		return w.Canvas().Capture()
	}
	changed, fresh := shoot(look.Light, look.Dark), shoot(look.Dark, look.Dark)
	different := 0
	for x := range fresh.Bounds().Dx() {
		for y := range fresh.Bounds().Dy() {
			if changed.At(x, y) != fresh.At(x, y) {
				different++
			}
		}
	}
	if different > 0 {
		t.Errorf("%d pixels kept the old theme", different)
	}
}
