package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"darwin-uploader/gui/look"
)

// SetOnFocus sets what is done when the keyboard comes here.
func (c *control) SetOnFocus(do func()) { c.onFocus = do }

// Focusing is a control that tells when the keyboard comes to it.
type Focusing interface {
	fyne.CanvasObject
	SetOnFocus(do func())
}

// KeepInView has a scroller show controls that are in it as soon as the keyboard comes to them.
func KeepInView(scroll *container.Scroll, controls ...Focusing) {
	for _, c := range controls {
		c.SetOnFocus(func() { ScrollTo(scroll, c) })
	}
}

// ScrollTo moves a scroller until something that is in it can be seen, with a little room around it.
func ScrollTo(scroll *container.Scroll, o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	top := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(scroll).Y - look.Space2
	below := top + o.Size().Height + 2*look.Space2 - scroll.Size().Height
	offset := scroll.Offset
	switch {
	case top < 0:
		offset.Y += top
	case below > 0:
		offset.Y += min(below, top)
	default:
		return
	}
	offset.Y = max(0, min(offset.Y, scroll.Content.MinSize().Height-scroll.Size().Height))
	scroll.ScrollToOffset(offset)
}
