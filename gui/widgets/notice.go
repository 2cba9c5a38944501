package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
)

// NoticeKind is what a notice is about.
type NoticeKind uint8

// The kinds.
const (
	NoticeNeutral NoticeKind = iota
	NoticeSuccess
	NoticeWarning
	NoticeError
)

func (k NoticeKind) colours() (ground, ink fyne.ThemeColorName, icon look.IconName) {
	switch k {
	case NoticeSuccess:
		return look.ColorSuccessTint, theme.ColorNameSuccess, look.IconCheckCircle
	case NoticeWarning:
		return look.ColorWarningTint, theme.ColorNameWarning, look.IconTriangleAlert
	case NoticeError:
		return look.ColorErrorTint, theme.ColorNameError, look.IconTriangleAlert
	}
	return look.ColorRaised, theme.ColorNameForeground, look.IconInfo
}

// Notice is a message where it belongs, instead of a dialog: an icon, words that wrap, and what can be done, on a tint.
type Notice struct {
	widget.BaseWidget

	kind    NoticeKind
	icon    fyne.Resource // nil: the kind's own
	surface bool
	words   *Paragraph
	plain   *widget.TextSegment // the words as Set gives them
	actions []fyne.CanvasObject
}

// NewNotice makes a notice; the actions stand at its right end.
func NewNotice(kind NoticeKind, text string, actions ...fyne.CanvasObject) *Notice {
	n := &Notice{kind: kind, words: NewParagraph(text, theme.SizeNameText, TextStyle{}), actions: actions}
	n.plain = n.words.segment()
	n.ExtendBaseWidget(n)
	return n
}

// Set changes kind and words.
func (n *Notice) Set(kind NoticeKind, text string) {
	n.kind = kind
	n.words.Segments = []widget.RichTextSegment{n.plain}
	n.words.SetText(text)
	n.Refresh()
}

// SetRich sets the words as segments, for a bold name or a link inside.
func (n *Notice) SetRich(segments ...widget.RichTextSegment) {
	n.words.SetSegments(segments...)
	n.Refresh()
}

// SetActions changes what stands at the right end.
func (n *Notice) SetActions(actions ...fyne.CanvasObject) { n.actions = actions; n.Refresh() }

// SetIcon replaces the kind's icon.
func (n *Notice) SetIcon(icon fyne.Resource) { n.icon = icon; n.Refresh() }

// SetOnSurface draws the notice as a card (surface and hairline) whose icon alone has the kind's colour.
func (n *Notice) SetOnSurface(on bool) { n.surface = on; n.Refresh() }

// Text is the words.
func (n *Notice) Text() string { return n.words.String() }

// AccessibilityLabel is the words.
func (n *Notice) AccessibilityLabel() string { return n.words.AccessibilityLabel() }

// AccessibilityRole is container: the words and the buttons are inside.
func (n *Notice) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// Resize wraps the words to the width. Where that takes another number of lines, what holds the notice is asked to lay
// itself out again with the next picture.
func (n *Notice) Resize(size fyne.Size) {
	before := n.MinSize().Height
	n.BaseWidget.Resize(size)
	if n.MinSize().Height != before {
		canvas.Refresh(n)
	}
}

// CreateRenderer is for Fyne.
func (n *Notice) CreateRenderer() fyne.WidgetRenderer {
	r := &noticeRenderer{n: n, ground: canvas.NewRectangle(nil), icon: NewGlyph(n)}
	r.ground.CornerRadius = look.RadiusButton
	r.Refresh()
	return r
}

type noticeRenderer struct {
	n      *Notice
	ground *canvas.Rectangle
	icon   *Glyph
}

const noticeLine float32 = 40

func (r *noticeRenderer) padding() float32 { return look.Space4 }

func (r *noticeRenderer) actionsWidth() (width, height float32) {
	for _, a := range r.n.actions {
		if !a.Visible() {
			continue
		}
		min := a.MinSize()
		width += min.Width + look.Space1
		height = max(height, min.Height)
	}
	return width, height
}

func (r *noticeRenderer) MinSize() fyne.Size {
	actions, tall := r.actionsWidth()
	words := r.n.words.MinSize()
	if r.n.Size().Width == 0 {
		words.Height = 0 // how many lines it takes is not known yet: room for one
	}
	return fyne.NewSize(2*r.padding()+look.IconRow+max(words.Width, 80)+actions, max(noticeLine, words.Height, tall+2*look.Space1))
}

func (r *noticeRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	centre(r.icon, r.padding(), fyne.NewSquareSize(look.IconRow), size.Height)
	x := size.Width - look.Space2
	for i := len(r.n.actions) - 1; i >= 0; i-- {
		a := r.n.actions[i]
		if !a.Visible() {
			continue
		}
		x -= a.MinSize().Width
		centre(a, x, a.MinSize(), size.Height)
		x -= look.Space1
	}
	left := r.padding() + look.IconRow + look.Space1 // the words bring 8 px of their own
	width := max(x-left, 1)
	before := r.n.words.MinSize().Height
	r.n.words.Resize(fyne.NewSize(width, max(before, size.Height)))
	height := r.n.words.MinSize().Height
	r.n.words.Move(fyne.NewPos(left, (size.Height-height)/2-1)) // text in a RichText sits a pixel low
}

func (r *noticeRenderer) Refresh() {
	ground, ink, icon := r.n.kind.colours()
	r.ground.StrokeWidth, r.ground.CornerRadius = 0, look.RadiusButton
	if r.n.surface {
		ground = look.ColorSurface
		r.ground.StrokeColor, r.ground.StrokeWidth, r.ground.CornerRadius = paint(r.n, theme.ColorNameSeparator), 1, look.RadiusCard
	}
	r.ground.FillColor = paint(r.n, ground)
	picture := look.IconIn(icon, ink)
	if r.n.icon != nil {
		picture = look.Recolour(r.n.icon, ink)
	}
	r.icon.Set(picture)
	r.Layout(r.n.Size())
	r.ground.Refresh()
}

func (r *noticeRenderer) Objects() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{r.ground, r.icon.Image, r.n.words}, r.n.actions...)
}
func (r *noticeRenderer) Destroy() {}
