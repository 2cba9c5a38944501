package prefs

import (
	"fyne.io/fyne/v2"

	"darwin-uploader/gui/look"
)

// page holds the content at most as wide as it is drawn, with its margins.
type page struct{}

func (*page) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(480, o[0].MinSize().Height+look.Space5+look.Space8)
}

func (*page) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(look.Space8, look.Space5))
	o[0].Resize(fyne.NewSize(min(pageMost, size.Width-2*look.Space8), o[0].MinSize().Height))
}

// beside sets a section's name at the left of its body, their tops in line.
type beside struct{ left, gap float32 }

func (b *beside) MinSize(o []fyne.CanvasObject) fyne.Size {
	l, r := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(b.left+b.gap+r.Width, max(l.Height, r.Height))
}

func (b *beside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(b.left, o[0].MinSize().Height))
	o[1].Move(fyne.NewPos(b.left+b.gap, 0))
	o[1].Resize(fyne.NewSize(size.Width-b.left-b.gap, o[1].MinSize().Height))
}

// setting is label, control and hint in one line.
type setting struct{ label float32 }

func (s *setting) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(s.label+o[1].MinSize().Width, max(o[0].MinSize().Height, o[1].MinSize().Height, o[2].MinSize().Height, look.ControlHeight))
}

func (s *setting) Layout(o []fyne.CanvasObject, size fyne.Size) {
	control := o[1].MinSize()
	place := func(o fyne.CanvasObject, x, w float32) {
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(max(w, 0), h))
		o.Move(fyne.NewPos(x, (size.Height-h)/2))
	}
	place(o[0], 0, s.label-look.Space2)
	place(o[1], s.label, control.Width)
	x := s.label + control.Width + hintGap
	place(o[2], x, size.Width-x)
}
