package arrange

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

// Column stacks things over each other with a gap between. A thing without
// height takes no gap either, such as a box whose content is hidden.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&column{gap: gap}, objects...)
}

// Inset puts room around one thing; when the thing is hidden the room goes too.
func Inset(top, bottom, left, right float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&inset{layout.NewCustomPaddedLayout(top, bottom, left, right)}, object)
}

// Line sets things beside each other, each at the height it asks for, centred.
// The thing at index grow takes the room that is left, and gives way where
// there is too little; with -1 none does.
func Line(gap float32, grow int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&line{gap: gap, grow: grow}, objects...)
}

// Gap is empty room of a width, for use in a Line.
func Gap(width float32) fyne.CanvasObject {
	return container.New(&held{width: width, exact: true})
}

// Wide holds a thing at exactly this width, and asks for the height that it
// needs at this width, which a box around text that wraps learns too late.
func Wide(width float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&held{width: width, exact: true}, object)
}

// Prose holds text that wraps (widgets.Paragraph, widget.RichText) at a width,
// without the inner padding that Fyne puts around it, so that it lines up with
// its neighbours.
func Prose(width float32, text fyne.CanvasObject) *fyne.Container {
	return container.New(&prose{width: width}, text)
}

// AtMost gives a thing the width there is, but not more than this, at the left.
func AtMost(width float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&held{width: width}, object)
}

// Flow sets things beside each other, each in the middle of its row, and starts
// a new row where one does not fit into the width. Its minimum height holds for that width, which has to be
// known beforehand: a layout cannot ask for height after it learnt its width.
func Flow(width, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{width: width, gap: gap}, objects...)
}

type column struct{ gap float32 }

func (c *column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		if !o.Visible() || m.Height == 0 {
			continue
		}
		if size.Height > 0 {
			size.Height += c.gap
		}
		size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height)
	}
	return size
}

func (c *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if o.Size().Width != size.Width {
			// Text that wraps knows its height only once it knows its width.
			o.Resize(fyne.NewSize(size.Width, o.Size().Height))
		}
		height := o.MinSize().Height
		o.Resize(fyne.NewSize(size.Width, height))
		o.Move(fyne.NewPos(0, y))
		if height > 0 {
			y += height + c.gap
		}
	}
}

type inset struct{ padded fyne.Layout }

func (i *inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if !objects[0].Visible() || objects[0].MinSize().Height == 0 {
		return fyne.Size{}
	}
	return i.padded.MinSize(objects)
}

func (i *inset) Layout(objects []fyne.CanvasObject, size fyne.Size) { i.padded.Layout(objects, size) }

type line struct {
	gap  float32
	grow int
}

func (l *line) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	shown := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		shown++
		m := o.MinSize()
		size.Width += m.Width
		size.Height = max(size.Height, m.Height)
	}
	size.Width += l.gap * float32(max(shown-1, 0))
	return size
}

func (l *line) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	spare := size.Width - l.MinSize(objects).Width
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if i == l.grow {
			m.Width = max(m.Width+spare, 0)
		}
		o.Resize(m)
		o.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		x += m.Width + l.gap
	}
}

type held struct {
	width float32
	exact bool
}

func (h *held) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if h.exact {
			o.Resize(fyne.NewSize(h.width, max(o.Size().Height, 1)))
		}
		size = size.Max(o.MinSize())
	}
	if h.exact {
		size.Width = h.width
	}
	return size
}

func (h *held) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(fyne.NewSize(min(size.Width, h.width), size.Height))
		o.Move(fyne.Position{})
	}
}

type prose struct{ width float32 }

func (p *prose) MinSize(objects []fyne.CanvasObject) fyne.Size {
	pad := theme.Size(theme.SizeNameInnerPadding)
	size := fyne.NewSize(p.width, 0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Resize(fyne.NewSize(p.width+2*pad, max(o.Size().Height, 1)))
		size.Height = max(size.Height, o.MinSize().Height-2*pad)
	}
	return size
}

func (p *prose) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	pad := theme.Size(theme.SizeNameInnerPadding)
	for _, o := range objects {
		o.Resize(fyne.NewSize(p.width+2*pad, size.Height+2*pad))
		o.Move(fyne.NewPos(-pad, -pad))
	}
}

type flow struct{ width, gap float32 }

func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, f.each(objects, f.width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {}))
}

func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.each(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		o.Resize(s)
		o.Move(at)
	})
}

// each tells where every object goes, and gives the height of all rows.
// each tells where every object goes, in the middle of its row's height, and gives the height of all rows.
func (f *flow) each(objects []fyne.CanvasObject, width float32, place func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	x, y, height := float32(0), float32(0), float32(0)
	var row []fyne.CanvasObject
	end := func() {
		x = 0
		for _, o := range row {
			m := f.size(o, width)
			place(o, fyne.NewPos(x, y+(height-m.Height)/2), m)
			x += m.Width + f.gap
		}
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := f.size(o, width)
		if len(row) > 0 && x+m.Width > width {
			end()
			x, y, height, row = 0, y+height+f.gap, 0, row[:0]
		}
		row = append(row, o)
		x += m.Width + f.gap
		height = max(height, m.Height)
	}
	end()
	return y + height
}

func (f *flow) size(o fyne.CanvasObject, width float32) fyne.Size {
	m := o.MinSize()
	return fyne.NewSize(min(m.Width, width), m.Height)
}
