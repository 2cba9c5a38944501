package cloud

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

// bar is the strip at the bottom: what is ready and the button that imports
// it, how far it is, or what comes next.
type bar struct {
	v *View

	title, second *widgets.Text
	promise       [2]*widgets.Text
	main          *widgets.Button
	ready         *fyne.Container
	promised      *fyne.Container
	lines         []*fyne.Container // are laid out anew when words in them change

	count, left *widgets.Text
	thin        *widgets.ThinBar
	facts       *widgets.Text
	halt        *widgets.Button
	sending     *fyne.Container

	surface *widgets.Card
}

func newBar(v *View) *bar {
	b := &bar{v: v}
	b.title = widgets.NewShrinkingText("", theme.SizeNameSubHeadingText, bold)
	b.second = widgets.NewShrinkingText("", theme.SizeNameText, plain).Coloured(look.ColorMuted)
	for i, words := range []string{lang.L("Nothing is copied:"), lang.L("Darwin reads them from your storage.")} {
		b.promise[i] = widgets.NewText(words, theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted).Aligned(fyne.TextAlignTrailing)
	}
	b.main = widgets.NewButton(widgets.Filled, "", look.Icon(look.IconCloud), b.press)
	b.main.SetBig(true)
	b.promised = arrange.Column(0, b.promise[0], b.promise[1])
	words := arrange.Column(2, b.title, b.second)
	ready := arrange.Line(look.Space4, 0, words, b.promised, b.main)
	b.ready = container.New(barLayout{v, look.BarHeight}, ready)

	b.count = widgets.NewShrinkingText("", theme.SizeNameHeadingText, bold)
	b.left = widgets.NewText("", theme.SizeNameText, bold)
	b.thin = widgets.NewThinBar(8)
	b.facts = widgets.NewShrinkingText("", theme.SizeNameText, plain).Coloured(look.ColorMuted)
	b.halt = widgets.NewButton(widgets.Plain, lang.L("Stop"), look.Icon(look.IconStop), v.stop)
	top := arrange.Line(0, 0, b.count, b.left)
	b.sending = container.New(barLayout{v, look.BarSendingHeight}, arrange.Column(10, top, b.thin, arrange.Line(look.Space4, 0, b.facts, b.halt)))
	b.lines = []*fyne.Container{b.ready, ready, words, b.sending, top}
	b.sending.Hide()
	b.surface = widgets.NewSurface(container.NewStack(b.ready, b.sending), widgets.EdgeTop)
	return b
}

// press does what the main button says.
func (b *bar) press() {
	switch r := b.v.run; {
	case r == nil:
		b.v.begin()
	case r.counts.Open() > 0:
		b.v.again()
	default:
		b.v.more()
	}
}

func (b *bar) show() {
	under := b.v.Sending()
	was := b.sending.Visible()
	widgets.SetShown(b.sending, under)
	widgets.SetShown(b.ready, !under)
	switch {
	case under:
		b.showSending()
	case b.v.run != nil:
		b.showEnded()
	default:
		b.showReady()
	}
	if !under {
		b.thin.Reset(0)
	}
	if was != under {
		b.v.parts.Refresh()
	}
	for _, line := range b.lines {
		line.Refresh()
	}
}

func (b *bar) showReady() {
	v := b.v
	ready, unfit := v.ready(), v.unfit()
	title, second := lang.L("Nothing is chosen yet"), lang.L("Choose a storage, and name the objects in it.")
	switch {
	case v.planning != nil && v.read > 0:
		title, second = lang.L("Looking the objects over"), lang.L("%s so far.", lang.Number(v.read))
	case v.planning != nil && v.draft == nil:
		title, second = lang.L("Looking the objects over"), ""
	case v.draft == nil && v.wrong != nil:
		title, second = lang.L("Nothing can be imported yet"), ""
	case v.draft != nil && (unfit == 0 || v.leaveOut):
		title = lang.N("%s item is ready", "%s items are ready", ready)
		second = lang.L("From %s to %s.", v.draft.Storage.Name, v.draft.Dataset.Name)
	case v.draft != nil:
		title = lang.N("%s of %s is ready", "%s of %s are ready", ready, lang.Number(ready), lang.Number(ready+unfit))
		second = lang.N("%s lacks something, and stays out.", "%s lack something, and stay out.", unfit)
	}
	b.title.SetText(title)
	b.second.SetText(second)
	widgets.SetShown(b.second, second != "")
	widgets.SetShown(b.promised, !v.narrow)
	b.main.SetText(lang.N("Import %s item", "Import %s items", ready))
	b.main.SetIcon(look.Icon(look.IconCloud))
	widgets.SetShown(b.main, true)
	widgets.SetEnabled(b.main, ready > 0 && v.planning == nil)
	if ready == 0 {
		b.main.SetText(lang.L("Import"))
	}
}

func (b *bar) showSending() {
	r := b.v.run
	done := r.counts.Total() - r.counts.Open() // of what is to be registered
	switch {
	case r.counts.Total() == 0:
		b.count.SetText(lang.L("Writing the list down"))
		b.left.SetText(lang.L("%s of %s", lang.Number(r.copied), lang.Number(r.total)))
	case r.stopping:
		b.count.SetText(lang.N("%s of %s is done", "%s of %s are done", r.counts.Total(), lang.Number(done), lang.Number(r.counts.Total())))
		b.left.SetText(lang.L("Stopping"))
	default:
		b.count.SetText(registeredOf(r.counts))
		b.left.SetText(timeLeft(r.left))
	}
	if r.total > 0 {
		b.thin.SetValue(float64(done) / float64(max(r.total, r.counts.Total())))
	}
	facts := lang.L("To %s. Nothing is copied: Darwin reads from %s.", r.about.Dataset.Name, r.about.Storage.Name)
	if r.wait != nil {
		b.left.SetText(lang.L("Waiting for the network"))
		facts = lang.L("There is no network since %s. What is registered is safe, and the rest goes on by itself.", lang.Clock(r.wait.Since))
	}
	b.thin.SetPaused(r.wait != nil)
	b.facts.SetText(facts)
	widgets.SetEnabled(b.halt, !r.stopping)
}

func (b *bar) showEnded() {
	r := b.v.run
	b.title.SetText(endTitle(r))
	b.second.SetText(lang.L("From %s to %s.", r.about.Storage.Name, r.about.Dataset.Name))
	widgets.SetShown(b.second, true)
	widgets.SetShown(b.promised, false)
	open := r.counts.Open()
	words, icon := lang.L("Import more"), look.IconCloud
	if open > 0 {
		words, icon = lang.N("Continue with %s", "Continue with the %s", open), look.IconPlay
	}
	b.main.SetText(words)
	b.main.SetIcon(look.Icon(icon))
	widgets.SetShown(b.main, true)
	widgets.SetEnabled(b.main, true)
}
