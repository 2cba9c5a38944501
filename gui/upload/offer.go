package upload

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/journal"
)

// offer is the strip below the header that offers to go on with an upload that
// was interrupted, or says what the person should know of the journal.
type offer struct {
	widget.BaseWidget
	onGoOn, onForget, onDismiss, onMore func()

	icon                        *widget.Icon
	words                       *widgets.Paragraph
	goOn, forget, dismiss, more *widgets.Button
	parts                       *fyne.Container // all of them
	surface                     *widgets.Card
}

// choice is what a button of the strip says and does; one without a label is
// not shown.
type choice struct {
	label string
	do    func()
}

func newOffer() *offer {
	o := &offer{words: widgets.NewParagraph("", theme.SizeNameText, fyne.TextStyle{})}
	o.goOn = widgets.NewButton(widgets.Tinted, lang.L("Continue"), nil, func() { o.onGoOn() })
	o.forget = widgets.NewButton(widgets.LinkMuted, lang.L("Forget it"), nil, func() { o.onForget() })
	o.dismiss = widgets.NewButton(widgets.LinkMuted, lang.L("Close"), nil, func() { o.onDismiss() })
	o.more = widgets.NewButton(widgets.Link, "", nil, func() { o.onMore() })
	o.icon = widget.NewIcon(nil)
	icon := container.NewGridWrap(fyne.NewSquareSize(18), o.icon)
	o.parts = container.New(&strip{}, icon, o.words, o.more, o.forget, o.dismiss, o.goOn)
	o.surface = widgets.NewSurface(arrange.Inset(6, 6, look.Margin, look.Space4, o.parts), widgets.EdgeBottom).SetGround(look.ColorRaised)
	o.ExtendBaseWidget(o)
	o.Hide()
	return o
}

// CreateRenderer is for Fyne.
func (o *offer) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(o.surface) }

// show says something; goOn says whether there is something to go on with.
func (o *offer) show(words string, goOn bool) {
	icon := look.IconInfo
	if goOn {
		icon = look.IconRefresh
	}
	o.icon.SetResource(look.IconIn(icon, theme.ColorNameForeground))
	o.words.SetText(words)
	o.goOn.SetText(lang.L("Continue"))
	o.forget.SetText(lang.L("Forget it"))
	o.goOn.Hidden, o.forget.Hidden, o.dismiss.Hidden, o.more.Hidden = !goOn, !goOn, goOn, true
	o.Show()
	o.parts.Refresh() // other buttons are shown, and the words may take another height
	o.surface.Refresh()
}

// ask asks something else than to go on.
func (o *offer) ask(words string, yes, no, more choice) {
	o.icon.SetResource(look.IconIn(look.IconInfo, theme.ColorNameForeground))
	o.words.SetText(words)
	for b, c := range map[*widgets.Button]choice{o.goOn: yes, o.forget: no, o.more: more} {
		b.SetText(c.label)
		b.Hidden = c.label == ""
	}
	o.onGoOn, o.onForget, o.onMore = yes.do, no.do, more.do
	o.dismiss.Hide()
	o.Show()
	o.parts.Refresh() // other buttons are shown, and the words may take another height
	o.surface.Refresh()
}

// Offer is the strip that goes below the header; it is hidden while there is
// nothing to say.
func (p *Place) Offer() fyne.CanvasObject { return p.offer }

// Tell shows a sentence in the strip below the header.
func (p *Place) Tell(words string) {
	p.offer.onDismiss = func() { p.offer.Hide(); p.changed() }
	p.offer.show(words, false)
	p.changed()
}

// Resumable says whether an upload that is interrupted can go on after a
// restart.
func (p *Place) Resumable() bool { return p.session.Journal != nil }

// lookForInterrupted offers the newest upload of this account that did not
// come to its end.
func (p *Place) lookForInterrupted() {
	if p.session.Journal == nil {
		return
	}
	p.tasks.Go(func(ctx context.Context) {
		all, err := p.session.Journal.Unfinished(ctx)
		p.post(ctx, func() {
			if err != nil {
				p.deps.Log.Warn("journal", "error", err)
			}
			for _, u := range all {
				if p.isOwn(u) {
					p.offered = &u
					p.showOffer()
					return
				}
			}
		})
	})
}

// suggestion is something that can be done elsewhere in the window.
type suggestion struct {
	words string
	do    choice
}

// Suggest offers to do something elsewhere in the window, as soon as there is
// nothing else to be said.
func (p *Place) Suggest(words, label string, do func()) {
	p.suggested = &suggestion{words, choice{label, do}}
	p.showState()
}

func (p *Place) showSuggestion() {
	s := p.suggested
	if s == nil || p.offer.Visible() {
		return
	}
	leave := func() {
		p.suggested = nil
		p.offer.Hide()
		p.changed()
	}
	p.offer.ask(s.words, choice{s.do.label, func() { leave(); s.do.do() }}, choice{lang.L("Not now"), leave}, choice{})
}

// isOwn says whether an upload went to the team that the place works with.
func (p *Place) isOwn(u journal.Unfinished) bool {
	a := p.session.Account
	return u.Server == a.Server && u.Dataset.TeamSlug == a.TeamSlug && (u.Account == a.ID || u.Account == "")
}

// showOffer offers what was interrupted while the queue is empty: files that
// wait in it may belong elsewhere, and the two must not mix.
func (p *Place) showOffer() {
	u := p.offered
	if u == nil && !p.loading {
		p.showSuggestion()
	}
	if u == nil || p.loading {
		return
	}
	if !p.canGoOn() {
		p.offer.Hide()
		return
	}
	p.offer.onGoOn = p.GoOn
	p.offer.onForget = p.forget
	arrived := u.Counts[uploader.InDarwin] + u.Counts[uploader.Skipped]
	p.offer.show(lang.N("An upload to %s on %s, %s did not come to its end: %s of %s file is sent.",
		"An upload to %s on %s, %s did not come to its end: %s of %s files are sent.", u.Files,
		u.Dataset.Name, lang.Day(u.Began), lang.Clock(u.Began), lang.Number(arrived), lang.Number(u.Files)), true)
	p.changed()
}

func (p *Place) canGoOn() bool {
	return p.offered != nil && !p.loading && !p.Sending() && p.scans == 0 && p.model.Total().Files == 0
}

// Interrupted says whether an interrupted upload is being offered.
func (p *Place) Interrupted() bool { return p.canGoOn() }

// forget drops what was offered for good.
func (p *Place) forget() {
	u := p.offered
	p.offered = nil
	p.offer.Hide()
	p.changed()
	if u == nil {
		return
	}
	p.tasks.Go(func(ctx context.Context) {
		// What was registered and never sent would wait in Darwin for ever.
		removed, err := p.session.Journal.Abandon(ctx, u.ID, p.session.Darwin.Listing(u.Dataset))
		p.post(ctx, func() {
			switch {
			case err != nil:
				p.deps.Log.Warn("journal", "error", err)
				p.Tell(lang.L("The upload is forgotten. Items that it announced to Darwin may still wait there without their files: %s", lang.S(fault.Of(err).What)))
			case removed > 0:
				p.Tell(lang.N("%s item without a file will not wait in Darwin any more: the upload is forgotten.",
					"%s items without a file will not wait in Darwin any more: the upload is forgotten.", removed))
			}
		})
	})
}

// GoOn brings the files of the interrupted upload back into the queue and goes
// on sending at once: the person pressed Upload for them already.
func (p *Place) GoOn() {
	if !p.canGoOn() {
		return
	}
	u := *p.offered
	p.loading = true
	p.offer.Hide()
	p.changed()
	p.tasks.Go(func(ctx context.Context) {
		plan, err := p.session.Journal.Load(ctx, u.ID)
		p.post(ctx, func() {
			p.loading = false
			switch {
			case err != nil:
				p.offered = nil
				p.Tell(lang.Fault(fault.Of(err)))
			case p.canGoOn():
				p.offered = nil
				p.restore(plan)
			}
		})
	})
}

// goTo chooses the dataset of an earlier upload.
func (p *Place) goTo(plan uploader.Plan) {
	d := plan.Dataset
	if known := find(p.datasets, d.ID); known != nil {
		d = *known // with its number of items
	}
	p.showDataset(&d)
}

func (p *Place) restore(plan uploader.Plan) {
	p.goTo(plan)
	p.sendPlan(p.model.Restore(plan.Items), plan.Batch)
}
