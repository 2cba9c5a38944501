package upload

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// stripGap is the room between the things in a strip.
const stripGap float32 = 10

// strip sets an icon, words that wrap and buttons beside each other. It asks for
// the height that the words need at the width that it was given last.
type strip struct{ width float32 }

func (s *strip) MinSize(o []fyne.CanvasObject) fyne.Size {
	words, others := o[1], s.others(o)
	size := fyne.NewSize(others.Width+stripLeast, others.Height)
	if s.width > 0 {
		pad := 2 * theme.Size(theme.SizeNameInnerPadding) // Fyne's, around text that wraps
		words.Resize(fyne.NewSize(max(s.width-others.Width, stripLeast)+pad, max(words.Size().Height, 1)))
		size.Height = max(size.Height, words.MinSize().Height-pad)
	}
	return size
}

// stripLeast is the width that words have at least.
const stripLeast float32 = 200

// others are the width of everything but the words, with the gaps, and the
// height of the highest.
func (s *strip) others(o []fyne.CanvasObject) (size fyne.Size) {
	for i, each := range o {
		if i != 1 && each.Visible() {
			m := each.MinSize()
			size = fyne.NewSize(size.Width+m.Width+stripGap, max(size.Height, m.Height))
		}
	}
	return size
}

func (s *strip) Layout(o []fyne.CanvasObject, size fyne.Size) {
	s.width = size.Width
	pad := theme.Size(theme.SizeNameInnerPadding)
	x := float32(0)
	for i, each := range o {
		if !each.Visible() {
			continue
		}
		m := each.MinSize()
		if i == 1 {
			width := max(size.Width-s.others(o).Width, stripLeast)
			each.Resize(fyne.NewSize(width+2*pad, max(each.Size().Height, 1)))
			height := each.MinSize().Height
			each.Resize(fyne.NewSize(width+2*pad, height))
			each.Move(fyne.NewPos(x-pad, (size.Height-height)/2))
			x += width + stripGap
			continue
		}
		each.Resize(m)
		each.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		x += m.Width + stripGap
	}
}
