package welcome

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/fault"
)

// Found is a team whose key the darwin command line keeps on this computer.
type Found struct {
	Team   string // its short name
	Server string
}

// Brought is what became of a team's key: tested and kept, or not.
type Brought struct {
	Team   string // the team's full name
	Stored bool   // in the keychain; if not, the key is kept until the program ends
}

// bringing is where one of the teams stands.
type bringing struct {
	Found
	chosen bool
	state  bringState
	result Brought
	failed *fault.Error
}

type bringState uint8

const (
	bringAsked bringState = iota // nothing was done yet
	bringTrying
	bringDone
	bringFailed
)

// The width of what became of a key.
const (
	markWidth  float32 = 140
	markWidest float32 = 260
)

// bringer brings keys over from the darwin command line. It belongs to the main
// thread.
type bringer struct {
	rows []bringing
	busy bool
}

// chosen are the places of the teams that would be brought over.
func (b *bringer) chosen() []int {
	var places []int
	for i, r := range b.rows {
		if r.chosen && r.state != bringDone {
			places = append(places, i)
		}
	}
	return places
}

// first is the first team that works, -1 if none does.
func (b *bringer) first() int {
	return slices.IndexFunc(b.rows, func(r bringing) bool { return r.state == bringDone })
}

// press is what the button does: bring over what is chosen, or go on with what
// was brought.
func (p *Presenter) press() {
	b := &p.bring
	places := b.chosen()
	switch first := b.first(); {
	case b.busy || p.stage == gone:
	case len(places) == 0 && first >= 0:
		p.Close()
		p.cfg.OnBrought(first)
	case len(places) > 0:
		p.bringOver(places)
	}
}

// bringOver tests and keeps the keys, one after another.
func (p *Presenter) bringOver(places []int) {
	p.bring.busy = true
	for _, i := range places {
		p.bring.rows[i].state = bringTrying
	}
	p.changed()
	go func() {
		for _, i := range places {
			result, err := p.cfg.Bring(p.ctx, i)
			p.tell(func() {
				r := &p.bring.rows[i]
				r.result, r.state, r.failed = result, bringDone, nil
				if err != nil {
					r.state, r.failed = bringFailed, fault.Of(err)
					r.chosen = false // to be chosen again by who has mended it
				}
			})
		}
		p.tell(func() { p.bring.busy = false })
	}()
}

// tell does something on the main thread unless the screen has gone by then.
func (p *Presenter) tell(f func()) {
	p.cfg.Post(func() {
		if p.stage != gone {
			f()
			p.changed()
		}
	})
}

// SetFound offers to bring over the keys of these teams; with none there is no
// offer. Config's Bring and OnBrought count the teams in this order.
func (v *View) SetFound(teams []Found) {
	v.p.bring = bringer{}
	for _, t := range teams {
		v.p.bring.rows = append(v.p.bring.rows, bringing{Found: t, chosen: true})
	}
	v.show()
}

// bringSection is the offer: closed a row, open a list of the teams.
type bringSection struct {
	all  *fyne.Container // everything, with the room below
	note *widgets.Text
	open *widgets.Button
	list *fyne.Container
	rows *fyne.Container
	do   *widgets.Button
}

func (v *View) buildBring() fyne.CanvasObject {
	b := &v.bring
	b.note = muted("")
	b.open = widgets.NewButton(widgets.Plain, lang.L("Choose"), nil, func() {
		toggle(b.list)
		v.show()
	})
	b.rows = arrange.Column(4)
	b.do = widgets.NewButton(widgets.Tinted, "", nil, v.p.press)
	b.list = arrange.Inset(12, 0, 38, 0, arrange.Column(12, b.rows, arrange.Line(0, -1, b.do)))
	b.list.Hide()
	b.all = arrange.Inset(0, 24, 0, 0, arrange.Column(0,
		offerWith(look.IconTerminal, lang.L("Bring keys over from the darwin command line"), b.note, b.open), b.list))
	return b.all
}

func (v *View) showBring() {
	b, bring := &v.bring, &v.p.bring
	widgets.SetShown(b.all, len(bring.rows) > 0)
	if len(bring.rows) == 0 {
		return
	}
	b.note.SetText(teamsFound(bring.rows))
	b.open.SetText(lang.L("Choose"))
	if b.list.Visible() {
		b.open.SetText(lang.L("Close"))
	}
	b.rows.Objects = nil
	for i := range bring.rows {
		b.rows.Add(v.bringRow(&bring.rows[i]))
	}
	n := len(bring.chosen())
	switch {
	case bring.busy:
		b.do.SetText(lang.L("Testing the keys"))
	case n == 0 && bring.first() >= 0:
		b.do.SetText(lang.L("Continue"))
	default:
		b.do.SetText(lang.N("Bring %s key over", "Bring %s keys over", n))
	}
	widgets.SetEnabled(b.do, !bring.busy && (n > 0 || bring.first() >= 0))
}

// bringRow is one team with what became of its key.
func (v *View) bringRow(r *bringing) fyne.CanvasObject {
	check := widgets.NewCheck(func(s widgets.TriState) {
		r.chosen = s == widgets.On
		v.show()
	})
	check.SetLabel(lang.L("Bring the key of %s over", r.Team))
	if r.chosen {
		check.SetState(widgets.On)
	}
	widgets.SetEnabled(check, !v.p.bring.busy && r.state != bringDone)
	name := r.Team
	if r.state == bringDone {
		name = r.result.Team
	}
	words := arrange.Column(0, widgets.NewShrinkingText(name, theme.SizeNameText, plain))
	mark, wide := widgets.NewStateMark(), markWidth
	switch {
	case r.state == bringTrying:
		mark.Set(widgets.StateWaiting, lang.L("Testing"), -1)
	case r.state == bringDone && r.result.Stored:
		mark.Set(widgets.StateInDarwin, lang.L("Works"), -1)
	case r.state == bringDone:
		mark.Set(widgets.StateInDarwin, lang.L("Works until you close the window"), -1)
		wide = markWidest
	case r.state == bringFailed:
		mark.Set(widgets.StateNeedsYou, lang.L("Does not work"), -1)
	default:
		mark.Hide()
	}
	row := arrange.Column(4, arrange.Line(8, 1, check, words, arrange.Wide(wide, mark)))
	if r.state == bringFailed {
		row.Add(arrange.Wide(formWidth-38, widgets.NewNotice(widgets.NoticeWarning, lang.Fault(r.failed))))
	}
	return row
}

// teamsFound says whose keys there are.
func teamsFound(rows []bringing) string {
	if len(rows) == 1 {
		return lang.L("It has the key of %s.", rows[0].Team)
	}
	return lang.N("It has the key of %s team.", "It has the keys of %s teams.", len(rows))
}

// Bringer is what the owner does for the offer to bring keys over.
type Bringer struct {
	// Bring tests the key of the team at a place of SetFound, and keeps it. It
	// runs in a goroutine of its own and returns soon once ctx has ended.
	Bring func(ctx context.Context, place int) (Brought, error)
	// OnBrought goes on with a team whose key was brought over, on the main
	// thread.
	OnBrought func(place int)
}
