package help

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

// Page is a title, something to read, and a button that closes it. It asks for
// little room and takes what it is given.
type Page struct {
	widget.BaseWidget
	root  fyne.CanvasObject
	first fyne.Focusable
}

// newPage makes a page whose text scrolls.
func newPage(title string, text fyne.CanvasObject, onClose func()) *Page {
	r := newReader(title, arrange.Inset(look.Space2, look.Space2, look.Space3, look.Space4, text), onClose)
	return newPageOf(title, r, r, onClose)
}

// newPageOf makes a page of anything; first gets the keyboard.
func newPageOf(title string, content fyne.CanvasObject, first fyne.Focusable, onClose func()) *Page {
	shut := widgets.NewButton(widgets.Filled, lang.L("Close"), nil, onClose)
	shut.SetOnEscape(onClose)
	head := arrange.Inset(0, look.Space3, look.Space1, 0, widgets.NewText(title, theme.SizeNameHeadingText, fyne.TextStyle{Bold: true}))
	foot := arrange.Inset(look.Space4, 0, 0, 0, arrange.Line(look.Space2, 0, container.NewStack(), shut))
	p := &Page{first: first}
	p.root = arrange.Inset(look.Space4, look.Space4, look.Space5, look.Space5, container.NewBorder(head, foot, nil, nil, content))
	p.ExtendBaseWidget(p)
	return p
}

// First is what gets the keyboard when the page is shown.
func (p *Page) First() fyne.Focusable { return p.first }

// CreateRenderer is for Fyne.
func (p *Page) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.root) }
