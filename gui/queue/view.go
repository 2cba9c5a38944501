package queue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/queue/cause"
	"darwin-uploader/gui/thumbs"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
)

// Page is which of its screens the view shows.
type Page uint8

// The pages.
const (
	PageEmpty Page = iota // the drop zone
	PageList              // the table, before and while sending
	PageDone              // after an upload
)

// View draws a model: Body for the middle of the window, Bar for its foot.
// The empty page and the list come and go with the model; the end is shown by
// ShowDone and left by a tap, by ShowList, or when the queue is cleared.
type View struct {
	// OnPage is called when the page changes: bar and inspector belong to
	// PageList only.
	OnPage func(Page)

	model  *Model
	on     *Actions
	thumbs *thumbs.Loader
	page   Page

	empty   *empty
	notice  *notice
	tools   *tools
	table   *table
	trouble *trouble
	asking  *problems
	detail  *widgets.Notice
	list    *fyne.Container
	done    *done
	bar     *bar
	body    *fyne.Container
	outcome Outcome
}

// NewView makes the views of m. Loader may be nil, then rows show icons. The
// view takes over loader.OnReady.
func NewView(m *Model, loader *thumbs.Loader, on Actions) *View {
	v := &View{model: m, on: &on, thumbs: loader}
	v.empty = newEmpty(v.on)
	v.notice = newNotice(m, v.on, func() {
		v.showDetail()
		v.list.Refresh()
	})
	v.tools = newTools(m, v.on)
	v.table = newTable(m, loader, v.on)
	v.detail = widgets.NewNotice(widgets.NoticeWarning, "")
	v.detail.Hide()
	v.trouble = newTrouble(v.on)
	v.asking = newProblems(m, loader, v.on, v.turned)
	v.list = container.New(page{grow: 5, gap: look.Space3}, v.trouble.notice, v.notice.card, v.notice.panel, v.tools.line, v.asking.head,
		container.NewStack(v.table, v.asking.body), v.detail)
	v.done = newDone(m, loader, v.on, v.ShowList, v.ShowLeftOut)
	v.bar = newBar(m, v.on)
	v.bar.back.SetOnTapped(func() { v.ShowDone(v.outcome) })
	v.body = container.NewStack(v.empty.body, v.list, v.done.body)
	if loader != nil {
		loader.OnReady = v.thumbsReady
	}
	m.Listen(v.changed)
	v.turn(PageEmpty)
	v.changed(Structure | Selection | Values)
	return v
}

// Body is the middle of the window.
func (v *View) Body() fyne.CanvasObject { return v.body }

// Bar is the foot of the window; it belongs to PageList only.
func (v *View) Bar() fyne.CanvasObject { return v.bar.surface }

// Page is the page that is shown.
func (v *View) Page() Page { return v.page }

// SetDataset names the dataset that files will go to, "" while none is chosen.
func (v *View) SetDataset(name string) {
	v.bar.dataset = name
	v.empty.setDataset(name)
	v.bar.update()
}

// SetHold says in a sentence why nothing can be sent now ("" if it can): the
// button is off and the sentence stands beside it.
func (v *View) SetHold(sentence string) {
	v.bar.hold = sentence
	v.bar.update()
}

// SetSnapshot shows how far a running batch is. Give the model its statuses
// first.
func (v *View) SetSnapshot(s uploader.Snapshot) {
	v.bar.shot = s
	v.model.SetWaiting(s.Waiting != nil)
	v.showTrouble()
	v.bar.update()
}

// ShowDone shows the end of an upload.
func (v *View) ShowDone(o Outcome) {
	v.outcome, v.bar.ended = o, true
	v.turn(PageDone)
	v.done.show(o)
	v.done.grid.want()
}

// UpdateDone brings the end of an upload in line with the model, whether it is
// on the screen or not.
func (v *View) UpdateDone(o Outcome) {
	v.outcome = o
	if v.page == PageDone {
		v.done.update(o)
	}
}

// ForgetReceipt leaves the end of an upload for good: for the table, or for the
// empty page if nothing is left in the queue.
func (v *View) ForgetReceipt() {
	v.bar.ended = false
	if v.page == PageDone {
		v.ShowList(All)
	}
	v.bar.update()
}

// ShowList shows the table with one group of files.
func (v *View) ShowList(g Group) {
	v.turn(PageList)
	v.model.SetFilter(g)
	v.changed(Structure | Selection | Values)
}

// ShowLeftOut shows the table with the list of what was left out above it.
func (v *View) ShowLeftOut() {
	v.ShowList(All)
	v.notice.setPanel(true)
}

// turned follows a turn from the cards to the list or back; the cards need the
// room of the inspector.
func (v *View) turned() {
	v.changed(Structure)
	if v.OnPage != nil {
		v.OnPage(v.page)
	}
}

// SetClasses tells which tag classes the team has; nil while nobody knows.
func (v *View) SetClasses(classes cause.Classes) {
	v.asking.classes = classes
	v.model.asked++
	v.changed(Values)
}

// SetStopped shows what stopped the last upload as a whole, nil for nothing.
func (v *View) SetStopped(p *fault.Error) {
	v.trouble.stopped = p
	v.showTrouble()
}

// ShowsQuestions says whether the cards of what needs the person are shown,
// which need the width of the window.
func (v *View) ShowsQuestions() bool { return v.page == PageList && v.asking.shows() }

func (v *View) showTrouble() {
	if before := v.trouble.notice.Hidden; v.trouble.update(v.model, v.bar.shot) || before != v.trouble.notice.Hidden {
		v.list.Refresh()
	}
}

// FocusSearch puts the keyboard into the search, for a shortcut.
func (v *View) FocusSearch() {
	if v.page != PageList {
		return
	}
	if v.tools.narrow {
		v.tools.openSearch()
		return
	}
	v.tools.focusSearch()
}

func (v *View) turn(p Page) {
	changed := v.page != p
	v.page = p
	v.empty.body.Hidden, v.list.Hidden, v.done.body.Hidden = p != PageEmpty, p != PageList, p != PageDone
	v.table.pane.away = p != PageList
	v.table.pane.sheet.wanted = nil
	v.body.Refresh()
	if changed && v.OnPage != nil {
		v.OnPage(p)
	}
}

// changed follows the model.
func (v *View) changed(c Change) {
	total := v.model.Total()
	added := v.model.LastAdded()
	empty := total.Files == 0 && len(v.model.LeftOut()) == 0 && !added.Running
	switch {
	case empty && v.page != PageEmpty:
		v.turn(PageEmpty)
	case !empty && v.page == PageEmpty, v.page == PageDone && (added.Running || v.model.Sending()):
		v.turn(PageList)
	}
	if v.page != PageList {
		v.bar.update()
		return
	}
	sending := v.model.Sending()
	if sending {
		v.bar.ended = false
	}
	before := v.seen()
	v.notice.card.Hidden = sending || v.asking.shows()
	v.tools.add.Hidden = !sending
	v.table.setForm(form{sending: sending, reasons: total.Count(NeedsYou)+total.Skipped > 0})
	v.notice.update()
	v.tools.update()
	v.asking.update()
	v.table.Hidden = v.asking.shows()
	v.table.pane.away = v.table.Hidden
	v.table.update(c)
	v.showDetail()
	v.bar.update()
	// Ten times a second only rows, chips and bar change. The page is laid out
	// anew only when something on it came or went.
	if c&Structure != 0 || before != v.seen() {
		v.list.Refresh()
	}
}

// seen tells what takes part in the layout of the list's page.
func (v *View) seen() [6]any {
	return [6]any{v.notice.card.Hidden, v.notice.panel.Hidden, v.detail.Hidden, v.detail.Text(), v.asking.head.Hidden, v.asking.body.Visible()}
}

// showDetail tells the whole truth about the one file that is selected, if
// there is more to tell than its row holds.
func (v *View) showDetail() {
	words, kind := "", widgets.NoticeNeutral
	var actions []fyne.CanvasObject
	if v.model.SelectedCount() == 1 {
		id := v.model.Selected()[0]
		e, _ := v.model.Entry(id)
		switch GroupOf(e.Status.State) {
		case NeedsYou:
			kind, words = widgets.NoticeWarning, named(e.Name, problemText(e.Status.Problem, lang.L("It did not arrive.")))
			if v.on.OnRetry != nil {
				actions = append(actions, widgets.NewButton(widgets.Link, lang.L("Send it again"), nil, func() { v.on.OnRetry([]ID{id}) }))
			}
		case Done:
			if e.Status.State == uploader.Skipped {
				words = named(e.Name, stateSentence(e.Status))
			}
		case Ready:
			if e.Status.State == uploader.Stopped {
				words = named(e.Name, stateSentence(e.Status))
			}
		}
	}
	if words == "" {
		words = v.notice.chosen
	}
	v.detail.Hidden = words == "" || v.asking.shows()
	if words != "" && words != v.detail.Text() {
		v.detail.Set(kind, words)
		v.detail.SetActions(actions...)
	}
}

// thumbsReady draws the thumbnails that are new.
func (v *View) thumbsReady() {
	switch v.page {
	case PageList:
		if v.asking.shows() {
			v.asking.thumbsReady()
			return
		}
		v.table.pane.sheet.place()
	case PageDone:
		v.done.grid.Refresh()
	}
}
