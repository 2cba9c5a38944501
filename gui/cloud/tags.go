package cloud

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

// mostOffers is how many tags are offered at most below the field.
const mostOffers = 5

// tagList is the tags that all items get, or those of the folder that is
// chosen in the preview, and the field that adds one.
type tagList struct {
	v       *View
	of      scope
	classes []darwin.TagClass
	known   bool
	problem error

	whose  *widgets.Text
	back   *widgets.Button
	title  *fyne.Container
	chips  *fyne.Container
	shown  []darwin.Tag // what the chips were made for
	shownB scope
	field  *widgets.Field
	offers *fyne.Container
	maker  *classMaker
	hint   *widgets.Paragraph
	box    *fyne.Container
}

func newTagList(v *View) *tagList {
	t := &tagList{v: v, chips: arrange.Column(look.Space2), field: widgets.NewField(), offers: arrange.Flow(insideWidth, 6)}
	t.field.SetIcon(look.Icon(look.IconTag))
	t.field.SetPlaceHolder(lang.L("Add a tag"))
	t.field.OnChanged = func(string) {
		t.maker.forget()
		t.refresh()
	}
	t.field.OnSubmitted = func(string) { t.take() }
	t.field.SetOnEscape(func() { t.field.SetText("") })
	t.hint = widgets.NewParagraph("", theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted)
	t.whose = widgets.NewShrinkingText("", theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted).Aligned(fyne.TextAlignTrailing)
	t.back = widgets.NewButton(widgets.Link, lang.L("For all"), nil, func() { v.right.turn(everything) })
	t.maker = newClassMaker(t)
	t.title = arrange.Line(look.Space2, 1, widgets.NewText(lang.L("Tags"), theme.SizeNameText, bold), t.whose, t.back)
	t.box = arrange.Column(look.Space2, t.title, t.chips, t.field, t.offers, t.maker.box, arrange.Prose(insideWidth, t.hint))
	t.refresh()
	return t
}

// setClasses tells the team's tag classes, or why they are not known.
func (t *tagList) setClasses(all []darwin.TagClass, err error) {
	t.classes, t.problem, t.known = all, err, err == nil
	t.shown = nil
	t.refresh()
}

// turn shows the tags of another folder.
func (t *tagList) turn(s scope) {
	t.of = s
	t.refresh()
}

// fitting are the classes that could be added for what is typed.
func (t *tagList) fitting() (found []darwin.TagClass) {
	typed := strings.ToLower(strings.TrimSpace(t.field.Text))
	if typed == "" {
		return nil
	}
	var inside []darwin.TagClass
	for _, c := range t.classes {
		name := strings.ToLower(c.Name)
		switch {
		case t.v.tags.carries(t.of, c.Name):
		case strings.HasPrefix(name, typed):
			found = append(found, c)
		case strings.Contains(name, typed):
			inside = append(inside, c)
		}
	}
	return append(found, inside...)
}

// take adds the best of what fits.
func (t *tagList) take() {
	if found := t.fitting(); len(found) > 0 {
		t.add(found[0].Name)
	}
}

func (t *tagList) add(class string) { t.addTo(t.of, class) }

// addTo is add for a folder that need not be chosen any more.
func (t *tagList) addTo(of scope, class string) {
	if !t.v.tags.carries(of, class) {
		t.set(of, append(slices.Clone(t.v.tags[of]), darwin.Tag{Class: class}))
	}
	t.field.SetText("")
	t.refresh()
}

func (t *tagList) set(of scope, tags []darwin.Tag) {
	t.v.tags = t.v.tags.with(of, tags)
	t.v.replan()
	t.v.right.show()
}

func (t *tagList) remove(class string) {
	t.set(t.of, slices.DeleteFunc(slices.Clone(t.v.tags[t.of]), func(tag darwin.Tag) bool { return tag.Class == class }))
	t.refresh()
}

// write sets the text of a tag; the field that it is typed in stays.
func (t *tagList) write(class, text string) {
	tags := slices.Clone(t.v.tags[t.of])
	for i := range tags {
		if tags[i].Class == class {
			tags[i].Text = strings.TrimSpace(text)
		}
	}
	t.v.tags = t.v.tags.with(t.of, tags)
	t.shown = tags
	t.v.replan()
}

func (t *tagList) refresh() {
	t.showChips()
	found := t.fitting()
	t.offers.Objects = nil
	for _, c := range found[:min(len(found), mostOffers)] {
		t.offers.Add(widgets.NewOutlinedChip(c.Name, "", func() { t.add(c.Name) }))
	}
	widgets.SetShown(t.offers, len(found) > 0)
	typed := strings.TrimSpace(t.field.Text)
	t.maker.show(typed, typed != "" && len(found) == 0 && t.known && !t.v.tags.carries(t.of, typed))
	text := ""
	switch {
	case t.problem != nil:
		text = told(t.problem)
	case t.maker.problem != nil:
		text = told(t.maker.problem)
	case typed != "" && t.v.tags.carries(t.of, typed) && t.of == everything:
		text = lang.L("All items have this tag.")
	case typed != "" && t.v.tags.carries(t.of, typed):
		text = lang.L("This folder has the tag.")
	}
	t.hint.SetText(text)
	widgets.SetShown(t.hint, text != "")
	t.chips.Refresh()
	t.box.Refresh()
	if t.v.right != nil { // while the place is made there is none yet
		t.whose.SetText(t.v.right.scopeWords(t.of))
		widgets.SetShown(t.back, t.of != everything)
		t.title.Refresh()
		t.v.right.column.Refresh()
	}
}

// showChips keeps what somebody types a text in, as long as the tags are the
// same.
func (t *tagList) showChips() {
	tags := t.v.tags[t.of]
	widgets.SetShown(t.chips, len(tags) > 0)
	if t.shown != nil && t.shownB == t.of && slices.Equal(t.shown, tags) {
		return
	}
	t.shown, t.shownB = append([]darwin.Tag{}, tags...), t.of
	t.chips.Objects = nil
	for _, tag := range tags {
		chip := widgets.NewTagChip(tag.Class, func() { t.remove(tag.Class) })
		line := arrange.Line(look.Space2, 1, chip)
		if t.takesText(tag.Class) {
			field := widgets.NewField()
			field.SetCompact(true)
			field.SetPlaceHolder(lang.L("Text"))
			field.SetText(tag.Text)
			field.OnChanged = func(text string) { t.write(tag.Class, text) }
			line.Add(field)
		} else {
			line.Add(widgets.NewShrinkingText("", theme.SizeNameText, plain))
		}
		t.chips.Add(line)
	}
}

func (t *tagList) takesText(class string) bool {
	i := slices.IndexFunc(t.classes, func(c darwin.TagClass) bool { return c.Name == class })
	return i >= 0 && t.classes[i].TakesText
}
