package looktest

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
)

// FollowsTheTheme fails the test if something that build makes keeps a colour
// when a person changes from light to dark.
func FollowsTheTheme(t *testing.T, size fyne.Size, build func() fyne.CanvasObject) {
	t.Helper()
	shoot := func(first, then look.Choice) image.Image {
		app := test.NewTempApp(t)
		app.Settings().SetTheme(look.Theme(first))
		w := Window(t, build(), size)
		w.Canvas().Capture()
		app.Settings().SetTheme(look.Theme(then))
		return w.Canvas().Capture()
	}
	if n := Different(shoot(look.Light, look.Dark), shoot(look.Dark, look.Dark)); n > 0 {
		t.Errorf("%d pixels kept the old theme", n)
	}
}

// Different counts the pixels in which two pictures of one size differ.
func Different(a, b image.Image) int {
	n := 0
	for x := range b.Bounds().Dx() {
		for y := range b.Bounds().Dy() {
			if a.At(x, y) != b.At(x, y) {
				n++
			}
		}
	}
	return n
}
