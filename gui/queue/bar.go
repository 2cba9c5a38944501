package queue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader"
)

// bar is the strip at the bottom: what is ready and the button that sends it,
// or how far it is and the button that stops it.
type bar struct {
	model   *Model
	on      *Actions
	dataset string
	hold    string // why nothing can be sent now, "" if it can
	shot    uploader.Snapshot
	time    estimate

	title, second *widgets.Text
	main, back    *widgets.Button
	ended         bool // there is a receipt to go back to
	ready         *fyne.Container

	count, left, facts *widgets.Text
	thin               *widgets.ThinBar
	needs, more        *widgets.Button
	needsIcon          look.IconName
	halt, rest         *widgets.Button
	restBox            *fyne.Container // takes its room away with it
	stopping           bool
	sending            *fyne.Container

	surface *widgets.Card
}

func newBar(m *Model, on *Actions) *bar {
	b := &bar{model: m, on: on}
	b.title = widgets.NewShrinkingText("", theme.SizeNameSubHeadingText, widgets.TextStyle{Bold: true})
	b.second = widgets.NewShrinkingText("", theme.SizeNameText, widgets.TextStyle{}).Coloured(look.ColorMuted)
	b.main = widgets.NewButton(widgets.Filled, "", look.Icon(look.IconUpload), b.press)
	b.main.SetBig(true)
	b.back = widgets.NewButton(widgets.Link, lang.L("Back to the receipt"), nil, nil)
	b.ready = inBar(look.BarHeight, arrange.Line(look.Space4, 0, arrange.Column(2, b.title, b.second), b.back, b.main))

	b.count = widgets.NewShrinkingText("", theme.SizeNameHeadingText, widgets.TextStyle{Bold: true})
	b.left = widgets.NewText("", theme.SizeNameText, widgets.TextStyle{Bold: true})
	b.facts = widgets.NewText("", theme.SizeNameText, widgets.TextStyle{}).Coloured(look.ColorMuted)
	b.thin = widgets.NewThinBar(8)
	b.needs = widgets.NewButton(widgets.Link, "", look.IconIn(look.IconTriangleAlert, theme.ColorNameWarning), func() { m.SetFilter(NeedsYou) })
	b.halt = widgets.NewButton(widgets.Plain, lang.L("Stop"), look.Icon(look.IconStop), b.stop)
	b.rest = widgets.NewButton(widgets.Tinted, lang.L("Pause"), look.Icon(look.IconPause), b.pause)
	b.more = widgets.NewButton(widgets.Link, "", look.Icon(look.IconPlus), func() { call(on.OnSendAdded) })
	b.restBox = container.New(atLeast{handleWidth}, b.rest)
	b.sending = inBar(look.BarSendingHeight, arrange.Column(10,
		arrange.Line(0, 0, b.count, b.left, b.facts), b.thin,
		arrange.Line(8, 2, b.needs, b.more, container.NewStack(), container.New(atLeast{handleWidth}, b.halt), b.restBox)))
	b.sending.Hide()
	b.surface = widgets.NewSurface(container.NewStack(b.ready, b.sending), widgets.EdgeTop)
	return b
}

const handleWidth float32 = 112 // of the buttons that stop and pause; more where a language has longer words

// inBar centres content in the height of a bar, between the page's margins.
func inBar(height float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(barLayout{height}, content)
}

type barLayout struct{ height float32 }

func (b barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+2*look.MarginNarrow, b.height)
}

func (b barLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	margin := marginOf(o[0])
	height := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(margin, (size.Height-height)/2))
	o[0].Resize(fyne.NewSize(size.Width-2*margin, height))
}

// press does what the main button says.
func (b *bar) press() {
	if files, _ := b.model.UnsentTotal(); files > 0 {
		call(b.on.OnUpload)
		return
	}
	if ids := b.model.Needing(); len(ids) > 0 && b.on.OnRetry != nil {
		b.on.OnRetry(ids)
	}
}

func (b *bar) stop() {
	b.stopping = true
	b.update()
	call(b.on.OnStop)
}

// pause pauses, or goes on.
func (b *bar) pause() {
	if b.on.OnPause != nil {
		b.on.OnPause(!b.shot.Paused)
	}
}

func (b *bar) update() {
	running := b.model.Sending()
	b.sending.Hidden, b.ready.Hidden = !running, running
	if running {
		b.showSending()
	} else {
		b.stopping = false
		b.thin.Reset(0)
		b.showReady()
	}
	b.ready.Refresh()
	b.sending.Refresh()
}

func (b *bar) showReady() {
	total := b.model.Total()
	files, bytes := b.model.UnsentTotal()
	needing := total.Count(NeedsYou)
	var title, second, press string
	switch {
	case files > 0 && total.Count(Done)+needing == 0:
		title, press = lang.N("%s file, %s", "%s files, %s", files, lang.Number(files), lang.Size(bytes)), uploadWords(files)
		second = lang.L("They go to %s. Nothing is sent until you press Upload.", b.dataset)
	case files > 0:
		title, press = b.model.arrivedWords(total), uploadWords(files)
		second = lang.N("%s file, %s, not sent yet.", "%s files, %s, not sent yet.", files, lang.Number(files), lang.Size(bytes))
	case needing > 0:
		title, press = b.model.arrivedWords(total), sendAgainWords(needing)
		second = lang.N("%s needs you.", "%s need you.", needing)
	default:
		title = b.model.arrivedWords(total)
	}
	if press != "" && b.dataset == "" {
		second = lang.L("Choose a dataset at the top first.")
	} else if press != "" && b.hold != "" {
		second = b.hold
	}
	b.title.SetText(title)
	b.second.SetText(second)
	b.second.Hidden = second == ""
	b.main.Hidden = press == ""
	b.back.Hidden = !b.ended
	b.main.SetText(press)
	b.main.SetIcon(look.Icon(look.IconUpload))
	if b.dataset == "" || b.hold != "" {
		b.main.Disable()
	} else {
		b.main.Enable()
	}
}

func (b *bar) showSending() {
	s := b.shot
	// Not the snapshot's counts: it counts a file that was sent once more twice.
	b.count.SetText(arrived(b.model.ArrivedInBatch(), b.model.InBatch()))
	left, facts := timeLeft(b.time.left(s), s.Elapsed), ""
	if s.Speed > 0 {
		facts = apart + speedWords(s.Speed)
	}
	facts += apart + sizeOf(s.Sent, s.Bytes)
	switch {
	case b.stopping || s.Finishing:
		left, facts = lang.L("Stopping"), ""
	case s.Waiting != nil:
		left, facts = lang.L("Waiting for the network"), apart+lang.L("it goes on by itself")
	case s.Paused && s.Counts[uploader.Sending] > 0:
		left, facts = lang.L("Pausing"), apart+lang.L("what is on its way is finished")
	case s.Paused:
		left, facts = lang.L("Paused"), apart+sizeOf(s.Sent, s.Bytes)
	case !s.Opens.IsZero():
		left, facts = lang.L("Waiting for %s", lang.Clock(s.Opens)), apart+lang.L("it goes on by itself")
	case s.Files > 0 && s.Sent >= s.Bytes:
		left, facts = lang.L("Finishing"), ""
	}
	b.left.SetText(left)
	b.facts.SetText(facts)
	if s.Bytes > 0 {
		// The end of the bar is the end of the batch, and not of its bytes.
		part := float64(s.Sent) / float64(s.Bytes)
		if !s.Ended {
			part = min(part, 0.99)
		}
		b.thin.SetValue(part)
	}
	b.showQuestions()
	added := b.model.addedMeanwhile()
	b.more.Hidden = added == 0 || b.on.OnSendAdded == nil || b.stopping
	b.more.SetText(lang.N("Send the %s added file too", "Send the %s added files too", added))
	b.thin.SetPaused(s.Paused || s.Waiting != nil || !s.Opens.IsZero())
	b.showHandles()
}

// showQuestions leads to what needs the person, or to what was there already.
func (b *bar) showQuestions() {
	total := b.model.Total()
	needing := total.Count(NeedsYou)
	skipped := b.model.unsettled()
	b.needs.Hidden = needing+skipped == 0
	if needing > 0 {
		b.needs.SetText(needWords(needing))
		b.markNeeds(look.IconTriangleAlert, theme.ColorNameWarning)
	} else if skipped > 0 {
		b.needs.SetText(lang.N("%s was there already", "%s were there already", skipped))
		b.markNeeds(look.IconDashCircle, look.ColorMuted)
	}
}

// markNeeds changes the icon of the link only where it is another: this is asked
// for with each look at a batch.
func (b *bar) markNeeds(shape look.IconName, ink fyne.ThemeColorName) {
	if b.needsIcon != shape {
		b.needsIcon = shape
		b.needs.SetIcon(look.IconIn(shape, ink))
	}
}

// showHandles shows the buttons that fit: pausing or going on. While there is
// no network the banner has a try.
func (b *bar) showHandles() {
	s := b.shot
	b.restBox.Hidden = s.Waiting != nil || b.on.OnPause == nil
	if s.Paused {
		b.rest.SetText(lang.L("Resume"))
		b.rest.SetIcon(look.Icon(look.IconPlay))
		b.rest.SetStyle(widgets.Filled)
	} else {
		b.rest.SetText(lang.L("Pause"))
		b.rest.SetIcon(look.Icon(look.IconPause))
		b.rest.SetStyle(widgets.Tinted)
	}
	for _, handle := range []*widgets.Button{b.halt, b.rest} {
		if b.stopping {
			handle.Disable()
		} else {
			handle.Enable()
		}
	}
}

// apart stands between two facts of one line.
const apart = "  ·  "

func uploadWords(files int) string { return lang.N("Upload %s file", "Upload %s files", files) }

func needWords(n int) string { return lang.N("%s needs you", "%s need you", n) }

// arrivedWords says how many files of the queue Darwin has. They are in Darwin
// only as soon as it is processing none of them.
func (m *Model) arrivedWords(total Total) string {
	n, of := total.Count(Done), total.Files
	if m.Sending() || m.Processing() > 0 {
		return arrived(n, of)
	}
	return lang.N("%s of %s is in Darwin", "%s of %s are in Darwin", of, lang.Number(n), lang.Number(of))
}

// arrived is how far a batch is: Darwin has confirmed these.
func arrived(n, of int) string {
	return lang.N("%s of %s is sent", "%s of %s are sent", of, lang.Number(n), lang.Number(of))
}
