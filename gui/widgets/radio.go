package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/look"
)

// Radio is one of several choices that stand in rows of their own, where Fyne's RadioGroup cannot go. Its owner sees to it
// that one of them is chosen.
type Radio struct {
	control

	label  string
	chosen bool
}

const (
	radioSide  float32 = 18
	radioField float32 = 26 // what can be hit
)

// NewRadio makes a choice; the label says what choosing it does, for those who cannot see it.
func NewRadio(chosen bool, label string, onTapped func()) *Radio {
	r := &Radio{label: label, chosen: chosen}
	r.activate = onTapped
	r.ExtendBaseWidget(r)
	return r
}

// SetChosen says whether this is the one that is chosen.
func (r *Radio) SetChosen(on bool) {
	if r.chosen != on {
		r.chosen = on
		r.Refresh()
	}
}

// Chosen says whether this is the one that is chosen.
func (r *Radio) Chosen() bool { return r.chosen }

// AccessibilityLabel is what choosing it does, and whether it is chosen.
func (r *Radio) AccessibilityLabel() string { return r.say(r.label, chosenWord(r.chosen)) }

// AccessibilityRole is button: Fyne has no role for a radio button yet.
func (r *Radio) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for Fyne.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer {
	v := &radioRenderer{r: r, ring: canvas.NewCircle(color.Transparent), circle: canvas.NewCircle(color.Transparent), dot: canvas.NewCircle(color.Transparent)}
	v.Refresh()
	return v
}

type radioRenderer struct {
	r                 *Radio
	ring, circle, dot *canvas.Circle
}

func (v *radioRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(radioField) }

func (v *radioRenderer) Layout(size fyne.Size) {
	for c, side := range map[*canvas.Circle]float32{v.ring: radioSide + 2*(ringGap+ringWidth), v.circle: radioSide, v.dot: 10} {
		c.Resize(fyne.NewSquareSize(side))
		c.Move(fyne.NewPos((size.Width-side)/2, (size.Height-side)/2))
	}
}

func (v *radioRenderer) Refresh() {
	v.ring.Hidden = !v.r.focused || v.r.Disabled()
	v.ring.StrokeColor, v.ring.StrokeWidth = paint(v.r, look.ColorFocus), ringWidth
	border, dot := theme.ColorNameInputBorder, theme.ColorNamePrimary
	if v.r.chosen {
		border = theme.ColorNamePrimary
	}
	if v.r.Disabled() {
		border, dot = theme.ColorNameSeparator, theme.ColorNameDisabled
	}
	v.circle.StrokeColor, v.circle.StrokeWidth = paint(v.r, border), 1.5
	v.circle.FillColor = blend(paint(v.r, theme.ColorNameInputBackground), paint(v.r, v.r.overlay()))
	v.dot.Hidden = !v.r.chosen
	v.dot.FillColor = paint(v.r, dot)
	refreshShapes(v.Objects())
}

func (v *radioRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.ring, v.circle, v.dot}
}
func (v *radioRenderer) Destroy() {}
