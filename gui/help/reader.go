package help

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
)

// lineStep is how far an arrow key scrolls.
const lineStep float32 = 40

// reader is text that scrolls with the keyboard as well: Fyne's Scroll takes
// no focus.
type reader struct {
	widget.BaseWidget
	scroll   *container.Scroll
	ring     *canvas.Rectangle
	label    string
	onEscape func()
}

func newReader(label string, content fyne.CanvasObject, onEscape func()) *reader {
	r := &reader{scroll: container.NewVScroll(content), ring: canvas.NewRectangle(nil), label: label, onEscape: onEscape}
	r.ring.StrokeWidth, r.ring.CornerRadius = 2, look.Space1
	r.ring.Hide()
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer is for Fyne.
func (r *reader) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(r.scroll, r.ring))
}

// AccessibilityLabel is for screen readers.
func (r *reader) AccessibilityLabel() string { return r.label }

// AccessibilityRole is for screen readers.
func (r *reader) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// FocusGained shows that the keyboard scrolls here.
func (r *reader) FocusGained() {
	r.ring.StrokeColor = r.Theme().Color(theme.ColorNameFocus, fyne.CurrentApp().Settings().ThemeVariant())
	r.ring.Show()
}

// FocusLost takes the sign away.
func (r *reader) FocusLost() { r.ring.Hide() }

// TypedRune is for Fyne.
func (r *reader) TypedRune(rune) {}

// TypedKey scrolls.
func (r *reader) TypedKey(ev *fyne.KeyEvent) {
	page := r.scroll.Size().Height - lineStep
	switch ev.Name {
	case fyne.KeyUp:
		r.by(-lineStep)
	case fyne.KeyDown:
		r.by(lineStep)
	case fyne.KeyPageUp:
		r.by(-page)
	case fyne.KeyPageDown, fyne.KeySpace:
		r.by(page)
	case fyne.KeyHome:
		r.scroll.ScrollToTop()
	case fyne.KeyEnd:
		r.scroll.ScrollToBottom()
	case fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter:
		r.onEscape()
	}
}

func (r *reader) by(distance float32) {
	most := max(0, r.scroll.Content.MinSize().Height-r.scroll.Size().Height)
	r.scroll.Offset.Y = min(max(0, r.scroll.Offset.Y+distance), most)
	r.scroll.Refresh()
}
