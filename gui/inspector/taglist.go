package inspector

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
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
	lines                 bool // its text has several
	note                  string
	locked                bool
	colour                string // of its class
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
		if class, known := l.v.editor.class(u.Class); known {
			tags[i].colour = class.Color + " "
		}
		tags[i].lines = l.severalLines(u)
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

// severalLines says whether a tag's text needs the whole width.
func (l *tagList) severalLines(u TagUse) bool {
	if row := l.rows[u.Class]; row != nil && row.dirty && row.focused {
		return row.field.Lines() > 1
	}
	return !u.TextsDiffer && strings.Contains(u.Text, "\n")
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
		row.show(s.Tags[i])
		l.texts.Add(row.build(l.width, l.chip(tag, s.Tags[i])))
	}
	l.rows = kept
}

func (l *tagList) chip(tag shownTag, u TagUse) fyne.CanvasObject {
	var chip interface {
		fyne.CanvasObject
		SetIcon(fyne.Resource)
	}
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
	if class, known := l.v.editor.class(tag.class); known {
		chip.SetIcon(widgets.Dot(dotColour(class)))
	}
	if !tag.new {
		return chip
	}
	return arrange.Line(4, 0, chip, widgets.NewIcon(look.IconTriangleAlert, theme.ColorNameWarning, 16),
		widgets.NewText(lang.L("new"), theme.SizeNameCaptionText, plain).Coloured(theme.ColorNameWarning))
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
	hint    *widgets.Paragraph // what is wrong with JSON
	dirty   bool
	focused bool
}

func newTextRow(v *View, class string) *textRow {
	r := &textRow{v: v, class: class, field: widgets.NewField()}
	r.hint = widgets.NewParagraph("", theme.SizeNameCaptionText, plain).Coloured(theme.ColorNameWarning)
	r.field.SetCompact(true)
	r.field.SetLines(maxLines)
	r.field.SetOnUndo(func() { call(v.OnUndo) }, func() { call(v.OnRedo) })
	r.field.OnChanged = r.changed
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
	// Nor is there for several lines.
	hint := arrange.Prose(width, r.hint)
	if r.field.Lines() > 1 || chip.MinSize().Width > width*0.48 {
		return arrange.Column(6, arrange.Flow(width, 0, chip), r.field, hint)
	}
	return arrange.Column(6, arrange.Line(8, 1, chip, r.field), hint)
}

// maxLines is how many lines of a text are seen at once.
const maxLines = 6

// changed is for each key stroke.
func (r *textRow) changed(string) {
	r.dirty = true
	r.check()
	r.v.tags.show() // the field may need another place
	r.v.relayout()
}

// check says what is wrong with JSON, which may be sent all the same.
func (r *textRow) check() {
	problem := jsonProblem(r.field.Text)
	r.hint.SetText(problem)
	widgets.SetShown(r.hint, problem != "")
}

func (r *textRow) show(u TagUse) {
	widgets.SetEnabled(r.field, !r.v.locked)
	if r.dirty && r.focused {
		return
	}
	r.dirty = false
	text, placeholder := u.Text, lang.L("text")
	if u.TextsDiffer {
		text, placeholder = "", lang.L("different texts")
	}
	r.was = text
	r.field.SetPlaceHolder(placeholder)
	r.set(text)
	r.check()
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
