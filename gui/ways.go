package gui

import (
	"context"

	"darwin-uploader/gui/lang"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/transport"
)

// way is what the settings say of the network, with the proxy's password. It
// waits for the keychain.
func (w *window) way(ctx context.Context) transport.Config {
	n := w.o.Settings.Get().Network
	password := ""
	if n.Proxy == settings.ProxyManual && n.ProxyUser != "" {
		var err error
		if password, err = w.o.Keys.Load(ctx, settings.ProxyKeyID); err != nil && ctx.Err() == nil {
			w.o.Log.Warn("the proxy's password is not known", "error", err)
		}
	}
	w.o.Hide(password)
	return WayOf(n, password)
}

// WayOf is the way through the network that the settings describe.
func WayOf(n settings.Network, password string) transport.Config {
	c := transport.Config{Proxy: n.ProxyAddress, User: n.ProxyUser, Password: password, CAFile: n.CAFile}
	switch n.Proxy {
	case settings.ProxyNone:
		c.Mode = transport.None
	case settings.ProxyManual:
		c.Mode = transport.Manual
	}
	return c
}

// takeWay lets the next requests go as the settings say. Where something of
// them cannot be used the rest holds all the same, and the person is told.
func (w *window) takeWay(ctx context.Context) {
	c := w.way(ctx)
	if c.Mode == transport.Manual && c.Proxy == "" {
		c.Mode = transport.System // it is still being typed
	}
	problem := w.ways.Set(c)
	if problem != nil && c.CAFile != "" {
		c.CAFile = ""
		if err := w.ways.Set(c); err != nil {
			w.o.Log.Warn("network", "kind", fault.KindOf(err).String())
		}
	}
	kept := c.Password != ""
	w.post(func() {
		w.wayProblem, w.proxyPassword = problem, kept
		w.showWayProblem()
	})
}

// wayReady takes the settings of the network over before the first request.
func (w *window) wayReady(ctx context.Context) { w.wayOnce.Do(func() { w.takeWay(ctx) }) }

// showWayProblem says what is wrong with the settings of the network where
// they are made.
func (w *window) showWayProblem() {
	if w.shell != nil {
		w.shell.settings.SetNetworkProblem(w.wayProblem)
		w.shell.settings.SetPasswordKept(w.proxyPassword)
	}
}

// keepProxyPassword keeps the proxy's password in the keychain and uses it from
// now on.
func (w *window) keepProxyPassword(password string) {
	w.changes.Go(func(ctx context.Context) {
		soon, cancel := context.WithTimeout(ctx, keepPatience)
		defer cancel()
		w.o.Hide(password)
		kept, err := w.o.Keys.Save(soon, settings.ProxyKeyID, password)
		w.takeWay(ctx)
		if ctx.Err() != nil || err == nil && kept.InKeychain {
			return
		}
		w.post(func() {
			if w.shell != nil {
				w.shell.settings.SetNetworkProblem(&fault.Error{
					Kind: fault.Keychain, What: lang.L("This computer's keychain did not take the proxy's password."),
					Safe: lang.L("It is used until you close the window."),
				})
			}
		})
	})
}
