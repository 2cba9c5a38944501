package history

import (
	"image"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/thumbs"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/intake"
	"darwin-uploader/uploader/receipt"
)

// lines are the rows of a receipt.
type lines struct {
	pages    *pages
	loader   *thumbs.Loader
	onChosen func(receipt.Line)

	room     room
	imported bool // they are objects of a bucket, of which there are no pictures here
	asleep   bool // nobody sees them
	wanted   []thumbs.Request
}

func (l *lines) label() string        { return lang.L("Files of this upload") }
func (l *lines) count() int           { return l.pages.of.total() }
func (l *lines) top(i int) float32    { return float32(i) * look.RowHeight }
func (l *lines) canChoose(i int) bool { return true }

func (l *lines) seen(from, to int) {
	l.pages.want(from, to)
	l.want(from, to)
}

// want asks for the pictures of the rows that can be seen, and for no others.
func (l *lines) want(from, to int) {
	var wanted []thumbs.Request
	for i := from; i < to && !l.imported && !l.asleep; i++ {
		if line, here := l.pages.line(i); here && hasPicture(line) {
			wanted = append(wanted, thumbs.Request{Path: line.Path, ModTime: line.ModTime, Size: line.Size})
		}
	}
	if !slices.Equal(wanted, l.wanted) {
		l.wanted = wanted
		l.loader.Want(wanted)
	}
}

// sleep says whether the lines can be seen at all.
func (l *lines) sleep(on bool) {
	if l.asleep = on; on {
		l.want(0, 0)
	}
}

// hasPicture says whether a line's file may have a picture on this computer. Of
// a file whose time nobody kept there is no telling whether it is the same.
func hasPicture(line receipt.Line) bool {
	return !line.ModTime.IsZero() && line.Outcome != receipt.LeftOut && thumbs.Decodable(line.Path)
}

func (l *lines) chose(i int, _ bool) {
	if line, ok := l.pages.line(i); ok {
		l.onChosen(line)
	}
}

func (l *lines) newRow(owner *sheet) row {
	r := &lineRow{lines: l, owner: owner, ground: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent),
		icon: widgets.NewGlyph(owner), plate: canvas.NewRectangle(color.Transparent), thumb: canvas.NewImageFromImage(nil), name: canvas.NewText("", nil), folder: canvas.NewText("", nil), when: canvas.NewText("", nil),
		state: widgets.NewStateMark()}
	r.ring.StrokeWidth, r.ring.CornerRadius = 2, look.RadiusSelection
	r.plate.CornerRadius, r.thumb.CornerRadius = look.RadiusThumbnail, look.RadiusThumbnail
	r.thumb.FillMode = canvas.ImageFillStretch
	r.box = &fyne.Container{Objects: []fyne.CanvasObject{r.ground, r.plate, r.icon.Image, r.thumb, r.name, r.folder, r.when, r.state, r.ring}}
	return r
}

// lineRow draws one line.
type lineRow struct {
	lines              *lines
	owner              *sheet
	box                *fyne.Container
	ground, ring       *canvas.Rectangle
	plate              *canvas.Rectangle // below the icon
	icon               *widgets.Glyph
	thumb              *canvas.Image
	name, folder, when *canvas.Text
	state              *widgets.StateMark
}

func (r *lineRow) object() fyne.CanvasObject { return r.box }

func (r *lineRow) show(i int, width float32, at rowState) {
	ground := fyne.ThemeColorName("")
	switch {
	case at.chosen:
		ground = look.ColorPrimaryTint
	case at.hovered:
		ground = theme.ColorNameHover
	}
	widgets.PutFill(r.ground, r.owner, ground)
	r.ground.Move(fyne.NewPos(1, 0))
	r.ground.Resize(fyne.NewSize(width-2, look.RowHeight))
	r.ring.Hidden = !at.ring
	r.ring.StrokeColor = theme.ColorForWidget(look.ColorFocus, r.owner)
	r.ring.Move(fyne.NewPos(3, 1))
	r.ring.Resize(fyne.NewSize(width-6, look.RowHeight-2))

	line, here := r.lines.pages.line(i)
	r.folder.Hidden, r.when.Hidden, r.state.Hidden = !here, !here, !here
	text := theme.SizeForWidget(theme.SizeNameText, r.owner)
	ink, muted := theme.ColorForWidget(theme.ColorNameForeground, r.owner), theme.ColorForWidget(look.ColorMuted, r.owner)
	c := r.lines.room.columns(width)
	if !here {
		r.icon.Set(nil)
		r.plate.Hidden, r.thumb.Hidden = true, true
		widgets.PutText(r.name, lang.L("Reading"), -1, text, false, muted)
		widgets.InRow(r.name, c.name+thumbSlot, c.nameWidth-thumbSlot, r.name.MinSize().Height, look.RowHeight)
		return
	}
	r.showPicture(line, c)
	widgets.PutText(r.name, lineName(line), c.nameWidth-thumbSlot, text, false, ink)
	widgets.InRow(r.name, c.name+thumbSlot, c.nameWidth-thumbSlot, r.name.MinSize().Height, look.RowHeight)
	r.folder.Hidden = c.folderWidth == 0
	if !r.folder.Hidden {
		widgets.PutText(r.folder, widgets.ShortPath(line.Folder, c.folderWidth, text), c.folderWidth, text, false, muted)
		widgets.InRow(r.folder, c.folder, c.folderWidth, r.folder.MinSize().Height, look.RowHeight)
	}
	when := ""
	if at := ended(line); !at.IsZero() {
		when = lang.ClockSeconds(at.Local())
	}
	widgets.PutText(r.when, when, -1, text, false, muted)
	widgets.InRow(r.when, c.when, c.whenWidth, r.when.MinSize().Height, look.RowHeight)
	kind, words := happened(line, r.lines.imported, c.short)
	r.state.Set(kind, words, -1)
	widgets.InRow(r.state, c.what, c.whatWidth, look.RowHeight, look.RowHeight)
}

// showPicture shows the picture of the file that is on this computer still, or
// the icon of its kind.
func (r *lineRow) showPicture(line receipt.Line, c columns) {
	var picture image.Image
	if !r.lines.imported && hasPicture(line) {
		picture, _ = r.lines.loader.Get(line.Path, line.ModTime, line.Size)
	}
	r.thumb.Hidden, r.plate.Hidden = picture == nil, picture != nil
	if picture != nil {
		r.icon.Set(nil)
		widgets.InRow(r.thumb, c.name, thumbWidth, thumbHeight, look.RowHeight)
		if r.thumb.Image != picture {
			r.thumb.Image = picture
			r.thumb.Refresh()
		}
		return
	}
	widgets.PutFill(r.plate, r.owner, look.ColorRaised)
	widgets.InRow(r.plate, c.name, thumbWidth, thumbHeight, look.RowHeight)
	r.icon.Set(look.IconIn(kindIcon(lineName(line)), look.ColorMuted))
	widgets.InRow(r.icon, c.name+(thumbWidth-look.IconRow)/2, look.IconRow, look.IconRow, look.RowHeight)
}

// kindIcon is the icon of a file's kind, as far as its name tells.
func kindIcon(name string) look.IconName {
	switch kind, known := intake.KindOf(name); {
	case !known:
		return look.IconDocument
	case kind == intake.Video:
		return look.IconVideo
	case kind == intake.Document:
		return look.IconDocument
	case kind == intake.Medical:
		return look.IconMedical
	default:
		return look.IconImage
	}
}
