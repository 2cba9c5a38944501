package cloud

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/external/ledger"
)

// result is the import under way, and once it has ended its receipt.
type result struct {
	v           *View
	title       *widgets.Text
	facts       *widgets.Text
	state       *widgets.Notice
	other       *widgets.Button
	table       *table
	waiting     *fyne.Container
	box, inside *fyne.Container
}

func newResult(v *View) *result {
	r := &result{v: v, table: newTable(v)}
	r.title = widgets.NewShrinkingText("", theme.SizeNameHeadingText, bold)
	r.facts = widgets.NewShrinkingText("", theme.SizeNameText, plain).Coloured(look.ColorMuted)
	r.other = widgets.NewButton(widgets.Link, "Import something else", nil, v.more)
	r.state = widgets.NewNotice(widgets.NoticeNeutral, "")
	r.table.emptyWords = "No objects here."
	r.waiting = container.NewCenter(arrange.Column(look.Space3,
		container.NewCenter(widgets.NewIcon(look.IconCloud, look.ColorMuted, 48)),
		widgets.NewText("The receipt appears here once the import has ended.", theme.SizeNameText, plain).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter),
		widgets.NewText("You can use the other places meanwhile.", theme.SizeNameText, plain).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter)))
	r.inside = container.New(&middle{grow: 2},
		arrange.Column(2, arrange.Line(look.Space4, 0, r.title, r.other), r.facts), r.state, container.NewStack(r.table.box, r.waiting))
	r.box = container.New(&margins{}, r.inside)
	return r
}

// margins keeps the page's distance.
type margins struct{}

func (*margins) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(2*look.MarginNarrow, 2*look.MarginNarrow)
}

func (*margins) Layout(o []fyne.CanvasObject, size fyne.Size) {
	put(o[0], look.Margin, look.Space5, size.Width-2*look.Margin, size.Height-2*look.Space5)
}

// forget empties the receipt before a new import.
func (r *result) forget() { r.table.turn(nil, 0, ledger.Counts{}) }

// read shows the rows as they stand now.
func (r *result) read() {
	if run := r.v.run; run.book != nil {
		r.table.readOnly = run.about.Storage.ReadOnly
		r.table.turn(run.book, run.id, run.counts)
	}
}

func (r *result) show() {
	run := r.v.run
	if run == nil {
		return
	}
	widgets.SetShown(r.table.box, !run.under)
	widgets.SetShown(r.waiting, run.under)
	widgets.SetShown(r.other, !run.under && run.counts.Open() > 0)
	r.facts.SetText("From " + run.about.From + " in " + run.about.Storage.Name + " to " + run.about.Dataset.Name + ".")
	r.title.SetText("The import is under way")
	if !run.under {
		r.title.SetText(endTitle(run))
	}
	kind, text := endWords(run)
	r.state.Set(kind, text)
	widgets.SetShown(r.state, !run.under && text != "")
	r.table.show()
	r.inside.Refresh()
}

// endTitle is how an import ended, the number first.
func endTitle(r *run) string {
	c := r.counts
	all := number(c.Total())
	switch {
	case c.Total() == 1 && c[ledger.Ready] == 1:
		return "1 item is in Darwin"
	case c[ledger.Ready] == c.Total():
		return "All " + all + " are in Darwin"
	case c[ledger.Ready] > 0 && c[ledger.Registered] == 0 && c.Open() == 0:
		return number(c[ledger.Ready]) + " of " + all + " are in Darwin"
	case c.Open() > 0:
		return number(c.Total()-c.Open()) + " of " + all + " are done"
	}
	return number(c.InDarwin()) + " of " + all + " are registered"
}

// endWords say what is not settled, or went wrong, and what to do about it.
func endWords(r *run) (widgets.NoticeKind, string) {
	c := r.counts
	switch {
	case r.problem != nil:
		return widgets.NoticeWarning, r.problem.Error()
	case c.Open() > 0:
		return widgets.NoticeNeutral, "The import was stopped. What is registered stays in Darwin; the other " + number(c.Open()) + " can be continued with, also later."
	case c[ledger.Registered] > 0 && r.follows:
		return widgets.NoticeNeutral, "Darwin is processing " + number(c[ledger.Registered]) + ". The numbers here follow by themselves."
	case c[ledger.Registered] > 0 && r.unasked != nil:
		return widgets.NoticeWarning, "Darwin did not say what became of " + number(c[ledger.Registered]) + ". " + r.unasked.Error()
	case c[ledger.Registered] > 0:
		return widgets.NoticeNeutral, "Darwin was still processing " + number(c[ledger.Registered]) + " when it was last asked. Look in Darwin later."
	case failed(c) > 0:
		return widgets.NoticeWarning, number(failed(c)) + " " + verb(failed(c), "needs", "need") + " you. Choose a line to see why, correct it, and import it again."
	}
	return widgets.NoticeSuccess, ""
}
