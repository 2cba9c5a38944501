package cloud

import (
	"cmp"
	"encoding/json"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
)

// itemOf is what a row of the ledger holds; of one that cannot be registered
// only the key.
func itemOf(row ledger.Row) external.Item {
	var item external.Item
	_ = json.Unmarshal([]byte(row.Content), &item) // what cannot be read stays empty
	return item
}

func keyOf(row ledger.Row) string { return itemOf(row).Key }

// columns is where the parts of a row stand, for one width.
type columns struct {
	line, lineWidth   float32
	name, nameWidth   float32
	size, sizeWidth   float32 // width 0: the column is not shown
	thumb, thumbWidth float32
	what, whatWidth   float32
}

const (
	edge        float32 = 15
	columnGap   float32 = 14
	lineColumn  float32 = 44
	sizeColumn  float32 = 92
	thumbColumn float32 = 76
	whatColumn  float32 = 138
	sizesFrom   float32 = 470
	thumbsFrom  float32 = 600
)

func (t *table) columnsFor(width float32) columns {
	c := columns{line: edge, lineWidth: lineColumn, whatWidth: whatColumn}
	c.what = width - edge - whatColumn
	right := c.what
	if t.readOnly && width >= thumbsFrom {
		c.thumbWidth = thumbColumn
		c.thumb = right - columnGap - thumbColumn
		right = c.thumb
	}
	if t.readOnly && width >= sizesFrom {
		c.sizeWidth = sizeColumn
		c.size = right - columnGap - sizeColumn
		right = c.size
	}
	c.name = c.line + c.lineWidth + columnGap
	c.nameWidth = max(right-columnGap-c.name, 0)
	return c
}

// rowView draws one row.
type rowView struct {
	widget.BaseWidget
	table                   *table
	row                     ledger.Row
	here                    bool
	line, name, size, thumb *canvas.Text
	state                   *widgets.StateMark
}

func newRow(t *table) *rowView {
	r := &rowView{table: t, state: widgets.NewStateMark()}
	r.line, r.name, r.size, r.thumb = canvas.NewText("", nil), canvas.NewText("", nil), canvas.NewText("", nil), canvas.NewText("", nil)
	r.ExtendBaseWidget(r)
	return r
}

// show turns to row i, which is asked for if it is not here.
func (r *rowView) show(i int) {
	r.row, r.here = r.table.pages.row(i)
	if !r.here {
		r.table.pages.want(i)
	}
	r.Refresh()
}

// CreateRenderer is for Fyne.
func (r *rowView) CreateRenderer() fyne.WidgetRenderer { return &rowRenderer{r} }

type rowRenderer struct{ r *rowView }

func (v *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(100, look.RowHeight) }
func (v *rowRenderer) Destroy()           {}

func (v *rowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.r.line, v.r.name, v.r.size, v.r.thumb, v.r.state}
}

func (v *rowRenderer) Layout(size fyne.Size) {
	r := v.r
	text := theme.SizeForWidget(theme.SizeNameText, r)
	ink, muted := theme.ColorForWidget(theme.ColorNameForeground, r), theme.ColorForWidget(look.ColorMuted, r)
	c := r.table.columnsFor(size.Width)
	put := func(at *canvas.Text, words string, x, width float32, colour fyne.ThemeColorName) {
		at.Hidden = width == 0
		shade := muted
		if colour == theme.ColorNameForeground {
			shade = ink
		}
		widgets.PutText(at, words, width, text, false, shade)
		widgets.InRow(at, x, width, at.MinSize().Height, size.Height)
	}
	r.state.Hidden = !r.here
	if !r.here {
		put(r.line, "", c.line, c.lineWidth, look.ColorMuted)
		put(r.name, lang.L("Reading"), c.name, c.nameWidth, look.ColorMuted)
		put(r.size, "", c.size, c.sizeWidth, look.ColorMuted)
		put(r.thumb, "", c.thumb, c.thumbWidth, look.ColorMuted)
		return
	}
	item := itemOf(r.row)
	put(r.line, strconv.Itoa(r.row.Line), c.line, c.lineWidth, look.ColorMuted)
	put(r.name, widgets.ShortPath(item.Key, c.nameWidth, text), c.name, c.nameWidth, theme.ColorNameForeground)
	pixels, thumb := r.table.sizeWords(item), r.table.thumbWords(item)
	if r.row.State == ledger.Unfit && (pixels == "") != (thumb == "") { // one of them is what it lacks
		pixels, thumb = cmp.Or(pixels, lang.L("Not found")), cmp.Or(thumb, lang.L("Not found"))
	}
	put(r.size, pixels, c.size, c.sizeWidth, look.ColorMuted)
	put(r.thumb, thumb, c.thumb, c.thumbWidth, look.ColorMuted)
	kind, words := happened(r.row)
	r.state.Set(kind, words, -1)
	widgets.InRow(r.state, c.what, c.whatWidth, size.Height, size.Height)
}

func (t *table) sizeWords(item external.Item) string {
	if item.Width == 0 || item.Height == 0 {
		return ""
	}
	return pixelWords(item.Width, item.Height)
}

func (t *table) thumbWords(item external.Item) string {
	switch {
	case item.Thumbnail == "":
		return ""
	case t.found:
		return lang.L("Found")
	}
	return lang.L("Named")
}

func (v *rowRenderer) Refresh() {
	v.Layout(v.r.Size())
	canvas.Refresh(v.r)
}

// named gives the columns their names.
func (t *table) named(width float32) []widgets.Column {
	c := t.columnsFor(width)
	return []widgets.Column{
		{Name: lang.L("Line"), X: c.line, Width: c.lineWidth}, {Name: lang.L("Key"), X: c.name, Width: c.nameWidth},
		{Name: lang.L("Size in pixels"), X: c.size, Width: c.sizeWidth}, {Name: lang.L("Thumbnail"), X: c.thumb, Width: c.thumbWidth},
		{Name: lang.L("State"), X: c.what, Width: c.whatWidth},
	}
}
