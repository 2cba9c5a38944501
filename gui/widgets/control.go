package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
)

const (
	ringWidth float32 = 2
	ringGap   float32 = 1 // between the control and its ring
)

// control is what all tappable widgets share: hover, press, focus, keyboard and disabled state.
type control struct {
	widget.DisableableWidget

	hovered, focused, pressed bool
	activate                  func() // what Tap, Space and Enter do; nil does nothing
	onEscape                  func() // what Escape does while the keyboard is here; nil does nothing
	onFocus                   func() // what is done when the keyboard comes here; nil does nothing
	tip                       string // what an icon without words is for
}

// Tapped does what the control is for, unless it is disabled.
func (c *control) Tapped(*fyne.PointEvent) { c.fire() }

func (c *control) fire() {
	if c.Disabled() || c.activate == nil {
		return
	}
	c.activate()
}

// FocusGained shows the ring.
func (c *control) FocusGained() {
	c.focused = true
	c.Refresh()
	if c.onFocus != nil {
		c.onFocus()
	}
}

// FocusLost takes the ring away.
func (c *control) FocusLost() { c.focused = false; c.pressed = false; c.Refresh() }

// TypedRune does nothing; Space comes as a key.
func (c *control) TypedRune(rune) {}

// TypedKey operates the control with Space and Enter.
func (c *control) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.fire()
	case fyne.KeyEscape:
		if c.onEscape != nil {
			c.onEscape()
		}
	}
}

// MouseIn, MouseMoved and MouseOut follow the pointer.
func (c *control) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved does nothing.
func (c *control) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends hover and press.
func (c *control) MouseOut() { c.hovered = false; c.pressed = false; c.Refresh() }

// MouseDown shows the press.
func (c *control) MouseDown(ev *desktop.MouseEvent) {
	if ev.Button != desktop.MouseButtonPrimary {
		return
	}
	c.pressed = true
	c.Refresh()
}

// MouseUp ends the press.
func (c *control) MouseUp(*desktop.MouseEvent) { c.pressed = false; c.Refresh() }

// Focused says whether the keyboard is here.
func (c *control) Focused() bool { return c.focused }

// overlay is the tint that the pointer puts over the ground of a control; "" for none.
func (c *control) overlay() fyne.ThemeColorName {
	switch {
	case c.Disabled():
		return ""
	case c.pressed:
		return theme.ColorNamePressed
	case c.hovered:
		return theme.ColorNameHover
	}
	return ""
}

// paint reads a colour of the theme for this widget; "" is transparent.
func paint(w fyne.Widget, name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	return theme.ColorForWidget(name, w)
}

// blend lays a translucent colour over another.
func blend(under, over color.Color) color.Color {
	o := color.NRGBAModel.Convert(over).(color.NRGBA)
	if o.A == 0 {
		return under
	}
	u := color.NRGBAModel.Convert(under).(color.NRGBA)
	if u.A == 0 {
		return o
	}
	mix := func(a, b uint8) uint8 { return uint8((int(a)*(255-int(o.A)) + int(b)*int(o.A)) / 255) }
	return color.NRGBA{R: mix(u.R, o.R), G: mix(u.G, o.G), B: mix(u.B, o.B), A: u.A}
}

func newRing() *canvas.Rectangle {
	ring := canvas.NewRectangle(color.Transparent)
	ring.StrokeWidth = ringWidth
	ring.Hide()
	return ring
}

// layRing puts the ring around a control of this size whose corners have this radius.
func layRing(ring *canvas.Rectangle, size fyne.Size, radius float32) {
	out := ringGap + ringWidth
	ring.CornerRadius = radius + out
	ring.Move(fyne.NewPos(-out, -out))
	ring.Resize(fyne.NewSize(size.Width+2*out, size.Height+2*out))
}

func showRing(ring *canvas.Rectangle, w fyne.Widget, on bool) {
	ring.StrokeColor = paint(w, look.ColorFocus)
	ring.Hidden = !on
	ring.Refresh()
}

// centre places an object of a size in the vertical middle of a height, at x.
func centre(o fyne.CanvasObject, x float32, size fyne.Size, height float32) {
	o.Resize(size)
	o.Move(fyne.NewPos(x, (height-size.Height)/2))
}
