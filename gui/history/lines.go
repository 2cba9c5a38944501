package history

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/intake"
	"darwin-uploader/uploader/receipt"
)

// lines are the rows of a receipt.
type lines struct {
	pages    *pages
	onChosen func(receipt.Line)
}

func (l *lines) label() string        { return lang.L("Files of this upload") }
func (l *lines) count() int           { return l.pages.of.total() }
func (l *lines) top(i int) float32    { return float32(i) * look.RowHeight }
func (l *lines) canChoose(i int) bool { return true }
func (l *lines) seen(from, to int)    { l.pages.want(from, to) }

func (l *lines) chose(i int, _ bool) {
	if line, ok := l.pages.line(i); ok {
		l.onChosen(line)
	}
}

func (l *lines) newRow(owner *sheet) row {
	r := &lineRow{lines: l, owner: owner, ground: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent),
		icon: widgets.NewGlyph(owner), name: canvas.NewText("", nil), folder: canvas.NewText("", nil), when: canvas.NewText("", nil),
		state: widgets.NewStateMark()}
	r.ring.StrokeWidth, r.ring.CornerRadius = 2, look.RadiusSelection
	r.box = &fyne.Container{Objects: []fyne.CanvasObject{r.ground, r.icon.Image, r.name, r.folder, r.when, r.state, r.ring}}
	return r
}

// columns is where the parts of a line stand, for one width of the table.
type columns struct {
	name, nameWidth     float32
	folder, folderWidth float32 // width 0: the column is not shown
	when, whenWidth     float32
	what, whatWidth     float32
}

const (
	edge         float32 = 15 // from the table's edge to its content
	columnGap    float32 = 14
	iconSlot     float32 = 28  // before the name
	whenColumn   float32 = 72  // "16:35:11"
	whatColumn   float32 = 196 // "Skipped: there already" with its icon
	whatRoomy    float32 = 260 // and with the beginning of a reason
	whatShort    float32 = 132 // "Not processed" with its icon
	foldersFrom  float32 = 620 // below it the folder goes
	reasonsFrom  float32 = 860
	foldersShare float32 = 0.4 // of what name and folder have together
)

// columnsFor shares a width out.
func columnsFor(width float32) columns {
	c := columns{name: edge, whenWidth: whenColumn, whatWidth: whatColumn}
	switch {
	case width < foldersFrom:
		c.whatWidth = whatShort
	case width >= reasonsFrom:
		c.whatWidth = whatRoomy
	}
	c.what = width - edge - c.whatWidth
	c.when = c.what - columnGap - c.whenWidth
	c.nameWidth = c.when - columnGap - c.name
	if width >= foldersFrom {
		c.folderWidth = c.nameWidth * foldersShare
		c.nameWidth -= c.folderWidth + columnGap
		c.folder = c.name + c.nameWidth + columnGap
	}
	return c
}

// lineRow draws one line.
type lineRow struct {
	lines              *lines
	owner              *sheet
	box                *fyne.Container
	ground, ring       *canvas.Rectangle
	icon               *widgets.Glyph
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
	c := columnsFor(width)
	if !here {
		r.icon.Set(nil)
		widgets.PutText(r.name, lang.L("Reading"), -1, text, false, muted)
		widgets.InRow(r.name, c.name+iconSlot, c.nameWidth-iconSlot, r.name.MinSize().Height, look.RowHeight)
		return
	}
	r.icon.Set(look.IconIn(kindIcon(line.Name), look.ColorMuted))
	widgets.InRow(r.icon, c.name, look.IconRow, look.IconRow, look.RowHeight)
	widgets.PutText(r.name, line.Name, c.nameWidth-iconSlot, text, false, ink)
	widgets.InRow(r.name, c.name+iconSlot, c.nameWidth-iconSlot, r.name.MinSize().Height, look.RowHeight)
	r.folder.Hidden = c.folderWidth == 0
	if !r.folder.Hidden {
		widgets.PutText(r.folder, widgets.ShortPath(line.Folder, c.folderWidth, text), c.folderWidth, text, false, muted)
		widgets.InRow(r.folder, c.folder, c.folderWidth, r.folder.MinSize().Height, look.RowHeight)
	}
	when := ""
	if !line.At.IsZero() {
		when = lang.ClockSeconds(line.At.Local())
	}
	widgets.PutText(r.when, when, -1, text, false, muted)
	widgets.InRow(r.when, c.when, c.whenWidth, r.when.MinSize().Height, look.RowHeight)
	kind, words := happened(line, c.whatWidth < whatColumn)
	r.state.Set(kind, words, -1)
	widgets.InRow(r.state, c.what, c.whatWidth, look.RowHeight, look.RowHeight)
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
