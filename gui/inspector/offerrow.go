package inspector

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

// offerRow is one line of what the tag field offers: a class with its dot, or
// the making of one with a plus. It never takes the cursor from the field.
type offerRow struct {
	widget.BaseWidget

	onTapped     func()
	onStar       func()
	lit, hovered bool
	liked        bool
	star         *widgets.Glyph

	ground            *canvas.Rectangle
	dot               *canvas.Circle
	lead, plus        fyne.CanvasObject
	before, hit, rest *widgets.Text
	whole             fyne.CanvasObject
}

// newOfferRow makes a line; onStar is for the star at its end, nil for none.
func newOfferRow(onTapped, onStar func()) *offerRow {
	r := &offerRow{onTapped: onTapped, onStar: onStar, ground: canvas.NewRectangle(color.Transparent), dot: canvas.NewCircle(color.Transparent)}
	r.ground.CornerRadius = look.RadiusSelection
	r.plus = widgets.NewIcon(look.IconPlus, theme.ColorNamePrimary, 18)
	r.before = widgets.NewText("", theme.SizeNameText, plain)
	r.hit = widgets.NewText("", theme.SizeNameText, bold)
	r.rest = widgets.NewShrinkingText("", theme.SizeNameText, plain)
	r.lead = container.NewGridWrap(fyne.NewSquareSize(10), r.dot)
	r.ExtendBaseWidget(r)
	r.star = widgets.NewGlyph(r)
	star := container.NewGridWrap(fyne.NewSquareSize(starSide), r.star.Image)
	if onStar == nil {
		star.Hide()
	}
	r.whole = container.NewStack(r.ground, arrange.Inset(0, 0, 10, 10,
		arrange.Line(0, 5, r.lead, r.plus, arrange.Gap(10), r.before, r.hit, r.rest, star)))
	return r
}

// setSuggestion shows a class with the part that was typed in bold. A name
// that does not fit shortens as a whole.
func (r *offerRow) setSuggestion(s suggestion, lit, liked bool) {
	r.liked = liked
	r.plus.Hide()
	r.lead.Show()
	r.dot.FillColor = dotColour(s.class)
	name := []rune(s.class.Name)
	before, hit, rest := string(name[:s.from]), string(name[s.from:s.to]), string(name[s.to:])
	size := theme.SizeForWidget(theme.SizeNameText, r)
	room := r.Size().Width - 50 - starSide
	if room > 0 && fyne.MeasureText(before+hit, size, bold).Width > room {
		before, hit, rest = "", "", s.class.Name
	}
	r.set(before, hit, rest, theme.ColorNameForeground, lit)
}

// setCreate shows the making of a class.
func (r *offerRow) setCreate(name string, lit bool) {
	r.lead.Hide()
	r.plus.Show()
	r.set("", "", lang.L("Create tag “%s”", name), theme.ColorNamePrimary, lit)
}

func (r *offerRow) set(before, hit, rest string, colour fyne.ThemeColorName, lit bool) {
	r.lit = lit
	r.before.SetText(before)
	r.hit.SetText(hit)
	r.rest.SetText(rest)
	r.rest.SetColour(colour)
	r.whole.Refresh()
	r.Refresh()
}

// text is what the row says.
func (r *offerRow) text() string { return r.before.Text() + r.hit.Text() + r.rest.Text() }

// Refresh reads the colours of the theme again.
func (r *offerRow) Refresh() {
	r.ground.FillColor = color.Transparent
	switch {
	case r.lit:
		r.ground.FillColor = theme.ColorForWidget(look.ColorPrimaryTint, r)
	case r.hovered:
		r.ground.FillColor = theme.ColorForWidget(theme.ColorNameHover, r)
	}
	shape, ink := look.IconStar, look.ColorMuted
	if r.liked {
		shape, ink = look.IconStarFilled, theme.ColorNameWarning
	}
	r.star.Set(look.IconIn(shape, ink))
	r.star.Image.Hidden = r.onStar == nil || !r.liked && !r.hovered && !r.lit
	r.ground.Refresh()
	r.dot.Refresh()
	r.BaseWidget.Refresh()
}

// AccessibilityLabel is what the row says.
func (r *offerRow) AccessibilityLabel() string { return r.text() }

// AccessibilityRole is button.
func (r *offerRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped takes the line, or with its star makes it a favourite.
func (r *offerRow) Tapped(ev *fyne.PointEvent) {
	if r.onStar != nil && ev != nil && ev.Position.X > r.Size().Width-starSide-16 {
		r.onStar()
		return
	}
	r.onTapped()
}

const starSide float32 = 18

// MouseIn shows that the line can be tapped.
func (r *offerRow) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.Refresh() }

// MouseMoved does nothing.
func (r *offerRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the hover away.
func (r *offerRow) MouseOut() { r.hovered = false; r.Refresh() }

// Cursor is a hand.
func (r *offerRow) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MinSize is one line of the panel.
func (r *offerRow) MinSize() fyne.Size { return fyne.NewSize(80, 36) }

// CreateRenderer is for Fyne.
func (r *offerRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.whole) }
