package gui

import (
	"context"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/prefs"
	"darwin-uploader/gui/session"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/fault"
)

// newSettings makes the Settings place.
func (w *window) newSettings() *prefs.View {
	v := prefs.New(w.post)
	v.OnUse = w.switchAccount
	v.OnAdd = w.showWelcome
	v.OnTest = w.testAccount
	v.OnRemove = func(id string, done func(error)) { w.removeAccount(v, id, done) }
	v.OnChange = w.changeSettings
	v.OnLanguage = w.chooseLanguage
	v.OnProxyPassword = w.keepProxyPassword
	v.OnPickCertificate = func() { w.pickCertificate(v) }
	if w.o.Report != nil {
		v.OnCopyReport = w.copyReport
	}
	if w.o.LogDir != "" {
		v.OnOpenLog = w.openLog
	}
	v.SetSettings(w.o.Settings.Get())
	v.SetAccounts(w.prefsAccounts())
	v.SetNetworkProblem(w.wayProblem)
	v.SetPasswordKept(w.proxyPassword)
	return v
}

// changeSettings takes over a change, in the order in which the person made
// them: in the file, and in everything that runs.
func (w *window) changeSettings(change func(*settings.Settings)) {
	w.changes.Go(func(ctx context.Context) {
		before := w.o.Settings.Get()
		if err := w.o.Settings.Update(change); err != nil {
			w.o.Log.Warn("settings", "error", err)
		}
		now := w.o.Settings.Get()
		if before.Network != now.Network {
			w.takeWay(ctx)
		}
		w.post(func() { w.applySettings(before, now) })
	})
}

// applySettings brings what runs in line with the settings.
func (w *window) applySettings(before, now settings.Settings) {
	if before.Look != now.Look {
		w.setLook(look.Choice(now.Look))
	}
	if w.place != nil {
		w.place.Apply(now)
	}
	w.showWayProblem()
	w.stateChanged()
	if before.Language != now.Language {
		w.speak()
	}
}

// remember changes the settings file, off the main thread.
func (w *window) remember(change func(*settings.Settings)) {
	w.changes.Go(func(context.Context) {
		if err := w.o.Settings.Update(change); err != nil {
			w.o.Log.Warn("settings", "error", err)
		}
	})
}

// pickCertificate asks for a file with certificates and trusts them.
func (w *window) pickCertificate(v *prefs.View) {
	w.pickFile(lang.L("Choose a certificate"), func(paths []string) {
		if len(paths) == 0 || paths[0] == "" {
			return
		}
		change := func(s *settings.Settings) { s.Network.CAFile = paths[0] }
		now := w.o.Settings.Get()
		change(&now)
		v.SetSettings(now)
		w.changeSettings(change)
	})
}

// copyReport puts what support needs on the clipboard. It holds no secret.
func (w *window) copyReport(done func(error)) {
	w.tasks.Go(func(ctx context.Context) {
		text, err := w.o.Report(ctx)
		w.post(func() {
			if err == nil {
				w.app.Clipboard().SetContent(text)
			}
			done(err)
		})
	})
}

// openLog shows the folder with the log in the system's file manager.
func (w *window) openLog() { w.openAddress(fileAddress(w.o.LogDir)) }

func (w *window) prefsAccounts() []prefs.Account {
	now := w.o.Settings.Get()
	var all []prefs.Account
	for _, a := range now.Accounts {
		kept := prefs.InKeychain
		if k := w.o.Keys.Kept(a.ID); k.Reason != nil {
			kept = prefs.ThisRunOnly
		}
		all = append(all, prefs.Account{
			ID: a.ID, Team: a.TeamName, Server: a.Server, KeyHint: a.KeyHint, Kept: kept,
			Current: a.ID == now.Current && w.demo == nil,
		})
	}
	if w.demo != nil {
		all = append(all, prefs.Account{ID: practiceID, Team: lang.L("Practice Darwin"), Kept: prefs.Practice, Current: true})
	}
	return all
}

// practiceID is the id of the practice Darwin's row.
const practiceID = "practice"

func (w *window) testAccount(id string, done func(error)) {
	w.tasks.Go(func(ctx context.Context) {
		for _, a := range w.o.Settings.Get().Accounts {
			if a.ID != id {
				continue
			}
			key, err := w.o.Keys.Load(ctx, id)
			if err == nil {
				w.wayReady(ctx)
				_, err = session.Whose(ctx, a.Server, key, w.agent(), w.ways)
			}
			done(err)
			return
		}
		done(nil) // the practice Darwin, which is this program itself
	})
}

// removeAccount forgets the key first, and those for buckets: if the keychain
// keeps one, the account stays in the list, so that it can be removed again.
func (w *window) removeAccount(v *prefs.View, id string, done func(error)) {
	if id == practiceID {
		done(nil)
		w.endDemo()
		w.leaveDemo()
		return
	}
	if w.place != nil && w.place.Account() == id && w.place.Sending() {
		done(&fault.Error{
			Kind: fault.Usage, What: lang.L("Files are being sent with this key."),
			Safe: lang.L("Nothing was changed."), Do: lang.L("Stop the upload or wait for its end, then remove the key."),
		})
		return
	}
	w.tasks.Go(func(ctx context.Context) {
		err := (&bucketKeys{w, id}).forgetAll(ctx)
		if err == nil {
			err = w.o.Keys.Remove(ctx, id)
		}
		if err == nil {
			err = w.o.Settings.Update(func(s *settings.Settings) { s.RemoveAccount(id) })
		}
		done(err)
		if err != nil {
			return
		}
		w.post(func() {
			v.SetAccounts(w.prefsAccounts())
			switch {
			case w.place == nil:
			case w.place.Account() == id && w.demo == nil:
				w.leaveAccount()
			default:
				w.place.Header().SetAccounts(w.headerAccounts())
			}
		})
	})
}

// leaveAccount stops working with an account that was removed.
func (w *window) leaveAccount() {
	w.closePlace()
	if all := w.o.Settings.Get().Accounts; len(all) > 0 {
		w.switchAccount(all[0].ID)
		return
	}
	w.showWelcome()
}
