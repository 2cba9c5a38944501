package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/session"
	"darwin-uploader/gui/tasks"
	"darwin-uploader/gui/upload"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/fault"
)

// keyQuestion asks for another key of the account in use, over the window,
// because Darwin does not take the one so far.
type keyQuestion struct {
	window  *window
	place   *upload.Place
	account settings.Account
	stop    context.CancelFunc // ends what runs

	box     *widget.PopUp
	field   *widgets.Field
	result  *widgets.Notice
	shown   *fyne.Container
	goOn    *widgets.Button
	testing bool
}

// askForKey asks for a key and says why. It asks once, however many requests
// were refused.
func (w *window) askForKey(why *fault.Error) {
	if w.keyAsked != nil || w.place == nil || w.welcome != nil {
		return
	}
	account, ok := w.accountNamed(w.place.Account())
	if !ok {
		return
	}
	q := &keyQuestion{window: w, place: w.place, account: account, stop: func() {}}
	w.keyAsked = q
	q.field = widgets.NewPasswordField(lang.L("Show the key"), lang.L("Hide the key"))
	q.field.SetPlaceHolder(lang.L("Another API key"))
	q.field.OnChanged = func(string) { q.update() }
	q.field.OnSubmitted = func(string) { q.test() }
	q.field.SetOnEscape(q.leave)
	q.result = widgets.NewNotice(widgets.NoticeWarning, "")
	q.shown = arrange.Wide(askWidth, q.result)
	q.shown.Hide()
	q.goOn = widgets.NewButton(widgets.Filled, "", nil, q.test)
	later := widgets.NewButton(widgets.Plain, lang.L("Not now"), nil, q.leave)
	for _, b := range []*widgets.Button{q.goOn, later} {
		b.SetOnEscape(q.leave)
	}
	q.box = widget.NewModalPopUp(arrange.Inset(look.Space4, look.Space4, look.Space4, look.Space4, arrange.Column(look.Space3,
		widgets.NewText(lang.L("Another key for %s", account.TeamName), theme.SizeNameSubHeadingText, fyne.TextStyle{Bold: true}),
		arrange.Prose(askWidth, widgets.NewParagraph(q.words(why), theme.SizeNameText, fyne.TextStyle{})),
		arrange.Wide(askWidth, q.field), q.shown,
		arrange.Inset(look.Space2, 0, 0, 0, arrange.Line(look.Space2, 0, container.NewStack(), later, q.goOn)))), w.win.Canvas())
	q.update()
	q.box.Show()
	w.win.Canvas().Focus(q.field)
}

// words say what happened, what is safe and what to do.
func (q *keyQuestion) words(why *fault.Error) string {
	text := []string{lang.S(why.What)}
	if arrived, of := q.place.Progress(); of > 0 && arrived < of {
		text = append(text, lang.N("%s of %s file is sent; it is safe on this computer and goes on with another key.",
			"%s of %s files are sent; the rest is safe on this computer and goes on with another key.", of, lang.Number(arrived), lang.Number(of)))
	}
	return lang.Sentences(append(text, lang.L("Your team lead can give you one, or you make it in Darwin under Settings, API keys."))...)
}

// update brings the buttons in line.
func (q *keyQuestion) update() {
	words := lang.L("Test key")
	if arrived, of := q.place.Progress(); of > 0 && arrived < of {
		words = lang.L("Test key and go on")
	}
	if q.testing {
		words = lang.L("Testing the key")
	}
	q.goOn.SetText(words)
	widgets.SetEnabled(q.goOn, !q.testing && q.field.Text != "")
	widgets.SetEnabled(q.field, !q.testing)
}

// leave goes on without another key.
func (q *keyQuestion) leave() {
	q.stop()
	q.box.Hide()
	q.window.keyAsked = nil
}

// test tries what was typed, keeps it if it is a key of the team, and goes on.
func (q *keyQuestion) test() {
	w, key := q.window, q.field.Text
	if q.testing || key == "" {
		return
	}
	q.testing = true
	q.shown.Hide()
	q.update()
	work, stop := tasks.Stoppable(func(ctx, _ context.Context) {
		kept, err := q.take(ctx, key)
		if ctx.Err() != nil {
			return
		}
		w.post(func() { q.tested(kept, err) })
	})
	q.stop = stop
	w.tasks.Go(work)
}

// take tests a key, and keeps and uses it if it fits.
func (q *keyQuestion) take(ctx context.Context, key string) (kept bool, err error) {
	w := q.window
	w.o.Hide(key)
	found, err := session.Whose(ctx, q.account.Server, key, w.agent(), w.ways)
	if err != nil {
		return false, err
	}
	if found.ID != q.account.ID {
		return false, &fault.Error{
			Kind: fault.Key, What: lang.L("This key belongs to %s.", found.TeamName),
			Do: lang.L("Paste a key of %s.", q.account.TeamName),
		}
	}
	if err := q.place.SetKey(key); err != nil {
		return false, err
	}
	return w.keep(ctx, found, key)
}

// tested is the outcome of take.
func (q *keyQuestion) tested(kept bool, err error) {
	q.testing = false
	if q.window.keyAsked != q {
		return
	}
	if err != nil {
		q.result.Set(widgets.NoticeWarning, lang.Fault(fault.Of(err)))
		q.shown.Show()
		q.update()
		q.box.Refresh()
		q.window.win.Canvas().Focus(q.field)
		return
	}
	q.leave()
	if q.place != q.window.place {
		return
	}
	if !kept {
		q.place.Tell(lang.L("This computer's keychain did not take the key. It is used until you close the window."))
	}
	q.window.shell.settings.SetAccounts(q.window.prefsAccounts())
	q.place.GoOnSending()
	q.window.shell.cloud.GoOn()
}

// accountNamed finds an account by its id.
func (w *window) accountNamed(id string) (settings.Account, bool) {
	for _, a := range w.o.Settings.Get().Accounts {
		if a.ID == id {
			return a, true
		}
	}
	return settings.Account{}, false
}
