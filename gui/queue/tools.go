package queue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

// tools is the line with the filter chips and the search.
type tools struct {
	model  *Model
	chips  [groups]*widgets.FilterChip
	field  *widgets.Field
	search *fyne.Container // the field at its width
	open   *widgets.Button // opens the field where there is no room for it
	add    *widgets.Button
	line   *fyne.Container

	searchWidth       float32
	narrow, searching bool
	waits             bool // the chip of what is sent is that of what waits
	shown             toolsShown
}

// toolsShown is what the line shows; it is drawn anew only when that changes.
type toolsShown struct {
	total  Total
	wait   int // files that wait for the network
	filter Group
	noAdd  bool
}

const (
	searchWidth float32 = 168 // more where a language has longer words
	searchIcons float32 = 72  // of the field, beside its words
	toolsHeight float32 = 36
)

func newTools(m *Model, on *Actions) *tools {
	t := &tools{model: m}
	left := make([]fyne.CanvasObject, 0, groups)
	for g := All; g < groups; g++ {
		chip := widgets.NewFilterChip(lang.L(g.String()), func() { m.SetFilter(g) })
		t.chips[g] = chip
		left = append(left, chip)
	}
	t.field = widgets.NewSearch(lang.L("Find a file"))
	t.field.SetCompact(true)
	t.field.OnChanged = m.SetSearch
	t.field.SetOnEscape(t.closeSearch)
	words := fyne.MeasureText(t.field.PlaceHolder, theme.Size(theme.SizeNameText), fyne.TextStyle{}).Width
	t.searchWidth = max(searchWidth, words+searchIcons)
	t.search = exactly(t.searchWidth, -1, t.field)
	t.open = widgets.NewIconButton(look.Icon(look.IconSearch), lang.L("Find a file"), t.openSearch)
	t.add = widgets.NewButton(widgets.Link, lang.L("Add more"), look.Icon(look.IconPlus), func() { call(on.OnBrowseFiles) })
	t.add.Hide()
	chips := arrange.Line(look.Space2, -1, left...)
	inner := arrange.Line(look.Space3, 1, chips, container.NewStack(), t.add, t.search, t.open)
	t.line = container.New(narrowing{inner.Layout, t.fit}, inner.Objects...)
	t.update()
	return t
}

// fit hides what a narrow line has no room for: the chips that count nothing,
// and the field behind its icon.
func (t *tools) fit(width float32) {
	all := float32(0)
	for _, chip := range t.chips {
		all += chip.MinSize().Width + look.Space2
	}
	if t.add.Visible() {
		all += t.add.MinSize().Width + look.Space3
	}
	t.narrow = all+t.searchWidth+look.Space6 > width
	for g, chip := range t.chips {
		chip.Hidden = t.searching && t.narrow || t.narrow && g != int(All) && g != int(Ready) && g != int(t.model.Filter()) && t.model.Total().Count(Group(g)) == 0
	}
	t.search.Hidden = t.narrow && !t.searching
	t.open.Hidden = !t.narrow || t.searching
}

func (t *tools) openSearch() {
	t.searching = true
	t.line.Refresh()
	t.focusSearch()
}

func (t *tools) focusSearch() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t.line); c != nil {
		c.Focus(t.field)
	}
}

func (t *tools) closeSearch() {
	t.field.SetText("")
	t.searching = false
	t.line.Refresh()
}

func (t *tools) update() {
	now := toolsShown{t.model.Total(), t.model.Waiting(), t.model.Filter(), t.add.Hidden}
	if t.model.Search() == "" && t.field.Text != "" {
		t.field.SetText("") // the queue was cleared, or a row revealed
	}
	if now == t.shown {
		return
	}
	t.shown = now
	for g, chip := range t.chips {
		chip.SetCount(t.count(Group(g), now))
		chip.SetChosen(Group(g) == now.filter)
	}
	if waits := now.wait > 0; waits != t.waits {
		t.waits = waits
		word := Sending.String()
		if waits {
			word = lang.Mark("Waiting")
		}
		t.chips[Sending].SetLabel(lang.L(word))
	}
	t.line.Refresh()
}

// count is the number on a chip: while there is no network, what a batch has
// not sent waits, and does not stand under Ready.
func (t *tools) count(g Group, now toolsShown) int {
	n := now.total.Count(g)
	switch {
	case now.wait == 0:
	case g == Sending:
		n = now.wait
	case g == Ready:
		n -= now.wait - now.total.Count(Sending)
	}
	return n
}
