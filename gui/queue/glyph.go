package queue

import (
	"fyne.io/fyne/v2"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

// showIcon draws one of our icons.
func showIcon(g *widgets.Glyph, name look.IconName, colour fyne.ThemeColorName) {
	g.Set(look.IconIn(name, colour))
}
