package header

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

// listRow is one dataset of the list: an icon (used lately or not), the name,
// the number of items, and a check on the chosen one.
type listRow struct {
	widget.BaseWidget

	lit    bool
	ground *canvas.Rectangle
	icon   *widget.Icon
	name   *widgets.Text
	items  *widgets.Text
	check  *widget.Icon
	whole  fyne.CanvasObject
}

func newListRow() *listRow {
	r := &listRow{ground: canvas.NewRectangle(color.Transparent), icon: widget.NewIcon(nil), check: widget.NewIcon(nil)}
	r.ground.CornerRadius = look.RadiusSelection
	r.name = widgets.NewShrinkingText("", theme.SizeNameText, fyne.TextStyle{})
	r.items = widgets.NewText("", theme.SizeNameCaptionText, fyne.TextStyle{}).Coloured(look.ColorMuted)
	side := fyne.NewSquareSize(look.IconRow)
	r.whole = container.NewStack(r.ground, arrange.Inset(0, 0, look.Space3, look.Space3,
		arrange.Line(10, 1, container.NewGridWrap(side, r.icon), r.name, r.items, container.NewGridWrap(side, r.check))))
	r.ExtendBaseWidget(r)
	return r
}

func (r *listRow) set(ds entry, lit, chosen bool) {
	r.lit = lit
	name := look.IconLayers
	if ds.recent {
		name = look.IconHistory
	}
	r.icon.SetResource(look.IconIn(name, look.ColorMuted))
	r.name.SetText(ds.Name)
	r.name.SetStyle(fyne.TextStyle{Bold: chosen})
	r.items.SetText(count(ds.Dataset))
	r.check.Hidden = !chosen
	r.check.SetResource(look.IconIn(look.IconCheck, theme.ColorNamePrimary))
	r.Refresh()
}

// Refresh reads the colours of the theme again.
func (r *listRow) Refresh() {
	r.ground.FillColor = color.Transparent
	if r.lit {
		r.ground.FillColor = theme.ColorForWidget(look.ColorPrimaryTint, r)
	}
	r.ground.Refresh()
	r.BaseWidget.Refresh()
}

// MinSize is one row high.
func (r *listRow) MinSize() fyne.Size { return fyne.NewSize(r.whole.MinSize().Width, look.RowHeight) }

// CreateRenderer is for Fyne.
func (r *listRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.whole) }
