package cloud

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
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
	for i, words := range []string{"Nothing is copied:", "Darwin reads them from your storage."} {
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
	b.halt = widgets.NewButton(widgets.Plain, "Stop", look.Icon(look.IconStop), v.stop)
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
	title, second := "Nothing is chosen yet", "Choose a storage, and name the objects in it."
	switch {
	case v.planning != nil && v.read > 0:
		title, second = "Looking the objects over", number(v.read)+" so far."
	case v.planning != nil && v.draft == nil:
		title, second = "Looking the objects over", ""
	case v.draft == nil && v.wrong != nil:
		title, second = "Nothing can be imported yet", ""
	case v.draft != nil && (unfit == 0 || v.leaveOut):
		title = verb(ready, "1 item is ready", number(ready)+" items are ready")
		second = "From " + v.draft.Storage.Name + " to " + v.draft.Dataset.Name + "."
	case v.draft != nil:
		title = number(ready) + " of " + number(ready+unfit) + " " + verb(ready, "is", "are") + " ready"
		second = number(unfit) + " " + verb(unfit, "lacks something, and stays out.", "lack something, and stay out.")
	}
	b.title.SetText(title)
	b.second.SetText(second)
	widgets.SetShown(b.second, second != "")
	widgets.SetShown(b.promised, !v.narrow)
	b.main.SetText("Import " + count(ready, "item"))
	b.main.SetIcon(look.Icon(look.IconCloud))
	widgets.SetShown(b.main, true)
	widgets.SetEnabled(b.main, ready > 0 && v.planning == nil)
	if ready == 0 {
		b.main.SetText("Import")
	}
}

func (b *bar) showSending() {
	r := b.v.run
	done := r.counts.Total() - r.counts.Open() // of what is to be registered
	switch {
	case r.counts.Total() == 0:
		b.count.SetText("Writing the list down")
		b.left.SetText(number(r.copied) + " of " + number(r.total))
	case r.stopping:
		b.count.SetText(number(done) + " of " + number(r.counts.Total()) + " are done")
		b.left.SetText("Stopping")
	default:
		b.count.SetText(number(r.counts.InDarwin()) + " of " + number(r.counts.Total()) + " are registered")
		b.left.SetText(timeLeft(r.left))
	}
	if r.total > 0 {
		b.thin.SetValue(float64(done) / float64(max(r.total, r.counts.Total())))
	}
	facts := "To " + r.about.Dataset.Name + ". Nothing is copied: Darwin reads from " + r.about.Storage.Name + "."
	if r.wait != nil {
		b.left.SetText("Waiting for the network")
		facts = "There is no network since " + r.wait.Since.Format("15:04") + ". What is registered is safe, and the rest goes on by itself."
	}
	b.thin.SetPaused(r.wait != nil)
	b.facts.SetText(facts)
	widgets.SetEnabled(b.halt, !r.stopping)
}

func (b *bar) showEnded() {
	r := b.v.run
	b.title.SetText(endTitle(r))
	b.second.SetText("From " + r.about.Storage.Name + " to " + r.about.Dataset.Name + ".")
	widgets.SetShown(b.second, true)
	widgets.SetShown(b.promised, false)
	open := r.counts.Open()
	words, icon := "Import more", look.IconCloud
	if open > 0 {
		words, icon = "Continue with the "+number(open), look.IconPlay
	}
	b.main.SetText(words)
	b.main.SetIcon(look.Icon(icon))
	widgets.SetShown(b.main, true)
	widgets.SetEnabled(b.main, true)
}
