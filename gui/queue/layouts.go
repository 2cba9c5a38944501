package queue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"darwin-uploader/gui/look"
)

// page sets things over each other between margins; one of them grows.
type page struct {
	grow int
	gap  float32
}

// marginOf is the margin of a page that holds these objects, which depends on
// the window's width. What is hidden may be in no window.
func marginOf(objects ...fyne.CanvasObject) float32 {
	for _, o := range objects {
		if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
			if c.Size().Width < look.NarrowBelow {
				return look.MarginNarrow
			}
			break
		}
	}
	return look.Margin
}

// MinSize is for Fyne.
func (p page) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, look.Space4)
	for _, o := range objects {
		if o.Visible() {
			least := o.MinSize()
			size = fyne.NewSize(max(size.Width, least.Width), size.Height+least.Height+p.gap)
		}
	}
	return size.AddWidthHeight(2*look.MarginNarrow, look.Space4)
}

// Layout is for Fyne.
func (p page) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	margin := marginOf(objects...)
	width := size.Width - margin - min(margin, look.Space5)
	free := size.Height - 2*look.Space4 + p.gap
	heights := make([]float32, len(objects))
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		// Text that wraps knows its height only once it knows its width.
		o.Resize(fyne.NewSize(width, o.Size().Height))
		heights[i] = o.MinSize().Height
		free -= p.gap
		if i != p.grow {
			free -= heights[i]
		}
	}
	heights[p.grow] = max(free, heights[p.grow])
	y := look.Space4
	for i, o := range objects {
		if o.Visible() {
			o.Move(fyne.NewPos(margin, y))
			o.Resize(fyne.NewSize(width, heights[i]))
			y += heights[i] + p.gap
		}
	}
}

// sized asks for exactly one size for one thing, below 0 for its own.
type sized struct{ width, height float32 }

func (s sized) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	if s.width >= 0 {
		size.Width = s.width
	}
	if s.height >= 0 {
		size.Height = s.height
	}
	return size
}

func (s sized) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(size)
}

// atLeast gives one thing its own size, but not less than a width.
type atLeast struct{ width float32 }

func (a atLeast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	return fyne.NewSize(max(size.Width, a.width), size.Height)
}

func (a atLeast) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(size)
}

func tall(height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(sized{-1, height}, o)
}

func exactly(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(sized{width, height}, o)
}

// narrowing lays its objects out and calls fit first, which may hide some
// where the width is short. It asks for no width itself.
type narrowing struct {
	inner fyne.Layout
	fit   func(width float32)
}

func (n narrowing) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, n.inner.MinSize(objects).Height)
}

func (n narrowing) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n.fit(size.Width)
	n.inner.Layout(objects, size)
}
