package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
)

// Column is the name of a table's column and where it stands. One of no width
// is not shown.
type Column struct {
	Name     string
	X, Width float32
}

// TableHead holds the names of a table's columns, with a hairline below them.
// A name that is wider than its column is shortened.
type TableHead struct {
	widget.BaseWidget

	columns func(width float32) []Column
}

// NewTableHead makes the head of a table; columns shares a width out among its
// columns, and gives the same number of them for every width.
func NewTableHead(columns func(width float32) []Column) *TableHead {
	h := &TableHead{columns: columns}
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer is for Fyne.
func (h *TableHead) CreateRenderer() fyne.WidgetRenderer {
	r := &tableHeadRenderer{h: h, rule: canvas.NewRectangle(nil)}
	for range h.columns(0) {
		r.names = append(r.names, canvas.NewText("", nil))
	}
	r.Refresh()
	return r
}

type tableHeadRenderer struct {
	h     *TableHead
	names []*canvas.Text
	rule  *canvas.Rectangle
}

func (r *tableHeadRenderer) MinSize() fyne.Size { return fyne.NewSize(100, look.TableHeadHeight) }

func (r *tableHeadRenderer) Layout(size fyne.Size) {
	caption, ink := theme.SizeForWidget(theme.SizeNameCaptionText, r.h), theme.ColorForWidget(look.ColorMuted, r.h)
	for i, c := range r.h.columns(size.Width) {
		name := r.names[i]
		name.Hidden = c.Width <= 0
		PutText(name, c.Name, max(c.Width, 0), caption, false, ink)
		InRow(name, c.X, c.Width, name.MinSize().Height, look.TableHeadHeight)
	}
	r.rule.Move(fyne.NewPos(0, look.TableHeadHeight-1))
	r.rule.Resize(fyne.NewSize(size.Width, 1))
}

func (r *tableHeadRenderer) Refresh() {
	PutFill(r.rule, r.h, theme.ColorNameSeparator)
	r.Layout(r.h.Size())
	canvas.Refresh(r.h)
}

func (r *tableHeadRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, len(r.names)+1)
	for _, name := range r.names {
		objects = append(objects, name)
	}
	return append(objects, r.rule)
}

func (r *tableHeadRenderer) Destroy() {}
