package queue

import (
	"image/color"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/scenes"
	"darwin-uploader/gui/widgets"
)

// empty is the drop zone: what the window shows while the queue holds nothing.
type empty struct {
	where *widget.RichText
	paste *widgets.Text
	body  *fyne.Container
}

func newEmpty(on *Actions) *empty {
	e := &empty{where: widget.NewRichText()}
	heading := widgets.NewShrinkingText(lang.L("Drop images, videos or folders here"), theme.SizeNameHeadingText, widgets.TextStyle{Bold: true}).Aligned(fyne.TextAlignCenter)
	files := widgets.NewButton(widgets.Filled, lang.L("Browse files"), look.Icon(look.IconImage), func() { call(on.OnBrowseFiles) })
	folder := widgets.NewButton(widgets.Plain, lang.L("Browse folder"), look.Icon(look.IconFolder), func() { call(on.OnBrowseFolder) })
	files.SetBig(true)
	folder.SetBig(true)
	keys := lang.L("Ctrl+V")
	if runtime.GOOS == "darwin" {
		keys = lang.L("Cmd+V")
	}
	e.paste = widgets.NewShrinkingText(lang.L("or paste copied files with %s", keys), theme.SizeNameText, widgets.TextStyle{}).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter)
	e.paste.Hidden = on.OnPaste == nil
	types := widgets.NewShrinkingText(takenWords(),
		theme.SizeNameCaptionText, widgets.TextStyle{}).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter)

	middle := arrange.Column(look.Space6,
		container.NewCenter(newIllustration()),
		arrange.Column(6, heading, e.where),
		container.NewCenter(arrange.Line(look.Space3, -1, files, folder)),
		e.paste)
	inside := container.New(framed{}, middle, types)
	frame := widgets.NewFrame(inside).SetGround(look.ColorSurface).SetPadding(20)
	e.body = container.New(pad{look.Margin}, frame)
	e.setDataset("")
	return e
}

// takenWords names the types that people know, which are called so everywhere.
func takenWords() string {
	groups := [][]string{{"JPEG", "PNG", "TIFF", "WebP", "BMP", "SVS"}, {"MP4", "MOV", "AVI", "MKV"}, {"DICOM", "NIfTI", "NDPI"}, {"PDF"}}
	lists := make([]string, len(groups))
	for i, names := range groups {
		lists[i] = strings.Join(names, ", ")
	}
	return strings.Join(lists, apart)
}

// setDataset says where dropped files will go.
func (e *empty) setDataset(name string) {
	text := func(s string, bold bool) widget.RichTextSegment {
		style := widget.RichTextStyle{Inline: true, Alignment: fyne.TextAlignCenter, ColorName: look.ColorMuted, SizeName: theme.SizeNameText}
		if bold {
			style.ColorName, style.TextStyle.Bold = theme.ColorNameForeground, true
		}
		return &widget.TextSegment{Text: s, Style: style}
	}
	if name == "" {
		e.where.Segments = []widget.RichTextSegment{text(lang.L("Nothing is sent until you have chosen a dataset and pressed Upload."), false)}
	} else {
		const gap = "\x00"
		before, after, _ := strings.Cut(lang.L("They go to %s. Nothing is sent until you press Upload.", gap), gap)
		e.where.Segments = []widget.RichTextSegment{text(before, false), text(name, true), text(after, false)}
	}
	e.where.Refresh()
}

// framed centres the first thing and puts the second at the foot.
type framed struct{}

func (framed) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+look.Space3)
}

func (framed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	foot := o[1].MinSize().Height
	height := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(size.Width, height))
	o[0].Move(fyne.NewPos(0, max(0, (size.Height-foot-height)/2)))
	o[1].Resize(fyne.NewSize(size.Width, foot))
	o[1].Move(fyne.NewPos(0, size.Height-foot-2))
}

// pad is room on all sides.
type pad struct{ by float32 }

func (p pad) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(2*p.by, 2*p.by)
}

func (p pad) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(p.by, p.by))
	o[0].Resize(size.SubtractWidthHeight(2*p.by, 2*p.by))
}

// illustration is three pictures that overlap, with the disc that sends them.
type illustration struct {
	widget.BaseWidget
}

func newIllustration() *illustration {
	i := &illustration{}
	i.ExtendBaseWidget(i)
	return i
}

// The drawing's own measures.
const (
	drawingWidth  float32 = 292
	drawingHeight float32 = 118
)

// CreateRenderer is for Fyne.
func (i *illustration) CreateRenderer() fyne.WidgetRenderer {
	r := &illustrationRenderer{i: i, disc: canvas.NewCircle(color.Transparent), arrow: widgets.NewGlyph(i)}
	all := scenes.All()
	// The one in the middle lies on top, so it comes last.
	for _, c := range []struct {
		scene      fyne.Resource
		x, y, w, h float32
	}{{all[2], 0, 20, 104, 80}, {all[1], 188, 20, 104, 80}, {all[0], 86, 0, 120, 92}} {
		r.card(c.scene, c.x, c.y, c.w, c.h)
	}
	r.disc.StrokeWidth = 3
	r.disc.Resize(fyne.NewSquareSize(40))
	r.disc.Move(fyne.NewPos(126, 78))
	r.arrow.Resize(fyne.NewSquareSize(20))
	r.arrow.Move(fyne.NewPos(136, 88))
	r.objects = append(r.objects, r.disc, r.arrow.Image)
	r.Refresh()
	return r
}

type illustrationRenderer struct {
	i       *illustration
	shades  []*canvas.Rectangle
	mats    []*canvas.Rectangle
	disc    *canvas.Circle
	arrow   *widgets.Glyph
	objects []fyne.CanvasObject
}

func (r *illustrationRenderer) card(scene fyne.Resource, x, y, w, h float32) {
	shade, mat, picture := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewImageFromResource(scene)
	shade.CornerRadius, mat.CornerRadius, picture.CornerRadius = 9, 8, 5
	picture.FillMode = canvas.ImageFillCover
	shade.Move(fyne.NewPos(x-1, y))
	shade.Resize(fyne.NewSize(w+2, h+2))
	mat.Move(fyne.NewPos(x, y))
	mat.Resize(fyne.NewSize(w, h))
	picture.Move(fyne.NewPos(x+4, y+4))
	picture.Resize(fyne.NewSize(w-8, h-8))
	r.shades, r.mats = append(r.shades, shade), append(r.mats, mat)
	r.objects = append(r.objects, shade, mat, picture)
}

func (r *illustrationRenderer) MinSize() fyne.Size {
	return fyne.NewSize(drawingWidth, drawingHeight)
}
func (r *illustrationRenderer) Layout(fyne.Size)             {}
func (r *illustrationRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *illustrationRenderer) Destroy()                     {}

func (r *illustrationRenderer) Refresh() {
	for i := range r.mats {
		widgets.PutFill(r.mats[i], r.i, look.ColorSurface)
		widgets.PutFill(r.shades[i], r.i, theme.ColorNameSeparator)
	}
	r.disc.FillColor = theme.ColorForWidget(theme.ColorNamePrimary, r.i)
	r.disc.StrokeColor = theme.ColorForWidget(look.ColorSurface, r.i)
	r.disc.Refresh()
	showIcon(r.arrow, look.IconUpload, theme.ColorNameForegroundOnPrimary)
}
