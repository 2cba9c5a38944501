package cloud

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/look"
)

const (
	previewWidth float32 = 272
	scrollBar    float32 = look.Space4 // beside the storages, where they scroll
)

// placeLayout sets storages, choice and preview beside each other, over the
// bar; in the narrow form below each other.
type placeLayout struct{ v *View }

func (l placeLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(700, 320) }

func (l placeLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left, choice, preview, receipt, bar := o[0], o[1], o[2], o[3], o[4]
	foot := bar.MinSize().Height
	height := size.Height - foot
	put(bar, 0, height, size.Width, foot)
	put(receipt, 0, 0, size.Width, height)
	if l.v.narrow {
		const margin = look.MarginNarrow
		left.Resize(fyne.NewSize(size.Width-2*margin, left.Size().Height)) // text that wraps learns its width
		above := max(look.ControlHeight, left.MinSize().Height)
		put(left, margin, margin, size.Width-2*margin, above)
		top := margin + above + look.Space3
		put(choice, margin, top, size.Width-2*margin, height-top-look.Space3)
		put(preview, 0, top, size.Width, height-top)
		return
	}
	top := look.Space5
	put(left, look.Margin-look.Space1, top, look.Space1+storagesWidth+scrollBar, height-2*top)
	x := look.Margin + storagesWidth + look.Space5
	put(choice, x, top, size.Width-x-previewWidth-look.Space5, height-2*top)
	put(preview, size.Width-previewWidth, 0, previewWidth, height)
}

func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// middle sets things below each other; the one at grow takes the height that
// is left.
type middle struct {
	grow int
	bare bool // the gap is small
}

const growLeast float32 = 84

func (m *middle) gap() float32 {
	if m.bare {
		return look.Space2
	}
	return look.Space3
}

func (m *middle) MinSize(o []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for i, each := range o {
		if !each.Visible() {
			continue
		}
		h := each.MinSize().Height
		if i == m.grow {
			h = growLeast
		}
		if height += h; h > 0 {
			height += m.gap()
		}
	}
	return fyne.NewSize(300, height)
}

func (m *middle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	rest := size.Height
	for i, each := range o {
		if !each.Visible() {
			continue
		}
		// Text that wraps knows its height only once it knows its width.
		each.Resize(fyne.NewSize(size.Width, each.Size().Height))
		if h := each.MinSize().Height; i != m.grow && h > 0 {
			rest -= h + m.gap()
		}
	}
	y := float32(0)
	for i, each := range o {
		if !each.Visible() {
			continue
		}
		h := each.MinSize().Height
		if i == m.grow {
			h = max(rest, growLeast)
		}
		put(each, 0, y, size.Width, h)
		if h > 0 {
			y += h + m.gap()
		}
	}
}

// stack sets things below each other with a small gap; each learns its width
// before it is asked for its height.
type stack struct{}

func (stack) MinSize(o []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, each := range o {
		if !each.Visible() {
			continue
		}
		m := each.MinSize()
		size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height)
		if size.Height > m.Height {
			size.Height += look.Space2
		}
	}
	return size
}

func (stack) Layout(o []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, each := range o {
		if !each.Visible() {
			continue
		}
		each.Resize(fyne.NewSize(size.Width, each.Size().Height))
		h := each.MinSize().Height
		put(each, 0, y, size.Width, h)
		y += h + look.Space2
	}
}

// unpadded takes the inner padding of a text that wraps away, so that it lines
// up with its neighbours.
type unpadded struct{}

func (unpadded) MinSize(o []fyne.CanvasObject) fyne.Size {
	pad := theme.Size(theme.SizeNameInnerPadding)
	return fyne.NewSize(100, max(o[0].MinSize().Height-2*pad, 0))
}

func (unpadded) Layout(o []fyne.CanvasObject, size fyne.Size) {
	pad := theme.Size(theme.SizeNameInnerPadding)
	put(o[0], -pad, -pad, size.Width+2*pad, size.Height+2*pad)
}

// barLayout centres content in the height of a bar, between the page's margins.
type barLayout struct {
	v      *View
	height float32
}

func (b barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+2*look.MarginNarrow, b.height)
}

func (b barLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	margin := look.Margin
	if b.v.narrow {
		margin = look.MarginNarrow
	}
	height := o[0].MinSize().Height
	put(o[0], margin, (size.Height-height)/2, size.Width-2*margin, height)
}

// halves sets two things beside each other, each as wide as the other.
type halves struct{}

func (halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(2*max(a.Width, b.Width)+look.Space3, max(a.Height, b.Height))
}

func (halves) Layout(o []fyne.CanvasObject, size fyne.Size) {
	width := (size.Width - look.Space3) / 2
	put(o[0], 0, 0, width, size.Height)
	put(o[1], width+look.Space3, 0, width, size.Height)
}
