package header

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/widgets"
)

const (
	panelWidth   float32 = 380
	panelMaxRows int     = 7
)

// panel is what opens below the dataset picker: the list with its search, or
// the name of a new dataset.
type panel struct {
	v       *View
	popUp   *widget.PopUp
	search  *widgets.Field
	list    *widget.List
	listBox *fyne.Container
	empty   *widgets.Paragraph
	failure *widgets.Notice
	reload  *widgets.Button
	line    *widget.Separator
	add     *widgets.Button
	choice  *fyne.Container

	name    *widgets.Field
	problem *widgets.Text
	failed  *widgets.Notice
	create  *widgets.Button
	cancel  *widgets.Button
	naming  *fyne.Container
	content *fyne.Container
}

func newPanel(v *View) *panel {
	p := &panel{v: v}
	p.buildChoice()
	p.buildNaming()
	p.content = arrange.Inset(8, 8, 8, 8, arrange.Wide(panelWidth, container.NewStack(p.choice, p.naming)))
	return p
}

func (p *panel) buildChoice() {
	d := &p.v.data
	p.search = widgets.NewSearch(lang.L("Find a dataset"))
	p.search.OnChanged = func(text string) {
		d.setTyped(text)
		p.refresh()
	}
	p.search.SetOnDown(func() { p.move(+1) })
	p.search.SetOnUp(func() { p.move(-1) })
	p.search.SetOnEscape(p.hide)
	p.search.OnSubmitted = func(string) {
		if ds, ok := d.litRow(); ok && d.state == listKnown {
			p.v.choose(ds)
		}
	}
	p.list = widget.NewList(func() int { return len(d.rows) },
		func() fyne.CanvasObject { return newListRow() },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(d.rows) {
				chosen := p.v.chosen != nil && p.v.chosen.ID == d.rows[i].ID
				o.(*listRow).set(d.rows[i], i == d.lit, chosen)
			}
		})
	p.list.HideSeparators = true
	p.list.OnSelected = func(i widget.ListItemID) {
		p.list.UnselectAll()
		if i < len(d.rows) {
			p.v.choose(d.rows[i].Dataset)
		}
	}
	p.listBox = container.New(&rows{panel: p}, p.list)
	p.empty = widgets.NewParagraph("", theme.SizeNameText, fyne.TextStyle{}).Coloured(look.ColorMuted)
	p.failure = widgets.NewNotice(widgets.NoticeWarning, "")
	p.reload = widgets.NewButton(widgets.Tinted, lang.L("Try again"), nil, func() {
		call(p.v.OnReload)
		p.focus() // back into the search
	})
	p.add = widgets.NewButton(widgets.Link, lang.L("New dataset"), look.Icon(look.IconPlus), func() {
		d.startNaming()
		p.refresh()
		p.focus()
	})
	p.line = widget.NewSeparator()
	p.choice = arrange.Column(8, p.search, p.listBox,
		arrange.Wide(panelWidth, p.empty), arrange.Wide(panelWidth, p.failure),
		arrange.Line(0, -1, p.reload), p.line, arrange.Line(0, -1, p.add))
}

func (p *panel) buildNaming() {
	d := &p.v.data
	p.name = widgets.NewField()
	p.name.SetIcon(look.Icon(look.IconLayers))
	p.name.SetPlaceHolder(lang.L("Name of the new dataset"))
	p.name.OnChanged = func(text string) {
		d.name, d.createFailed = text, nil
		p.refresh()
	}
	p.name.OnSubmitted = func(string) { p.v.create() }
	p.name.SetOnEscape(p.hide)
	p.problem = widgets.NewShrinkingText("", theme.SizeNameCaptionText, fyne.TextStyle{}).Coloured(theme.ColorNameWarning)
	p.failed = widgets.NewNotice(widgets.NoticeWarning, "")
	p.create = widgets.NewButton(widgets.Filled, lang.L("Create dataset"), nil, p.v.create)
	p.cancel = widgets.NewButton(widgets.Plain, lang.L("Cancel"), nil, p.hide)
	p.naming = arrange.Column(8,
		widgets.NewText(lang.L("New dataset"), look.SizeBodyLarge, fyne.TextStyle{Bold: true}),
		p.name, p.problem, arrange.Wide(panelWidth, p.failed),
		arrange.Line(8, -1, p.create, p.cancel))
}

// showBelow opens the panel under a widget of the header.
func (p *panel) showBelow(anchor fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(anchor)
	if c == nil {
		return
	}
	if p.popUp == nil || p.popUp.Canvas != c {
		p.popUp = widget.NewPopUp(p.content, c)
	}
	// Set without OnChanged, which would end a search that was just begun.
	setQuietly(p.search, p.v.data.typed)
	setQuietly(p.name, p.v.data.name)
	p.popUp.ShowAtRelativePosition(fyne.NewPos(0, anchor.Size().Height+look.Space1), anchor)
	p.refresh()
	p.focus()
}

func setQuietly(f *widgets.Field, text string) {
	onChanged := f.OnChanged
	f.OnChanged = nil
	f.SetText(text)
	f.OnChanged = onChanged
}

func (p *panel) shown() bool { return p.popUp != nil && p.popUp.Visible() }

func (p *panel) hide() {
	if p.shown() {
		p.popUp.Hide()
	}
}

func (p *panel) focus() {
	if !p.shown() {
		return
	}
	if p.v.data.naming {
		setQuietly(p.name, p.v.data.name)
		p.popUp.Canvas.Focus(p.name)
		return
	}
	p.popUp.Canvas.Focus(p.search)
}

func (p *panel) move(by int) {
	p.v.data.move(by)
	p.list.Refresh()
	if p.v.data.lit >= 0 {
		p.list.ScrollTo(p.v.data.lit)
	}
}

// refresh brings the panel up to date while it is open.
func (p *panel) refresh() {
	if !p.shown() {
		return
	}
	d := &p.v.data
	widgets.SetShown(p.choice, !d.naming)
	widgets.SetShown(p.naming, d.naming)
	if d.naming {
		p.refreshNaming()
	} else {
		p.refreshChoice()
	}
	p.popUp.Resize(p.popUp.MinSize())
	p.content.Refresh()
}

func (p *panel) refreshChoice() {
	d := &p.v.data
	text := ""
	switch {
	case d.state == listLoading:
		text = lang.L("Asking Darwin for the datasets.")
	case d.state == listKnown && len(d.all) == 0:
		text = lang.L("This team has no dataset yet.")
	case d.state == listKnown && len(d.rows) == 0:
		text = lang.L("No dataset has “%s” in its name.", d.typed)
	}
	p.empty.SetText(text)
	widgets.SetShown(p.empty, text != "")
	widgets.SetShown(p.listBox, d.state == listKnown && len(d.rows) > 0)
	if d.problem != nil {
		p.failure.Set(widgets.NoticeWarning, lang.Fault(d.problem))
	}
	widgets.SetShown(p.failure, d.state == listFailed)
	widgets.SetShown(p.reload, d.state == listFailed && p.v.OnReload != nil)
	widgets.SetShown(p.add, p.v.OnNewDataset != nil && d.state == listKnown)
	widgets.SetShown(p.line, p.add.Visible())
	p.list.Refresh()
	if d.lit >= 0 {
		p.list.ScrollTo(d.lit)
	}
}

func (p *panel) refreshNaming() {
	d := &p.v.data
	name, problem := d.newName()
	p.problem.SetText(problem)
	widgets.SetShown(p.problem, problem != "")
	p.name.SetInvalid(problem != "")
	if d.createFailed != nil {
		p.failed.Set(widgets.NoticeWarning, lang.Fault(d.createFailed))
	}
	widgets.SetShown(p.failed, d.createFailed != nil)
	words := lang.L("Create dataset")
	if d.creating {
		words = lang.L("Creating the dataset")
	}
	p.create.SetText(words)
	widgets.SetEnabled(p.create, name != "" && !d.creating)
	widgets.SetEnabled(p.name, !d.creating)
}

// rows gives the list the height of its rows, up to seven.
type rows struct{ panel *panel }

func (r *rows) MinSize([]fyne.CanvasObject) fyne.Size {
	n := min(len(r.panel.v.data.rows), panelMaxRows)
	return fyne.NewSize(panelWidth, float32(n)*(look.RowHeight+theme.Padding()))
}

func (r *rows) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }
