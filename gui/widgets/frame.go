package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
)

// Frame is the idea of the app: the four corners of a bounding box around what it is about. When all is done it turns to
// the colour of success and its fourth corner becomes a check.
type Frame struct {
	widget.BaseWidget
	group

	content fyne.CanvasObject
	padding float32
	ground  fyne.ThemeColorName
	done    bool
	grown   float32 // of the check disc, 0 to 1
	turning *fyne.Animation
}

// NewFrame makes a frame with 28 px between its corners and its content; content may be nil.
func NewFrame(content fyne.CanvasObject) *Frame {
	f := &Frame{content: content, padding: 28, grown: 1}
	f.ExtendBaseWidget(f)
	return f
}

// SetGround gives the frame a filled ground; "" is none.
func (f *Frame) SetGround(name fyne.ThemeColorName) *Frame { f.ground = name; f.Refresh(); return f }

// SetPadding sets the space between corners and content.
func (f *Frame) SetPadding(padding float32) *Frame { f.padding = padding; f.Refresh(); return f }

// SetContent changes what is inside.
func (f *Frame) SetContent(content fyne.CanvasObject) { f.content = content; f.Refresh() }

// Done says whether the frame shows the end.
func (f *Frame) Done() bool { return f.done }

// SetDone turns the frame to the colour of success and lets the check grow in its fourth corner, once.
func (f *Frame) SetDone(on bool) {
	if f.done == on {
		return
	}
	f.done = on
	f.stop()
	f.grown = 1
	if on && f.Visible() && fyne.CurrentApp().Settings().ShowAnimations() && fyne.CurrentApp().Driver().CanvasForObject(f) != nil {
		f.grown = 0
		f.turning = fyne.NewAnimation(400*time.Millisecond, func(done float32) { f.grown = done; f.Refresh() })
		f.turning.Curve = fyne.AnimationEaseOut
		f.turning.Start()
	}
	f.Refresh()
}

func (f *Frame) stop() {
	if f.turning != nil {
		f.turning.Stop()
		f.turning = nil
	}
}

// CreateRenderer is for Fyne.
func (f *Frame) CreateRenderer() fyne.WidgetRenderer {
	r := &frameRenderer{f: f, ground: canvas.NewRectangle(nil), halo: canvas.NewCircle(nil), disc: canvas.NewCircle(nil),
		check: NewGlyph(f)}
	r.ground.CornerRadius = look.RadiusFrame
	for i := range r.corners {
		r.corners[i] = NewGlyph(f)
	}
	r.Refresh()
	return r
}

type frameRenderer struct {
	f          *Frame
	ground     *canvas.Rectangle
	corners    [4]*Glyph // clockwise from the top left
	halo, disc *canvas.Circle
	check      *Glyph
}

const discSide float32 = 54

func (r *frameRenderer) MinSize() fyne.Size {
	var inside fyne.Size
	if r.f.content != nil {
		inside = r.f.content.MinSize()
	}
	return inside.AddWidthHeight(2*r.f.padding, 2*r.f.padding).Max(fyne.NewSquareSize(88))
}

// leg is how far the corners reach along the sides: more on a larger frame, and never so far that they meet.
func leg(size fyne.Size) float32 {
	side := min(size.Width, size.Height)
	return min(30+0.045*side, side*0.4)
}

func (r *frameRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	l := leg(size)
	places := [4]fyne.Position{{}, {X: size.Width - l}, {X: size.Width - l, Y: size.Height - l}, {Y: size.Height - l}}
	for i, corner := range r.corners {
		corner.Resize(fyne.NewSquareSize(l))
		corner.Move(places[i])
	}
	r.drawCorners(l)
	if r.f.content != nil {
		r.f.content.Move(fyne.NewSquareOffsetPos(r.f.padding))
		r.f.content.Resize(size.SubtractWidthHeight(2*r.f.padding, 2*r.f.padding))
	}
	middle := fyne.NewPos(size.Width-discSide*0.37, size.Height-discSide*0.37)
	square := func(o fyne.CanvasObject, side float32) {
		o.Resize(fyne.NewSquareSize(side))
		o.Move(middle.SubtractXY(side/2, side/2))
	}
	side := discSide * r.f.grown
	square(r.halo, side+8)
	square(r.disc, side)
	square(r.check, side*0.56)
}

func (r *frameRenderer) drawCorners(leg float32) {
	if leg <= 0 {
		return
	}
	colour := theme.ColorNamePrimary
	if r.f.done {
		colour = theme.ColorNameSuccess
	}
	for i, corner := range r.corners {
		corner.Set(look.Corner(i, leg, colour))
		corner.Hidden = r.f.done && i == 2
	}
}

func (r *frameRenderer) Refresh() {
	r.ground.FillColor = paint(r.f, r.f.ground)
	halo := r.f.ground
	if halo == "" {
		halo = theme.ColorNameBackground
	}
	r.halo.FillColor = paint(r.f, halo)
	r.disc.FillColor = paint(r.f, theme.ColorNameSuccess)
	r.check.Set(look.IconIn(look.IconCheckBold, theme.ColorNameForegroundOnSuccess))
	shown := r.f.done && r.f.grown > 0.05
	r.halo.Hidden, r.disc.Hidden, r.check.Hidden = !shown, !shown, !shown
	r.Layout(r.f.Size())
	r.ground.Refresh()
	r.halo.Refresh()
	r.disc.Refresh()
}

func (r *frameRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.ground}
	for _, corner := range r.corners {
		objects = append(objects, corner.Image)
	}
	if r.f.content != nil {
		objects = append(objects, r.f.content)
	}
	return append(objects, r.halo, r.disc, r.check.Image)
}
func (r *frameRenderer) Destroy() { r.f.stop() }
