package welcome

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/scenes"
	"darwin-uploader/gui/widgets"
)

// The left side's width: as drawn, and the least at which its words still read
// well. A window that leaves less has no left side.
const (
	panelWidth    float32 = 460
	panelLeast    float32 = 280
	formMargin    float32 = 40
	panelRatio            = scenes.Width / scenes.Height
	pictureGap    float32 = 8
	framePadding  float32 = 28
	pictureRows           = 2
	pictureColumn         = 3
)

// newPanel is the left side: the mark, the frame with six pictures, and what
// the program is for, in two lines.
func newPanel() fyne.CanvasObject {
	mark := canvas.NewImageFromResource(look.Mark())
	name := arrange.Line(12, -1, container.NewGridWrap(fyne.NewSquareSize(40), mark),
		widgets.NewText("Darwin Uploader", theme.SizeNameSubHeadingText, bold)) // not shown in any other words

	pictures := container.New(&grid{})
	for _, scene := range scenes.All() {
		picture := canvas.NewImageFromResource(scene)
		picture.FillMode = canvas.ImageFillStretch
		picture.CornerRadius = 6
		pictures.Add(picture)
	}
	frame := widgets.NewFrame(pictures).SetPadding(framePadding)

	words := []fyne.CanvasObject{
		widgets.NewShrinkingText(lang.L("Drop your files."), theme.SizeNameHeadingText, bold),
		widgets.NewShrinkingText(lang.L("Press one button."), theme.SizeNameHeadingText, bold),
		widgets.NewParagraph(lang.L("Images, videos and whole folders go into your V7 Darwin dataset. "+
			"You always see what has arrived and what has not."), theme.SizeNameText, plain).Coloured(look.ColorMuted),
	}
	content := container.New(&panel{}, append([]fyne.CanvasObject{name, frame}, words...)...)
	return widgets.NewSurface(content, 0).SetGround(look.ColorPrimaryTint)
}

// panel places the left side's parts: name, frame, two lines, paragraph.
type panel struct{}

func (*panel) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(panelLeast, 0) }

func (*panel) Layout(o []fyne.CanvasObject, size fyne.Size) {
	margin := min(48, max(24, (size.Width-348)/2))
	width := min(size.Width-2*margin, 348)
	place := func(o fyne.CanvasObject, y, w, h float32) {
		o.Move(fyne.NewPos(margin, y))
		o.Resize(fyne.NewSize(w, h))
	}
	top := min(56, size.Height*0.075)
	place(o[0], top, width, 40)

	picture := (width - 2*framePadding - (pictureColumn-1)*pictureGap) / pictureColumn / panelRatio
	frame := pictureRows*picture + pictureGap + 2*framePadding
	lines := o[2].MinSize().Height
	pad := theme.Size(theme.SizeNameInnerPadding)
	prose := min(width, 340) + 2*pad
	o[4].Resize(fyne.NewSize(prose, 1))
	block := frame + 40 + 2*lines + o[4].MinSize().Height
	y := max(top+40+24, (size.Height-block)/2+size.Height*0.018)

	place(o[1], y, width, frame)
	y += frame + 40
	place(o[2], y, width, lines)
	place(o[3], y+lines, width, lines)
	y += 2*lines + 8
	o[4].Move(fyne.NewPos(margin-pad, y-pad))
	o[4].Resize(fyne.NewSize(prose, o[4].MinSize().Height))
}

// grid fills its room with pictures, three in a row.
type grid struct{}

func (*grid) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (*grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := (size.Width - (pictureColumn-1)*pictureGap) / pictureColumn
	h := (size.Height - (pictureRows-1)*pictureGap) / pictureRows
	for i, o := range objects {
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(float32(i%pictureColumn)*(w+pictureGap), float32(i/pictureColumn)*(h+pictureGap)))
	}
}

// sides sets the panel beside the form and gives the panel what the form does
// not need, up to its drawn width; below its least width the panel goes.
type sides struct{}

func (*sides) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(formWidth+2*look.MarginNarrow, o[1].MinSize().Height)
}

func (*sides) Layout(o []fyne.CanvasObject, size fyne.Size) {
	width := min(panelWidth, size.Width-formWidth-2*formMargin)
	if width < panelLeast {
		width = 0
	}
	widgets.SetShown(o[0], width > 0)
	o[0].Resize(fyne.NewSize(width, size.Height))
	o[1].Move(fyne.NewPos(width, 0))
	o[1].Resize(fyne.NewSize(size.Width-width, size.Height))
}

// centred holds the form at its width in the middle of its room.
type centred struct{ width float32 }

func (c *centred) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(c.width, o[0].MinSize().Height+2*look.Space6)
}

func (c *centred) Layout(o []fyne.CanvasObject, size fyne.Size) {
	height := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(c.width, height))
	o[0].Move(fyne.NewPos((size.Width-c.width)/2, max(look.Space6, (size.Height-height)/2)))
}

// top sets two things beside each other with their tops in one line.
type top struct{ gap float32 }

func (t *top) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+t.gap+b.Width, max(a.Height, b.Height))
}

func (t *top) Layout(o []fyne.CanvasObject, size fyne.Size) {
	a := o[0].MinSize()
	o[0].Resize(a)
	o[1].Move(fyne.NewPos(a.Width+t.gap, 0))
	o[1].Resize(fyne.NewSize(size.Width-a.Width-t.gap, size.Height))
}
