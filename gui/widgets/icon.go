package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
)

// NewIcon makes one of our icons at a size.
func NewIcon(name look.IconName, colour fyne.ThemeColorName, side float32) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSquareSize(side), widget.NewIcon(look.IconIn(name, colour)))
}

// Glyph is a picture inside a widget that is read and drawn again only when it changed. Fyne reads an SVG at every Refresh,
// which in a table of many rows is most of the work.
type Glyph struct {
	*canvas.Image

	owner fyne.CanvasObject
	drawn string
}

// NewGlyph makes a glyph that shows nothing yet. The owner is the widget that draws it.
func NewGlyph(owner fyne.CanvasObject) *Glyph {
	image := canvas.NewImageFromResource(nil)
	image.FillMode = canvas.ImageFillContain
	image.Hide()
	return &Glyph{Image: image, owner: owner}
}

// Set shows a picture, or nothing for nil. Pictures are told apart by their names.
func (g *Glyph) Set(res fyne.Resource) {
	g.Hidden = res == nil
	if res == nil {
		return
	}
	// The name of our pictures holds their colour. The density of the screen is part of what was drawn too.
	name := res.Name()
	if c := fyne.CurrentApp().Driver().CanvasForObject(g.owner); c != nil {
		name += strconv.FormatFloat(float64(c.Scale()), 'f', 2, 32)
	}
	if name == g.drawn {
		return
	}
	g.drawn = name
	g.Resource = res
	g.Image.Refresh()
}

// refreshShapes repaints what is not a picture; pictures know by themselves when to.
func refreshShapes(objects []fyne.CanvasObject) {
	for _, o := range objects {
		if _, ok := o.(*canvas.Image); !ok {
			o.Refresh()
		}
	}
}
