package help

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

const (
	partsWidth float32 = 280
	aboutWidth float32 = 520
	markSize   float32 = 48
)

// NewAbout is the page about the program and what it is made of. The list has
// the keyboard: up and down choose whose licence is shown.
func NewAbout(version string, onClose func()) *Page {
	parts := Parts()
	words := widget.NewLabel("")
	words.Wrapping = fyne.TextWrapWord
	text := newReader(lang.L("Licence"), words, onClose)
	list := newPartList(parts, onClose)
	list.OnSelected = func(i widget.ListItemID) {
		words.SetText(parts[i].Words)
		text.scroll.ScrollToTop()
	}
	list.OnHighlighted = list.Select
	list.Select(0)

	mark := canvas.NewImageFromResource(look.Mark())
	mark.FillMode = canvas.ImageFillContain
	mark.SetMinSize(fyne.NewSquareSize(markSize))
	intro := arrange.Inset(0, look.Space4, look.Space1, 0, arrange.Line(look.Space4, 1, mark, arrange.Column(0,
		widgets.NewText(lang.L("Version %s, MIT licence", version), theme.SizeNameText, fyne.TextStyle{Bold: true}),
		arrange.Prose(aboutWidth, widgets.NewParagraph(lang.L("Puts images, videos, documents and DICOM files into V7 Darwin datasets."), theme.SizeNameText, fyne.TextStyle{})))))
	made := arrange.Inset(0, look.Space2, look.Space1, 0,
		widgets.NewText(lang.L("Made with the work of others"), theme.SizeNameText, fyne.TextStyle{Bold: true}))
	both := container.NewBorder(nil, nil, arrange.Wide(partsWidth, list), nil, arrange.Inset(0, 0, look.Space2, 0, text))
	content := container.NewBorder(container.NewVBox(intro, made), nil, nil, nil, both)
	return newPageOf("Darwin Uploader", content, list, onClose) // not shown in any other words
}

// partList is a list that Escape closes, as it closes everything on a page.
type partList struct {
	widget.List
	onEscape func()
}

func newPartList(parts []Part, onEscape func()) *partList {
	l := &partList{onEscape: onEscape}
	l.Length = func() int { return len(parts) }
	l.CreateItem = func() fyne.CanvasObject {
		return arrange.Inset(look.Space1, look.Space1, look.Space2, look.Space2, arrange.Column(0,
			widgets.NewShrinkingText("", theme.SizeNameText, fyne.TextStyle{}), widgets.NewShrinkingText("", theme.SizeNameCaptionText, fyne.TextStyle{}).Coloured(look.ColorMuted)))
	}
	l.UpdateItem = func(i widget.ListItemID, row fyne.CanvasObject) {
		lines := row.(*fyne.Container).Objects[0].(*fyne.Container).Objects
		lines[0].(*widgets.Text).SetText(parts[i].Name)
		lines[1].(*widgets.Text).SetText(parts[i].Version + " · " + parts[i].Kind)
	}
	l.ExtendBaseWidget(l)
	return l
}

// AccessibilityLabel is for screen readers.
func (l *partList) AccessibilityLabel() string { return lang.L("Made with the work of others") }

// AccessibilityRole is for screen readers.
func (l *partList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// TypedKey is for Fyne.
func (l *partList) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape {
		l.onEscape()
		return
	}
	l.List.TypedKey(ev)
}
