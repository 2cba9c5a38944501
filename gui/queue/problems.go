package queue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/queue/cause"
	"darwin-uploader/gui/thumbs"
	"darwin-uploader/gui/widgets"
)

// problems explains what needs the person: one card for each cause.
type problems struct {
	model   *Model
	loader  *thumbs.Loader // may be nil
	on      *Actions
	classes cause.Classes
	changed func() // the list was asked for, or the cards

	asList    bool
	head      *fyne.Container
	title     *widgets.Text
	second    *widgets.Text
	questions string // what second says beside the cards
	toggle    *widgets.Button
	column    *fyne.Container
	scroll    *container.Scroll
	body      *container.ThemeOverride
	cards     map[string]*causeCard
	seen      uint64 // the state of the questions that is shown
}

func newProblems(m *Model, loader *thumbs.Loader, on *Actions, changed func()) *problems {
	p := &problems{model: m, loader: loader, on: on, changed: changed, cards: map[string]*causeCard{}}
	p.title = widgets.NewText("", theme.SizeNameHeadingText, widgets.TextStyle{Bold: true})
	p.second = widgets.NewShrinkingText("", theme.SizeNameText, widgets.TextStyle{}).Coloured(look.ColorMuted)
	p.toggle = widgets.NewButton(widgets.Link, "", nil, func() {
		if p.asList = !p.asList; p.asList {
			p.model.Unfold()
		}
		p.changed()
	})
	p.toggle.SetFlush(true)
	p.head = arrange.Line(look.Space4, 1, p.title, p.second, p.toggle)
	p.column = arrange.Column(look.Space3)
	p.scroll = container.NewVScroll(p.column)
	p.body = widgets.Flat(p.scroll)
	return p
}

// shows says whether the cards are shown, and not the rows: under the chip
// Needs you, unless the person wants a list or searches.
func (p *problems) shows() bool {
	return p.model.Filter() == NeedsYou && !p.asList && p.model.Search() == ""
}

// update brings the cards up to date. A cause keeps its card, so that what is
// typed or told there stays.
func (p *problems) update() {
	under := p.model.Filter() == NeedsYou
	appears := p.shows() && !p.body.Visible()
	p.head.Hidden = !under
	widgets.SetShown(p.body, p.shows())
	if !under {
		p.asList = false
		return
	}
	if p.seen == p.model.asked && p.seen != 0 {
		p.turn()
		if appears {
			p.want()
		}
		return
	}
	p.seen = p.model.asked
	groups := cause.Groups(p.model.Questions(), p.classes)
	kept := map[string]*causeCard{}
	p.column.Objects = p.column.Objects[:0]
	for _, g := range groups {
		c := p.cards[g.Key()]
		if c == nil {
			c = newCauseCard(p, g)
		} else {
			c.set(g)
		}
		kept[g.Key()] = c
		p.column.Objects = append(p.column.Objects, c.surface)
	}
	p.cards = kept
	p.tell(len(groups))
	p.turn()
	p.relayout()
	p.want()
}

// tell writes the headline.
func (p *problems) tell(questions int) {
	n := p.model.Total().Count(NeedsYou)
	words := lang.N("%s file needs you", "%s files need you", n)
	switch {
	case n == 0 && questions > 0:
		words = lang.L("Were there already")
	case n == 0:
		words = lang.L("Nothing needs you")
	}
	p.title.SetText(words)
	p.questions = cause.Questions(questions)
	p.toggle.Hidden = n == 0
}

func (p *problems) turn() {
	words := lang.L("Show as a list")
	if p.asList {
		words = lang.L("Show the causes")
	}
	p.toggle.SetText(words)
	questions := p.questions
	if p.asList {
		questions = "" // it keeps its room, so that the link stays at the right
	}
	p.second.SetText(questions)
	p.head.Refresh()
}

// want asks for the thumbnails of the cards.
func (p *problems) want() {
	if p.loader == nil || !p.shows() {
		return
	}
	var wanted []thumbs.Request
	for _, c := range p.cards {
		for i := range min(len(c.pictures), len(c.group.IDs)) {
			if e, ok := p.model.Entry(ID(c.group.IDs[i])); ok {
				wanted = append(wanted, requestOf(e))
			}
		}
	}
	p.loader.Want(wanted)
}

// thumbsReady draws the pictures that are new.
func (p *problems) thumbsReady() {
	for _, c := range p.cards {
		c.show()
	}
}

func (p *problems) relayout() {
	p.column.Refresh()
	p.scroll.Refresh()
}

// showInList shows these files as rows, selected.
func (p *problems) showInList(ids []ID) {
	p.asList = true
	p.model.Unfold()
	p.changed()
	p.model.SelectIDs(ids)
	if len(ids) > 0 {
		if i, ok := p.model.rowOf(rowRef{file: p.model.entries[ids[0]]}); ok {
			p.model.SetCursor(i)
		}
	}
}
