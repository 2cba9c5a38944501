package history

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

const (
	listWide   float32 = 348
	listNarrow float32 = 240
	placeRoomy         = look.NarrowBelow - look.RailWidth // the place is as wide as the window without its rail
)

// split sets the list at the left and the receipt beside it.
type split struct{ view *View }

func (s split) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(listNarrow+400, 300) }

func (s split) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := listWide
	if s.view.narrow {
		left = listNarrow
	}
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(left, size.Height))
	o[1].Move(fyne.NewPos(left, 0))
	o[1].Resize(fyne.NewSize(size.Width-left, size.Height))
}

// master sets head and list of the left side below each other; what is said
// instead of a list has the head's margins.
type master struct{}

func (master) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(listNarrow, o[0].MinSize().Height+pageLeast)
}

func (master) Layout(o []fyne.CanvasObject, size fyne.Size) {
	margin := insetsFor(size.Width).content
	head := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(margin, look.Space5))
	o[0].Resize(fyne.NewSize(size.Width-2*margin, head))
	top := look.Space5 + head + look.Space1
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(size.Width, size.Height-top))
	const padding = look.Space2 // that a paragraph brings itself
	o[2].Move(fyne.NewPos(margin-padding, top+look.Space2))
	o[2].Resize(fyne.NewSize(size.Width-2*(margin-padding), size.Height-top-look.Space2))
}

// page sets things below each other within the page's margins; the one at grow
// takes the height that is left.
type page struct{ grow int }

const (
	pageGap   float32 = 14
	pageLeast float32 = 120 // height of what grows
)

func (p page) MinSize(o []fyne.CanvasObject) fyne.Size {
	height := 2 * look.MarginNarrow
	for i, each := range o {
		if !each.Visible() {
			continue
		}
		if i == p.grow {
			height += pageLeast
			continue
		}
		height += each.MinSize().Height + pageGap
	}
	return fyne.NewSize(320, height)
}

func (p page) Layout(o []fyne.CanvasObject, size fyne.Size) {
	margin := look.Margin
	if size.Width < placeRoomy-listWide {
		margin = look.MarginNarrow
	}
	width := size.Width - 2*margin
	rest := size.Height - 2*look.Space5
	for i, each := range o {
		if !each.Visible() {
			continue
		}
		// Text that wraps knows its height only once it knows its width.
		each.Resize(fyne.NewSize(width, each.Size().Height))
		if i != p.grow {
			rest -= each.MinSize().Height + pageGap
		}
	}
	y := look.Space5
	for i, each := range o {
		if !each.Visible() {
			continue
		}
		height := each.MinSize().Height
		if i == p.grow {
			height = max(rest, pageLeast)
		}
		each.Move(fyne.NewPos(margin, y))
		each.Resize(fyne.NewSize(width, height))
		y += height + pageGap
	}
}

// heading sets the buttons beside the title and the facts below both; where
// there is room the facts stand beside the buttons too, and where there is
// little the buttons go below.
type heading struct{ width float32 }

const (
	titleLeast float32 = 200
	titleRoomy float32 = 300 // beyond it a title may be shortened
	factsAbove float32 = 2   // between title and facts
)

func (h *heading) below(o []fyne.CanvasObject) bool {
	title := min(max(o[0].(*widgets.Text).FullWidth(), titleLeast), titleRoomy)
	return h.width > 0 && o[2].MinSize().Width+look.Space4+title > h.width
}

// MinSize is that of the form which the present width asks for.
func (h *heading) MinSize(o []fyne.CanvasObject) fyne.Size {
	title, facts, buttons := o[0].MinSize(), o[1].MinSize(), o[2].MinSize()
	words := title.Height + factsAbove + facts.Height
	if h.below(o) {
		return fyne.NewSize(buttons.Width, words+look.Space3+buttons.Height)
	}
	return fyne.NewSize(titleLeast, words)
}

func (h *heading) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h.width = size.Width
	title, facts, buttons := o[0].MinSize(), o[1].MinSize(), o[2].MinSize()
	words := title.Height + factsAbove + facts.Height
	beside := size.Width - buttons.Width - look.Space4
	titleWidth, factsWidth, at := size.Width, size.Width, fyne.NewPos(0, words+look.Space3)
	if !h.below(o) {
		titleWidth, at = beside, fyne.NewPos(size.Width-buttons.Width, (title.Height-buttons.Height)/2)
		if o[1].(*widgets.Text).FullWidth() <= beside {
			factsWidth, at.Y = beside, (words-buttons.Height)/2
		}
	}
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(titleWidth, title.Height))
	o[1].Move(fyne.NewPos(0, title.Height+factsAbove))
	o[1].Resize(fyne.NewSize(factsWidth, facts.Height))
	o[2].Move(at)
	o[2].Resize(buttons)
}

// cells are things of the same width with a hairline between them.
type cells struct {
	widget.BaseWidget
	inside []fyne.CanvasObject
}

func newCells(inside []fyne.CanvasObject) *cells {
	c := &cells{inside: inside}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is for Fyne.
func (c *cells) CreateRenderer() fyne.WidgetRenderer {
	r := &cellsRenderer{c: c}
	for range c.inside[1:] {
		r.rules = append(r.rules, canvas.NewRectangle(nil))
	}
	r.Refresh()
	return r
}

type cellsRenderer struct {
	c     *cells
	rules []*canvas.Rectangle
}

func (r *cellsRenderer) MinSize() fyne.Size {
	var least fyne.Size
	for _, o := range r.c.inside {
		least = least.Max(o.MinSize())
	}
	return fyne.NewSize(least.Width*float32(len(r.c.inside)), least.Height)
}

func (r *cellsRenderer) Layout(size fyne.Size) {
	each := size.Width / float32(len(r.c.inside))
	for i, o := range r.c.inside {
		o.Move(fyne.NewPos(float32(i)*each, 0))
		o.Resize(fyne.NewSize(each, size.Height))
		if i > 0 {
			r.rules[i-1].Move(fyne.NewPos(float32(i)*each, 1))
			r.rules[i-1].Resize(fyne.NewSize(1, size.Height-2))
		}
	}
}

func (r *cellsRenderer) Refresh() {
	for _, rule := range r.rules {
		widgets.PutFill(rule, r.c, theme.ColorNameSeparator)
	}
	for _, o := range r.c.inside {
		o.Refresh()
	}
}

func (r *cellsRenderer) Objects() []fyne.CanvasObject {
	objects := append([]fyne.CanvasObject{}, r.c.inside...)
	for _, rule := range r.rules {
		objects = append(objects, rule)
	}
	return objects
}
func (r *cellsRenderer) Destroy() {}
