package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
)

// Edge says on which sides a surface has a hairline.
type Edge uint8

// The edges, to be combined with |.
const (
	EdgeTop Edge = 1 << iota
	EdgeBottom
	EdgeLeft
	EdgeRight
)

// Card is content on a ground with round corners and an edge of 1 px, without a shadow.
type Card struct {
	widget.BaseWidget
	group

	content fyne.CanvasObject
	padding float32
	radius  float32
	ground  fyne.ThemeColorName
	border  fyne.ThemeColorName
	edges   Edge
}

// NewCard makes a card with 16 px around its content.
func NewCard(content fyne.CanvasObject) *Card {
	c := &Card{content: content, padding: look.Space4, radius: look.RadiusCard, ground: look.ColorSurface, border: theme.ColorNameSeparator}
	c.ExtendBaseWidget(c)
	return c
}

// NewSurface makes the ground of a part of the window: no padding, no corners, hairlines on the edges named.
func NewSurface(content fyne.CanvasObject, edges Edge) *Card {
	c := &Card{content: content, ground: look.ColorSurface, edges: edges}
	c.ExtendBaseWidget(c)
	return c
}

// SetPadding sets the space around the content.
func (c *Card) SetPadding(padding float32) *Card { c.padding = padding; c.Refresh(); return c }

// SetRadius sets the radius of the corners.
func (c *Card) SetRadius(radius float32) *Card { c.radius = radius; c.Refresh(); return c }

// SetGround sets the colour of the ground; "" is transparent.
func (c *Card) SetGround(name fyne.ThemeColorName) *Card { c.ground = name; c.Refresh(); return c }

// SetBorder sets the colour of the edge; "" is none.
func (c *Card) SetBorder(name fyne.ThemeColorName) *Card { c.border = name; c.Refresh(); return c }

// SetContent changes what is inside.
func (c *Card) SetContent(content fyne.CanvasObject) { c.content = content; c.Refresh() }

// CreateRenderer is for Fyne.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	r := &cardRenderer{c: c, ground: canvas.NewRectangle(nil)}
	for i := range r.lines {
		r.lines[i] = canvas.NewRectangle(nil)
	}
	r.Refresh()
	return r
}

type cardRenderer struct {
	c      *Card
	ground *canvas.Rectangle
	lines  [4]*canvas.Rectangle // top, bottom, left, right
}

func (r *cardRenderer) MinSize() fyne.Size {
	var inside fyne.Size
	if r.c.content != nil {
		inside = r.c.content.MinSize()
	}
	return inside.AddWidthHeight(2*r.c.padding, 2*r.c.padding)
}

func (r *cardRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.lines[0].Resize(fyne.NewSize(size.Width, 1))
	r.lines[1].Resize(fyne.NewSize(size.Width, 1))
	r.lines[1].Move(fyne.NewPos(0, size.Height-1))
	r.lines[2].Resize(fyne.NewSize(1, size.Height))
	r.lines[3].Resize(fyne.NewSize(1, size.Height))
	r.lines[3].Move(fyne.NewPos(size.Width-1, 0))
	if r.c.content != nil {
		r.c.content.Move(fyne.NewSquareOffsetPos(r.c.padding))
		r.c.content.Resize(size.SubtractWidthHeight(2*r.c.padding, 2*r.c.padding))
	}
}

func (r *cardRenderer) Refresh() {
	r.ground.FillColor = paint(r.c, r.c.ground)
	r.ground.CornerRadius = r.c.radius
	r.ground.StrokeColor = paint(r.c, r.c.border)
	r.ground.StrokeWidth = 0
	if r.c.border != "" {
		r.ground.StrokeWidth = 1
	}
	for i, line := range r.lines {
		line.FillColor = paint(r.c, theme.ColorNameSeparator)
		line.Hidden = r.c.edges&(1<<i) == 0
		line.Refresh()
	}
	r.Layout(r.c.Size())
	r.ground.Refresh()
}

func (r *cardRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.ground}
	for _, line := range r.lines {
		objects = append(objects, line)
	}
	if r.c.content != nil {
		objects = append(objects, r.c.content)
	}
	return objects
}
func (r *cardRenderer) Destroy() {}
