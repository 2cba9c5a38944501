package look

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// IconName names one of our own icons.
type IconName string

// Picture is a drawing whose colours are theme colours. It reads them each time it is drawn, so it follows the theme.
// It is no fyne.ThemedResource, since Fyne would paint all parts of one in the same colour.
type Picture struct {
	name    string
	drawing string // an SVG with {0}, {1} ... where the colours go
	colours []fyne.ThemeColorName
}

// Icon is the icon in the colour of text.
func Icon(name IconName) fyne.Resource { return IconIn(name, theme.ColorNameForeground) }

// IconIn is the icon in a colour of the theme. An unknown name gives an empty picture.
func IconIn(name IconName, colour fyne.ThemeColorName) fyne.Resource {
	return &Picture{name: string(name), drawing: drawings()[name], colours: []fyne.ThemeColorName{colour}}
}

const (
	iconStroke = 1.8 // of 24; 1.5 px in the usual size of 20, 1.6 px in the rail
	boldStroke = 3.2
)

// drawings keeps the SVG of each icon, reckoned when the first one is asked for.
var drawings = sync.OnceValue(func() map[IconName]string {
	all := map[IconName]string{}
	for _, name := range Icons() {
		width := iconStroke
		if name == IconCheckBold || name == IconMinusBold {
			width = boldStroke
		}
		all[name] = svg(24, 24, `<path d="`+outline(strokes(name), width)+`" fill="{0}"/>`)
	}
	return all
})

func svg(width, height float32, body string) string {
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g">%s</svg>`, width, height, body)
}

// Recolour gives the same picture in another colour of the theme. What is not one of our one-coloured pictures comes back as it is.
func Recolour(res fyne.Resource, colour fyne.ThemeColorName) fyne.Resource {
	p, ok := res.(*Picture)
	if !ok || len(p.colours) != 1 || p.colours[0] == colour {
		return res
	}
	return &Picture{name: p.name, drawing: p.drawing, colours: []fyne.ThemeColorName{colour}}
}

// Mark is the mark of the app: a square with the corners of a frame and an arrow up, in the accent colour.
func Mark() fyne.Resource {
	return &Picture{name: "mark", drawing: markDrawing(),
		colours: []fyne.ThemeColorName{theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary}}
}

// Corner is the top left corner of the frame, turned clockwise by quarter turns, drawn for a square of side leg.
func Corner(quarters int, leg float32, colour fyne.ThemeColorName) fyne.Resource {
	return &Picture{name: fmt.Sprintf("corner-%d-%.1f", quarters&3, leg), drawing: cornerDrawing(quarters&3, leg),
		colours: []fyne.ThemeColorName{colour}}
}

// Name names the picture together with its present colours, since Fyne keeps drawn pictures by name.
func (p *Picture) Name() string {
	var b strings.Builder
	b.WriteString(p.name)
	for _, c := range p.colours {
		b.WriteString(hex(theme.Color(c)))
	}
	b.WriteString(".svg")
	return b.String()
}

// Content is the SVG in the present colours.
func (p *Picture) Content() []byte {
	content := p.drawing
	for i, c := range p.colours {
		content = strings.ReplaceAll(content, "{"+strconv.Itoa(i)+"}", hex(theme.Color(c)))
	}
	return []byte(content)
}

func hex(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}
