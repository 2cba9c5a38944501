package widgets

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
)

// RailCell is one place of the window in the rail: an icon above a caption, with a count of what needs the person.
type RailCell struct {
	control

	icon   fyne.Resource
	text   string
	chosen bool
	badge  int
}

// NewRailCell makes a cell.
func NewRailCell(icon fyne.Resource, text string, onTapped func()) *RailCell {
	c := &RailCell{icon: icon, text: text}
	c.activate = onTapped
	c.ExtendBaseWidget(c)
	return c
}

// SetChosen marks the place that the window shows.
func (c *RailCell) SetChosen(on bool) {
	if c.chosen != on {
		c.chosen = on
		c.Refresh()
	}
}

// Chosen says whether the window shows this place.
func (c *RailCell) Chosen() bool { return c.chosen }

// SetBadge shows a count in the corner; 0 takes it away, above 999 it says "999+".
func (c *RailCell) SetBadge(n int) {
	if c.badge != n {
		c.badge = n
		c.Refresh()
	}
}

// AccessibilityLabel is the caption, the count, and whether the window shows this place.
func (c *RailCell) AccessibilityLabel() string {
	count := ""
	if c.badge > 0 {
		count = lang.Number(c.badge)
	}
	return c.say(c.text, count, chosenWord(c.chosen))
}

// AccessibilityRole is button.
func (c *RailCell) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for Fyne.
func (c *RailCell) CreateRenderer() fyne.WidgetRenderer {
	r := &railRenderer{c: c, ring: newRing(), ground: canvas.NewRectangle(nil), icon: NewGlyph(c),
		line: canvas.NewText("", nil), badge: canvas.NewRectangle(nil), count: canvas.NewText("", nil)}
	r.ground.CornerRadius = look.RadiusButton
	r.Refresh()
	return r
}

type railRenderer struct {
	c             *RailCell
	ring          *canvas.Rectangle
	ground, badge *canvas.Rectangle
	icon          *Glyph
	line, count   *canvas.Text
}

const (
	railCellWidth  float32 = 80
	railCellHeight float32 = 60
	railBadge      float32 = 18
	railSmallest   float32 = 0.85 // of the size of captions
)

func (r *railRenderer) MinSize() fyne.Size { return fyne.NewSize(railCellWidth, railCellHeight) }

// captionSize is that of captions, or less where a language has a long word for the place.
func (r *railRenderer) captionSize(width float32) float32 {
	usual := theme.SizeForWidget(theme.SizeNameCaptionText, r.c)
	if need := fyne.MeasureText(r.c.text, usual, r.line.TextStyle).Width; need > width {
		return max(float32(math.Floor(float64(usual*width/need))), usual*railSmallest) // text is drawn at the next whole size
	}
	return usual
}

func (r *railRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	layRing(r.ring, size, look.RadiusButton)
	r.line.TextSize = r.captionSize(size.Width)
	r.line.Text = Shorten(r.c.text, size.Width, r.line.TextSize, r.line.TextStyle)
	line := r.line.MinSize()
	top := (size.Height - look.IconRail - line.Height - 2) / 2
	r.icon.Resize(fyne.NewSquareSize(look.IconRail))
	r.icon.Move(fyne.NewPos((size.Width-look.IconRail)/2, top))
	r.line.Resize(line)
	r.line.Move(fyne.NewPos((size.Width-line.Width)/2, top+look.IconRail+2))

	count := r.count.MinSize()
	width := max(count.Width+8, railBadge)
	r.badge.CornerRadius = railBadge / 2
	r.badge.Resize(fyne.NewSize(width, railBadge))
	r.badge.Move(fyne.NewPos(size.Width-width-3, 4))
	r.count.Resize(count)
	r.count.Move(fyne.NewPos(size.Width-3-width/2-count.Width/2, 4+(railBadge-count.Height)/2))
}

func (r *railRenderer) Refresh() {
	c := r.c
	var ground fyne.ThemeColorName
	ink := look.ColorMuted
	if c.chosen {
		ground, ink = look.ColorPrimaryTint, theme.ColorNamePrimary
	}
	r.ground.FillColor = blend(paint(c, ground), paint(c, c.overlay()))
	r.icon.Set(look.Recolour(c.icon, ink))
	r.line.Color = paint(c, ink)

	r.count.TextSize, r.count.TextStyle = theme.SizeForWidget(theme.SizeNameCaptionText, c), TextStyle{Bold: true}
	r.count.Text = strconv.Itoa(c.badge)
	if c.badge > 999 {
		r.count.Text = "999+"
	}
	r.count.Color = paint(c, theme.ColorNameForegroundOnWarning)
	r.badge.FillColor = paint(c, theme.ColorNameWarning)
	r.badge.Hidden, r.count.Hidden = c.badge == 0, c.badge == 0
	showRing(r.ring, c, c.focused && !c.Disabled())
	r.Layout(c.Size())
	refreshShapes(r.Objects())
}

func (r *railRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.ground, r.icon.Image, r.line, r.badge, r.count}
}
func (r *railRenderer) Destroy() {}
