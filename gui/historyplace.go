package gui

import (
	"time"

	"darwin-uploader/gui/cloud"
	"darwin-uploader/gui/history"
	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

// newHistory makes the History place.
func (w *window) newHistory(clouds *cloud.View) *history.View {
	p := w.place
	v := history.New(w.ctx, history.Both{Uploads: p.Receipts(), Imports: clouds.Book}, w.post, time.Now)
	v.OnUpload = func() { w.shell.visit(uploadPlace) }
	v.OnImport = func() { w.shell.visit(cloudPlace) }
	v.OnOpen = func(s receipt.Summary) { w.openAddress(darwin.DatasetPage(s.Server, s.Dataset)) }
	v.OnSave = w.saveReceipt
	v.OnLook = func(s receipt.Summary) {
		if number, imported := history.ImportOf(s.ID); imported {
			clouds.Look(number, v.Changed)
			return
		}
		p.LookAgain(s)
	}
	v.TeamOf = w.teamOf
	v.OnSendAgain = func(s receipt.Summary, outcomes []receipt.Outcome, done func(error)) {
		if s.Imported {
			w.importAgain(s, outcomes, done)
			return
		}
		p.SendAgain(s, outcomes, func(err error) {
			if err == nil && w.shell != nil {
				w.shell.visit(uploadPlace)
			}
			done(err)
		})
	}
	return v
}

// importAgain registers what waits of an import, and those of its rows with
// these outcomes that another try may mend.
func (w *window) importAgain(s receipt.Summary, outcomes []receipt.Outcome, done func(error)) {
	no := func(what, do string) {
		done(&fault.Error{Kind: fault.Usage, What: what, Safe: lang.L("Nothing was imported."), Do: do})
	}
	switch {
	case !w.place.Owns(s):
		no(lang.L("This import went to another team."), lang.L("Switch to that team at the top of Upload, then import them again."))
		return
	case w.shell.cloud.Sending():
		no(lang.L("An import is under way."), lang.L("Import these again when it has ended."))
		return
	}
	var again []ledger.State
	for _, o := range outcomes {
		if o == receipt.NeedsYou || o == receipt.Missing { // an item that Darwin refused is in its place still
			again = append(again, external.StatesOf(o)...)
		}
	}
	number, _ := history.ImportOf(s.ID)
	w.shell.cloud.Continue(number, again, func(err error) {
		if err == nil && w.shell != nil {
			w.shell.visit(cloudPlace)
		}
		done(err)
	})
}

// underWay are the upload and the import that run, as the history numbers them.
func (w *window) underWay() (ids []int64) {
	if id := w.place.Uploading(); id != 0 {
		ids = append(ids, id)
	}
	if number := w.shell.cloud.Importing(); number != 0 {
		ids = append(ids, history.OfImport(number))
	}
	return ids
}

// receiptChanged is for a receipt that is another now.
func (w *window) receiptChanged(id int64) {
	if w.shell == nil {
		return
	}
	h := w.shell.history
	h.SetRunning(w.underWay()...)
	h.SetFollowing(id, w.place.Following(id))
	h.Changed()
}

// importChanged is for the receipt of an import that is another now.
func (w *window) importChanged(number int64) {
	if w.shell == nil {
		return
	}
	h := w.shell.history
	h.SetFollowing(history.OfImport(number), w.shell.cloud.Following(number))
	h.Changed()
}

// teamOf names the team of an upload that is not the one at work.
func (w *window) teamOf(s receipt.Summary) string {
	if w.place == nil || w.place.Owns(s) {
		return ""
	}
	for _, a := range w.o.Settings.Get().Accounts {
		if a.ID == s.Account {
			return a.TeamName
		}
	}
	return s.Dataset.TeamSlug
}
