package arrange

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Topped puts a head of its own height above what takes the rest, without a gap:
// the names of columns above their rows.
func Topped(head, rest fyne.CanvasObject) *fyne.Container {
	return container.New(topped{}, head, rest)
}

type topped struct{}

func (topped) MinSize(objects []fyne.CanvasObject) fyne.Size {
	head, rest := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(rest.Width, head.Height+rest.Height)
}

func (topped) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	head := objects[0].MinSize().Height
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(size.Width, head))
	objects[1].Move(fyne.NewPos(0, head))
	objects[1].Resize(fyne.NewSize(size.Width, size.Height-head))
}
