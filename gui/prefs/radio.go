package prefs

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// radio is one of several choices that stand in rows of their own, where
// Fyne's RadioGroup cannot go.
type radio struct {
	widget.BaseWidget

	label            string
	chosen           bool
	focused, hovered bool
	onTapped         func()
}

const (
	radioSide float32 = 18
	radioArea float32 = 26 // what can be hit
)

func newRadio(chosen bool, label string, onTapped func()) *radio {
	r := &radio{label: label, chosen: chosen, onTapped: onTapped}
	r.ExtendBaseWidget(r)
	return r
}

// AccessibilityLabel is what choosing it does.
func (r *radio) AccessibilityLabel() string { return r.label }

// AccessibilityRole is button, as Fyne has none for a radio button.
func (r *radio) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped chooses it.
func (r *radio) Tapped(*fyne.PointEvent) { r.onTapped() }

// FocusGained shows the ring.
func (r *radio) FocusGained() { r.focused = true; r.Refresh() }

// FocusLost takes the ring away.
func (r *radio) FocusLost() { r.focused = false; r.Refresh() }

// TypedRune does nothing.
func (r *radio) TypedRune(rune) {}

// TypedKey chooses it with Space and Enter.
func (r *radio) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		r.onTapped()
	}
}

// MouseIn shows the hover.
func (r *radio) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.Refresh() }

// MouseMoved does nothing.
func (r *radio) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the hover away.
func (r *radio) MouseOut() { r.hovered = false; r.Refresh() }

// CreateRenderer is for Fyne.
func (r *radio) CreateRenderer() fyne.WidgetRenderer {
	v := &radioRenderer{r: r, ring: canvas.NewCircle(color.Transparent), circle: canvas.NewCircle(color.Transparent), dot: canvas.NewCircle(color.Transparent)}
	v.Refresh()
	return v
}

type radioRenderer struct {
	r                 *radio
	ring, circle, dot *canvas.Circle
}

func (v *radioRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(radioArea) }

func (v *radioRenderer) Layout(size fyne.Size) {
	for c, side := range map[*canvas.Circle]float32{v.ring: radioSide + 6, v.circle: radioSide, v.dot: 10} {
		c.Resize(fyne.NewSquareSize(side))
		c.Move(fyne.NewPos((size.Width-side)/2, (size.Height-side)/2))
	}
}

func (v *radioRenderer) Refresh() {
	paint := func(name fyne.ThemeColorName) color.Color { return theme.ColorForWidget(name, v.r) }
	v.ring.Hidden = !v.r.focused
	v.ring.StrokeColor, v.ring.StrokeWidth = paint(theme.ColorNameFocus), 2
	border := theme.ColorNameInputBorder
	if v.r.chosen {
		border = theme.ColorNamePrimary
	}
	v.circle.StrokeColor, v.circle.StrokeWidth = paint(border), 1.5
	v.circle.FillColor = paint(theme.ColorNameInputBackground)
	if v.r.hovered && !v.r.chosen {
		v.circle.FillColor = paint(theme.ColorNameHover)
	}
	v.dot.Hidden = !v.r.chosen
	v.dot.FillColor = paint(theme.ColorNamePrimary)
	for _, c := range []*canvas.Circle{v.ring, v.circle, v.dot} {
		c.Refresh()
	}
}

func (v *radioRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.ring, v.circle, v.dot}
}
func (v *radioRenderer) Destroy() {}
