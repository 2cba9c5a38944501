package cloud

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/darwin"
)

// folderLine is one line of the preview: a folder with its number of items and
// its tags. A tap, Space or Enter turns to its tags.
type folderLine struct {
	widget.BaseWidget
	card   *widgets.Card
	name   string
	choose func()
	chosen bool
}

var (
	_ desktop.Cursorable = (*folderLine)(nil)
	_ fyne.Focusable     = (*folderLine)(nil)
)

func newFolderLine(level int, icon look.IconName, name string, items int, tags []darwin.Tag, choose func()) *folderLine {
	line := arrange.Line(look.Space2, 2, arrange.Gap(float32(level)*look.Space3), widgets.NewIcon(icon, look.ColorMuted, look.IconRow),
		widgets.NewShrinkingText(name, theme.SizeNameText, plain))
	if items > 0 {
		line.Add(widgets.NewText(lang.Number(items), theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted))
	}
	if len(tags) > 0 {
		line.Add(badge(look.IconTag, tagWords(tags)))
	}
	f := &folderLine{name: name, choose: choose}
	f.card = widgets.NewCard(arrange.Inset(look.Space1, look.Space1, look.Space1, look.Space1, line)).SetPadding(0)
	f.ExtendBaseWidget(f)
	f.paint(false)
	return f
}

// tagWords name the first tag, and say how many there are besides.
func tagWords(tags []darwin.Tag) string {
	first := []rune(tags[0].Class)
	if len(first) > 12 {
		first = append(first[:11], '…')
	}
	if len(tags) == 1 {
		return string(first)
	}
	return lang.L("%s +%s", string(first), lang.Number(len(tags)-1))
}

func (f *folderLine) setChosen(on bool) {
	f.chosen = on
	f.paint(false)
}

func (f *folderLine) paint(focused bool) {
	ground, border := look.ColorSurface, look.ColorSurface
	if f.chosen {
		ground, border = look.ColorPrimaryTint, look.ColorPrimaryTint
	}
	if focused {
		border = theme.ColorNamePrimary
	}
	f.card.SetGround(ground).SetBorder(border)
}

// CreateRenderer is for Fyne.
func (f *folderLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.card) }

// Tapped turns to the folder's tags.
func (f *folderLine) Tapped(*fyne.PointEvent) { f.choose() }

// Cursor is a hand.
func (f *folderLine) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained and FocusLost show where the keyboard is.
func (f *folderLine) FocusGained() { f.paint(true) }

// FocusLost is for Fyne.
func (f *folderLine) FocusLost() { f.paint(false) }

// TypedRune does nothing; Space comes as a key.
func (f *folderLine) TypedRune(rune) {}

// TypedKey operates the line with Space and Enter.
func (f *folderLine) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeySpace || ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter {
		f.choose()
	}
}

// AccessibilityLabel is the folder's name.
func (f *folderLine) AccessibilityLabel() string { return f.name }

// AccessibilityRole is button.
func (f *folderLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// tree is the folders as they will be in Darwin.
type tree struct {
	v     *View
	lines map[scope]*folderLine
	box   *fyne.Container

	built *draft
	named string  // the dataset that it was built with
	tags  tagging // and the tags
}

func newTree(v *View) *tree { return &tree{v: v, box: arrange.Column(2)} }

// show builds the lines anew where something about them is another.
func (t *tree) show() {
	v := t.v
	name := lang.L("No dataset is chosen")
	if d := v.dataset; d != nil {
		name = d.Name
	}
	if t.built != v.draft || t.named != name || !sameTags(t.tags, v.tags) || len(t.lines) == 0 {
		t.build(name)
	}
	for s, line := range t.lines {
		if chosen := s == v.right.tags.of; line.chosen != chosen {
			line.setChosen(chosen)
		}
	}
}

func (t *tree) build(name string) {
	v := t.v
	t.built, t.named, t.tags, t.lines = v.draft, name, v.tags, map[scope]*folderLine{}
	t.box.Objects = nil
	add := func(level int, icon look.IconName, label string, items int, s scope) {
		t.lines[s] = newFolderLine(level, icon, label, items, v.tags[s], func() { v.right.turn(s) })
		t.box.Add(t.lines[s])
	}
	add(0, look.IconLayers, name, 0, everything)
	if d := v.draft; d != nil {
		for i, f := range d.folders {
			if i == shownFolders {
				rest := len(d.folders) - shownFolders + d.more
				t.box.Add(arrange.Inset(0, 0, look.Space6, 0, widgets.NewCaption(lang.N("and %s more folder", "and %s more folders", rest))))
				break
			}
			add(1, look.IconFolder, folderName(f.scope), f.items, f.scope)
		}
	}
	t.box.Refresh()
}

// folderName is what a scope is called.
func folderName(s scope) string {
	if s == "/" {
		return lang.L("not in a folder")
	}
	return string(s[1:])
}

// items is how many items a scope has in the draft, as far as its folders are
// known.
func (d *draft) items(s scope) int {
	n := 0
	for _, f := range d.folders {
		if s.has(f.scope) {
			n += f.items
		}
	}
	return n
}

// sameTags compares two taggings.
func sameTags(a, b tagging) bool {
	if len(a) != len(b) {
		return false
	}
	for s, tags := range a {
		if len(tags) != len(b[s]) {
			return false
		}
		for i, tag := range tags {
			if b[s][i] != tag {
				return false
			}
		}
	}
	return true
}
