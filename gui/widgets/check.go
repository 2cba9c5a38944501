package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
)

// TriState is what a check box shows.
type TriState uint8

// The states. Some is shown when part of what the box stands for is chosen; a tap never leads to it.
const (
	Off TriState = iota
	On
	Some
)

// Check is a box with three states, 16 px in a field of 24 that can be hit.
type Check struct {
	control

	state TriState
	label string
}

// NewCheck makes an empty box. A tap on an empty or partly filled box turns it on, on a full one off, and then calls onChanged.
func NewCheck(onChanged func(TriState)) *Check {
	c := &Check{}
	c.activate = func() {
		next := On
		if c.state == On {
			next = Off
		}
		c.SetState(next)
		if onChanged != nil {
			onChanged(next)
		}
	}
	c.ExtendBaseWidget(c)
	return c
}

// SetState shows a state without calling onChanged.
func (c *Check) SetState(state TriState) {
	if c.state == state {
		return
	}
	c.state = state
	c.Refresh()
}

// State is what the box shows.
func (c *Check) State() TriState { return c.state }

// SetLabel names what the box stands for, for those who cannot see it.
func (c *Check) SetLabel(label string) { c.label = label }

// AccessibilityLabel is the label and the state.
func (c *Check) AccessibilityLabel() string {
	state := lang.L("not checked")
	switch c.state {
	case On:
		state = lang.L("checked")
	case Some:
		state = lang.L("partly checked")
	}
	return c.say(c.label, state)
}

// AccessibilityRole is button: Fyne has no role for a check box yet.
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for Fyne.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	r := &checkRenderer{c: c, ring: newRing(), box: canvas.NewRectangle(nil), mark: NewGlyph(c)}
	r.box.CornerRadius = look.RadiusThumbnail
	r.Refresh()
	return r
}

type checkRenderer struct {
	c         *Check
	ring, box *canvas.Rectangle
	mark      *Glyph
}

const (
	checkSide  float32 = 16
	checkField float32 = 24
)

func (r *checkRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(checkField) }

func (r *checkRenderer) Layout(size fyne.Size) {
	at := fyne.NewPos((size.Width-checkSide)/2, (size.Height-checkSide)/2)
	r.box.Resize(fyne.NewSquareSize(checkSide))
	r.box.Move(at)
	layRing(r.ring, fyne.NewSquareSize(checkSide), look.RadiusThumbnail)
	r.ring.Move(r.ring.Position().Add(at))
	r.mark.Resize(fyne.NewSquareSize(checkSide - 2))
	r.mark.Move(at.AddXY(1, 1))
}

func (r *checkRenderer) Refresh() {
	c := r.c
	full, border, ink := look.ColorSurface, theme.ColorNameInputBorder, theme.ColorNameForegroundOnPrimary
	if c.state != Off {
		full, border = theme.ColorNamePrimary, theme.ColorNamePrimary
	}
	if c.Disabled() {
		border = theme.ColorNameSeparator
		if c.state != Off {
			full, ink = theme.ColorNameDisabledButton, theme.ColorNameDisabled
		}
	}
	r.box.FillColor = blend(paint(c, full), paint(c, c.overlay()))
	r.box.StrokeColor, r.box.StrokeWidth = paint(c, border), 1
	name := look.IconCheckBold
	if c.state == Some {
		name = look.IconMinusBold
	}
	r.mark.Set(look.IconIn(name, ink))
	r.mark.Hidden = c.state == Off
	showRing(r.ring, c, c.focused && !c.Disabled())
	r.Layout(c.Size())
	r.box.Refresh()
}

func (r *checkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.box, r.mark.Image}
}
func (r *checkRenderer) Destroy() {}
