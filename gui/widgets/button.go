package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/look"
)

// ButtonStyle is how loud a button is.
type ButtonStyle uint8

// The styles. A screen has one Filled button, the one that moves things forward.
const (
	Filled    ButtonStyle = iota
	Tinted                // the answer of a card, the chosen one of two
	Plain                 // a ground, no accent
	Link                  // no ground, the accent colour
	LinkMuted             // no ground, muted
)

// Button has text, an icon or both, side by side and centred.
type Button struct {
	control

	style    ButtonStyle
	text     string
	icon     fyne.Resource
	trailing bool // the icon follows the text
	big      bool
	onRaised bool
	flush    bool
}

// NewButton makes a button; icon may be nil.
func NewButton(style ButtonStyle, text string, icon fyne.Resource, onTapped func()) *Button {
	b := &Button{style: style, text: text, icon: icon}
	b.activate = onTapped
	b.ExtendBaseWidget(b)
	return b
}

// NewIconButton makes a button of only an icon, with words for those who cannot see it.
func NewIconButton(icon fyne.Resource, tip string, onTapped func()) *Button {
	b := NewButton(LinkMuted, "", icon, onTapped)
	b.tip = tip
	return b
}

// SetText changes the words.
func (b *Button) SetText(text string) {
	if b.text == text {
		return
	}
	b.text = text
	b.Refresh()
}

// Text is what the button says.
func (b *Button) Text() string { return b.text }

// SetTip changes what an icon without words says.
func (b *Button) SetTip(tip string) { b.tip = tip }

// SetIcon changes the icon; nil takes it away.
func (b *Button) SetIcon(icon fyne.Resource) { b.icon = icon; b.Refresh() }

// SetStyle changes how loud the button is.
func (b *Button) SetStyle(style ButtonStyle) {
	if b.style == style {
		return
	}
	b.style = style
	b.Refresh()
}

// SetBig makes the button 44 high with larger text, for the main button of a screen.
func (b *Button) SetBig(on bool) { b.big = on; b.Refresh() }

// SetIconTrailing puts the icon behind the text, as for links that leave the app.
func (b *Button) SetIconTrailing(on bool) { b.trailing = on; b.Refresh() }

// SetOnRaised gives a Plain button the ground of a surface, for use on something raised such as the offline banner.
func (b *Button) SetOnRaised(on bool) { b.onRaised = on; b.Refresh() }

// SetFlush makes the words of a link line up with what is above and below it; its tint then reaches beyond its bounds.
func (b *Button) SetFlush(on bool) { b.flush = on; b.Refresh() }

// SetOnTapped changes what the button does.
func (b *Button) SetOnTapped(onTapped func()) { b.activate = onTapped }

// SetOnEscape sets what Escape does while the button has the focus.
func (b *Button) SetOnEscape(do func()) { b.onEscape = do }

// MouseIn adds the tip of an icon, where the window has a TipLayer.
func (b *Button) MouseIn(ev *desktop.MouseEvent) { b.control.MouseIn(ev); b.offerTip() }

// MouseOut takes the tip away.
func (b *Button) MouseOut() { b.control.MouseOut(); b.withdrawTip() }

// MouseDown takes the tip away: the person knows what they do.
func (b *Button) MouseDown(ev *desktop.MouseEvent) { b.control.MouseDown(ev); b.withdrawTip() }

// FocusGained shows the tip as well as the ring, for those who have no pointer.
func (b *Button) FocusGained() { b.control.FocusGained(); b.offerTip() }

// FocusLost takes both away.
func (b *Button) FocusLost() { b.control.FocusLost(); b.withdrawTip() }

// TypedKey operates the button, and takes the tip away before what it does may take the button away.
func (b *Button) TypedKey(ev *fyne.KeyEvent) { b.withdrawTip(); b.control.TypedKey(ev) }

func (b *Button) offerTip() {
	if layer := tipLayerOf(b); layer != nil && b.text == "" && b.tip != "" {
		layer.offer(b, b.tip)
	}
}

func (b *Button) withdrawTip() {
	if layer := tipLayerOf(b); layer != nil {
		layer.withdraw(b)
	}
}

// Cursor is a hand over links.
func (b *Button) Cursor() desktop.Cursor {
	if b.style >= Link && !b.Disabled() {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// AccessibilityLabel is the text or, on an icon, its tip.
func (b *Button) AccessibilityLabel() string {
	if b.text != "" {
		return b.say(b.text)
	}
	return b.say(b.tip)
}

// AccessibilityRole is button, or link for links with words.
func (b *Button) AccessibilityRole() fyne.AccessibleRole {
	if b.style >= Link && b.text != "" {
		return fyne.AccessibleRoleLink
	}
	return fyne.AccessibleRoleButton
}

func (b *Button) colours() (ground, ink fyne.ThemeColorName) {
	switch b.style {
	case Filled:
		ground, ink = theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary
	case Tinted:
		ground, ink = look.ColorPrimaryTint, theme.ColorNamePrimary
	case Plain:
		ground, ink = look.ColorRaised, theme.ColorNameForeground
		if b.onRaised {
			ground = look.ColorSurface
		}
	case Link:
		ink = theme.ColorNamePrimary
	default:
		ink = look.ColorMuted
	}
	if b.Disabled() {
		ink = theme.ColorNameDisabled
		if ground != "" {
			ground = theme.ColorNameDisabledButton
		}
	}
	return ground, ink
}

// CreateRenderer is for Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{b: b, ring: newRing(), ground: canvas.NewRectangle(nil), icon: NewGlyph(b), line: canvas.NewText("", nil)}
	r.ground.CornerRadius = look.RadiusButton
	r.Refresh()
	return r
}

type buttonRenderer struct {
	b            *Button
	ring, ground *canvas.Rectangle
	icon         *Glyph
	line         *canvas.Text
	textSize     fyne.Size
}

func (r *buttonRenderer) height() float32 {
	if r.b.big {
		return look.BigButtonHeight
	}
	return look.ControlHeight
}

func (r *buttonRenderer) iconSide() float32 {
	if r.b.icon == nil {
		return 0
	}
	return look.IconInline
}

func (r *buttonRenderer) gap() float32 {
	if r.b.icon == nil || r.b.text == "" {
		return 0
	}
	return look.Space2
}

func (r *buttonRenderer) padding() float32 {
	switch {
	case r.b.text == "":
		return (r.height() - look.IconInline) / 2
	case r.b.big:
		return 22
	case r.b.flush:
		return 0
	case r.b.style >= Link:
		return look.Space2
	}
	return 14
}

func (r *buttonRenderer) MinSize() fyne.Size {
	return fyne.NewSize(2*r.padding()+r.iconSide()+r.gap()+r.textSize.Width, r.height())
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	beyond := float32(0)
	if r.b.flush {
		beyond = look.Space2
	}
	ground := size.AddWidthHeight(2*beyond, 0)
	r.ground.Move(fyne.NewPos(-beyond, 0))
	r.ground.Resize(ground)
	layRing(r.ring, ground, look.RadiusButton)
	r.ring.Move(r.ring.Position().SubtractXY(beyond, 0))

	side, gap := r.iconSide(), r.gap()
	room := size.Width - side - gap - 2*min(r.padding(), look.Space2)
	text := r.b.text
	width := r.textSize.Width
	if width > room+0.5 {
		text = Shorten(text, room, r.line.TextSize, r.line.TextStyle)
		width = fyne.MeasureText(text, r.line.TextSize, r.line.TextStyle).Width
	}
	if r.line.Text != text {
		r.line.Text = text
		r.line.Refresh()
	}
	x := (size.Width - side - gap - width) / 2
	iconX, textX := x, x+side+gap
	if r.b.trailing {
		iconX, textX = x+width+gap, x
	}
	centre(r.icon, iconX, fyne.NewSquareSize(side), size.Height)
	centre(r.line, textX, fyne.NewSize(width, r.textSize.Height), size.Height)
}

func (r *buttonRenderer) Refresh() {
	ground, ink := r.b.colours()
	r.ground.FillColor = blend(paint(r.b, ground), paint(r.b, r.b.overlay()))
	r.ground.Refresh()

	sizeName := theme.SizeNameText
	if r.b.big {
		sizeName = look.SizeBodyLarge
	}
	r.line.TextSize = theme.SizeForWidget(sizeName, r.b)
	r.line.TextStyle = TextStyle{Bold: r.b.style == Filled || r.b.style == Tinted}
	r.line.Color = paint(r.b, ink)
	r.textSize = fyne.MeasureText(r.b.text, r.line.TextSize, r.line.TextStyle)
	r.line.Hidden = r.b.text == ""

	r.icon.Set(look.Recolour(r.b.icon, ink))
	showRing(r.ring, r.b, r.b.focused && !r.b.Disabled())
	r.Layout(r.b.Size())
	r.line.Refresh()
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.ground, r.icon.Image, r.line}
}
func (r *buttonRenderer) Destroy() {}
