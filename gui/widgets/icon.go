package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// icon is a picture inside a widget that is read and drawn again only when it changed. Fyne reads an SVG at every Refresh,
// which in a table of many rows is most of the work.
type icon struct {
	*canvas.Image

	owner fyne.CanvasObject
	drawn string
}

func newIcon(owner fyne.CanvasObject) *icon {
	image := canvas.NewImageFromResource(nil)
	image.FillMode = canvas.ImageFillContain
	return &icon{Image: image, owner: owner}
}

// set shows a picture, or nothing for nil.
func (i *icon) set(res fyne.Resource) {
	i.Hidden = res == nil
	if res == nil {
		return
	}
	// The name of our pictures holds their colour. The density of the screen is part of what was drawn too.
	name := res.Name()
	if c := fyne.CurrentApp().Driver().CanvasForObject(i.owner); c != nil {
		name += strconv.FormatFloat(float64(c.Scale()), 'f', 2, 32)
	}
	if name == i.drawn {
		return
	}
	i.drawn = name
	i.Resource = res
	i.Image.Refresh()
}

// refreshShapes repaints what is not a picture; pictures know by themselves when to.
func refreshShapes(objects []fyne.CanvasObject) {
	for _, o := range objects {
		if _, ok := o.(*canvas.Image); !ok {
			o.Refresh()
		}
	}
}
