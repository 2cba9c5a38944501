package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/look"
)

// Picker shows what is chosen and opens the choice when tapped: an icon, the choice, a muted note and a chevron.
type Picker struct {
	control

	icon       fyne.Resource
	text, note string
	label      string
	bold       bool
	form       bool
	locked     bool
}

// NewPicker makes a picker with bold text; icon may be nil. Set OnTapped with SetOnTapped.
func NewPicker(icon fyne.Resource) *Picker {
	p := &Picker{icon: icon, bold: true}
	p.ExtendBaseWidget(p)
	return p
}

// SetOnTapped sets what opens the choice.
func (p *Picker) SetOnTapped(onTapped func()) { p.activate = onTapped }

// SetText sets what is chosen. It shortens where there is no room.
func (p *Picker) SetText(text string) {
	if p.text != text {
		p.text = text
		p.Refresh()
	}
}

// Text is what is chosen.
func (p *Picker) Text() string { return p.text }

// SetNote sets the muted note behind it, such as "1,204 items".
func (p *Picker) SetNote(note string) {
	if p.note != note {
		p.note = note
		p.Refresh()
	}
}

// Note is the muted note.
func (p *Picker) Note() string { return p.note }

// SetBold sets whether the choice is bold.
func (p *Picker) SetBold(on bool) { p.bold = on; p.Refresh() }

// SetForm makes the picker look like a field in a form: a stronger border, and the chevron at its right end.
func (p *Picker) SetForm(on bool) { p.form = on; p.bold = !on && p.bold; p.Refresh() }

// SetLocked makes the picker plain text that cannot be operated, as while something is sent.
func (p *Picker) SetLocked(on bool) {
	if p.locked == on {
		return
	}
	p.locked = on
	if on {
		p.Disable()
	} else {
		p.Enable()
	}
	p.Refresh()
}

// SetLabel names what is chosen here.
func (p *Picker) SetLabel(label string) { p.label = label }

// AccessibilityLabel is what is chosen here, the choice and the note.
func (p *Picker) AccessibilityLabel() string {
	if p.locked {
		return say(p.label, p.text, p.note)
	}
	return p.say(p.label, p.text, p.note)
}

// AccessibilityRole is button.
func (p *Picker) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for Fyne.
func (p *Picker) CreateRenderer() fyne.WidgetRenderer {
	r := &pickerRenderer{p: p, ring: newRing(), ground: canvas.NewRectangle(nil), icon: NewGlyph(p),
		chevron: NewGlyph(p), line: canvas.NewText("", nil), note: canvas.NewText("", nil)}
	r.ground.CornerRadius = look.RadiusButton
	r.Refresh()
	return r
}

type pickerRenderer struct {
	p             *Picker
	ring, ground  *canvas.Rectangle
	icon, chevron *Glyph
	line, note    *canvas.Text
	whole         fyne.Size
}

const chevronSide float32 = 18

func (r *pickerRenderer) padding() float32 {
	if r.p.locked {
		return 0
	}
	return look.Space3 - 2*boolean(r.p.form)
}

func boolean(on bool) float32 {
	if on {
		return 1
	}
	return 0
}

// extras is the width of everything but the text.
func (r *pickerRenderer) extras() float32 {
	w := 2 * r.padding()
	if r.p.icon != nil {
		w += look.IconInline + look.Space2
	}
	if r.p.note != "" {
		w += look.Space2 + r.note.MinSize().Width
	}
	if !r.p.locked {
		w += look.Space2 + chevronSide
	}
	return w
}

func (r *pickerRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.extras()+min(r.whole.Width, 240), look.ControlHeight)
}

func (r *pickerRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	layRing(r.ring, size, look.RadiusButton)
	x := r.padding()
	if r.p.icon != nil {
		centre(r.icon, x, fyne.NewSquareSize(look.IconInline), size.Height)
		x += look.IconInline + look.Space2
	}
	r.line.Text = Shorten(r.p.text, size.Width-r.extras()+0.5, r.line.TextSize, r.line.TextStyle)
	centre(r.line, x, r.line.MinSize(), size.Height)
	x += r.line.MinSize().Width + look.Space2
	centre(r.note, x, r.note.MinSize(), size.Height)
	centre(r.chevron, size.Width-r.padding()-chevronSide, fyne.NewSquareSize(chevronSide), size.Height)
}

func (r *pickerRenderer) Refresh() {
	p := r.p
	border := theme.ColorNameSeparator
	if p.form {
		border = theme.ColorNameInputBorder
	}
	ink, quiet := theme.ColorNameForeground, look.ColorMuted
	if p.Disabled() && !p.locked {
		ink, quiet = theme.ColorNameDisabled, theme.ColorNameDisabled
	}
	r.ground.Hidden = p.locked
	r.ground.FillColor = blend(paint(p, look.ColorSurface), paint(p, p.overlay()))
	r.ground.StrokeColor, r.ground.StrokeWidth = paint(p, border), 1

	r.line.TextSize, r.note.TextSize = theme.SizeForWidget(theme.SizeNameText, p), theme.SizeForWidget(theme.SizeNameCaptionText, p)
	r.line.TextStyle = TextStyle{Bold: p.bold}
	r.line.Color, r.note.Color = paint(p, ink), paint(p, quiet)
	r.note.Text, r.note.Hidden = p.note, p.note == ""
	r.whole = fyne.MeasureText(p.text, r.line.TextSize, r.line.TextStyle)

	r.icon.Set(look.Recolour(p.icon, quiet))
	r.chevron.Set(look.IconIn(look.IconChevronDown, ink))
	r.chevron.Hidden = p.locked
	showRing(r.ring, p, p.focused && !p.Disabled())
	r.Layout(p.Size())
	refreshShapes(r.Objects())
}

func (r *pickerRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.ground, r.icon.Image, r.line, r.note, r.chevron.Image}
}
func (r *pickerRenderer) Destroy() {}
