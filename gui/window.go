package gui

import (
	"context"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/awake"
	"darwin-uploader/gui/header"
	"darwin-uploader/gui/help"
	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/queue"
	"darwin-uploader/gui/session"
	"darwin-uploader/gui/tasks"
	"darwin-uploader/gui/upload"
	"darwin-uploader/gui/welcome"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/journal"
)

// The window's size at the first start, and the smallest that it is drawn for.
const (
	firstWidth, firstHeight       float32 = 1180, 760
	smallestWidth, smallestHeight float32 = 900, 600
)

// closePatience is how long leaving waits for work that does not end at once.
const closePatience = 4 * time.Second

// window is the main window and the account that it works with.
type window struct {
	ctx   context.Context
	o     Options
	app   fyne.App
	win   fyne.Window
	tasks *tasks.Group
	// changes does what changes the settings, one after another.
	changes *tasks.Row

	runKeys runKeys      // for buckets, that are known until the window is closed
	post    func(func()) // runs a function on the main thread

	root    *fyne.Container // holds the one screen that is shown
	shell   *shell
	welcome *welcome.View
	place   *upload.Place
	work    *session.Session                 // the place's
	demo    Practice                         // nil unless the demo runs
	journal func() (*journal.Journal, error) // opens it once; not for the main thread
	opened  atomic.Pointer[journal.Journal]
	imports imports     // the record of cloud imports
	awake   interface { // keeps the computer from falling asleep
		Set(on bool)
		Close()
	}
	ways          *session.Ways // of every session but the demo's
	wayOnce       sync.Once     // ways follow the settings
	wayProblem    error         // what is wrong with the settings of the network
	proxyPassword bool          // one is kept
	language      string        // the setting that the window was built with
	paths         []string      // wait for a place
	asked         *widget.PopUp // the last question, perhaps answered
	keyAsked      *keyQuestion  // nil while no key is asked for
	attention     attention
}

func newWindow(ctx context.Context, a fyne.App, o Options, post func(func())) *window {
	w := &window{ctx: ctx, o: o, app: a, tasks: tasks.New(ctx), post: post, root: container.NewStack(), paths: o.Paths, ways: session.NewWays()}
	w.changes, w.language = tasks.NewRow(w.tasks), o.Settings.Get().Language
	w.imports.make = o.Imports
	w.awake = awake.New(programName, lang.L("Files are being sent"), o.Log)
	if w.o.Hide == nil {
		w.o.Hide = func(...string) {}
	}
	w.journal = sync.OnceValues(func() (*journal.Journal, error) {
		if o.Journal == nil {
			return nil, nil
		}
		j, err := o.Journal()
		if err == nil {
			w.opened.Store(j)
		}
		return j, err
	})
	w.win = a.NewWindow(programName)
	w.win.SetMaster()
	w.win.SetPadded(false)
	w.win.SetContent(widgets.NewTipLayer(container.New(smallest{}, w.root)))
	w.win.SetOnDropped(w.dropped)
	w.win.SetCloseIntercept(w.askToClose)
	w.win.Resize(w.size())
	w.buildMenu()
	w.win.Canvas().AddShortcut(&fyne.ShortcutPaste{}, func(fyne.Shortcut) { w.paste() })
	w.addUndo()
	return w
}

// size is the window's size when it was last closed.
func (w *window) size() fyne.Size {
	s := w.o.Settings.Get()
	if s.WindowWidth < smallestWidth || s.WindowHeight < smallestHeight {
		return fyne.NewSize(firstWidth, firstHeight)
	}
	return fyne.NewSize(s.WindowWidth, s.WindowHeight)
}

// start shows the first screen: the demo, the account used last, or the
// welcome.
func (w *window) start() {
	account, known := w.o.Settings.Get().CurrentAccount()
	switch {
	case w.o.Demo:
		w.openDemo()
	case known:
		w.openAccount(account)
	default:
		w.showWelcome()
	}
}

// started puts the keyboard where it is needed first. Before the window is on
// the screen, and while a question is shown, nothing else can have the focus.
func (w *window) started() {
	if w.welcome != nil {
		w.welcome.Focus()
	}
}

func (w *window) show(screen fyne.CanvasObject) {
	w.root.Objects = []fyne.CanvasObject{screen}
	w.root.Refresh()
}

// openPlace starts working with a session.
func (w *window) openPlace(s *session.Session) {
	w.closePlace()
	if w.welcome != nil {
		w.welcome.Close()
		w.welcome = nil
	}
	var report func(done func(error))
	if w.o.Report != nil {
		report = w.copyReport
	}
	w.work = s
	w.place = upload.New(w.ctx, s, upload.Deps{
		Post: w.post, Settings: w.o.Settings, OpenURL: w.openAddress, Log: w.o.Log,
		PickFiles: w.pickFiles, PickFolder: w.pickFolder,
		ShowLines: func(title string, lines []string) {
			w.read(func(done func()) *help.Page { return help.NewLines(title, lines, done) })
		},
		OnState: w.stateChanged, OnKey: w.askForKey, CopyReport: report, OnReceipt: w.receiptChanged, SaveReceipt: w.saveLatest,
	})
	h := w.place.Header()
	h.SetAccounts(w.headerAccounts())
	h.OnAccount = w.switchAccount
	h.OnAddAccount = w.showWelcome
	h.OnSettings = func() { w.shell.visit(settingsPlace) }
	w.shell = newShell(w, s)
	w.show(w.shell.root)
	w.stateChanged()
	if paths := w.paths; len(paths) > 0 {
		w.paths = nil
		w.place.Add(paths)
	}
	if notice := w.o.Notice; notice != "" {
		w.o.Notice = ""
		w.place.Tell(lang.S(notice))
	}
}

// closePlace ends the present session. Waiting for its goroutines happens off
// the main thread, because one of them may hang in a dead network drive.
func (w *window) closePlace() {
	if w.place == nil {
		return
	}
	if w.keyAsked != nil {
		w.keyAsked.leave()
	}
	old, past, clouds := w.place, w.shell.history, w.shell.cloud
	w.place, w.shell = nil, nil
	w.stateChanged()
	w.tasks.Go(func(context.Context) {
		clouds.Close()
		past.Close()
		old.Close()
	})
}

func (w *window) stateChanged() {
	if w.shell != nil {
		w.shell.update()
		w.shell.history.SetRunning(w.underWay()...)
	}
	sending := w.place != nil && w.place.Sending() && !w.place.Paused() || w.importing()
	w.awake.Set(sending && !w.o.Settings.Get().Transfers.MaySleep)
	w.watchEnd()
}

func (w *window) dropped(_ fyne.Position, uris []fyne.URI) {
	paths := make([]string, 0, len(uris))
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	w.take(paths)
}

// called is for another start of the program: this window comes to the front,
// and takes what the other was given.
func (w *window) called(paths []string) {
	w.reappear()
	if len(paths) > 0 {
		w.take(paths)
	}
}

// visited is called beside the main thread. It says whether the window has the
// paths of another start: one that is going has not, and the other start opens
// a window of its own.
func (w *window) visited(gone <-chan struct{}, paths []string) bool {
	select {
	case <-gone:
		return false
	default:
	}
	here := make(chan struct{})
	w.post(func() {
		w.called(paths)
		close(here)
	})
	select {
	case <-here:
		return true
	case <-gone:
		return false
	}
}

// take is the one way in for files; before there is a place they wait.
func (w *window) take(paths []string) {
	if w.place == nil {
		w.paths = append(w.paths, paths...)
		return
	}
	if w.shell.at == cloudPlace && w.shell.cloud.Drop(paths) {
		return
	}
	w.shell.visit(uploadPlace)
	w.place.Add(paths)
}

// importing says whether objects of a storage are being registered.
func (w *window) importing() bool { return w.shell != nil && w.shell.cloud.Sending() }

func (w *window) paste() {
	if w.place == nil {
		return
	}
	text := w.app.Clipboard().Content()
	paths := queue.ParseClipboard(text)
	if len(paths) == 0 && w.shell.at == cloudPlace {
		w.shell.cloud.Paste(text)
		return
	}
	w.take(paths)
}

func (w *window) openAddress(address string) {
	u, err := url.Parse(address)
	if err == nil {
		err = w.app.OpenURL(u)
	}
	if err != nil {
		w.tellThat(programName, lang.L("This computer could not open this address:\n%s", address))
	}
}

// askToClose is for the window's close button while files are being sent.
func (w *window) askToClose() {
	if w.place == nil || !w.place.Sending() && !w.importing() || w.o.Settings.Get().CloseUnasked {
		w.win.Close()
		return
	}
	if !w.place.Sending() {
		w.askToStopImport()
		return
	}
	arrived, of := w.place.Progress()
	question := lang.N("%s of %s file is sent.", "%s of %s files are sent.", of, lang.Number(arrived), lang.Number(of))
	if w.place.Resumable() {
		question = lang.L("%s If you close now, the others wait on this computer, and the next start offers to go on with them.", question)
	} else {
		question = lang.L("%s If you close now, the others stay on this computer and are not sent.", question)
	}
	ways := []answer{{words: lang.L("Stop and close"), do: w.win.Close}}
	if w.canSendOn() {
		question += "\n" + lang.L("It can also go on without the window. Start Darwin Uploader once more to see it.")
		ways = append([]answer{{words: lang.L("Send on without the window"), do: w.sendOn}}, ways...)
	}
	w.ask(lang.L("Stop and close?"), question, answer{words: lang.L("Keep sending")}, ways...)
}

// close ends everything after the window is gone.
func (w *window) close() {
	size := w.win.Canvas().Size()
	if w.welcome != nil {
		w.welcome.Close()
	}
	if w.place != nil {
		w.shell.cloud.Close()
		w.shell.history.Close()
		w.place.Close()
	}
	w.awake.Close()
	w.tasks.Close(closePatience)
	w.ways.Close()
	w.closeJournal()
	if err := w.imports.close(); err != nil {
		w.o.Log.Warn("imports", "error", err)
	}
	if w.demo != nil {
		w.closeDemo(w.demo)
	}
	err := w.o.Settings.Update(func(s *settings.Settings) {
		if size.Width >= smallestWidth && size.Height >= smallestHeight {
			s.WindowWidth, s.WindowHeight = size.Width, size.Height
		}
	})
	if err != nil {
		w.o.Log.Warn("settings", "error", err)
	}
}

// headerAccounts are the accounts that can be switched to, and the one in use.
// From the demo there is a way of its own.
func (w *window) headerAccounts() (all []header.Account, current string) {
	current = w.place.Account()
	if w.demo != nil {
		return []header.Account{{ID: current, Name: lang.L("Practice Darwin")}}, current
	}
	for _, a := range w.o.Settings.Get().Accounts {
		all = append(all, header.Account{ID: a.ID, Name: a.TeamName})
	}
	return all, current
}

func (w *window) setLook(choice look.Choice) {
	w.app.Settings().SetTheme(look.Theme(choice))
}

// waiting is the screen for the moments in which an account opens.
func (w *window) waiting(words string) fyne.CanvasObject {
	return container.NewCenter(widgets.NewText(words, theme.SizeNameText, fyne.TextStyle{}).Coloured(look.ColorMuted))
}
