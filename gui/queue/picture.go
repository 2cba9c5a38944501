package queue

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/thumbs"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/intake"
)

// picture is the thumbnail of one file, or the icon of its kind.
type picture struct {
	widget.BaseWidget

	kind  intake.Kind
	image image.Image
}

func newPicture() *picture {
	p := &picture{}
	p.ExtendBaseWidget(p)
	return p
}

// show takes over a file; loader may be nil.
func (p *picture) show(e Entry, loader *thumbs.Loader) {
	p.kind, p.image = e.File.Kind, nil
	if loader != nil {
		p.image, _ = loader.Get(e.File.Path, e.File.ModTime, e.File.Size)
	}
	p.Refresh()
}

// MinSize is that of a thumbnail in a row.
func (p *picture) MinSize() fyne.Size { return fyne.NewSize(thumbWidth, thumbHeight) }

// CreateRenderer is for Fyne.
func (p *picture) CreateRenderer() fyne.WidgetRenderer {
	r := &pictureRenderer{p: p, ground: canvas.NewRectangle(nil), icon: widgets.NewGlyph(p), image: canvas.NewImageFromImage(nil)}
	r.ground.CornerRadius, r.image.CornerRadius = look.RadiusThumbnail, look.RadiusThumbnail
	r.image.FillMode = canvas.ImageFillCover
	r.Refresh()
	return r
}

type pictureRenderer struct {
	p      *picture
	ground *canvas.Rectangle
	icon   *widgets.Glyph
	image  *canvas.Image
}

func (r *pictureRenderer) MinSize() fyne.Size { return r.p.MinSize() }

func (r *pictureRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.image.Resize(size)
	inHeight(r.icon, (size.Width-look.IconRow)/2, fyne.NewSquareSize(look.IconRow), size.Height)
}

func (r *pictureRenderer) Refresh() {
	r.ground.FillColor = theme.ColorForWidget(look.ColorRaised, r.p)
	r.image.Hidden = r.p.image == nil
	r.ground.Hidden, r.icon.Hidden = !r.image.Hidden, !r.image.Hidden
	showIcon(r.icon, kindIcon(r.p.kind), look.ColorMuted)
	if r.image.Image != r.p.image {
		r.image.Image = r.p.image
		r.image.Refresh()
	}
	r.ground.Refresh()
	canvas.Refresh(r.p)
}

func (r *pictureRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.icon.Image, r.image}
}
func (r *pictureRenderer) Destroy() {}
