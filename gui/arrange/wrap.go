package arrange

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Wrap sets objects beside each other as Flow does, in rows as wide as it is
// itself. Its height is that for the width which it had last, so whoever lays it
// out gives it its width first.
func Wrap(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrap{flow{math.MaxFloat32, gap}}, objects...)
}

type wrap struct{ flow }

func (w *wrap) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w.width = size.Width
	w.flow.Layout(objects, size)
}
