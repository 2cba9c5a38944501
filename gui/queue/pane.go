package queue

import (
	"image"
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/thumbs"
	"darwin-uploader/gui/widgets"
)

// pane is the scrolling list of rows: one widget with one place in the focus
// order. widget.List keeps a selection of its own, of one row, and leaves gaps
// between rows; here the model keeps the selection, and pointer and keyboard
// speak to it directly.
type pane struct {
	widget.BaseWidget

	model  *Model
	thumbs *thumbs.Loader // may be nil
	on     *Actions
	scroll *container.Scroll
	frame  fyne.CanvasObject
	sheet  *sheet

	focused bool
	byKeys  bool // the ring is for those who use the keyboard
	shift   bool
	form    form
	away    bool            // another page is shown: nothing here is seen
	fading  *fyne.Animation // while rows that are new are tinted, nil otherwise
}

func newPane(m *Model, loader *thumbs.Loader, on *Actions) *pane {
	p := &pane{model: m, thumbs: loader, on: on}
	p.sheet = &sheet{pane: p, hovered: -1}
	p.sheet.ExtendBaseWidget(p.sheet)
	p.scroll = container.NewVScroll(p.sheet)
	p.scroll.OnScrolled = func(fyne.Position) { p.sheet.place() }
	p.frame = widgets.Flat(p.scroll)
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer is for Fyne.
func (p *pane) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.frame) }

// MinSize leaves room for one row, so that the lines around it fit a low window.
func (p *pane) MinSize() fyne.Size { return fyne.NewSize(200, look.RowHeight) }

// update draws the rows anew after a change of the model.
func (p *pane) update(c Change) {
	if c&Structure != 0 {
		p.sheet.hovered = -1
		p.scroll.Refresh() // the sheet's height may be another
	}
	p.sheet.place()
}

// newRows is how long rows that came to others are tinted.
const newRows = time.Second

// tintNew tints the rows of the latest gesture for a moment.
func (p *pane) tintNew() {
	if !fyne.CurrentApp().Settings().ShowAnimations() {
		return
	}
	if p.fading != nil {
		p.fading.Stop()
	}
	p.fading = fyne.NewAnimation(newRows, func(part float32) {
		if part == 1 {
			p.fading = nil
			p.sheet.place()
		}
	})
	p.fading.Start()
}

// Resize keeps the rows where the new size needs them.
func (p *pane) Resize(size fyne.Size) {
	p.BaseWidget.Resize(size)
	p.sheet.place()
}

// show scrolls until row i can be seen.
func (p *pane) show(i int) {
	top, bottom := float32(i)*look.RowHeight, float32(i+1)*look.RowHeight
	offset, height := p.scroll.Offset.Y, p.scroll.Size().Height
	switch {
	case top < offset:
		offset = top
	case bottom > offset+height:
		offset = bottom - height
	default:
		return
	}
	p.scroll.ScrollToOffset(fyne.NewPos(0, offset))
	p.sheet.place()
}

func (p *pane) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil && c.Focused() != fyne.Focusable(p) {
		c.Focus(p)
	}
}

// sheet is the whole height of the rows, of which only those that can be seen
// exist. It takes the pointer for all of them.
type sheet struct {
	widget.BaseWidget

	pane    *pane
	lines   []*line
	shown   []fyne.CanvasObject
	hovered int
	wanted  []thumbs.Request
}

// MinSize is the height of all rows.
func (s *sheet) MinSize() fyne.Size {
	return fyne.NewSize(200, float32(s.pane.model.Rows())*look.RowHeight)
}

// CreateRenderer is for Fyne.
func (s *sheet) CreateRenderer() fyne.WidgetRenderer { return &sheetRenderer{s} }

type sheetRenderer struct{ sheet *sheet }

func (r *sheetRenderer) MinSize() fyne.Size           { return r.sheet.MinSize() }
func (r *sheetRenderer) Layout(fyne.Size)             { r.sheet.place() }
func (r *sheetRenderer) Refresh()                     { r.sheet.place() }
func (r *sheetRenderer) Objects() []fyne.CanvasObject { return r.sheet.shown }
func (r *sheetRenderer) Destroy()                     {}

// visible gives the first row that can be seen and the one after the last.
func (s *sheet) visible() (from, to int) {
	offset, height := s.pane.scroll.Offset.Y, s.pane.scroll.Size().Height
	from = max(0, int(offset/look.RowHeight))
	to = int(math.Ceil(float64((offset + height) / look.RowHeight)))
	rows := s.pane.model.Rows()
	return min(from, rows), min(to, rows)
}

// place gives each row that can be seen a line and asks for its thumbnail.
func (s *sheet) place() {
	p := s.pane
	from, to := s.visible()
	c := columnsFor(p.scroll.Size().Width, p.form)
	if c.width <= 0 {
		return
	}
	for len(s.lines) < to-from {
		s.lines = append(s.lines, newLine(s))
	}
	s.shown = s.shown[:0]
	var wanted []thumbs.Request
	for i := from; i < to; i++ {
		row, l := p.model.Row(i), s.lines[i-from]
		picture, missing := s.thumb(row)
		if missing {
			wanted = append(wanted, requestOf(row.Entry))
		}
		l.show(row, c, picture, row.Cursor && p.focused && p.byKeys, i == s.hovered, row.Fresh && p.fading != nil)
		l.box.Move(fyne.NewPos(0, float32(i)*look.RowHeight))
		s.shown = append(s.shown, l.box)
	}
	if p.thumbs != nil && !p.away && !slices.Equal(wanted, s.wanted) {
		s.wanted = wanted
		p.thumbs.Want(wanted)
	}
	canvas.Refresh(s)
}

func (s *sheet) thumb(r Row) (picture image.Image, missing bool) {
	if r.IsFolder || s.pane.thumbs == nil || !thumbs.Decodable(r.Entry.File.Path) {
		return nil, false
	}
	f := r.Entry.File
	picture, ok := s.pane.thumbs.Get(f.Path, f.ModTime, f.Size)
	return picture, !ok
}

func requestOf(e Entry) thumbs.Request {
	return thumbs.Request{Path: e.File.Path, ModTime: e.File.ModTime, Size: e.File.Size}
}

func (s *sheet) rowAt(pos fyne.Position) (int, bool) {
	i := int(pos.Y / look.RowHeight)
	return i, pos.Y >= 0 && i < s.pane.model.Rows()
}

// MouseDown selects, ticks, or opens a folder, by where it hits the row.
func (s *sheet) MouseDown(ev *desktop.MouseEvent) {
	p := s.pane
	p.byKeys = false
	p.focus()
	i, ok := s.rowAt(ev.Position)
	if !ok {
		p.model.SelectNone()
		return
	}
	c := columnsFor(p.scroll.Size().Width, p.form)
	row := p.model.Row(i)
	chevron := c.name + float32(row.Level)*indent
	switch {
	case ev.Button == desktop.MouseButtonSecondary:
		if row.Tick != On {
			p.model.Select(i)
		}
	case row.IsFolder && ev.Position.X >= chevron-4 && ev.Position.X < chevron+look.IconRow+4:
		p.model.SetOpen(i, !row.Open)
	case ev.Modifier&fyne.KeyModifierShift != 0:
		p.model.Extend(i)
	case ev.Modifier&fyne.KeyModifierShortcutDefault != 0, c.check >= 0 && ev.Position.X < c.check+boxSide+columnGap/2:
		p.model.Toggle(i)
	default:
		p.model.Select(i)
	}
}

// MouseUp does nothing: what a click means is done when it goes down.
func (s *sheet) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped opens or closes a folder.
func (s *sheet) DoubleTapped(ev *fyne.PointEvent) {
	c := columnsFor(s.pane.scroll.Size().Width, s.pane.form)
	i, ok := s.rowAt(ev.Position)
	if !ok {
		return
	}
	row := s.pane.model.Row(i)
	// The chevron has taken both clicks already, the box means them as two.
	if row.IsFolder && ev.Position.X > c.name+float32(row.Level)*indent+look.IconRow+4 {
		s.pane.model.SetOpen(i, !row.Open)
	}
}

// MouseIn begins to tint the row under the pointer.
func (s *sheet) MouseIn(ev *desktop.MouseEvent) { s.MouseMoved(ev) }

// MouseMoved follows the pointer.
func (s *sheet) MouseMoved(ev *desktop.MouseEvent) {
	i, ok := s.rowAt(ev.Position)
	if !ok {
		i = -1
	}
	s.hover(i)
}

// MouseOut ends the tint.
func (s *sheet) MouseOut() { s.hover(-1) }

func (s *sheet) hover(i int) {
	if s.hovered != i {
		s.hovered = i
		s.place()
	}
}
