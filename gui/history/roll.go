package history

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/widgets"
)

// roll is a scrolling list of which only the rows that can be seen exist: one
// widget with one place in the focus order. Rows may differ in height, and
// those that are headings are passed over.
type roll struct {
	widget.BaseWidget

	content rows
	scroll  *container.Scroll
	outer   fyne.CanvasObject
	sheet   *sheet

	chosen  int  // -1: none
	focused bool // the keyboard is here
	byKeys  bool // the ring is for those who use the keyboard
}

// rows is what a roll shows.
type rows interface {
	label() string // for a screen reader
	count() int
	top(i int) float32        // where row i begins; of count() where the last ends
	canChoose(i int) bool     // false for headings
	newRow(owner *sheet) row  // rows are used again for others
	chose(i int, byKeys bool) // the person did
	seen(from, to int)        // the rows that can be seen now
}

// row draws row i at a width.
type row interface {
	object() fyne.CanvasObject
	show(i int, width float32, at rowState)
}

type rowState struct{ chosen, ring, hovered bool }

func newRoll(content rows) *roll {
	r := &roll{content: content, chosen: -1}
	r.sheet = &sheet{roll: r, hovered: -1}
	r.sheet.ExtendBaseWidget(r.sheet)
	r.scroll = container.NewVScroll(r.sheet)
	r.outer = widgets.Flat(r.scroll)
	r.scroll.OnScrolled = func(fyne.Position) { r.sheet.place() }
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer is for Fyne.
func (r *roll) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.outer) }

// MinSize leaves room for one row.
func (r *roll) MinSize() fyne.Size { return fyne.NewSize(120, 60) }

// Resize keeps the rows where the new size needs them.
func (r *roll) Resize(size fyne.Size) {
	r.BaseWidget.Resize(size)
	r.sheet.place()
}

// changed draws the rows anew after their number or heights changed.
func (r *roll) changed() {
	r.sheet.hovered = -1
	r.scroll.Refresh()
	r.sheet.place()
}

// rewind goes to the top, for other content.
func (r *roll) rewind() {
	r.scroll.Offset = fyne.Position{}
	r.changed()
}

// choose marks a row; -1 marks none. It does not tell the content.
func (r *roll) choose(i int) {
	r.chosen = i
	r.sheet.place()
}

// reveal scrolls until row i can be seen.
func (r *roll) reveal(i int) {
	top, bottom := r.content.top(i), r.content.top(i+1)
	offset, height := r.scroll.Offset.Y, r.scroll.Size().Height
	switch {
	case top < offset:
		offset = top
	case bottom > offset+height:
		offset = bottom - height
	default:
		return
	}
	r.scroll.ScrollToOffset(fyne.NewPos(0, offset))
	r.sheet.place()
}

// FocusGained shows where the keyboard is; the first row is chosen if none was.
func (r *roll) FocusGained() {
	r.focused, r.byKeys = true, true
	if r.chosen < 0 {
		r.step(0, 1)
	}
	r.sheet.place()
}

// FocusLost takes the ring away.
func (r *roll) FocusLost() {
	r.focused = false
	r.sheet.place()
}

// TypedRune does nothing.
func (r *roll) TypedRune(rune) {}

// TypedKey moves through the rows.
func (r *roll) TypedKey(ev *fyne.KeyEvent) {
	r.byKeys = true
	last := r.content.count() - 1
	if last < 0 {
		return
	}
	switch ev.Name {
	case fyne.KeyDown:
		r.step(r.chosen+1, 1)
	case fyne.KeyUp:
		r.step(r.chosen-1, -1)
	case fyne.KeyHome:
		r.step(0, 1)
	case fyne.KeyEnd:
		r.step(last, -1)
	case fyne.KeyPageDown:
		r.step(min(r.at(r.content.top(max(r.chosen, 0))+r.scroll.Size().Height), last), -1)
	case fyne.KeyPageUp:
		r.step(r.at(max(0, r.content.top(max(r.chosen, 0))-r.scroll.Size().Height)), 1)
	}
}

// step chooses row i, or the nearest that can be chosen from there on.
func (r *roll) step(i, direction int) {
	for ; i >= 0 && i < r.content.count(); i += direction {
		if r.content.canChoose(i) {
			r.choose(i)
			r.reveal(i)
			r.content.chose(i, r.byKeys)
			return
		}
	}
}

// at is the row at a height of the sheet.
func (r *roll) at(y float32) int {
	return sort.Search(r.content.count(), func(i int) bool { return r.content.top(i+1) > y })
}

// AccessibilityLabel says what the list is.
func (r *roll) AccessibilityLabel() string { return r.content.label() }

// AccessibilityRole is container.
func (r *roll) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// sheet is the whole height of the rows. It takes the pointer for all of them.
type sheet struct {
	widget.BaseWidget

	roll    *roll
	rows    []row
	shown   []fyne.CanvasObject
	hovered int
}

// MinSize is the height of all rows.
func (s *sheet) MinSize() fyne.Size {
	return fyne.NewSize(100, s.roll.content.top(s.roll.content.count()))
}

// CreateRenderer is for Fyne.
func (s *sheet) CreateRenderer() fyne.WidgetRenderer { return &sheetRenderer{s} }

type sheetRenderer struct{ sheet *sheet }

func (r *sheetRenderer) MinSize() fyne.Size           { return r.sheet.MinSize() }
func (r *sheetRenderer) Layout(fyne.Size)             { r.sheet.place() }
func (r *sheetRenderer) Refresh()                     { r.sheet.place() }
func (r *sheetRenderer) Objects() []fyne.CanvasObject { return r.sheet.shown }
func (r *sheetRenderer) Destroy()                     {}

// place draws the rows that can be seen.
func (s *sheet) place() {
	r := s.roll
	size := r.scroll.Size()
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	from := r.at(r.scroll.Offset.Y)
	to := min(r.at(r.scroll.Offset.Y+size.Height-0.5)+1, r.content.count())
	r.content.seen(from, to)
	for len(s.rows) < to-from {
		s.rows = append(s.rows, r.content.newRow(s))
	}
	s.shown = s.shown[:0]
	for i := from; i < to; i++ {
		row, top := s.rows[i-from], r.content.top(i)
		row.show(i, size.Width, rowState{
			chosen: i == r.chosen, ring: i == r.chosen && r.focused && r.byKeys, hovered: i == s.hovered && r.content.canChoose(i),
		})
		row.object().Move(fyne.NewPos(0, top))
		row.object().Resize(fyne.NewSize(size.Width, r.content.top(i+1)-top))
		s.shown = append(s.shown, row.object())
	}
	canvas.Refresh(s)
}

// MouseDown chooses the row that it hits.
func (s *sheet) MouseDown(ev *desktop.MouseEvent) {
	r := s.roll
	widgets.Focus(r, r)
	r.byKeys = false
	if i := r.at(ev.Position.Y); i < r.content.count() && r.content.canChoose(i) {
		r.choose(i)
		r.content.chose(i, false)
	}
	s.place()
}

// MouseUp does nothing: what a click means is done when it goes down.
func (s *sheet) MouseUp(*desktop.MouseEvent) {}

// MouseIn begins to tint the row under the pointer.
func (s *sheet) MouseIn(ev *desktop.MouseEvent) { s.MouseMoved(ev) }

// MouseMoved follows the pointer.
func (s *sheet) MouseMoved(ev *desktop.MouseEvent) { s.hover(s.roll.at(ev.Position.Y)) }

// MouseOut ends the tint.
func (s *sheet) MouseOut() { s.hover(-1) }

func (s *sheet) hover(i int) {
	if s.hovered != i {
		s.hovered = i
		s.place()
	}
}
