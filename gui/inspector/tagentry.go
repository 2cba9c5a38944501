package inspector

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
)

// tagEntry is the field that adds tags, with what it offers below it. The offer
// is part of the inspector's own stack and no pop-up, so that the field keeps
// the cursor.
type tagEntry struct {
	v        *View
	field    *widgets.Field
	rows     [maxSuggestions]*offerRow
	line     *fyne.Container
	create   *offerRow
	withText *widget.Check
	nothing  *widgets.Text
	panel    *widgets.Card
	quick    *fyne.Container // tags that the person likes to use
	built    []quickTag      // what is in it

	working *widgets.Text
	state   *widgets.Paragraph // the classes are loading
	problem *widgets.Notice    // the classes, or the creation, failed
	again   *widgets.Button
	all     *fyne.Container
}

func newTagEntry(v *View) *tagEntry {
	e := &tagEntry{v: v, field: widgets.NewField()}
	e.field.SetIcon(look.Icon(look.IconTag))
	e.field.SetPlaceHolder(lang.L("Add a tag"))
	e.field.OnChanged = func(text string) {
		v.editor.setTyped(text)
		e.refresh()
	}
	e.field.SetOnDown(func() { v.editor.move(+1); e.refresh() })
	e.field.SetOnUp(func() { v.editor.move(-1); e.refresh() })
	e.field.SetOnEscape(e.clear)
	e.field.OnSubmitted = func(string) { e.take() }

	for i := range e.rows {
		e.rows[i] = newOfferRow(func() { v.editor.lit = i; e.take() }, func() { e.favour(i) })
	}
	e.create = newOfferRow(func() { v.editor.lit = len(v.editor.offer.suggestions); e.take() }, nil)
	e.field.SetOnUndo(func() { call(v.OnUndo) }, func() { call(v.OnRedo) })
	e.withText = widget.NewCheck(lang.L("It takes a text"), func(on bool) { v.editor.withText = on })
	e.nothing = widgets.NewCaption("")
	e.working = widgets.NewCaption("")
	e.state = widgets.NewParagraph("", theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted)
	e.problem = widgets.NewNotice(widgets.NoticeWarning, "")
	e.again = widgets.NewButton(widgets.Tinted, lang.L("Try again"), nil, func() { call(v.OnReloadClasses) })
	return e
}

func (e *tagEntry) build(width float32) fyne.CanvasObject {
	inside := arrange.Column(0)
	for _, row := range e.rows {
		inside.Add(row)
	}
	e.line = arrange.Inset(4, 4, 10, 10, widget.NewSeparator())
	inside.Add(e.line)
	inside.Add(e.create)
	inside.Add(arrange.Inset(0, 0, 30, 0, e.withText))
	inside.Add(arrange.Inset(8, 8, 12, 12, e.nothing))
	e.panel = widgets.NewCard(inside).SetPadding(4).SetRadius(look.RadiusButton).SetGround(theme.ColorNameOverlayBackground)
	e.quick = arrange.Flow(width, 6)
	e.built = nil
	e.all = arrange.Column(6, e.field, e.panel, e.quick, e.working,
		arrange.Prose(width, e.state), arrange.Wide(width, e.problem), arrange.Line(0, -1, e.again))
	return e.all
}

// show brings the field up to date without moving anything into view.
func (e *tagEntry) show() {
	widgets.SetShown(e.all, !e.v.locked)
	ed := &e.v.editor
	if e.field.Text != ed.typed {
		onChanged := e.field.OnChanged
		e.field.OnChanged = nil
		e.field.SetText(ed.typed)
		e.field.OnChanged = onChanged
	}
	e.showPanel(ed)
	e.showQuick(ed)
	e.showStates(ed)
}

func (e *tagEntry) showPanel(ed *editor) {
	for i, row := range e.rows {
		fits := i < len(ed.offer.suggestions)
		if fits {
			s := ed.offer.suggestions[i]
			row.setSuggestion(s, i == ed.lit, ed.liked(s.class.Name) == 0)
		}
		widgets.SetShown(row, fits)
	}
	n := len(ed.offer.suggestions)
	create := ed.canCreate()
	if create {
		e.create.setCreate(ed.offer.create, ed.lit == n)
	}
	nothing := ""
	if n == 0 && !create && ed.creating == "" {
		nothing = lang.L("Nothing fits.")
		if ed.typed != "" && ed.state == classesKnown {
			nothing = lang.L("All files have this tag.")
		}
	}
	e.nothing.SetText(nothing)
	widgets.SetShown(e.nothing, nothing != "")
	widgets.SetShown(e.line, create && n > 0)
	widgets.SetShown(e.create, create)
	widgets.SetShown(e.withText, create)
	if e.withText.Checked != ed.withText {
		e.withText.SetChecked(ed.withText)
	}
	widgets.SetShown(e.panel, ed.open && (n > 0 || create || nothing != "") && ed.state == classesKnown)
}

// quickTag is a chip that adds a tag with one tap.
type quickTag struct {
	class darwin.TagClass
	liked bool
}

// showQuick offers the tags that the person likes to use, while nothing is typed.
func (e *tagEntry) showQuick(ed *editor) {
	var tags []quickTag
	for _, class := range ed.quick() {
		tags = append(tags, quickTag{class, ed.liked(class.Name) == 0})
	}
	widgets.SetShown(e.quick, !ed.open && ed.state == classesKnown && len(tags) > 0)
	same := func(a, b quickTag) bool {
		return a.class.Name == b.class.Name && a.class.Color == b.class.Color && a.liked == b.liked
	}
	if slices.EqualFunc(tags, e.built, same) {
		return
	}
	e.built = tags
	e.quick.Objects = nil
	for _, tag := range tags {
		chip := widgets.NewOutlinedChip(tag.class.Name, "", func() { e.add(tag.class.Name) })
		chip.SetIcon(widgets.Dot(dotColour(tag.class)))
		if tag.liked {
			chip.SetIcon(look.IconIn(look.IconStarFilled, theme.ColorNameWarning))
		}
		e.quick.Add(chip)
	}
}

// favour makes a suggestion a favourite, or no longer.
func (e *tagEntry) favour(i int) {
	ed := &e.v.editor
	if i >= len(ed.offer.suggestions) || e.v.OnFavourite == nil {
		return
	}
	name := ed.offer.suggestions[i].class.Name
	e.v.OnFavourite(name, ed.liked(name) != 0)
	widgets.Focus(e.v, e.field)
}

func (e *tagEntry) showStates(ed *editor) {
	working := ""
	if ed.creating != "" {
		working = lang.L("Creating the tag “%s”", ed.creating)
	}
	e.working.SetText(working)
	widgets.SetShown(e.working, working != "")

	widgets.SetShown(e.state, ed.state == classesLoading)
	e.state.SetText(lang.L("Asking Darwin for the team’s tags."))
	switch {
	case ed.createFailed != nil:
		e.problem.Set(widgets.NoticeWarning, lang.L("The tag “%s” was not created. %s", ed.notCreated, lang.Fault(ed.createFailed)))
	case ed.state == classesFailed:
		e.problem.Set(widgets.NoticeWarning, lang.Fault(ed.problem))
	}
	widgets.SetShown(e.problem, ed.createFailed != nil || ed.state == classesFailed)
	widgets.SetShown(e.again, ed.createFailed == nil && ed.state == classesFailed && e.v.OnReloadClasses != nil)
}

// refresh is show after something was done in the field: what it offers has
// to be seen.
func (e *tagEntry) refresh() {
	e.show()
	e.v.relayout()
	if e.panel.Visible() || e.problem.Visible() {
		e.v.scroll.ScrollToBottom()
	}
}

func (e *tagEntry) clear() {
	e.v.editor.close()
	e.refresh()
}

// take takes the lit line: the class goes on the files, or is made first.
func (e *tagEntry) take() {
	ed := &e.v.editor
	class, create := ed.litLine()
	switch {
	case class != "":
		e.add(class)
	case create != "" && e.v.OnCreateTag != nil:
		e.startCreating(create)
	}
}

// add puts a tag on the files, and the keyboard where its text goes.
func (e *tagEntry) add(class string) {
	takesText := e.v.editor.takesText(TagUse{Class: class})
	e.clear()
	if e.v.OnAddTag != nil {
		e.v.OnAddTag(darwin.Tag{Class: class})
	}
	widgets.Focus(e.v, e.field)
	if row := e.v.tags.rows[class]; takesText && row != nil {
		widgets.Focus(e.v, row.field)
	}
}

func (e *tagEntry) startCreating(name string) {
	ed := &e.v.editor
	withText := ed.withText
	ed.creating, ed.createFailed = name, nil
	ed.offerAgain()
	e.refresh()
	widgets.Focus(e.v, e.field)
	e.v.OnCreateTag(name, withText, func(err error) {
		e.v.post(func() {
			if ed.creating != name {
				return // told twice
			}
			ed.created(err)
			e.refresh()
		})
	})
}
