package widgets

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
)

// StateKind is the kind of a file's state: its icon and its colour.
type StateKind uint8

// The kinds.
const (
	StateReady StateKind = iota
	StateSending
	StateInDarwin
	StateSkipped
	StateNeedsYou
	StateWaiting
	StateSent // Darwin has confirmed it, and processes it
)

// Icon is the kind's shape, which tells it apart without colour.
func (k StateKind) Icon() look.IconName {
	switch k {
	case StateSending:
		return look.IconArrowUpCircle
	case StateInDarwin:
		return look.IconCheckCircle
	case StateSkipped:
		return look.IconDashCircle
	case StateNeedsYou:
		return look.IconTriangleAlert
	case StateWaiting:
		return look.IconClock
	case StateSent:
		return look.IconCheck
	}
	return look.IconDot
}

// Colour is the name of the kind's colour.
func (k StateKind) Colour() fyne.ThemeColorName {
	switch k {
	case StateSending:
		return theme.ColorNamePrimary
	case StateInDarwin:
		return theme.ColorNameSuccess
	case StateNeedsYou:
		return theme.ColorNameWarning
	}
	return look.ColorMuted
}

const (
	markIcon     float32 = look.IconRow
	markGap      float32 = 6
	markBar      float32 = 56
	markBarGap   float32 = 10
	markPercent  float32 = 44 // room for "100 %", right-aligned so that the figures stay in a column
	markBarThick float32 = 4
)

// StateRoom is the width at which a mark shows words whole, and a bar and a figure beside them where something is under way.
func StateRoom(words string, underWay bool) float32 {
	room := markIcon + markGap + fyne.MeasureText(words, theme.Size(theme.SizeNameText), fyne.TextStyle{}).Width
	if underWay {
		room += markBarGap + markBar + markPercent
	}
	return room
}

// StateMark is the state of a row: icon, words and, while something is sent, a small bar and a percentage. The icon and the
// figure are never shortened. Where room is short the bar goes first, then the words beside a figure; words alone shorten.
type StateMark struct {
	widget.BaseWidget

	kind     StateKind
	text     string
	fraction float64
}

// NewStateMark makes a mark that says nothing yet.
func NewStateMark() *StateMark {
	m := &StateMark{fraction: -1}
	m.ExtendBaseWidget(m)
	return m
}

// Set shows a state. Fraction is between 0 and 1, below 0 for none.
func (m *StateMark) Set(kind StateKind, text string, fraction float64) {
	if m.kind == kind && m.text == text && m.fraction == fraction {
		return
	}
	m.kind, m.text, m.fraction = kind, text, min(fraction, 1)
	m.Refresh()
}

// Text is the words of the state.
func (m *StateMark) Text() string { return m.text }

// AccessibilityLabel is the words and how far it is.
func (m *StateMark) AccessibilityLabel() string {
	if m.fraction < 0 || m.text == "" {
		return m.text
	}
	return say(m.text, Percent(m.fraction))
}

// AccessibilityRole is text.
func (m *StateMark) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Percent is what a fraction is called: whole, rounded down, since 100 % may only be said of what is all there.
func Percent(fraction float64) string {
	return strconv.Itoa(int(math.Floor(min(max(fraction, 0), 1)*100+1e-9))) + " %"
}

// CreateRenderer is for Fyne.
func (m *StateMark) CreateRenderer() fyne.WidgetRenderer {
	r := &markRenderer{m: m, icon: NewGlyph(m), line: canvas.NewText("", nil), percent: canvas.NewText("", nil),
		track: canvas.NewRectangle(nil), full: canvas.NewRectangle(nil)}
	r.percent.Alignment = fyne.TextAlignTrailing
	r.track.CornerRadius, r.full.CornerRadius = markBarThick/2, markBarThick/2
	r.Refresh()
	return r
}

type markRenderer struct {
	m             *StateMark
	icon          *Glyph
	line, percent *canvas.Text
	track, full   *canvas.Rectangle
}

func (r *markRenderer) MinSize() fyne.Size {
	return fyne.NewSize(markIcon+markGap+20, max(markIcon, r.line.MinSize().Height))
}

func (r *markRenderer) Layout(size fyne.Size) {
	centre(r.icon, 0, fyne.NewSquareSize(markIcon), size.Height)
	textX := markIcon + markGap
	whole := fyne.MeasureText(r.m.text, r.line.TextSize, r.line.TextStyle)
	room := size.Width - textX

	progress := r.m.fraction >= 0
	showPercent := progress && room >= markPercent
	words := r.m.text
	if showPercent && room-markPercent < whole.Width {
		words = "" // the figure says more than the rest of a word, and the icon says what it is about
	}
	if showPercent {
		room -= markPercent
		r.percent.Resize(fyne.NewSize(markPercent, whole.Height))
		r.percent.Move(fyne.NewPos(size.Width-markPercent, (size.Height-whole.Height)/2))
	}
	showBar := showPercent && room >= whole.Width+markBarGap+markBar
	if showBar {
		room -= markBar + markBarGap
		barX := size.Width - markPercent - markBar
		centre(r.track, barX, fyne.NewSize(markBar, markBarThick), size.Height)
		width := min(max(markBar*float32(r.m.fraction), markBarThick), markBar)
		centre(r.full, barX, fyne.NewSize(width, markBarThick), size.Height)
	}
	r.percent.Hidden, r.track.Hidden = !showPercent, !showBar
	r.full.Hidden = !showBar || r.m.fraction == 0

	r.line.Text = Shorten(words, room+0.5, r.line.TextSize, r.line.TextStyle)
	centre(r.line, textX, r.line.MinSize(), size.Height)
}

func (r *markRenderer) Refresh() {
	r.icon.Set(look.IconIn(r.m.kind.Icon(), r.m.kind.Colour()))
	if r.m.text == "" {
		r.icon.Set(nil)
	}
	r.line.TextSize = theme.SizeForWidget(theme.SizeNameText, r.m)
	r.percent.TextSize = r.line.TextSize
	r.line.Color = paint(r.m, r.m.kind.Colour())
	r.percent.Color = paint(r.m, look.ColorMuted)
	r.percent.Text = ""
	if r.m.fraction >= 0 {
		r.percent.Text = Percent(r.m.fraction)
	}
	r.track.FillColor = paint(r.m, look.ColorTrack)
	r.full.FillColor = paint(r.m, r.m.kind.Colour())
	r.Layout(r.m.Size())
	refreshShapes(r.Objects())
}

func (r *markRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.icon.Image, r.line, r.track, r.full, r.percent}
}
func (r *markRenderer) Destroy() {}
