package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
)

// FilterChip is a choice with a count: "Ready 412".
type FilterChip struct {
	control

	label  string
	icon   fyne.Resource
	count  int // -1: none shown
	chosen bool
}

// NewFilterChip makes a chip without a count.
func NewFilterChip(label string, onTapped func()) *FilterChip {
	c := &FilterChip{label: label, count: -1}
	c.activate = onTapped
	c.ExtendBaseWidget(c)
	return c
}

// SetCount shows a number behind the label; a chip with zero is dim. -1 shows none.
func (c *FilterChip) SetCount(n int) {
	if c.count == n {
		return
	}
	c.count = n
	c.Refresh()
}

// SetChosen marks the chip as the one in force.
func (c *FilterChip) SetChosen(on bool) {
	if c.chosen == on {
		return
	}
	c.chosen = on
	c.Refresh()
}

// Chosen says whether the chip is in force.
func (c *FilterChip) Chosen() bool { return c.chosen }

// SetLabel changes the word.
func (c *FilterChip) SetLabel(label string) { c.label = label; c.Refresh() }

// SetIcon puts an icon before the label.
func (c *FilterChip) SetIcon(icon fyne.Resource) { c.icon = icon; c.Refresh() }

// AccessibilityLabel is the label, the count, and whether the chip is in force.
func (c *FilterChip) AccessibilityLabel() string {
	return c.say(c.label, c.number(), chosenWord(c.chosen))
}

// number is the count as it is shown, "" for none.
func (c *FilterChip) number() string {
	if c.count < 0 {
		return ""
	}
	return lang.Number(c.count)
}

// AccessibilityRole is button.
func (c *FilterChip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for Fyne.
func (c *FilterChip) CreateRenderer() fyne.WidgetRenderer {
	r := newPill(&c.control, c)
	r.update = func() {
		label, count, ground, border := theme.ColorNameForeground, look.ColorMuted, look.ColorSurface, theme.ColorNameSeparator
		bold := false
		switch {
		case c.chosen:
			label, count, ground, border, bold = theme.ColorNamePrimary, theme.ColorNamePrimary, look.ColorPrimaryTint, theme.ColorNamePrimary, true
		case c.count == 0:
			label, ground = look.ColorMuted, theme.ColorNameBackground // on no ground at all Fyne draws a border darker
		}
		r.set(c.icon, c.label, c.number(), bold)
		r.paint(ground, border, label, count)
	}
	r.Refresh()
	return r
}

// TagChip is a tag that all of the selection carries, with a cross that takes it away.
type TagChip struct {
	control

	text string
	icon fyne.Resource
}

// NewTagChip makes a chip. Tap on the cross, Space, Enter, Delete or Backspace remove it; with onRemove nil there is no cross.
func NewTagChip(text string, onRemove func()) *TagChip {
	c := &TagChip{text: text}
	c.activate = onRemove
	c.ExtendBaseWidget(c)
	return c
}

// SetIcon puts a picture before the text, such as a Dot of the tag's colour; nil takes it away.
func (c *TagChip) SetIcon(icon fyne.Resource) { c.icon = icon; c.Refresh() }

// Text is the name of the tag.
func (c *TagChip) Text() string { return c.text }

// Tapped removes the tag only when the cross was hit.
func (c *TagChip) Tapped(ev *fyne.PointEvent) {
	if ev == nil || ev.Position.X >= c.Size().Width-look.ChipHeight {
		c.fire()
	}
}

// TypedKey adds Delete and Backspace to Space and Enter.
func (c *TagChip) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDelete, fyne.KeyBackspace:
		c.fire()
	default:
		c.control.TypedKey(ev)
	}
}

// AccessibilityLabel is the tag, and that it can be taken away.
func (c *TagChip) AccessibilityLabel() string {
	if c.activate == nil {
		return c.say(c.text)
	}
	return c.say(c.text, lang.L("take it away"))
}

// AccessibilityRole is button.
func (c *TagChip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for Fyne.
func (c *TagChip) CreateRenderer() fyne.WidgetRenderer {
	r := newPill(&c.control, c)
	r.update = func() {
		r.set(c.icon, c.text, "", false)
		if c.activate != nil {
			r.setTail(look.IconIn(look.IconClose, theme.ColorNameForeground))
		}
		r.paint(look.ColorPrimaryTint, "", theme.ColorNameForeground, look.ColorMuted)
	}
	r.Refresh()
	return r
}

// OutlinedChip is a tag that only some of the selection carries; a tap gives it to all.
type OutlinedChip struct {
	control

	text, note string
	icon       fyne.Resource
}

// NewOutlinedChip makes a chip such as "fox on 1 of 3".
func NewOutlinedChip(text, note string, onTapped func()) *OutlinedChip {
	c := &OutlinedChip{text: text, note: note}
	c.activate = onTapped
	c.ExtendBaseWidget(c)
	return c
}

// SetIcon puts a picture before the text, such as a Dot of the tag's colour; nil takes it away.
func (c *OutlinedChip) SetIcon(icon fyne.Resource) { c.icon = icon; c.Refresh() }

// AccessibilityLabel is the tag and the note.
func (c *OutlinedChip) AccessibilityLabel() string { return c.say(c.text, c.note) }

// AccessibilityRole is button.
func (c *OutlinedChip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for Fyne.
func (c *OutlinedChip) CreateRenderer() fyne.WidgetRenderer {
	r := newPill(&c.control, c)
	r.noteSize = theme.SizeNameCaptionText
	r.update = func() {
		r.set(c.icon, c.text, c.note, false)
		r.paint(look.ColorSurface, theme.ColorNameInputBorder, theme.ColorNameForeground, look.ColorMuted)
	}
	r.Refresh()
	return r
}

// pill draws all chips: an icon, a text, a note and a small icon at the end on a ground with round ends.
type pill struct {
	c      *control
	w      fyne.Widget
	update func() // puts the state of the widget into the pill

	noteSize fyne.ThemeSizeName

	ring, ground *canvas.Rectangle
	icon, tail   *Glyph
	text, note   *canvas.Text
	iconRes      fyne.Resource
	whole        string
}

func newPill(c *control, w fyne.Widget) *pill {
	p := &pill{c: c, w: w, noteSize: theme.SizeNameText,
		ring: newRing(), ground: canvas.NewRectangle(nil), text: canvas.NewText("", nil), note: canvas.NewText("", nil),
		icon: NewGlyph(w), tail: NewGlyph(w)}
	p.ground.CornerRadius = look.ChipHeight / 2
	p.tail.Hide()
	return p
}

func (p *pill) set(icon fyne.Resource, text, note string, bold bool) {
	p.iconRes, p.whole = icon, text
	p.text.TextSize, p.note.TextSize = theme.SizeForWidget(theme.SizeNameText, p.w), theme.SizeForWidget(p.noteSize, p.w)
	p.text.TextStyle, p.note.TextStyle = TextStyle{Bold: bold}, TextStyle{Bold: bold}
	p.text.Text, p.note.Text = text, note
	p.note.Hidden = note == ""
}

func (p *pill) setTail(icon fyne.Resource) {
	p.tail.Set(icon)
}

func (p *pill) paint(ground, border, text, note fyne.ThemeColorName) {
	if p.c.Disabled() {
		text, note = theme.ColorNameDisabled, theme.ColorNameDisabled
	}
	p.ground.FillColor = blend(paint(p.w, ground), paint(p.w, p.c.overlay()))
	p.ground.StrokeColor = paint(p.w, border)
	p.ground.StrokeWidth = 0
	if border != "" {
		p.ground.StrokeWidth = 1
	}
	p.text.Color, p.note.Color = paint(p.w, text), paint(p.w, note)
	p.icon.Set(look.Recolour(p.iconRes, text))
}

const (
	pillIcon float32 = 16
	pillTail float32 = 14
	pillGap  float32 = 6
)

// extras is the width of everything but the text.
func (p *pill) extras() float32 {
	w := 2 * look.Space3
	if !p.icon.Hidden {
		w += pillIcon + pillGap
	}
	if !p.note.Hidden {
		w += p.note.MinSize().Width + pillGap
	}
	if !p.tail.Hidden {
		w += pillTail + pillGap - 4
	}
	return w
}

func (p *pill) MinSize() fyne.Size {
	return fyne.NewSize(p.extras()+fyne.MeasureText(p.whole, p.text.TextSize, p.text.TextStyle).Width, look.ChipHeight)
}

func (p *pill) Layout(size fyne.Size) {
	ground := fyne.NewSize(size.Width, look.ChipHeight)
	centre(p.ground, 0, ground, size.Height)
	layRing(p.ring, ground, look.ChipHeight/2)
	p.ring.Move(p.ring.Position().AddXY(0, (size.Height-look.ChipHeight)/2))

	p.text.Text = Shorten(p.whole, size.Width-p.extras()+0.5, p.text.TextSize, p.text.TextStyle)
	x := look.Space3
	if !p.icon.Hidden {
		centre(p.icon, x, fyne.NewSquareSize(pillIcon), size.Height)
		x += pillIcon + pillGap
	}
	centre(p.text, x, p.text.MinSize(), size.Height)
	x += p.text.MinSize().Width + pillGap
	if !p.note.Hidden {
		centre(p.note, x, p.note.MinSize(), size.Height)
	}
	if !p.tail.Hidden {
		centre(p.tail, size.Width-look.Space3-pillTail+4, fyne.NewSquareSize(pillTail), size.Height)
	}
}

func (p *pill) Refresh() {
	p.update()
	showRing(p.ring, p.w, p.c.focused && !p.c.Disabled())
	p.Layout(p.w.Size())
	refreshShapes(p.Objects())
}

func (p *pill) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{p.ring, p.ground, p.icon.Image, p.text, p.note, p.tail.Image}
}
func (p *pill) Destroy() {}
