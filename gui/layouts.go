package gui

import "fyne.io/fyne/v2"

// smallest keeps the window from getting smaller than it is drawn for.
type smallest struct{}

func (smallest) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(smallestWidth, smallestHeight)
}

func (smallest) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

// around lays out head, foot, right side and middle, in this order, as Fyne's
// border layout does, but without gaps between them. The head is told its width
// before it is asked for its height, which depends on it where words wrap.
type around struct{}

func (around) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (around) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	head, foot, right, middle := objects[0], objects[1], objects[2], objects[3]
	head.Resize(fyne.NewSize(size.Width, head.Size().Height))
	top, bottom, width := head.MinSize().Height, float32(0), size.Width
	place(head, 0, 0, size.Width, top)
	if foot.Visible() {
		bottom = foot.MinSize().Height
		place(foot, 0, size.Height-bottom, size.Width, bottom)
	}
	if right.Visible() {
		wide := right.MinSize().Width
		width -= wide
		place(right, width, top, wide, size.Height-top-bottom)
	}
	place(middle, 0, top, width, size.Height-top-bottom)
}

func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// stacked puts objects below each other without gaps. Hidden ones take no
// room.
type stacked struct{}

func (stacked) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height)
		}
	}
	return size
}

func (stacked) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if o.Visible() {
			if o.Size().Width != size.Width {
				o.Resize(fyne.NewSize(size.Width, o.Size().Height))
			}
			height := o.MinSize().Height
			place(o, 0, y, size.Width, height)
			y += height
		}
	}
}
