package cloud

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/tasks"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/external/finder"
	"darwin-uploader/uploader/fault"
)

// maker asks a person whether thumbnails are to be made, and where they are
// written: it says what will be written before anything is, and counts what is.
type maker struct {
	v    *View
	open bool

	found   lacking
	looking bool
	halt    context.CancelFunc // ends the looking
	asked   int                // grows with each look, so that only the latest counts
	consent *making            // for the next draft
	making  bool
	made    int
	refused error // the bucket does not let us write
	stopped bool  // the person did not want more of them
	ended   bool  // what is shown is the outcome

	where    *widgets.Field
	state    *widgets.Paragraph
	examples *fyne.Container
	promise  *widgets.Paragraph
	agree    *widget.Check
	progress *widgets.ThinBar
	press    *widgets.Button
	away     *widgets.Button
	inputs   *fyne.Container
	asks     *fyne.Container
	buttons  *fyne.Container
	lines    *fyne.Container
	box      *widgets.Card
}

func newMaker(v *View) *maker {
	m := &maker{v: v, halt: func() {}}
	m.where = widgets.NewField()
	m.where.SetPlaceHolder("animals/thumbnails")
	m.where.OnChanged = func(string) { m.doubt() }
	m.where.OnSubmitted = func(string) { m.look() }
	m.where.SetOnFocus(func(on bool) {
		if !on && !m.looking && m.found.looked == 0 {
			m.look()
		}
	})
	m.state = widgets.NewParagraph("", theme.SizeNameText, bold)
	m.examples = arrange.Column(2)
	m.promise = widgets.NewParagraph("", theme.SizeNameText, plain).Coloured(look.ColorMuted)
	m.agree = widget.NewCheck(lang.L("I agree that they are written there"), func(bool) { m.show() })
	m.progress = widgets.NewThinBar(8)
	m.press = widgets.NewButton(widgets.Filled, "", look.Icon(look.IconImage), m.begin)
	m.away = widgets.NewButton(widgets.Plain, "", nil, m.stop)
	m.inputs = arrange.Column(look.Space1, widgets.NewText(lang.L("Write them into the folder"), theme.SizeNameText, plain), m.where)
	m.buttons = arrange.Line(look.Space2, -1, m.press, m.away)
	m.asks = container.New(unpadded{}, m.promise)
	m.lines = container.New(stack{},
		widgets.NewText(lang.L("Make thumbnails"), theme.SizeNameSubHeadingText, bold), m.inputs,
		container.New(unpadded{}, m.state), m.progress, m.examples, m.asks, m.agree, m.buttons)
	m.box = widgets.NewCard(m.lines)
	return m
}

// ask opens the question.
func (m *maker) ask() {
	if m.making || m.v.draft == nil {
		return
	}
	m.v.signIn.leave()
	m.open, m.ended, m.v.peeking = true, false, false
	m.where.SetText(m.v.lookup.thumbnails)
	m.look()
	m.v.show()
	widgets.Focus(m.v, m.where)
}

// doubt takes back what was looked for and agreed to.
func (m *maker) doubt() {
	m.halt()
	m.asked++
	m.looking, m.found = false, lacking{}
	m.agree.SetChecked(false)
	m.show()
}

func (m *maker) rule() finder.Rule {
	return finder.Rule{Below: m.v.folders.Below, Template: lookup{thumbnails: m.where.Text}.template()}
}

// look finds out how many are missing, without writing anything.
func (m *maker) look() {
	v, rule := m.v, m.rule()
	m.doubt()
	if !m.open || v.draft == nil || rule.Template == "" {
		return
	}
	if m.found.problem = rule.Check(); m.found.problem != nil {
		m.show()
		return
	}
	asked, d, endpoint := m.asked, v.draft, v.lookup.endpoint
	told := func(l lacking, more bool) {
		v.post(func() {
			if asked == m.asked {
				m.found, m.looking = l, more
				m.show()
			}
		})
	}
	work, halt := tasks.Stoppable(func(ctx, _ context.Context) {
		store, release, err := v.deps.Bucket(ctx, d.Storage, endpoint)
		if err != nil {
			told(lacking{problem: err}, false)
			return
		}
		defer release()
		told(d.lacks(ctx, v.desk.book, store, rule, func(l lacking) { told(l, true) }), false)
	})
	m.halt, m.looking = halt, true
	v.tasks.Go(work)
	m.show()
}

// begin has them made, by the next draft.
func (m *maker) begin() {
	v := m.v
	if !m.agree.Checked || m.looking || m.found.missing == 0 || v.draft == nil {
		return
	}
	consent := &making{}
	consent.wrote = func(n int) {
		v.post(func() {
			m.made = n
			m.show()
		})
	}
	consent.refused = func(err error) {
		v.post(func() {
			if m.making && m.refused == nil {
				m.refused = err
				v.giveUpDraft()
			}
		})
	}
	m.consent, m.making, m.made, m.refused, m.stopped = consent, true, 0, nil, false
	m.progress.Reset(0)
	v.lookup.on, v.lookup.thumbnails = true, m.where.Text
	v.looking.thumbnails.SetText(m.where.Text)
	v.looking.check.Checked = true
	v.looking.check.Refresh()
	consent.of, _ = v.order()
	v.replan()
	v.show()
}

// take gives the consent to the draft that is begun, once; nil if there is none,
// or if it was about something else.
func (m *maker) take(o order) *making {
	c := m.consent
	m.consent = nil
	if c != nil && !c.covers(o) {
		m.finished()
		return nil
	}
	return c
}

// stop ends the making, or leaves the question.
func (m *maker) stop() {
	if m.making {
		m.stopped = true
		m.v.giveUpDraft()
		return
	}
	m.leave()
	m.v.show()
}

// leave closes the question, unless they are being made.
func (m *maker) leave() {
	if m.open && !m.making {
		m.open = false
		m.doubt()
	}
}

// finished is for the end of the draft that made them.
func (m *maker) finished() {
	m.making, m.ended, m.consent = false, true, nil
	m.agree.SetChecked(false)
	m.v.show()
}

// again looks anew when there is another draft.
func (m *maker) again() {
	if m.open && !m.making && !m.ended {
		m.look()
	}
}

func (m *maker) show() {
	asking := !m.making && !m.ended
	widgets.SetShown(m.inputs, asking)
	ready := asking && !m.looking && m.found.missing > 0 && m.found.problem == nil
	widgets.SetShown(m.progress, m.making)
	if m.making {
		m.progress.SetValue(float64(m.made) / float64(max(m.found.missing, 1)))
	}
	widgets.SetShown(m.examples, ready)
	widgets.SetShown(m.asks, ready)
	widgets.SetShown(m.agree, ready)
	widgets.SetShown(m.press, ready)
	widgets.SetEnabled(m.press, m.agree.Checked)
	m.state.SetText(m.words())
	m.examples.Objects = nil
	for _, match := range m.found.first {
		m.examples.Add(widgets.NewShrinkingText(match.Thumbnail, theme.SizeNameCaptionText, plain).Coloured(look.ColorMuted))
	}
	if d := m.v.draft; d != nil {
		whose := lang.L("This computer’s own sign-in is used, which has to be allowed to write there.")
		if m.v.signIn.kept() != NotKept {
			whose = lang.L("The key that you entered is used, which has to be allowed to write there.")
		}
		m.promise.SetText(lang.Sentences(lang.L("They are JPEG pictures of at most 356 × 200 pixels, for the bucket %s. Each original is read as a whole. "+
			"Nothing that is there is changed or deleted.", d.Storage.Bucket), whose))
	}
	m.press.SetText(lang.N("Make %s thumbnail", "Make %s thumbnails", m.found.missing))
	switch {
	case m.making:
		m.away.SetText(lang.L("Stop"))
	case m.ended:
		m.away.SetText(lang.L("Close"))
	default:
		m.away.SetText(lang.L("Cancel"))
	}
	m.buttons.Refresh()
	m.lines.Refresh()
	m.box.Refresh()
	if middle := m.v.middle; middle != nil && m.open { // while the place is made there is none yet
		middle.box.Refresh()
	}
}

// words say what was found, or how far it is, or how it ended.
func (m *maker) words() string {
	made := lang.N("%s thumbnail was made.", "%s thumbnails were made.", m.made)
	switch {
	case m.making:
		return lang.N("%s of %s thumbnail is made.", "%s of %s thumbnails are made.", m.found.missing, lang.Number(m.made), lang.Number(m.found.missing))
	case m.ended && m.refused != nil && fault.KindOf(m.refused) == fault.Permission:
		return lang.Sentences(made, lang.L("The sign-in may not write there. Ask whoever manages the bucket to allow it, or name another folder."))
	case m.ended && m.refused != nil:
		return lang.Sentences(made, told(m.refused))
	case m.ended && m.stopped && m.made < m.found.missing:
		return lang.Sentences(made, lang.L("The others were not, because you stopped it. Nothing else was changed in the bucket."))
	case m.ended && m.made < m.found.missing:
		return lang.Sentences(made, lang.L("The list tells why others were not. Nothing else was changed in the bucket."))
	case m.ended:
		return made
	case m.found.problem != nil:
		return told(m.found.problem)
	case m.looking:
		return lang.L("Looking which ones are missing: %s so far.", lang.Number(m.found.looked))
	case strings.TrimSpace(m.where.Text) == "":
		return lang.L("Say where they are to be. Nothing is written yet.")
	case m.found.looked == 0:
		return lang.L("Nothing here needs one.")
	case m.found.missing == 0:
		return lang.N("The thumbnail of %s object is there already.", "The thumbnails of %s objects are there already.", m.found.looked)
	}
	return lang.N("%s object has no thumbnail there. It would be written like this:", "%s objects have no thumbnail there. They would be written like this:", m.found.missing)
}
