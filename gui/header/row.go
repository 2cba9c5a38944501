package header

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

// How far the names in the pickers give way before the window is too narrow.
const (
	accountLeast float32 = 160
	datasetLeast float32 = 150
)

// row lays the header out: account, chevron, dataset, new dataset or lock,
// and at the right end Open in Darwin. Where it gets tight the account's name
// shortens first, then the dataset's.
type row struct{ view *View }

func (r *row) margin() float32 {
	if r.view.narrow {
		return look.MarginNarrow
	}
	return look.Margin
}

// gaps are the room before each of the six things.
func (r *row) gaps() [6]float32 {
	if r.view.locked {
		return [6]float32{0, 8, 8, 0, 24, 16}
	}
	return [6]float32{0, 8, 8, 14, 0, 16}
}

func (r *row) MinSize(o []fyne.CanvasObject) fyne.Size {
	account, dataset := leasts(o)
	width := 2*r.margin() + account + dataset
	for i, gap := range r.gaps() {
		if !o[i].Visible() {
			continue
		}
		width += gap
		if i != 0 && i != 2 {
			width += o[i].MinSize().Width
		}
	}
	return fyne.NewSize(width, look.HeaderHeight)
}

// leasts are the widths of the account and the dataset where it is tightest: short names do not need what long ones keep.
func leasts(o []fyne.CanvasObject) (account, dataset float32) {
	return min(accountLeast, o[0].MinSize().Width), min(datasetLeast, o[2].MinSize().Width)
}

func (r *row) Layout(o []fyne.CanvasObject, size fyne.Size) {
	room := size.Width - r.MinSize(o).Width // beyond the least widths
	account, dataset := leasts(o)
	wider := min(o[2].MinSize().Width-dataset, max(room, 0))
	dataset += wider
	account += min(o[0].MinSize().Width-account, max(room-wider, 0))

	x := r.margin()
	for i, gap := range r.gaps() {
		if !o[i].Visible() {
			continue
		}
		m := o[i].MinSize()
		switch i {
		case 0:
			m.Width = account
		case 2:
			m.Width = dataset
		case 5:
			x = size.Width - r.margin() - m.Width + look.Space2 // the link's own padding
			gap = 0
		}
		x += gap
		o[i].Resize(m)
		o[i].Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		x += m.Width
	}
}

// NewDemoBanner is the strip that says that the demo is a demo. onLeave is
// what "Connect an account" does; nil leaves the link out.
func NewDemoBanner(onLeave func()) fyne.CanvasObject {
	parts := []fyne.CanvasObject{
		widgets.NewIcon(look.IconFlask, theme.ColorNameForeground, 18),
		widgets.NewShrinkingText(lang.L("Practice Darwin: nothing leaves this computer."), theme.SizeNameText, fyne.TextStyle{}),
	}
	if onLeave != nil {
		parts = append(parts, widgets.NewButton(widgets.Link, lang.L("Connect an account"), nil, onLeave))
	}
	return widgets.NewSurface(arrange.Inset(2, 2, look.Margin, look.Space4, arrange.Line(10, 1, parts...)), widgets.EdgeBottom).
		SetGround(look.ColorRaised)
}
