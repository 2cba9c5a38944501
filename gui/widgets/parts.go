package widgets

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// PutText puts text into a canvas line, shortened to a width (below 0: not), and refreshes it only when something about it
// changed. It is for rows, which are used again for other content ten times a second.
func PutText(line *canvas.Text, text string, width, size float32, bold bool, ink color.Color) {
	style := TextStyle{Bold: bold}
	if width >= 0 {
		text = Shorten(text, width, size, style)
	}
	if line.Text == text && line.TextSize == size && line.TextStyle == style && line.Color == ink {
		return
	}
	line.Text, line.TextSize, line.TextStyle, line.Color = text, size, style, ink
	line.Refresh()
}

// PutFill colours a rectangle by name ("" is transparent), and refreshes it only when that is another colour.
func PutFill(r *canvas.Rectangle, w fyne.Widget, name fyne.ThemeColorName) {
	if ink := paint(w, name); r.FillColor != ink {
		r.FillColor = ink
		r.Refresh()
	}
}

// ShortPath leaves leading folders out until a path fits a width: the last one tells most.
func ShortPath(path string, width, size float32) string {
	short := path
	for fyne.MeasureText(short, size, TextStyle{}).Width > width {
		cut := strings.IndexByte(path[1:], '/')
		if cut < 0 {
			break
		}
		path = path[cut+1:]
		short = ellipsis + path
	}
	return short
}

// InRow moves and resizes an object, its middle in the middle of a row.
func InRow(o fyne.CanvasObject, x, width, height, rowHeight float32) {
	o.Move(fyne.NewPos(x, (rowHeight-height)/2))
	o.Resize(fyne.NewSize(width, height))
}

// Flat shows a scroller, or a list, without the shadows that Fyne throws over its edges, which stand out of a card's round corners.
func Flat(scroll fyne.CanvasObject) *container.ThemeOverride {
	return container.NewThemeOverride(scroll, unshaded{})
}

// unshaded is the app's theme without shadows.
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
