package cloud

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// mostOffers is how many tags are offered at most below the field.
const mostOffers = 5

// tagList is the tags that every item gets, and the field that adds one.
type tagList struct {
	v       *View
	classes []darwin.TagClass
	known   bool
	problem error

	chips  *fyne.Container
	field  *widgets.Field
	offers *fyne.Container
	hint   *widgets.Paragraph
	box    *fyne.Container
}

func newTagList(v *View) *tagList {
	t := &tagList{v: v, chips: arrange.Column(look.Space2), field: widgets.NewField(), offers: arrange.Flow(insideWidth, 6)}
	t.field.SetIcon(look.Icon(look.IconTag))
	t.field.SetPlaceHolder("Add a tag")
	t.field.OnChanged = func(string) { t.refresh() }
	t.field.OnSubmitted = func(string) { t.take() }
	t.field.SetOnEscape(func() { t.field.SetText("") })
	t.hint = widgets.NewParagraph("", theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted)
	t.box = arrange.Column(look.Space2,
		arrange.Line(0, 0, widgets.NewShrinkingText("Tags", theme.SizeNameText, bold), widgets.NewText("for all", theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted)),
		t.chips, t.field, t.offers, arrange.Prose(insideWidth, t.hint))
	t.refresh()
	return t
}

// setClasses tells the team's tag classes, or why they are not known.
func (t *tagList) setClasses(all []darwin.TagClass, err error) {
	t.classes, t.problem, t.known = all, err, err == nil
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
		case t.has(c.Name):
		case strings.HasPrefix(name, typed):
			found = append(found, c)
		case strings.Contains(name, typed):
			inside = append(inside, c)
		}
	}
	return append(found, inside...)
}

func (t *tagList) has(class string) bool {
	return slices.ContainsFunc(t.v.tags, func(tag darwin.Tag) bool { return tag.Class == class })
}

// take adds the best of what fits.
func (t *tagList) take() {
	if found := t.fitting(); len(found) > 0 {
		t.add(found[0].Name)
	}
}

func (t *tagList) add(class string) {
	if !t.has(class) {
		t.v.tags = append(slices.Clone(t.v.tags), darwin.Tag{Class: class})
	}
	t.field.SetText("")
	t.refresh()
	t.v.replan()
}

func (t *tagList) remove(class string) {
	t.v.tags = slices.DeleteFunc(slices.Clone(t.v.tags), func(tag darwin.Tag) bool { return tag.Class == class })
	t.refresh()
	t.v.replan()
}

// write sets the text of a tag; the field that it is typed in stays.
func (t *tagList) write(class, text string) {
	t.v.tags = slices.Clone(t.v.tags)
	for i := range t.v.tags {
		if t.v.tags[i].Class == class {
			t.v.tags[i].Text = strings.TrimSpace(text)
		}
	}
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
	text := ""
	typed := strings.TrimSpace(t.field.Text)
	switch {
	case t.problem != nil:
		text = fault.Of(t.problem).Error()
	case typed != "" && t.has(typed):
		text = "All items have this tag."
	case typed != "" && len(found) == 0 && t.known:
		text = "The team has no such tag. Create it in Darwin or in the place Upload first."
	}
	t.hint.SetText(text)
	widgets.SetShown(t.hint, text != "")
	t.chips.Refresh()
	t.box.Refresh()
	if t.v.right != nil { // while the place is made there is none yet
		t.v.right.column.Refresh()
	}
}

func (t *tagList) showChips() {
	if len(t.chips.Objects) == len(t.v.tags) && t.field.Text != "" {
		return // somebody types a tag; the rest stays as it is
	}
	t.chips.Objects = nil
	for _, tag := range t.v.tags {
		chip := widgets.NewTagChip(tag.Class, func() { t.remove(tag.Class) })
		line := arrange.Line(look.Space2, 1, chip)
		if i := slices.IndexFunc(t.classes, func(c darwin.TagClass) bool { return c.Name == tag.Class }); i >= 0 && t.classes[i].TakesText {
			field := widgets.NewField()
			field.SetCompact(true)
			field.SetPlaceHolder("Text")
			field.SetText(tag.Text)
			field.OnChanged = func(text string) { t.write(tag.Class, text) }
			line.Add(field)
		} else {
			line.Add(widgets.NewShrinkingText("", theme.SizeNameText, plain))
		}
		t.chips.Add(line)
	}
	widgets.SetShown(t.chips, len(t.v.tags) > 0)
}
