package help

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/widgets"
)

// mostLines is how many lines a person reads at most before mending what they
// speak of.
const mostLines = 300

// NewLines is a page of lines, such as those of a sheet that fit no file.
func NewLines(title string, lines []string, onClose func()) *Page {
	shown := lines
	if len(lines) > mostLines {
		shown = append(append([]string(nil), lines[:mostLines]...), lang.N("And %s more line.", "And %s more lines.", len(lines)-mostLines))
	}
	return newPage(title, arrange.Prose(proseWidth, widgets.NewParagraph(strings.Join(shown, "\n"), theme.SizeNameText, fyne.TextStyle{})), onClose)
}
