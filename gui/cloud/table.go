package cloud

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/external/ledger"
)

// filter is a choice of rows.
type filter uint8

const (
	all filter = iota
	open
	processing
	inDarwin
	exists
	needsYou
	filters
)

func (f filter) word() string {
	return [filters]string{lang.L("All"), lang.L("Ready"), lang.L("Processing"), lang.L("In Darwin"), lang.L("There already"), lang.L("Needs you")}[f]
}

// states are the ledger's; none for all.
func (f filter) states() []ledger.State {
	return [filters][]ledger.State{
		nil, {ledger.Waiting, ledger.Asked}, {ledger.Registered}, {ledger.Ready}, {ledger.Exists},
		{ledger.Unfit, ledger.Blocked, ledger.Failed, ledger.Refused, ledger.Missing},
	}[f]
}

func (f filter) count(c ledger.Counts) int {
	if f == all {
		return c.Total()
	}
	n := 0
	for _, s := range f.states() {
		n += c[s]
	}
	return n
}

// table is the list of the rows of a draft or an import.
type table struct {
	v          *View
	readOnly   bool // sizes are shown
	found      bool // thumbnails were looked for
	filter     filter
	book       *ledger.Ledger
	id         int64
	counts     ledger.Counts
	emptyWords string
	hideUnfit  bool
	noChips    bool

	chips    [filters]*widgets.FilterChip
	chipLine *fyne.Container
	head     *widgets.TableHead
	list     *widget.List
	pages    *pages
	none     *widgets.Text
	chosen   int // -1: none
	sentence *widgets.Notice
	card     *widgets.Card
	box      *fyne.Container
}

func newTable(v *View) *table {
	t := &table{v: v, chosen: -1}
	t.chipLine = arrange.Wrap(look.Space2)
	for f := range filters {
		t.chips[f] = widgets.NewFilterChip(f.word(), func() { t.choose(f) })
		t.chipLine.Add(t.chips[f])
	}
	t.pages = &pages{run: v.tasks.Go, post: v.post, arrived: t.arrived, failed: func(err error) {
		t.sentence.Set(widgets.NoticeWarning, told(err))
		t.sentence.Show()
	}}
	t.pages.show(selection{})
	t.list = widget.NewList(t.rows, func() fyne.CanvasObject { return newRow(t) }, func(i widget.ListItemID, o fyne.CanvasObject) {
		o.(*rowView).show(i)
	})
	t.list.HideSeparators = true
	t.list.OnSelected = func(i widget.ListItemID) {
		t.chosen = i
		t.explain()
	}
	t.head = widgets.NewTableHead(t.named)
	t.none = widgets.NewShrinkingText("", theme.SizeNameText, plain).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter)
	t.sentence = widgets.NewNotice(widgets.NoticeNeutral, "")
	t.sentence.Hide()
	t.card = widgets.NewCard(arrange.Topped(t.head, container.NewStack(widgets.Flat(t.list), t.none))).SetPadding(1)
	t.box = container.New(&middle{grow: 1, bare: true}, t.chipLine, t.card, t.sentence)
	return t
}

// turn shows the rows of an import, or newer states of the same.
func (t *table) turn(book *ledger.Ledger, id int64, c ledger.Counts) {
	if t.book != book || t.id != id {
		t.filter = all
		t.list.ScrollToTop()
	}
	t.book, t.id, t.counts = book, id, c
	if t.filter.count(c) == 0 {
		t.filter = all
	}
	t.refill()
}

// choose turns to other rows of the same import.
func (t *table) choose(f filter) {
	if t.filter != f {
		t.filter = f
		t.list.ScrollToTop()
		t.refill()
		t.show()
	}
}

func (t *table) setHidden(on bool) {
	if t.hideUnfit != on {
		t.hideUnfit = on
		if on && t.filter == all {
			t.filter = open
		}
		t.refill()
	}
}

func (t *table) refill() {
	t.pages.show(selection{book: t.book, id: t.id, states: t.filter.states(), total: t.rows()})
	t.list.UnselectAll()
	t.chosen = -1
	t.sentence.Hide()
	t.list.Refresh()
}

func (t *table) rows() int { return t.filter.count(t.counts) }

func (t *table) show() {
	for f, chip := range t.chips {
		f, n := filter(f), filter(f).count(t.counts)
		chip.SetCount(n)
		chip.SetChosen(f == t.filter)
		hidden := t.hideUnfit && (f == needsYou || f == all)
		widgets.SetShown(chip, n > 0 && !hidden || f == all && !t.hideUnfit)
	}
	widgets.SetShown(t.chipLine, t.counts.Total() > 0 && !t.noChips)
	t.chipLine.Refresh()
	t.none.SetText(t.emptyWords)
	widgets.SetShown(t.none, t.rows() == 0)
	t.head.Refresh()
	t.card.Refresh()
	t.box.Refresh()
}

func (t *table) arrived() {
	t.list.Refresh()
	t.explain()
}

// explain tells the whole truth about the chosen row.
func (t *table) explain() {
	if t.chosen < 0 {
		return
	}
	row, here := t.pages.row(t.chosen)
	if !here {
		return
	}
	kind, _ := happened(row)
	notice := widgets.NoticeNeutral
	if kind == widgets.StateNeedsYou {
		notice = widgets.NoticeWarning
	}
	t.sentence.Set(notice, sentence(row, keyOf(row)))
	widgets.SetShown(t.sentence, true)
	t.box.Refresh()
}
