package gui

import (
	"time"

	"darwin-uploader/gui/history"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/receipt"
)

// newHistory makes the History place.
func (w *window) newHistory() *history.View {
	p := w.place
	v := history.New(w.ctx, p.Receipts(), w.post, time.Now)
	v.OnUpload = func() { w.shell.visit(uploadPlace) }
	v.OnOpen = func(s receipt.Summary) { w.openAddress(darwin.DatasetPage(s.Server, s.Dataset)) }
	v.OnSave = w.saveReceipt
	v.OnLook = p.LookAgain
	v.TeamOf = w.teamOf
	v.OnSendAgain = func(s receipt.Summary, outcomes []receipt.Outcome, done func(error)) {
		p.SendAgain(s, outcomes, func(err error) {
			if err == nil && w.shell != nil {
				w.shell.visit(uploadPlace)
			}
			done(err)
		})
	}
	return v
}

// receiptChanged is for a receipt that is another now.
func (w *window) receiptChanged(id int64) {
	if w.shell == nil {
		return
	}
	h := w.shell.history
	h.SetRunning(w.place.Uploading())
	h.SetFollowing(id, w.place.Following(id))
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
