package history

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

// detail is one receipt: what it is about, its numbers, and its lines.
type detail struct {
	view   *View
	of     receipt.Summary
	filter filter

	title, facts *widgets.Text
	save, more   *widgets.Button
	open, again  *widgets.Button
	head         *fyne.Container
	figures      *widgets.Card
	state        *widgets.Notice // of the upload as a whole
	look         *widgets.Button
	visit        *widgets.Button
	said         *widgets.Notice // what came of the last button
	chips        [filters]*widgets.FilterChip
	chipLine     *fyne.Container
	table        *widgets.Card
	roll         *roll
	lines        *lines
	none         *widgets.Text
	sentence     *widgets.Notice // about the chosen line
	body         *fyne.Container
}

func newDetail(v *View) *detail {
	d := &detail{view: v}
	d.title = widgets.NewShrinkingText("", theme.SizeNameHeadingText, bold)
	d.facts = widgets.NewShrinkingText("", theme.SizeNameText, plain).Coloured(look.ColorMuted)
	d.save = widgets.NewButton(widgets.Plain, "", look.Icon(look.IconDownload), d.tappedSave)
	d.more = widgets.NewIconButton(look.Icon(look.IconMore), lang.L("Other formats"), nil)
	d.more.SetOnTapped(func() { d.showFormats(d.more) })
	d.open = widgets.NewButton(widgets.Filled, lang.L("Open in Darwin"), look.Icon(look.IconExternalLink), func() {
		if v.OnOpen != nil {
			v.OnOpen(d.of)
		}
	})
	d.open.SetIconTrailing(true)
	d.again = widgets.NewButton(widgets.Filled, "", look.Icon(look.IconUpload), d.sendAgain)
	d.head = container.New(&heading{}, d.title, d.facts, arrange.Line(look.Space2, -1, d.save, d.more, d.open, d.again))

	d.figures = widgets.NewCard(nil).SetPadding(0)
	d.state, d.said, d.sentence = widgets.NewNotice(widgets.NoticeNeutral, ""), widgets.NewNotice(widgets.NoticeNeutral, ""), widgets.NewNotice(widgets.NoticeNeutral, "")
	d.look = widgets.NewButton(widgets.Tinted, lang.L("Look again"), nil, func() {
		if v.OnLook != nil {
			v.OnLook(d.of)
		}
	})
	d.visit = widgets.NewButton(widgets.Link, lang.L("Show it"), nil, func() {
		if d.of.Imported {
			call(v.OnImport)
		} else {
			call(v.OnUpload)
		}
	})
	d.chipLine = arrange.Wrap(look.Space2)
	for f := range filters {
		d.chips[f] = widgets.NewFilterChip(f.word(), func() { d.choose(f) })
		d.chipLine.Add(d.chips[f])
	}

	d.lines = &lines{onChosen: d.explain, loader: v.thumbs, room: measureRoom()}
	d.lines.pages = &pages{source: v.source, run: v.tasks.Go, post: v.whileOpen, arrived: d.arrived, failed: d.unreadable,
		have: map[int][]receipt.Line{}, stale: map[int]bool{}}
	d.roll = newRoll(d.lines)
	d.none = widgets.NewShrinkingText(lang.L("No files here."), theme.SizeNameText, plain).Coloured(look.ColorMuted).Aligned(fyne.TextAlignCenter)
	d.table = widgets.NewCard(arrange.Topped(widgets.NewTableHead(d.lines.room.named), container.NewStack(d.roll, d.none))).SetPadding(1)
	d.body = container.New(page{grow: 5}, d.head, d.figures, d.state, d.said, d.chipLine, d.table, d.sentence)
	return d
}

// show turns to a receipt, or to a newer state of the same one.
func (d *detail) show(s receipt.Summary) {
	other := s.ID != d.of.ID
	d.of = s
	if other {
		d.filter = everything
		d.said.Hide()
	}
	if d.filter.count(s) == 0 {
		d.filter = everything
	}
	d.showHead()
	d.showState()
	d.figures.SetContent(d.numbers())
	d.showLines(other)
}

func (d *detail) showHead() {
	v, s := d.view, d.of
	running := slices.Contains(v.batches.running, s.ID)
	team := ""
	if v.TeamOf != nil {
		team = v.TeamOf(s)
	}
	d.title.SetText(s.Dataset.Name)
	d.facts.SetText(facts(s, team, v.now()))
	_, words, any := again(s, d.filter)
	d.again.Hidden = !any || running || v.OnSendAgain == nil
	d.again.SetText(words)
	widgets.SetEnabled(d.again, v.sendingAgain == 0)
	style := widgets.Filled
	if !d.again.Hidden {
		style = widgets.Plain
	}
	d.open.SetStyle(style)
	d.save.Hidden, d.more.Hidden = v.OnSave == nil, v.OnSave == nil || v.narrow
	d.save.SetText(lang.L("Save as CSV"))
	if v.narrow {
		d.save.SetText(lang.L("Save"))
	}
	d.open.Hidden = v.OnOpen == nil
	d.head.Refresh()
}

// showState says what is not settled yet.
func (d *detail) showState() {
	s, v := d.of, d.view
	n := s.Counts[receipt.Sent]
	running, beyond := slices.Contains(v.batches.running, s.ID), d.filter == leftOut && s.LeftOut > s.LeftOutLines()
	switch {
	case beyond:
		d.state.Set(widgets.NoticeNeutral, lang.L("The first %s of the %s that were left out are listed.", lang.Number(s.LeftOutLines()), lang.Number(s.LeftOut)))
		d.state.SetActions()
	case running && s.Imported:
		d.state.Set(widgets.NoticeNeutral, lang.L("This import is under way."))
		d.state.SetActions(d.visit)
	case running:
		d.state.Set(widgets.NoticeNeutral, lang.L("This upload is under way."))
		d.state.SetActions(d.visit)
	case n > 0 && v.following[s.ID]:
		d.state.Set(widgets.NoticeNeutral, lang.N("Darwin is processing %s. The numbers here follow by themselves.", "Darwin is processing %s. The numbers here follow by themselves.", n))
		d.state.SetActions()
	case n > 0:
		d.state.Set(widgets.NoticeNeutral, lang.N("Darwin was still processing %s when it was last asked.", "Darwin was still processing %s when it was last asked.", n))
		d.state.SetActions(d.look)
	}
	d.state.Hidden = n == 0 && !running && !beyond
	d.look.Hidden = v.OnLook == nil
	d.body.Refresh()
}

func (d *detail) showLines(rewind bool) {
	d.showChips()
	d.lines.imported = d.of.Imported
	d.lines.pages.show(d.filter.selection(d.of))
	d.none.Hidden = d.lines.count() > 0
	if rewind || d.roll.chosen >= d.lines.count() {
		d.roll.chosen = -1
		d.sentence.Hide()
		d.roll.rewind()
	} else {
		d.roll.changed()
	}
	d.body.Refresh()
}

func (d *detail) showChips() {
	for f, chip := range d.chips {
		f, n := filter(f), filter(f).count(d.of)
		optional := f == processing || f >= notSent || d.view.narrow && f != everything
		chip.Hidden = n == 0 && optional
		chip.SetCount(n)
		chip.SetChosen(f == d.filter)
	}
	d.chipLine.Refresh()
}

// choose turns to other lines of the same receipt.
func (d *detail) choose(f filter) {
	if d.filter != f {
		d.filter = f
		d.showHead() // the button sends what is looked at
		d.showState()
		d.showLines(true)
	}
}

// find goes to the first file of the receipt that the search is about.
func (d *detail) find(search string) {
	of := d.of.ID
	if strings.TrimSpace(search) == "" {
		return
	}
	d.view.tasks.Go(func(ctx context.Context) {
		at, err := d.view.source.Find(ctx, of, search)
		d.view.whileOpen(func() {
			if err != nil || at < 0 || d.of.ID != of || d.view.search.Text != search || at >= d.of.Files {
				return
			}
			d.choose(everything)
			d.roll.choose(at)
			d.roll.reveal(at)
			d.lines.chose(at, false)
		})
	})
}

// arrived draws lines that were missing.
func (d *detail) arrived() {
	d.roll.sheet.place()
	if i := d.roll.chosen; i >= 0 {
		if line, ok := d.lines.pages.line(i); ok {
			d.explain(line)
		}
	}
}

// explain tells the whole truth about a line.
func (d *detail) explain(line receipt.Line) {
	kind, _ := happened(line, d.of.Imported, true)
	notice := widgets.NoticeNeutral
	if kind == widgets.StateNeedsYou {
		notice = widgets.NoticeWarning
	}
	words := sentence(line, d.of.Imported)
	if !d.sentence.Hidden && d.sentence.Text() == words {
		return
	}
	d.sentence.Hidden = false
	d.sentence.Set(notice, words)
	d.body.Refresh()
}

func (d *detail) unreadable(err error) {
	again := widgets.NewButton(widgets.Link, lang.L("Try again"), nil, func() {
		d.said.Hide()
		d.lines.pages.retry()
		d.roll.sheet.place()
		d.body.Refresh()
	})
	d.say(widgets.NoticeWarning, lang.Fault(fault.Of(err)), again)
}

// say tells what came of something that the person asked for.
func (d *detail) say(kind widgets.NoticeKind, words string, actions ...fyne.CanvasObject) {
	d.said.Set(kind, words)
	d.said.SetActions(actions...)
	d.said.Hidden = false
	d.body.Refresh()
}

// tappedSave saves, or asks for the format where there is no room for two
// buttons.
func (d *detail) tappedSave() {
	if d.view.narrow {
		d.showFormats(d.save)
		return
	}
	d.saveAs(CSV)
}

func (d *detail) showFormats(below fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(below)
	if c == nil {
		return
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("",
		fyne.NewMenuItem(lang.L("Save as CSV"), func() { d.saveAs(CSV) }),
		fyne.NewMenuItem(lang.L("Save as JSON"), func() { d.saveAs(JSON) })), c)
	menu.ShowAtRelativePosition(fyne.NewPos(0, below.Size().Height+look.Space1), below)
}

func (d *detail) saveAs(f Format) {
	v, of := d.view, d.of
	v.OnSave(of, f, func(name string, err error) {
		v.whileOpen(func() {
			switch {
			case d.of.ID != of.ID:
			case err != nil:
				d.say(widgets.NoticeWarning, lang.Fault(fault.Of(err)))
			case name != "":
				d.say(widgets.NoticeSuccess, lang.L("Saved as %s.", name))
			}
		})
	})
}

func (d *detail) sendAgain() {
	v, of := d.view, d.of
	v.sendingAgain = of.ID
	d.showHead()
	which, _, _ := again(of, d.filter)
	v.OnSendAgain(of, which.outcomes(), func(err error) {
		v.whileOpen(func() {
			v.sendingAgain = 0
			d.showHead()
			if err != nil && d.of.ID == of.ID {
				d.say(widgets.NoticeWarning, lang.Fault(fault.Of(err)))
			}
		})
	})
}
