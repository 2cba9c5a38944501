package queue

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/intake"
)

// line draws one row of the table. Lines are used again for other rows while
// the table scrolls.
type line struct {
	owner fyne.Widget
	box   *fyne.Container

	tint, outline             *canvas.Rectangle
	check                     *canvas.Rectangle
	tick, chevron, icon       *widgets.Glyph
	ground                    *canvas.Rectangle
	thumb                     *canvas.Image
	name, count, folder, size *canvas.Text
	badges                    [4]badge
	state                     *widgets.StateMark
}

// badge is a tag in a row. It takes no pointer and no focus: the row does.
type badge struct {
	ground *canvas.Rectangle
	text   *canvas.Text
}

const badgeHeight float32 = 22

func newLine(owner fyne.Widget) *line {
	l := &line{
		owner: owner,
		tint:  canvas.NewRectangle(color.Transparent), outline: canvas.NewRectangle(color.Transparent),
		check: canvas.NewRectangle(color.Transparent), ground: canvas.NewRectangle(color.Transparent),
		tick: widgets.NewGlyph(owner), chevron: widgets.NewGlyph(owner), icon: widgets.NewGlyph(owner),
		thumb: canvas.NewImageFromImage(nil),
		name:  canvas.NewText("", nil), count: canvas.NewText("", nil), folder: canvas.NewText("", nil), size: canvas.NewText("", nil),
		state: widgets.NewStateMark(),
	}
	l.outline.StrokeWidth, l.outline.CornerRadius = 2, look.RadiusSelection
	l.check.CornerRadius = 4
	l.ground.CornerRadius, l.thumb.CornerRadius = look.RadiusThumbnail, look.RadiusThumbnail
	l.thumb.FillMode = canvas.ImageFillStretch
	l.size.Alignment = fyne.TextAlignTrailing
	objects := []fyne.CanvasObject{
		l.tint, l.check, l.tick.Image, l.chevron.Image, l.ground, l.icon.Image, l.thumb,
		l.name, l.count, l.folder,
	}
	for i := range l.badges {
		l.badges[i] = badge{canvas.NewRectangle(color.Transparent), canvas.NewText("", nil)}
		l.badges[i].ground.CornerRadius = badgeHeight / 2
		objects = append(objects, l.badges[i].ground, l.badges[i].text)
	}
	l.box = byHand(append(objects, l.size, l.state, l.outline)...)
	return l
}

// byHand is a container whose objects are placed by hand.
func byHand(objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Objects: objects}
}

// show draws row r. Thumb is nil where there is none; cursor draws the ring of
// the keyboard; hovered the tint of the pointer; fresh the one of new rows.
func (l *line) show(r Row, c columns, thumb image.Image, cursor, hovered, fresh bool) {
	ink := func(name fyne.ThemeColorName) color.Color { return theme.ColorForWidget(name, l.owner) }
	text, caption := theme.SizeForWidget(theme.SizeNameText, l.owner), theme.SizeForWidget(theme.SizeNameCaptionText, l.owner)
	height := look.RowHeight
	l.box.Resize(fyne.NewSize(c.width, height))

	ground := fyne.ThemeColorName("")
	if r.Tick == On {
		ground = look.ColorPrimaryTint
	} else if hovered {
		ground = theme.ColorNameHover
	} else if fresh {
		ground = look.ColorSuccessTint
	}
	widgets.PutFill(l.tint, l.owner, ground)
	l.tint.Move(fyne.NewPos(1, 0))
	l.tint.Resize(fyne.NewSize(c.width-2, height))
	l.outline.Hidden = !cursor
	l.outline.StrokeColor = ink(look.ColorFocus)
	l.outline.Move(fyne.NewPos(3, 1))
	l.outline.Resize(fyne.NewSize(c.width-6, height-2))

	l.showCheck(r.Tick, c)
	x := l.showHead(r, c, thumb)

	room := c.name + c.nameWidth - x
	if r.IsFolder {
		files := lang.Number(r.Files)
		width := fyne.MeasureText(files, caption, fyne.TextStyle{}).Width
		widgets.PutText(l.name, r.Name, room-width-6, text, true, ink(theme.ColorNameForeground))
		widgets.PutText(l.count, files, -1, caption, false, ink(look.ColorMuted))
		after := x + fyne.MeasureText(l.name.Text, text, l.name.TextStyle).Width + 6
		widgets.InRow(l.count, after, width, l.count.MinSize().Height, height)
	} else {
		widgets.PutText(l.name, r.Name, room, text, false, ink(theme.ColorNameForeground))
	}
	l.count.Hidden = !r.IsFolder
	widgets.InRow(l.name, x, max(room, 0), l.name.MinSize().Height, height)

	l.folder.Hidden = c.folderWidth == 0
	if !l.folder.Hidden {
		widgets.PutText(l.folder, widgets.ShortPath(r.Folder, c.folderWidth, text), c.folderWidth, text, false, ink(look.ColorMuted))
		widgets.InRow(l.folder, c.folder, c.folderWidth, l.folder.MinSize().Height, height)
	}
	l.showTags(r, c, caption)
	widgets.PutText(l.size, lang.Size(r.Size), -1, text, false, ink(look.ColorMuted))
	widgets.InRow(l.size, c.size, c.sizeWidth, l.size.MinSize().Height, height)

	kind, words, fraction := stateOf(r, c.roomy)
	l.state.Set(kind, words, fraction)
	widgets.InRow(l.state, c.state, c.stateWidth, height, height)
}

func (l *line) showCheck(tick Tick, c columns) {
	l.check.Hidden, l.tick.Hidden = c.check < 0, c.check < 0 || tick == Off
	if c.check < 0 {
		return
	}
	widgets.InRow(l.check, c.check, boxSide, boxSide, look.RowHeight)
	border := theme.ColorNameInputBorder
	if tick == Off {
		widgets.PutFill(l.check, l.owner, look.ColorSurface)
	} else {
		border = theme.ColorNamePrimary
		widgets.PutFill(l.check, l.owner, theme.ColorNamePrimary)
		shape := look.IconCheckBold
		if tick == Partly {
			shape = look.IconMinusBold
		}
		showIcon(l.tick, shape, theme.ColorNameForegroundOnPrimary)
		widgets.InRow(l.tick, c.check+2, boxSide-4, boxSide-4, look.RowHeight)
	}
	l.check.StrokeWidth = 1
	if stroke := theme.ColorForWidget(border, l.owner); l.check.StrokeColor != stroke {
		l.check.StrokeColor = stroke
		l.check.Refresh()
	}
}

// showHead draws what stands before the name, and gives where the name begins.
func (l *line) showHead(r Row, c columns, thumb image.Image) float32 {
	x := c.name + float32(r.Level)*indent
	height := look.RowHeight
	l.chevron.Hidden, l.ground.Hidden, l.thumb.Hidden = !r.IsFolder, true, true
	if r.IsFolder {
		shape := look.IconChevronRight
		if r.Open {
			shape = look.IconChevronDown
		}
		showIcon(l.chevron, shape, look.ColorMuted)
		widgets.InRow(l.chevron, x, look.IconRow, look.IconRow, height)
		showIcon(l.icon, look.IconFolder, theme.ColorNamePrimary)
		widgets.InRow(l.icon, x+chevronSlot, look.IconRow, look.IconRow, height)
		return x + chevronSlot + look.IconRow + 6
	}
	if r.Level > 0 {
		x += look.Space4
	}
	l.icon.Hidden = thumb != nil
	if thumb == nil {
		l.ground.Show()
		widgets.PutFill(l.ground, l.owner, look.ColorRaised)
		widgets.InRow(l.ground, x, thumbWidth, thumbHeight, height)
		showIcon(l.icon, kindIcon(r.Entry.File.Kind), look.ColorMuted)
		widgets.InRow(l.icon, x+(thumbWidth-look.IconRow)/2, look.IconRow, look.IconRow, height)
	} else {
		l.thumb.Show()
		widgets.InRow(l.thumb, x, thumbWidth, thumbHeight, height)
		if l.thumb.Image != thumb {
			l.thumb.Image = thumb
			l.thumb.Refresh()
		}
	}
	return x + thumbWidth + 10
}

func kindIcon(k intake.Kind) look.IconName {
	switch k {
	case intake.Video:
		return look.IconVideo
	case intake.Document:
		return look.IconDocument
	case intake.Medical:
		return look.IconMedical
	default:
		return look.IconImage
	}
}

// showTags draws as many tags as fit and says how many more there are.
func (l *line) showTags(r Row, c columns, size float32) {
	for i := range l.badges {
		l.badges[i].ground.Hide()
		l.badges[i].text.Hide()
	}
	tags := r.Tags
	if c.tagsWidth == 0 || len(tags) == 0 {
		return
	}
	const padding, gap, more float32 = 9, 5, 34
	x, end := c.tags, c.tags+c.tagsWidth
	for i, tag := range tags {
		last := i == len(tags)-1
		width := fyne.MeasureText(tag.Class, size, fyne.TextStyle{}).Width + 2*padding
		room := end - x
		if !last {
			room -= more
		}
		if i > 0 && (width > room || i == len(l.badges)-1) && !(last && width <= end-x) {
			l.badge(i, "+"+lang.Number(len(tags)-i), x, more-4, size, r.Tick == On)
			return
		}
		width = min(width, room)
		l.badge(i, tag.Class, x, width, size, r.Tick == On)
		x += width + gap
	}
}

func (l *line) badge(i int, text string, x, width, size float32, selected bool) {
	b := l.badges[i]
	ground := look.ColorRaised
	if selected {
		ground = look.ColorSurface
	}
	b.ground.Show()
	b.text.Show()
	widgets.PutFill(b.ground, l.owner, ground)
	widgets.PutText(b.text, text, width-10, size, false, theme.ColorForWidget(theme.ColorNameForeground, l.owner))
	b.text.Alignment = fyne.TextAlignCenter
	widgets.InRow(b.ground, x, width, badgeHeight, look.RowHeight)
	widgets.InRow(b.text, x, width, b.text.MinSize().Height, look.RowHeight)
}

// stateOf says what a row's state column shows: a word, or more where it is roomy.
func stateOf(r Row, roomy bool) (kind widgets.StateKind, words string, fraction float64) {
	if r.Waits {
		return widgets.StateWaiting, lang.L("Waiting"), -1
	}
	if r.IsFolder {
		switch r.Group {
		case NeedsYou:
			return widgets.StateNeedsYou, lang.L("Needs you"), -1
		case Sending:
			return widgets.StateSending, lang.L("Sending"), min(r.Part, 0.99)
		case Done:
			return doneWords(r, roomy)
		}
		return widgets.StateReady, lang.L("Ready"), -1
	}
	st := r.Entry.Status
	words = stateWords(st)
	switch GroupOf(st.State) {
	case Sending:
		return widgets.StateSending, words, float64(percent(st.Sent, r.Entry.File.Size)) / 100
	case NeedsYou:
		if why := shortReason(st.Problem); roomy && why != "" {
			words = named(words, why)
		}
		return widgets.StateNeedsYou, words, -1
	case Done:
		if st.State == uploader.Skipped {
			if roomy {
				words = named(words, lang.L("there already"))
			}
			return widgets.StateSkipped, words, -1
		}
		if r.Entry.Processed {
			return widgets.StateInDarwin, lang.L("In Darwin"), -1
		}
		return widgets.StateSent, words, -1
	}
	return widgets.StateReady, words, -1
}

// doneWords is the state of a folder of which nothing is left to send.
func doneWords(r Row, roomy bool) (kind widgets.StateKind, words string, fraction float64) {
	switch {
	case r.Processing > 0 && roomy:
		return widgets.StateSent, lang.N("%s sent", "All %s sent", r.Whole), -1
	case r.Processing > 0:
		return widgets.StateSent, lang.L("Sent"), -1
	case roomy:
		return widgets.StateInDarwin, lang.N("%s in Darwin", "All %s in Darwin", r.Whole), -1
	default:
		return widgets.StateInDarwin, lang.L("In Darwin"), -1
	}
}
