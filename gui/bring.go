package gui

import (
	"context"
	"slices"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/session"
	"darwin-uploader/gui/welcome"
	"darwin-uploader/settings"
	"darwin-uploader/settings/darwinconfig"
	"darwin-uploader/uploader/fault"
)

// commandLineKeys are the keys of the darwin command line that the welcome
// screen offers to bring over. They are read, not used, until the person asks.
type commandLineKeys struct {
	window *window
	teams  []darwinconfig.Team // those without an account here; fixed once offered
	// found are the accounts that were made of them, by place. It is written by
	// bring, and read once that has told the main thread.
	found []settings.Account
}

// look reads the command line's configuration in the background and offers what
// it finds.
func (k *commandLineKeys) look(v *welcome.View) {
	w := k.window
	w.tasks.Go(func(context.Context) {
		path, err := darwinconfig.Path()
		if err != nil {
			return
		}
		all, err := darwinconfig.Read(path)
		if err != nil {
			w.o.Log.Info("the darwin command line's configuration is of no use", "detail", err.Error())
			return
		}
		known := w.o.Settings.Get().Accounts
		teams := slices.DeleteFunc(all, func(t darwinconfig.Team) bool {
			w.o.Hide(t.Key)
			return slices.ContainsFunc(known, func(a settings.Account) bool { return isOf(a, t) })
		})
		if len(teams) == 0 {
			return
		}
		w.post(func() {
			if w.welcome != v {
				return
			}
			k.teams, k.found = teams, make([]settings.Account, len(teams))
			offer := make([]welcome.Found, len(teams))
			for i, t := range teams {
				offer[i] = welcome.Found{Team: t.Slug, Server: t.Server}
			}
			v.SetFound(offer)
		})
	})
}

// isOf says whether an account is that of a team of the command line.
func isOf(a settings.Account, t darwinconfig.Team) bool {
	server, err := session.Server(t.Server)
	return err == nil && a.TeamSlug == t.Slug && a.Server == server.Scheme+"://"+server.Host
}

// bring tests a key and keeps it.
func (k *commandLineKeys) bring(ctx context.Context, place int) (welcome.Brought, error) {
	w, t := k.window, k.teams[place]
	w.wayReady(ctx)
	account, err := session.Whose(ctx, t.Server, t.Key, w.agent(), w.ways)
	if err != nil {
		return welcome.Brought{}, err
	}
	if account.TeamSlug != t.Slug {
		return welcome.Brought{}, &fault.Error{
			Kind: fault.Key, What: lang.L("This key belongs to %s, and not to %s.", account.TeamName, t.Slug),
			Safe: lang.L("It was not brought over."), Do: lang.L("Ask your team lead for a key of the team."),
		}
	}
	k.found[place] = account
	stored, err := w.keep(ctx, account, t.Key)
	return welcome.Brought{Team: account.TeamName, Stored: stored}, err
}

// goOn works with a team whose key was brought over.
func (k *commandLineKeys) goOn(place int) {
	k.window.remember(func(s *settings.Settings) { s.Current = k.found[place].ID })
	k.window.connected(k.found[place], k.teams[place].Key)
}
