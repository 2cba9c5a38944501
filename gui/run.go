package gui

import (
	"context"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"darwin-uploader/gui/instance"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/tasks"
	"darwin-uploader/gui/tray"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/journal"
)

// appID is the same as in FyneApp.toml; builds without it need it here.
const appID = "org.darwinuploader.app"

// programName is the same in all languages.
const programName = "Darwin Uploader" // not shown in any other words

// Practice is a running practice Darwin, for the demo.
type Practice interface {
	URL() string
	Key() string
	Close() error
}

// Options is what the window needs from outside.
type Options struct {
	Version  string
	Demo     bool     // open the demo at once
	Paths    []string // into the queue at once
	Settings *settings.Store
	Keys     *settings.Keys
	Practice func() (Practice, error) // starts a practice Darwin
	// Journal opens the journal of uploads; nil keeps none.
	Journal func() (*journal.Journal, error)
	// Imports opens the record of cloud imports; nil keeps none.
	Imports func() (*ledger.Ledger, error)
	Log     *slog.Logger // nil discards
	LogDir  string       // the folder with the log, "" for none
	// Hide keeps secrets out of the log from now on; nil does nothing.
	Hide func(secrets ...string)
	// Others is where later starts of the program hand their paths to; nil is
	// nowhere.
	Others *instance.First
	Notice string // to be told once the window is open, "" for nothing
	// Report makes a report for support without any secret; nil makes none.
	Report func(context.Context) (string, error)
}

// Run shows the window until it is closed or ctx ends. It fails with a fault
// of kind Usage where there is no screen to show it on.
func Run(ctx context.Context, o Options) error {
	if problem := noScreen(); problem != "" {
		return &fault.Error{
			Kind: fault.Usage, What: problem,
			Do: "Without a window, use `darwin-uploader upload`; see --help.", // not shown in a window
		}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	useLanguage(o)
	app.SetMetadata(fyne.AppMetadata{
		ID: appID, Name: programName, Version: o.Version, Icon: look.Mark(),
		Migrations: map[string]bool{"fyneDo": true},
	})
	a := app.NewWithID(appID)
	a.SetIcon(look.Mark())
	a.Settings().SetTheme(look.Theme(look.Choice(o.Settings.Get().Look)))
	dropLastHook(a)
	w := newWindow(ctx, a, o, fyne.Do)
	sign := tray.New(tray.Config{Name: programName, Icon: trayIcon, Post: fyne.Do, Log: o.Log})
	w.attention.tray = sign
	group := tasks.New(ctx)
	group.Go(func(own context.Context) {
		<-own.Done()
		if ctx.Err() != nil {
			fyne.Do(a.Quit)
		}
	})
	gone := make(chan struct{})
	if o.Others != nil {
		group.Go(func(context.Context) {
			o.Others.Serve(func(paths []string) bool { return w.visited(gone, paths) })
		})
	}
	a.Lifecycle().SetOnStarted(w.started)
	w.watchFocus(a.Lifecycle())
	w.start()
	w.win.ShowAndRun()
	close(gone)
	if o.Others != nil {
		_ = o.Others.Leave() // Close says again what went wrong, and it matters to nobody
	}
	w.close()
	sign.Close()
	if o.Others != nil {
		_ = o.Others.Close() // its lock goes with the program anyway
	}
	group.Close(time.Second)
	return nil
}

// dropLastHook keeps Fyne 2.8.1 from crashing or hanging at the end. After its
// last event it hands one hook to another goroutine, which hands it back to a
// queue that is being closed at that very moment. The hook saves Fyne's
// preferences, which this program does not use.
func dropLastHook(a fyne.App) {
	if l, ok := a.Lifecycle().(interface{ SetOnStoppedHookExecuted(func()) }); ok {
		l.SetOnStoppedHookExecuted(nil)
	}
}
