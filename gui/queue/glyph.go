package queue

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

// showIcon draws one of our icons.
func showIcon(g *widgets.Glyph, name look.IconName, colour fyne.ThemeColorName) {
	g.Set(look.IconIn(name, colour))
}

// setLine puts text into a canvas line, shortened to a width (below 0: not),
// and refreshes it only when something about it changed.
func setLine(line *canvas.Text, text string, width, size float32, bold bool, ink color.Color) {
	style := fyne.TextStyle{Bold: bold}
	if width >= 0 {
		text = widgets.Shorten(text, width, size, style)
	}
	if line.Text == text && line.TextSize == size && line.TextStyle == style && line.Color == ink {
		return
	}
	line.Text, line.TextSize, line.TextStyle, line.Color = text, size, style, ink
	line.Refresh()
}

// setFill colours a rectangle; "" is transparent.
func setFill(r *canvas.Rectangle, w fyne.Widget, name fyne.ThemeColorName) {
	ink := color.Color(color.Transparent)
	if name != "" {
		ink = theme.ColorForWidget(name, w)
	}
	if r.FillColor != ink {
		r.FillColor = ink
		r.Refresh()
	}
}

// shortPath leaves leading folders out until a path fits: the last one tells
// most.
func shortPath(path string, width, size float32) string {
	short := path
	for fyne.MeasureText(short, size, fyne.TextStyle{}).Width > width {
		cut := strings.IndexByte(path[1:], '/')
		if cut < 0 {
			break
		}
		path = path[cut+1:]
		short = "…" + path
	}
	return short
}

// unshaded is the app's theme without shadows: Fyne's scroller throws one over
// its edges, which stands out of the card's round corners.
type unshaded struct{}

func (unshaded) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if name == theme.ColorNameShadow {
		return color.Transparent
	}
	return fyne.CurrentApp().Settings().Theme().Color(name, variant)
}

func (unshaded) Font(style fyne.TextStyle) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Font(style)
}

func (unshaded) Icon(name fyne.ThemeIconName) fyne.Resource {
	return fyne.CurrentApp().Settings().Theme().Icon(name)
}

func (unshaded) Size(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}

// inRow moves and resizes an object, its middle in the middle of the row.
func inRow(o fyne.CanvasObject, x, width, height, rowHeight float32) {
	o.Move(fyne.NewPos(x, (rowHeight-height)/2))
	o.Resize(fyne.NewSize(width, height))
}
