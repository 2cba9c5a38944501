package cloud

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
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
	r.other = widgets.NewButton(widgets.Link, lang.L("Import something else"), nil, v.more)
	r.state = widgets.NewNotice(widgets.NoticeNeutral, "")
	r.table.emptyWords = lang.L("No objects here.")
	r.waiting = container.NewCenter(arrange.Column(look.Space3,
		container.NewCenter(widgets.NewIcon(look.IconCloud, look.ColorMuted, 48)),
		widgets.NewText(lang.L("The receipt appears here once the import has ended."), theme.SizeNameText, plain).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter),
		widgets.NewText(lang.L("You can use the other places meanwhile."), theme.SizeNameText, plain).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter)))
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
	r.facts.SetText(lang.L("From %s in %s to %s.", sourceWords(run.about.From), run.about.Storage.Name, run.about.Dataset.Name))
	r.title.SetText(lang.L("The import is under way"))
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
	all := lang.Number(c.Total())
	switch {
	case c[ledger.Ready] == c.Total():
		return lang.N("%s item is in Darwin", "All %s are in Darwin", c.Total())
	case c[ledger.Ready] > 0 && c[ledger.Registered] == 0 && c.Open() == 0:
		return lang.N("%s of %s is in Darwin", "%s of %s are in Darwin", c.Total(), lang.Number(c[ledger.Ready]), all)
	case c.Open() > 0:
		return lang.N("%s of %s is done", "%s of %s are done", c.Total(), lang.Number(c.Total()-c.Open()), all)
	}
	return registeredOf(c)
}

// registeredOf says how far an import is.
func registeredOf(c ledger.Counts) string {
	return lang.N("%s of %s is registered", "%s of %s are registered", c.Total(), lang.Number(c.InDarwin()), lang.Number(c.Total()))
}

// endWords say what is not settled, or went wrong, and what to do about it.
func endWords(r *run) (widgets.NoticeKind, string) {
	c := r.counts
	registered := c[ledger.Registered]
	switch {
	case r.problem != nil:
		return widgets.NoticeWarning, told(r.problem)
	case c.Open() > 0:
		return widgets.NoticeNeutral, lang.N("The import was stopped. What is registered stays in Darwin; the other %s can be continued with, also later.",
			"The import was stopped. What is registered stays in Darwin; the other %s can be continued with, also later.", c.Open())
	case registered > 0 && r.follows:
		return widgets.NoticeNeutral, lang.N("Darwin is processing %s item. The numbers here follow by themselves.", "Darwin is processing %s items. The numbers here follow by themselves.", registered)
	case registered > 0 && r.unasked != nil:
		return widgets.NoticeWarning, lang.Sentences(lang.N("Darwin did not say what became of %s.", "Darwin did not say what became of %s.", registered), told(r.unasked))
	case registered > 0:
		return widgets.NoticeNeutral, lang.N("Darwin was still processing %s when it was last asked. Look in Darwin later.",
			"Darwin was still processing %s when it was last asked. Look in Darwin later.", registered)
	case failed(c) > 0:
		return widgets.NoticeWarning, lang.N("%s needs you. Choose its line to see why, correct it, and import it again.",
			"%s need you. Choose a line to see why, correct it, and import it again.", failed(c))
	}
	return widgets.NoticeSuccess, ""
}
