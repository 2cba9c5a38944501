package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
)

// TextStyle is Fyne's; only the zero value and Bold are used in this app.
type TextStyle = fyne.TextStyle

const ellipsis = "…"

// Text is one line that shortens with an ellipsis where it gets too little room.
type Text struct {
	widget.BaseWidget

	text    string
	size    fyne.ThemeSizeName
	style   TextStyle
	colour  fyne.ThemeColorName
	align   fyne.TextAlign
	shrinks bool
}

// NewText makes a line that asks for its whole width. Size is one of theme.SizeName… or look.Size….
func NewText(text string, size fyne.ThemeSizeName, style TextStyle) *Text {
	t := &Text{text: text, size: size, style: style, colour: theme.ColorNameForeground}
	t.ExtendBaseWidget(t)
	return t
}

// NewShrinkingText makes a line that asks for next to nothing and takes what it gets, as names of files and datasets need.
// It belongs where its layout gives it room (the middle of a Border, a VBox, a column), not in an HBox.
func NewShrinkingText(text string, size fyne.ThemeSizeName, style TextStyle) *Text {
	t := NewText(text, size, style)
	t.shrinks = true
	return t
}

// NewCaption makes a small, muted line that may shrink.
func NewCaption(text string) *Text {
	return NewShrinkingText(text, theme.SizeNameCaptionText, TextStyle{}).Coloured(look.ColorMuted)
}

// SetText changes the words.
func (t *Text) SetText(text string) {
	if t.text == text {
		return
	}
	t.text = text
	t.Refresh()
}

// Text is the whole text, shortened or not.
func (t *Text) Text() string { return t.text }

// SetColour sets the colour by name.
func (t *Text) SetColour(name fyne.ThemeColorName) {
	if t.colour == name {
		return
	}
	t.colour = name
	t.Refresh()
}

// Coloured is SetColour for use right after New.
func (t *Text) Coloured(name fyne.ThemeColorName) *Text { t.SetColour(name); return t }

// SetStyle sets regular or bold.
func (t *Text) SetStyle(style TextStyle) {
	if t.style == style {
		return
	}
	t.style = style
	t.Refresh()
}

// SetAlign sets where in its room the line stands.
func (t *Text) SetAlign(align fyne.TextAlign) {
	if t.align == align {
		return
	}
	t.align = align
	t.Refresh()
}

// Aligned is SetAlign for use right after New.
func (t *Text) Aligned(align fyne.TextAlign) *Text { t.SetAlign(align); return t }

// SetShrinks says whether the line may be squeezed to an ellipsis.
func (t *Text) SetShrinks(on bool) { t.shrinks = on; t.Refresh() }

// FullWidth is the width that the line needs not to be shortened.
func (t *Text) FullWidth() float32 {
	return fyne.MeasureText(t.text, theme.SizeForWidget(t.size, t), t.style).Width
}

// AccessibilityLabel is the whole text, shortened or not.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole is text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is for Fyne.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{t: t, line: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type textRenderer struct {
	t    *Text
	line *canvas.Text
	full fyne.Size
}

func (r *textRenderer) measure() {
	r.line.TextSize = theme.SizeForWidget(r.t.size, r.t)
	r.line.TextStyle = r.t.style
	r.full = fyne.MeasureText(r.t.text, r.line.TextSize, r.t.style)
}

func (r *textRenderer) MinSize() fyne.Size {
	if !r.t.shrinks {
		return r.full
	}
	dots := fyne.MeasureText(ellipsis, r.line.TextSize, r.t.style)
	return fyne.NewSize(min(dots.Width, r.full.Width), r.full.Height)
}

func (r *textRenderer) Layout(size fyne.Size) {
	text := r.t.text
	width := r.full.Width
	if width > size.Width+0.5 {
		text = Shorten(text, size.Width, r.line.TextSize, r.t.style)
		width = fyne.MeasureText(text, r.line.TextSize, r.t.style).Width
	}
	if r.line.Text != text {
		r.line.Text = text
		r.line.Refresh()
	}
	x := float32(0)
	switch r.t.align {
	case fyne.TextAlignCenter:
		x = (size.Width - width) / 2
	case fyne.TextAlignTrailing:
		x = size.Width - width
	}
	centre(r.line, max(x, 0), fyne.NewSize(width, r.full.Height), size.Height)
}

func (r *textRenderer) Refresh() {
	r.measure()
	r.line.Color = paint(r.t, r.t.colour)
	r.Layout(r.t.Size())
	r.line.Refresh()
}

func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }
func (r *textRenderer) Destroy()                     {}

// Shorten cuts text so that it fits the width together with an ellipsis. Text that fits comes back as it is; with no room
// even for the ellipsis the result is empty.
func Shorten(text string, width, size float32, style TextStyle) string {
	measure := func(s string) float32 { return fyne.MeasureText(s, size, style).Width }
	if measure(text) <= width {
		return text
	}
	if measure(ellipsis) > width {
		return ""
	}
	runes := []rune(text)
	fits, tooLong := 0, len(runes)
	for tooLong-fits > 1 {
		middle := (fits + tooLong) / 2
		if measure(string(runes[:middle])+ellipsis) <= width {
			fits = middle
		} else {
			tooLong = middle
		}
	}
	return string(runes[:fits]) + ellipsis
}
