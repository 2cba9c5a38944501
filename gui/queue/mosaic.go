package queue

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/thumbs"
	"darwin-uploader/gui/widgets"
)

// mosaic shows up to twelve of the pictures that arrived.
type mosaic struct {
	widget.BaseWidget

	loader  *thumbs.Loader // may be nil
	entries []Entry
}

const (
	cells               = 12
	cellWidth   float32 = 120
	cellHeight  float32 = 93
	cellGap     float32 = 8
	cellColumns         = 3
)

func newMosaic(loader *thumbs.Loader) *mosaic {
	m := &mosaic{loader: loader}
	m.ExtendBaseWidget(m)
	return m
}

// fill chooses pictures from the whole of what arrived, evenly.
func (m *mosaic) fill(model *Model) {
	var arrived []ID
	model.each(func(e *entry) {
		if e.group == Done {
			arrived = append(arrived, e.ID)
		}
	})
	m.entries = nil
	count := min(cells, len(arrived))
	for i := range count {
		e, _ := model.Entry(arrived[i*len(arrived)/count])
		m.entries = append(m.entries, e)
	}
	m.Refresh()
}

// want asks for what is missing.
func (m *mosaic) want() {
	if m.loader == nil {
		return
	}
	var wanted []thumbs.Request
	for _, e := range m.entries {
		wanted = append(wanted, requestOf(e))
	}
	m.loader.Want(wanted)
}

// CreateRenderer is for Fyne.
func (m *mosaic) CreateRenderer() fyne.WidgetRenderer {
	r := &mosaicRenderer{m: m}
	for i := range r.cells {
		c := &r.cells[i]
		c.ground, c.picture, c.icon = canvas.NewRectangle(color.Transparent), canvas.NewImageFromImage(nil), widgets.NewGlyph(m)
		c.ground.CornerRadius, c.picture.CornerRadius = look.RadiusSelection, look.RadiusSelection
		c.picture.FillMode = canvas.ImageFillCover
	}
	r.Refresh()
	return r
}

type mosaicRenderer struct {
	m     *mosaic
	cells [cells]struct {
		ground  *canvas.Rectangle
		picture *canvas.Image
		icon    *widgets.Glyph
	}
}

func (r *mosaicRenderer) rows() int {
	return max(1, (len(r.m.entries)+cellColumns-1)/cellColumns)
}

func (r *mosaicRenderer) MinSize() fyne.Size {
	rows := float32(max(2, r.rows()))
	return fyne.NewSize(cellColumns*(cellWidth+cellGap)-cellGap, rows*(cellHeight+cellGap)-cellGap)
}

func (r *mosaicRenderer) Layout(size fyne.Size) {
	// Few pictures stand in the middle of the frame.
	columns := min(cellColumns, max(1, len(r.m.entries)))
	left := (size.Width - float32(columns)*(cellWidth+cellGap) + cellGap) / 2
	top := (size.Height - float32(r.rows())*(cellHeight+cellGap) + cellGap) / 2
	for i := range r.cells {
		at := fyne.NewPos(left+float32(i%cellColumns)*(cellWidth+cellGap), top+float32(i/cellColumns)*(cellHeight+cellGap))
		for _, o := range []fyne.CanvasObject{r.cells[i].ground, r.cells[i].picture} {
			o.Move(at)
			o.Resize(fyne.NewSize(cellWidth, cellHeight))
		}
		r.cells[i].icon.Move(at.AddXY((cellWidth-28)/2, (cellHeight-28)/2))
		r.cells[i].icon.Resize(fyne.NewSquareSize(28))
	}
}

func (r *mosaicRenderer) Refresh() {
	for i := range r.cells {
		c := &r.cells[i]
		used := i < len(r.m.entries)
		c.ground.Hidden, c.picture.Hidden, c.icon.Hidden = !used, true, !used
		if !used {
			continue
		}
		f := r.m.entries[i].File
		widgets.PutFill(c.ground, r.m, look.ColorRaised)
		if r.m.loader != nil {
			if picture, ok := r.m.loader.Get(f.Path, f.ModTime, f.Size); ok {
				c.picture.Hidden, c.icon.Hidden = false, true
				if c.picture.Image != picture {
					c.picture.Image = picture
					c.picture.Refresh()
				}
				continue
			}
		}
		showIcon(c.icon, kindIcon(f.Kind), look.ColorMuted)
	}
	r.Layout(r.m.Size())
	canvas.Refresh(r.m)
}

func (r *mosaicRenderer) Objects() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, c := range r.cells {
		objects = append(objects, c.ground, c.picture, c.icon.Image)
	}
	return objects
}
func (r *mosaicRenderer) Destroy() {}

// rule is a hairline.
type rule struct{ widget.BaseWidget }

func newRule() *rule {
	r := &rule{}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer is for Fyne.
func (r *rule) CreateRenderer() fyne.WidgetRenderer {
	return &ruleRenderer{r, canvas.NewRectangle(theme.ColorForWidget(theme.ColorNameSeparator, r))}
}

type ruleRenderer struct {
	r    *rule
	line *canvas.Rectangle
}

func (r *ruleRenderer) MinSize() fyne.Size           { return fyne.NewSize(1, 1) }
func (r *ruleRenderer) Layout(size fyne.Size)        { r.line.Resize(size) }
func (r *ruleRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }
func (r *ruleRenderer) Destroy()                     {}
func (r *ruleRenderer) Refresh()                     { widgets.PutFill(r.line, r.r, theme.ColorNameSeparator) }
