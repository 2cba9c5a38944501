package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/prefs"
	"darwin-uploader/gui/session"
	"darwin-uploader/settings"
	"darwin-uploader/uploader"
)

// newSettings makes the Settings place.
func (w *window) newSettings() fyne.CanvasObject {
	v := prefs.New(w.post)
	v.OnUse = w.switchAccount
	v.OnAdd = w.showWelcome
	v.OnTest = w.testAccount
	v.OnRemove = func(id string, done func(error)) { w.removeAccount(v, id, done) }
	v.OnWorkers = func(n int) {
		w.remember(func(s *settings.Settings) { s.Workers = n })
		v.SetWorkers(n, uploader.DefaultWorkers)
		if w.place != nil {
			w.place.SetWorkers(n)
		}
	}
	v.OnLook = func(choice look.Choice) {
		w.setLook(choice)
		w.remember(func(s *settings.Settings) { s.Look = string(choice) })
	}
	now := w.o.Settings.Get()
	v.SetAccounts(w.prefsAccounts())
	v.SetWorkers(now.Workers, uploader.DefaultWorkers)
	v.SetLook(look.Choice(now.Look))
	return v
}

// remember changes the settings file, off the main thread.
func (w *window) remember(change func(*settings.Settings)) {
	w.tasks.Go(func(context.Context) {
		if err := w.o.Settings.Update(change); err != nil {
			w.o.Log.Warn("settings", "error", err)
		}
	})
}

func (w *window) prefsAccounts() []prefs.Account {
	now := w.o.Settings.Get()
	var all []prefs.Account
	for _, a := range now.Accounts {
		kept := prefs.InStore
		if k := w.o.Keys.Kept(a.ID); k.Reason != nil {
			kept = prefs.ThisRunOnly
		}
		all = append(all, prefs.Account{
			ID: a.ID, Team: a.TeamName, Server: a.Server, KeyHint: a.KeyHint, Kept: kept,
			Current: a.ID == now.Current && w.demo == nil,
		})
	}
	if w.demo != nil {
		all = append(all, prefs.Account{ID: "practice", Team: "Practice Darwin", Kept: prefs.Practice, Current: true})
	}
	return all
}

func (w *window) testAccount(id string, done func(error)) {
	w.tasks.Go(func(ctx context.Context) {
		for _, a := range w.o.Settings.Get().Accounts {
			if a.ID != id {
				continue
			}
			key, err := w.o.Keys.Load(ctx, id)
			if err == nil {
				_, err = session.Whose(ctx, a.Server, key, w.agent())
			}
			done(err)
			return
		}
		done(nil) // the practice Darwin, which is this program itself
	})
}

// removeAccount forgets the key first: if the keychain keeps it, the account
// stays in the list, so that it can be removed again.
func (w *window) removeAccount(v *prefs.View, id string, done func(error)) {
	w.tasks.Go(func(ctx context.Context) {
		err := w.o.Keys.Remove(ctx, id)
		if err == nil {
			err = w.o.Settings.Update(func(s *settings.Settings) { s.RemoveAccount(id) })
		}
		done(err)
		if err != nil {
			return
		}
		w.post(func() {
			v.SetAccounts(w.prefsAccounts())
			if w.place != nil && w.place.Account() == id {
				w.leaveAccount()
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
