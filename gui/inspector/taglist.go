package inspector

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
)

// tagList shows the tags of the selection: chips in rows, and below them a row
// of its own for every tag with a text.
type tagList struct {
	v     *View
	width float32
	chips *fyne.Container
	texts *fyne.Container
	rows  map[string]*textRow
	built []shownTag // what is on the screen, so that it is not built again
}

// shownTag is all that a tag's looks depend on, but for its text.
type shownTag struct {
	class                 string
	everywhere, text, new bool
	note                  string
	locked                bool
}

func newTagList(v *View) *tagList { return &tagList{v: v, rows: map[string]*textRow{}} }

func (l *tagList) build(width float32) fyne.CanvasObject {
	l.width = width
	l.chips = arrange.Flow(width, 8)
	l.texts = arrange.Column(8)
	return arrange.Column(8, l.chips, l.texts)
}

// forget lets the next show build everything anew.
func (l *tagList) forget() { l.built = nil }

func (l *tagList) show() {
	s := l.v.shown
	tags := make([]shownTag, len(s.Tags))
	for i, u := range s.Tags {
		tags[i] = shownTag{class: u.Class, everywhere: s.everywhere(u), text: l.v.editor.takesText(u),
			new: l.v.editor.isNew(u.Class), note: s.partly(u), locked: l.v.locked}
	}
	if l.built == nil || !slices.Equal(tags, l.built) {
		l.built = tags
		l.fill(s)
	}
	for _, u := range s.Tags {
		if row := l.rows[u.Class]; row != nil {
			row.show(u)
		}
	}
}

// fill makes the chips. Rows with a text are kept, since somebody may type in
// one of them.
func (l *tagList) fill(s Selection) {
	l.chips.Objects, l.texts.Objects = nil, nil
	kept := map[string]*textRow{}
	for i, tag := range l.built {
		if !tag.text {
			l.chips.Add(l.chip(tag, s.Tags[i]))
			continue
		}
		row := l.rows[tag.class]
		if row == nil {
			row = newTextRow(l.v, tag.class)
		}
		kept[tag.class] = row
		l.texts.Add(row.build(l.width, l.chip(tag, s.Tags[i])))
	}
	l.rows = kept
}

func (l *tagList) chip(tag shownTag, u TagUse) fyne.CanvasObject {
	var chip fyne.CanvasObject
	switch {
	case tag.everywhere && tag.locked:
		chip = widgets.NewTagChip(tag.class, nil)
	case tag.everywhere:
		chip = widgets.NewTagChip(tag.class, func() { l.remove(tag.class) })
	case tag.locked:
		chip = widgets.NewOutlinedChip(tag.class, tag.note, nil)
	default:
		chip = widgets.NewOutlinedChip(tag.class, tag.note, func() { l.addToAll(u) })
	}
	if !tag.new {
		return chip
	}
	return arrange.Line(4, 0, chip, widgets.NewIcon(look.IconTriangleAlert, theme.ColorNameWarning, 16),
		widgets.NewText("new", theme.SizeNameCaptionText, plain).Coloured(theme.ColorNameWarning))
}

func (l *tagList) remove(class string) {
	if l.v.OnRemoveTag != nil {
		l.v.OnRemoveTag(class)
	}
	l.v.FocusTags() // the chip that had the cursor is gone
}

func (l *tagList) addToAll(u TagUse) {
	if l.v.OnAddTag == nil {
		return
	}
	tag := darwin.Tag{Class: u.Class}
	if !u.TextsDiffer {
		tag.Text = u.Text
	}
	l.v.OnAddTag(tag)
}

func (l *tagList) commit() {
	for _, row := range l.rows {
		row.commit()
	}
}

// textRow is a chip with the tag's text beside it.
type textRow struct {
	v       *View
	class   string
	was     string // the text before somebody typed
	field   *widgets.Field
	dirty   bool
	focused bool
}

func newTextRow(v *View, class string) *textRow {
	r := &textRow{v: v, class: class, field: widgets.NewField()}
	r.field.SetCompact(true)
	r.field.OnChanged = func(string) { r.dirty = true }
	r.field.OnSubmitted = func(string) { r.commit() }
	r.field.SetOnEscape(func() {
		r.set(r.was)
		r.dirty = false
	})
	r.field.SetOnFocus(func(on bool) {
		r.focused = on
		if !on {
			r.commit()
		}
	})
	return r
}

func (r *textRow) build(width float32, chip fyne.CanvasObject) fyne.CanvasObject {
	// Beside a long name there is no room for the text, which is what one came for.
	if chip.MinSize().Width > width*0.48 {
		return arrange.Column(6, arrange.Flow(width, 0, chip), r.field)
	}
	return arrange.Line(8, 1, chip, r.field)
}

func (r *textRow) show(u TagUse) {
	widgets.SetEnabled(r.field, !r.v.locked)
	if r.dirty && r.focused {
		return
	}
	r.dirty = false
	text, placeholder := u.Text, "text"
	if u.TextsDiffer {
		text, placeholder = "", "different texts"
	}
	r.was = text
	r.field.SetPlaceHolder(placeholder)
	r.set(text)
}

func (r *textRow) set(text string) {
	onChanged := r.field.OnChanged
	r.field.OnChanged = nil
	r.field.SetText(text)
	r.field.OnChanged = onChanged
}

func (r *textRow) commit() {
	if !r.dirty || r.v.locked {
		return
	}
	r.dirty = false
	if r.field.Text != r.was && r.v.OnTagText != nil {
		r.was = r.field.Text
		r.v.OnTagText(r.class, r.field.Text)
	}
}
