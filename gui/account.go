package gui

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/session"
	"darwin-uploader/gui/welcome"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// keepPatience is how long the welcome screen waits for the keychain before it
// says that the key holds for this run only. A keychain that answers later has
// it after all.
const keepPatience = 12 * time.Second

func (w *window) agent() string { return "darwin-uploader/" + w.o.Version }

// showWelcome asks for a key.
func (w *window) showWelcome() { w.showWelcomeWith(nil, nil) }

// showWelcomeWith asks for a key and says what kept the program from working
// with an account that it knows; again tries that once more.
func (w *window) showWelcomeWith(problem error, again func()) {
	var back func()
	if w.place != nil {
		back = func() { w.welcome = nil; w.show(w.shell.root) }
	}
	owners := &owners{window: w, found: map[string]settings.Account{}}
	keys := &commandLineKeys{window: w}
	w.welcome = welcome.New(welcome.Config{
		Server: w.server(), Post: w.post,
		Test: owners.test,
		Save: func(ctx context.Context, c welcome.Connection) (bool, error) {
			return w.keep(ctx, owners.of(c.Key), c.Key)
		},
		OnConnected: func(c welcome.Connection) { w.connected(owners.of(c.Key), c.Key) },
		OnDemo:      w.openDemo,
		OnCancel:    back,
		Bringer:     welcome.Bringer{Bring: keys.bring, OnBrought: keys.goOn},
	}, func(u *url.URL) { w.openAddress(u.String()) })
	w.show(w.welcome)
	w.welcome.Focus()
	if problem != nil {
		w.welcome.Presenter().Say(sentences(problem), again)
	}
	keys.look(w.welcome)
}

// sentences is an error as people are told of it.
func sentences(err error) error {
	if f := fault.Of(err); f.Kind != fault.Unknown {
		return f
	}
	if k, ok := errors.AsType[*settings.KeychainError](err); ok {
		return &fault.Error{Kind: fault.Keychain, What: k.What, Safe: k.Safe, Do: k.Do, Err: err}
	}
	return &fault.Error{Kind: fault.Unknown, What: err.Error(), Err: err}
}

// server is the address that a new account is looked for at.
func (w *window) server() string {
	if address := w.o.Settings.Get().ServerAddress(); address != "" {
		return address
	}
	return darwin.PublicServer
}

// owners remembers whose the keys are that the welcome screen tried.
type owners struct {
	window *window
	mu     sync.Mutex
	found  map[string]settings.Account // by key
}

func (o *owners) test(ctx context.Context, server, key string) (team string, err error) {
	o.window.o.Hide(key)
	o.window.wayReady(ctx)
	account, err := session.Whose(ctx, server, key, o.window.agent(), o.window.ways)
	if err != nil {
		return "", err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.found[key] = account
	return account.TeamName, nil
}

func (o *owners) of(key string) settings.Account {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.found[key]
}

// keep puts a key into the keychain and the account into the settings. It says
// whether the keychain took it; if not, the key holds for this run.
func (w *window) keep(ctx context.Context, a settings.Account, key string) (bool, error) {
	soon, cancel := context.WithTimeout(ctx, keepPatience)
	defer cancel()
	kept, err := w.o.Keys.Save(soon, a.ID, key)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil {
		w.o.Log.Warn("the keychain is late", "error", err)
	}
	err = w.o.Settings.Update(func(s *settings.Settings) {
		s.PutAccount(a)
		s.Current = a.ID
	})
	if err != nil {
		// The account works all the same until the window is closed.
		w.o.Log.Warn("settings", "error", err)
	}
	return kept.InKeychain, nil
}

// connected works with an account. The journal is opened for the first one.
func (w *window) connected(a settings.Account, key string) {
	w.endDemo()
	w.tasks.Go(func(ctx context.Context) {
		j, lacking := w.journal()
		w.o.Hide(key)
		w.wayReady(ctx)
		s, err := session.Open(session.Config{
			Account: a, Key: key, Agent: w.agent(), Ways: w.ways, Journal: j, Settings: w.o.Settings.Get(), Log: w.o.Log,
		})
		if ctx.Err() != nil {
			return
		}
		w.post(func() {
			if err != nil {
				w.tell(err)
				return
			}
			w.openPlace(s)
			w.tellJournal(j, lacking)
		})
	})
}

// openAccount works with an account whose key is in the keychain.
func (w *window) openAccount(a settings.Account) {
	w.show(w.waiting(lang.L("Opening %s. If this computer asks for the password of its keychain, type it there.", a.TeamName)))
	w.tasks.Go(func(ctx context.Context) {
		key, err := w.o.Keys.Load(ctx, a.ID)
		if ctx.Err() != nil {
			return
		}
		w.post(func() {
			if err != nil {
				w.showWelcomeWith(err, func() { w.openAccount(a) })
				return
			}
			w.connected(a, key)
		})
	})
}

func (w *window) switchAccount(id string) {
	for _, a := range w.o.Settings.Get().Accounts {
		if a.ID != id {
			continue
		}
		w.remember(func(s *settings.Settings) { s.Current = id })
		w.openAccount(a)
		return
	}
}

// openDemo starts a practice Darwin and works with it. An earlier one, and one
// that cannot be entered, are closed: what was uploaded to them goes with them.
func (w *window) openDemo() {
	w.show(w.waiting(lang.L("Opening the demo")))
	w.tasks.Go(func(ctx context.Context) {
		demo, err := w.o.Practice()
		var s *session.Session
		if err == nil {
			if s, err = w.practiceSession(ctx, demo); err != nil {
				w.closeDemo(demo)
			}
		}
		w.post(func() {
			if err != nil {
				w.showWelcomeWith(err, nil)
				return
			}
			w.endDemo()
			w.demo = demo
			w.openPlace(s)
		})
	})
}

func (w *window) practiceSession(ctx context.Context, demo Practice) (*session.Session, error) {
	ways := session.NewWays() // the practice Darwin is on this computer
	account, err := session.Whose(ctx, demo.URL(), demo.Key(), w.agent(), ways)
	if err != nil {
		return nil, err
	}
	s, err := session.Open(session.Config{
		Account: account, Key: demo.Key(), Agent: w.agent(), Ways: ways, Settings: w.o.Settings.Get(), Log: w.o.Log,
	})
	if err != nil {
		return nil, err
	}
	s.Practice = true
	return s, nil
}

// leaveDemo goes from the demo to the person's own account.
func (w *window) leaveDemo() {
	if a, ok := w.o.Settings.Get().CurrentAccount(); ok {
		w.openAccount(a)
		return
	}
	w.showWelcome()
}

func (w *window) endDemo() {
	if w.demo == nil {
		return
	}
	demo := w.demo
	w.demo = nil
	w.closePlace()
	w.tasks.Go(func(context.Context) { w.closeDemo(demo) })
}

// closeDemo waits for the disk: it is not for the main thread.
func (w *window) closeDemo(demo Practice) {
	if err := demo.Close(); err != nil {
		w.o.Log.Warn("demo", "error", err)
	}
}

// tell shows a problem that belongs to no place of the window.
func (w *window) tell(err error) {
	w.tellThat(programName, lang.Fault(sentences(err)))
}
