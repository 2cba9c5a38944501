package history

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/receipt"
)

// batches are the rows of the list at the left: uploads below the names of
// their days.
type batches struct {
	list    []receipt.Summary
	entries []batchEntry
	tops    []float32 // of the entries, and the end of the last
	now     time.Time
	running []int64 // the uploads that are being sent now

	onChosen func(s receipt.Summary, byKeys bool)
	onEnd    func() // the last row can be seen
}

// batchEntry is one row: a heading, or the upload at index.
type batchEntry struct {
	heading string
	index   int
}

const (
	batchHeight   float32 = 60
	headingHeight float32 = 36
)

// set shows a list.
func (b *batches) set(list []receipt.Summary, now time.Time) {
	b.list, b.now = list, now
	b.entries, b.tops = b.entries[:0], b.tops[:0]
	y, before := float32(0), ""
	add := func(e batchEntry, height float32) {
		b.entries, b.tops = append(b.entries, e), append(b.tops, y)
		y += height
	}
	for i, s := range list {
		if name := dayName(s.Began, now); name != before {
			add(batchEntry{heading: name, index: -1}, headingHeight)
			before = name
		}
		add(batchEntry{index: i}, batchHeight)
	}
	b.tops = append(b.tops, y)
}

// rowOf finds the row of an upload, -1 if it has none.
func (b *batches) rowOf(id int64) int {
	for i, e := range b.entries {
		if e.index >= 0 && b.list[e.index].ID == id {
			return i
		}
	}
	return -1
}

func (b *batches) label() string { return lang.L("Uploads") }
func (b *batches) count() int    { return len(b.entries) }

func (b *batches) top(i int) float32 {
	if len(b.tops) == 0 {
		return 0
	}
	return b.tops[min(i, len(b.tops)-1)]
}

func (b *batches) canChoose(i int) bool { return b.entries[i].index >= 0 }

func (b *batches) chose(i int, byKeys bool) { b.onChosen(b.list[b.entries[i].index], byKeys) }

func (b *batches) seen(_, to int) {
	if to == len(b.entries) && to > 0 {
		b.onEnd()
	}
}

func (b *batches) newRow(owner *sheet) row {
	r := &batchRow{batches: b, owner: owner, ground: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil), icon: widgets.NewGlyph(owner),
		heading: canvas.NewText("", nil), name: canvas.NewText("", nil), when: canvas.NewText("", nil), words: canvas.NewText("", nil)}
	r.ground.CornerRadius = look.RadiusButton
	r.ring.CornerRadius, r.ring.StrokeWidth = look.RadiusButton, 2
	r.box = &fyne.Container{Objects: []fyne.CanvasObject{r.ground, r.icon.Image, r.heading, r.name, r.when, r.words, r.ring}}
	return r
}

// batchRow draws one upload, or the name of a day.
type batchRow struct {
	batches                    *batches
	owner                      *sheet
	box                        *fyne.Container
	ground, ring               *canvas.Rectangle
	icon                       *widgets.Glyph
	heading, name, when, words *canvas.Text
}

func (r *batchRow) object() fyne.CanvasObject { return r.box }

func (r *batchRow) show(i int, width float32, at rowState) {
	e := r.batches.entries[i]
	isHeading := e.index < 0
	r.heading.Hidden = !isHeading
	r.ground.Hidden, r.name.Hidden, r.when.Hidden, r.words.Hidden = isHeading, isHeading, isHeading, isHeading
	r.icon.Hidden, r.ring.Hidden = true, !at.ring
	if isHeading {
		r.showHeading(e.heading, width)
		return
	}
	r.showBatch(r.batches.list[e.index], width, at)
}

func (r *batchRow) showHeading(text string, width float32) {
	muted := theme.ColorForWidget(look.ColorMuted, r.owner)
	in := insetsFor(width)
	widgets.PutText(r.heading, text, width-2*in.content, theme.SizeForWidget(theme.SizeNameCaptionText, r.owner), false, muted)
	size := r.heading.MinSize()
	r.heading.Move(fyne.NewPos(in.content, headingHeight-size.Height-6))
	r.heading.Resize(size)
}

// insets are distances from the list's edge: to the ground of a row, to its
// content, and to its words.
type insets struct{ ground, content, words float32 }

func insetsFor(width float32) insets {
	if width < listWide {
		return insets{8, look.MarginNarrow, 42}
	}
	return insets{12, look.Margin, 56}
}

func (r *batchRow) showBatch(s receipt.Summary, width float32, at rowState) {
	in := insetsFor(width)
	ground := fyne.ThemeColorName("")
	switch {
	case at.chosen:
		ground = look.ColorPrimaryTint
	case at.hovered:
		ground = theme.ColorNameHover
	}
	widgets.PutFill(r.ground, r.owner, ground)
	for _, o := range []*canvas.Rectangle{r.ground, r.ring} {
		o.Move(fyne.NewPos(in.ground, 2))
		o.Resize(fyne.NewSize(width-2*in.ground, batchHeight-4))
	}
	r.ring.StrokeColor = theme.ColorForWidget(look.ColorFocus, r.owner)

	ink := theme.ColorForWidget(theme.ColorNameForeground, r.owner)
	muted := theme.ColorForWidget(look.ColorMuted, r.owner)
	text, caption := theme.SizeForWidget(theme.SizeNameText, r.owner), theme.SizeForWidget(theme.SizeNameCaptionText, r.owner)
	kind, words, brief := verdict(s, slices.Contains(r.batches.running, s.ID))
	r.icon.Set(look.IconIn(kind.Icon(), kind.Colour()))
	r.icon.Move(fyne.NewPos(in.content, 11))
	r.icon.Resize(fyne.NewSquareSize(look.IconRow))

	widgets.PutText(r.when, clockOrDate(s.Began, r.batches.now), -1, caption, false, muted)
	when := r.when.MinSize()
	r.when.Move(fyne.NewPos(width-in.content-when.Width, 20-when.Height/2))
	r.when.Resize(when)
	widgets.PutText(r.name, s.Dataset.Name, width-in.words-in.content-when.Width-8, text, true, ink)
	r.name.Move(fyne.NewPos(in.words, 20-r.name.MinSize().Height/2))
	r.name.Resize(r.name.MinSize())
	said := muted
	if kind == widgets.StateNeedsYou {
		said = theme.ColorForWidget(theme.ColorNameWarning, r.owner)
	}
	room := width - in.words - in.content
	if fyne.MeasureText(words, text, plain).Width > room {
		words = brief
	}
	widgets.PutText(r.words, words, room, text, false, said)
	r.words.Move(fyne.NewPos(in.words, 40-r.words.MinSize().Height/2))
	r.words.Resize(r.words.MinSize())
}
