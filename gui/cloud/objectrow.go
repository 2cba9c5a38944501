package cloud

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/objects"
)

const (
	objectRowHeight  float32 = 32
	objectHeadHeight float32 = 26
	factWidth        float32 = 118
	thumbFactWidth   float32 = 100
	sizeFactsFrom    float32 = 380
	thumbFactsFrom   float32 = 460
)

// objectColumns is where the parts of a row of the browser stand.
type objectColumns struct {
	size, sizeWidth   float32 // width 0: the column is not shown
	thumb, thumbWidth float32
	nameEnd           float32
}

func (b *browser) columnsFor(width float32) objectColumns {
	c := objectColumns{nameEnd: width - look.Space3}
	if b.needy() && width >= thumbFactsFrom && b.facts.of.rule.Template != "" {
		c.thumbWidth, c.thumb = thumbFactWidth, c.nameEnd-thumbFactWidth
		c.nameEnd = c.thumb - look.Space2
	}
	if b.needy() && width >= sizeFactsFrom {
		c.sizeWidth, c.size = factWidth, c.nameEnd-factWidth
		c.nameEnd = c.size - look.Space2
	}
	return c
}

// objectRow is one object or folder with its box, and beside it what a
// read-only storage needs.
type objectRow struct {
	widget.BaseWidget
	b           *browser
	of          objects.Object
	check       *widgets.Check
	icon        *widgets.Glyph
	name        *canvas.Text
	size, thumb *widgets.StateMark
}

func newObjectRow(b *browser) *objectRow {
	r := &objectRow{b: b, name: canvas.NewText("", nil), size: widgets.NewStateMark(), thumb: widgets.NewStateMark()}
	r.check = widgets.NewCheck(func(state widgets.TriState) { b.tick(r.of.Key, state == widgets.On) })
	r.icon = widgets.NewGlyph(r)
	r.ExtendBaseWidget(r)
	return r
}

func (r *objectRow) show(i int) {
	if i < len(r.b.listing.listed) {
		r.of = r.b.listing.listed[i]
	}
	r.b.listing.seen(i)
	r.check.SetLabel(r.of.Key)
	r.check.SetState(r.b.v.source.picks.state(r.of.Key))
	r.Refresh()
}

// CreateRenderer is for Fyne.
func (r *objectRow) CreateRenderer() fyne.WidgetRenderer { return &objectRenderer{r} }

type objectRenderer struct{ r *objectRow }

func (o *objectRenderer) MinSize() fyne.Size { return fyne.NewSize(100, objectRowHeight) }
func (o *objectRenderer) Destroy()           {}
func (o *objectRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{o.r.check, o.r.icon.Image, o.r.name, o.r.size, o.r.thumb}
}

func (o *objectRenderer) Layout(size fyne.Size) {
	r := o.r
	side := r.check.MinSize()
	widgets.InRow(r.check, look.Space3, side.Width, side.Height, size.Height)
	icon, ink := look.IconImage, look.ColorMuted
	if r.of.Folder {
		icon, ink = look.IconFolder, theme.ColorNamePrimary
	}
	r.icon.Set(look.IconIn(icon, ink))
	x := look.Space3 + side.Width + look.Space2
	widgets.InRow(r.icon, x, look.IconRow, look.IconRow, size.Height)
	x += look.IconRow + look.Space2
	c := r.b.columnsFor(size.Width)
	name := strings.TrimPrefix(r.of.Key, r.b.at)
	widgets.PutText(r.name, strings.TrimSuffix(name, "/"), c.nameEnd-x, theme.SizeForWidget(theme.SizeNameText, r), r.of.Folder,
		theme.ColorForWidget(theme.ColorNameForeground, r))
	widgets.InRow(r.name, x, c.nameEnd-x, r.name.MinSize().Height, size.Height)
	o.mark(r.size, c.size, c.sizeWidth, size.Height, r.b.facts.sizeMark)
	o.mark(r.thumb, c.thumb, c.thumbWidth, size.Height, r.b.facts.thumbMark)
}

// mark shows what is known of the object, and asks for it if it is seen.
func (o *objectRenderer) mark(m *widgets.StateMark, x, width, height float32, of func(string) (widgets.StateKind, string)) {
	m.Hidden = width == 0 || o.r.of.Folder || o.r.of.Key == ""
	if m.Hidden {
		return
	}
	kind, text := of(o.r.of.Key)
	if m.Hidden = text == ""; !m.Hidden {
		m.Set(kind, text, -1)
		widgets.InRow(m, x, width, height, height)
	}
}

func (o *objectRenderer) Refresh() {
	o.Layout(o.r.Size())
	canvas.Refresh(o.r)
}

// objectHead names the columns.
type objectHead struct {
	widget.BaseWidget
	b *browser
}

func newObjectHead(b *browser) *objectHead {
	h := &objectHead{b: b}
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer is for Fyne.
func (h *objectHead) CreateRenderer() fyne.WidgetRenderer {
	r := &objectHeadRenderer{h: h, rule: canvas.NewRectangle(nil)}
	for i := range r.names {
		r.names[i] = canvas.NewText("", nil)
	}
	r.Refresh()
	return r
}

type objectHeadRenderer struct {
	h     *objectHead
	names [3]*canvas.Text
	rule  *canvas.Rectangle
}

func (r *objectHeadRenderer) MinSize() fyne.Size { return fyne.NewSize(100, objectHeadHeight) }
func (r *objectHeadRenderer) Destroy()           {}
func (r *objectHeadRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.names[0], r.names[1], r.names[2], r.rule}
}

func (r *objectHeadRenderer) Layout(size fyne.Size) {
	c := r.h.b.columnsFor(size.Width)
	caption, ink := theme.SizeForWidget(theme.SizeNameCaptionText, r.h), theme.ColorForWidget(look.ColorMuted, r.h)
	start := look.Space3 + 24 + look.Space2
	for i, at := range []struct {
		name     string
		x, width float32
	}{{lang.L("Name"), start, c.nameEnd - start}, {lang.L("Size in pixels"), c.size, c.sizeWidth}, {lang.L("Thumbnail"), c.thumb, c.thumbWidth}} {
		r.names[i].Hidden = at.width == 0
		widgets.PutText(r.names[i], at.name, at.width, caption, false, ink)
		widgets.InRow(r.names[i], at.x, at.width, r.names[i].MinSize().Height, objectHeadHeight)
	}
	put(r.rule, 0, objectHeadHeight-1, size.Width, 1)
}

func (r *objectHeadRenderer) Refresh() {
	widgets.PutFill(r.rule, r.h, theme.ColorNameSeparator)
	r.Layout(r.h.Size())
	canvas.Refresh(r.h)
}
