package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
)

const tipDelay = 600 * time.Millisecond

// TipLayer shows the tips of icon buttons over the content of a window. Make it the content of the window; the buttons find it
// there by themselves. It is no pop-up, since a pop-up would take the pointer away from what is below.
type TipLayer struct {
	widget.BaseWidget
	group

	content fyne.CanvasObject
	owner   fyne.CanvasObject // whose tip is shown or about to be
	text    string
	shown   bool
	waiting *fyne.Animation
}

// NewTipLayer makes a layer over this content.
func NewTipLayer(content fyne.CanvasObject) *TipLayer {
	l := &TipLayer{content: content}
	l.ExtendBaseWidget(l)
	return l
}

// tipLayerOf finds the layer of the window that an object is in, or nil.
func tipLayerOf(o fyne.CanvasObject) *TipLayer {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return nil
	}
	layer, _ := c.Content().(*TipLayer)
	return layer
}

// Tip is what is shown, "" for nothing.
func (l *TipLayer) Tip() string {
	if !l.shown {
		return ""
	}
	return l.text
}

// offer shows a tip after a while, unless it is withdrawn before.
func (l *TipLayer) offer(owner fyne.CanvasObject, text string) {
	l.hide()
	l.owner, l.text = owner, text
	l.waiting = &fyne.Animation{Duration: tipDelay, Curve: fyne.AnimationLinear, Tick: func(done float32) {
		if done == 1 && l.owner == owner {
			l.waiting = nil
			l.shown = true
			l.Refresh()
		}
	}}
	l.waiting.Start()
}

func (l *TipLayer) withdraw(owner fyne.CanvasObject) {
	if l.owner == owner {
		l.hide()
	}
}

func (l *TipLayer) hide() {
	if l.waiting != nil {
		l.waiting.Stop()
		l.waiting = nil
	}
	l.owner = nil
	if l.shown {
		l.shown = false
		l.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (l *TipLayer) CreateRenderer() fyne.WidgetRenderer {
	r := &tipRenderer{l: l, ground: canvas.NewRectangle(nil), line: canvas.NewText("", nil)}
	r.ground.CornerRadius = look.RadiusSelection
	r.paint()
	return r
}

type tipRenderer struct {
	l      *TipLayer
	ground *canvas.Rectangle
	line   *canvas.Text
}

func (r *tipRenderer) MinSize() fyne.Size { return r.l.content.MinSize() }

func (r *tipRenderer) Layout(size fyne.Size) {
	r.l.content.Resize(size)
	r.place(size)
}

// place puts the tip below its button, above it where there is no room, and inside the window in any case.
func (r *tipRenderer) place(size fyne.Size) {
	if !r.l.shown {
		return
	}
	line := r.line.MinSize()
	tip := line.AddWidthHeight(2*look.Space2, 2*look.Space1)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(r.l.owner)
	at = at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(r.l))
	owner := r.l.owner.Size()
	x := at.X + (owner.Width-tip.Width)/2
	y := at.Y + owner.Height + look.Space1
	if y+tip.Height > size.Height {
		y = at.Y - tip.Height - look.Space1
	}
	x = max(min(x, size.Width-tip.Width-look.Space1), look.Space1)
	r.ground.Move(fyne.NewPos(x, y))
	r.ground.Resize(tip)
	r.line.Move(fyne.NewPos(x+look.Space2, y+look.Space1))
	r.line.Resize(line)
}

func (r *tipRenderer) paint() {
	r.ground.Hidden, r.line.Hidden = !r.l.shown, !r.l.shown
	r.ground.FillColor = paint(r.l, theme.ColorNameForeground)
	r.line.Color = paint(r.l, theme.ColorNameBackground)
	r.line.TextSize = theme.SizeForWidget(theme.SizeNameCaptionText, r.l)
	r.line.Text = r.l.text
}

// Refresh repaints the tip alone: the content knows by itself when to.
func (r *tipRenderer) Refresh() {
	r.paint()
	r.place(r.l.Size())
	r.ground.Refresh()
	r.line.Refresh()
	canvas.Refresh(r.l) // what was never shown belongs to no window yet, and asks for no repaint
}

func (r *tipRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.content, r.ground, r.line}
}
func (r *tipRenderer) Destroy() { r.l.hide() }
