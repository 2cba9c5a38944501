package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
)

// A bar is painted at most ten times a second, and each time goes most of the way that is left: after three paints it is
// where it should be. When it is there nothing runs.
const (
	paintEvery  = 100 * time.Millisecond
	partPerStep = 0.6
	nearEnough  = 0.5 // px
)

// ThinBar shows how far something is. It eases towards its value and never goes back, except through Reset.
type ThinBar struct {
	widget.BaseWidget

	label        string
	height       float32
	value, shown float64 // 0 to 1
	paused       bool
	animation    *fyne.Animation
}

// NewThinBar makes a bar of this height, 8 for the bottom bar and 4 in rows.
func NewThinBar(height float32) *ThinBar {
	b := &ThinBar{height: height}
	b.ExtendBaseWidget(b)
	return b
}

// SetValue moves the bar to value, between 0 and 1. A value below the present one is ignored.
func (b *ThinBar) SetValue(value float64) {
	value = min(max(value, 0), 1)
	if value <= b.value {
		return
	}
	b.value = value
	switch {
	case !b.easesNow():
		b.stop()
		b.show(value)
	case b.animation == nil:
		b.ease()
	}
}

// ease goes a step after a tenth of a second, and again until the bar is there.
func (b *ThinBar) ease() {
	b.animation = &fyne.Animation{Duration: paintEvery, Curve: fyne.AnimationLinear}
	b.animation.Tick = func(done float32) {
		if done < 1 || b.animation == nil {
			return
		}
		b.animation = nil
		if !b.easesNow() {
			b.show(b.value)
			return
		}
		b.show(step(b.shown, b.value, b.Size().Width))
		if b.shown < b.value {
			b.ease()
		}
	}
	b.animation.Start()
}

// step is where a bar of this width stands after one paint more on its way from shown to value.
func step(shown, value float64, width float32) float64 {
	left := value - shown
	if left*(1-partPerStep)*float64(width) < nearEnough {
		return value
	}
	return shown + left*partPerStep
}

// Value is where the bar is or is going.
func (b *ThinBar) Value() float64 { return b.value }

// Reset puts the bar to a value at once, back if need be.
func (b *ThinBar) Reset(value float64) {
	b.stop()
	b.value = min(max(value, 0), 1)
	b.show(b.value)
}

// SetPaused greys the bar and lets it stand still.
func (b *ThinBar) SetPaused(on bool) {
	if b.paused == on {
		return
	}
	b.paused = on
	if on {
		b.stop()
		b.shown = b.value
	}
	b.Refresh()
}

func (b *ThinBar) easesNow() bool {
	return b.Visible() && b.Size().Width > 0 && !b.paused && fyne.CurrentApp().Settings().ShowAnimations() &&
		fyne.CurrentApp().Driver().CanvasForObject(b) != nil
}

func (b *ThinBar) stop() {
	if b.animation != nil {
		b.animation.Stop()
		b.animation = nil
	}
}

func (b *ThinBar) show(value float64) {
	b.shown = value
	b.Refresh()
}

// SetLabel names what goes on.
func (b *ThinBar) SetLabel(label string) { b.label = label }

// AccessibilityLabel is the label, and how far it is.
func (b *ThinBar) AccessibilityLabel() string {
	paused := ""
	if b.paused {
		paused = lang.L("waiting")
	}
	return say(b.label, Percent(b.value), paused)
}

// AccessibilityRole is text: Fyne has no role for progress yet.
func (b *ThinBar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is for Fyne.
func (b *ThinBar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{b: b, track: canvas.NewRectangle(nil), full: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type barRenderer struct {
	b           *ThinBar
	track, full *canvas.Rectangle
}

func (r *barRenderer) MinSize() fyne.Size { return fyne.NewSize(2*r.b.height, r.b.height) }

func (r *barRenderer) Layout(size fyne.Size) {
	radius := r.b.height / 2
	r.track.CornerRadius, r.full.CornerRadius = radius, radius
	centre(r.track, 0, fyne.NewSize(size.Width, r.b.height), size.Height)
	width := size.Width * float32(r.b.shown)
	if r.b.shown > 0 {
		width = max(width, r.b.height) // a dot at least, so that a start can be seen
	}
	r.full.Hidden = width <= 0
	centre(r.full, 0, fyne.NewSize(min(width, size.Width), r.b.height), size.Height)
}

func (r *barRenderer) Refresh() {
	r.track.FillColor = paint(r.b, look.ColorTrack)
	colour := theme.ColorNamePrimary
	if r.b.paused {
		colour = look.ColorPaused
	}
	r.full.FillColor = paint(r.b, colour)
	r.Layout(r.b.Size())
	r.track.Refresh()
	r.full.Refresh()
}

func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.track, r.full} }
func (r *barRenderer) Destroy()                     { r.b.stop() }
