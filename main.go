// Darwin Uploader puts images, videos, DICOM files and folders into V7 Darwin
// datasets: with a window, or with `darwin-uploader upload` without one.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/term"

	"darwin-uploader/gui"
	"darwin-uploader/gui/instance"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/cli"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/logbook"
	"darwin-uploader/uploader/transport"
)

// version is set by release builds with -ldflags "-X main.version=1.2.3".
var version string

// keychainPatience leaves time to type the keychain's password; what answers
// later still counts.
const keychainPatience = 60 * time.Second

// otherPatience is how long a window that is open already may take to answer.
const otherPatience = 2 * time.Second

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	cli.AttachConsole()
	if len(args) > 0 {
		switch args[0] {
		case "upload":
			return command(cli.Upload, args[1:])
		case "register":
			return command(cli.Register, args[1:])
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl+C ends the program at once
	if len(args) > 0 && args[0] == "sandbox" {
		return cli.Sandbox(ctx, environment(), args[1:])
	}
	return window(ctx, args)
}

// command runs `darwin-uploader upload` and `darwin-uploader register`, which
// are asked by signals to end.
func command(run func(context.Context, cli.Env, []string) int, args []string) int {
	ends, release := cli.Listen()
	defer release()
	book := openLog()
	defer func() { _ = book.Close() }() // nothing is left to be done about it
	if crash, ok := book.LastCrash(); ok {
		fmt.Fprintln(os.Stderr, "Darwin Uploader ended unexpectedly the last time. What it left behind for support:", crash.File)
	}
	e := environment()
	e.Log, e.LogLevel, e.Soon = book.Log(), book.SetLevel, ends.Soon
	if way := e.Way; way != nil {
		e.Way = func(ctx context.Context) transport.Config {
			c := way(ctx)
			book.Hide(c.Password)
			return c
		}
	}
	find := e.Key
	e.Key = func(ctx context.Context, server, team string) (string, error) {
		key, err := find(ctx, server, team)
		book.Hide(key)
		return key, err
	}
	return run(ends.Now, e, args)
}

// openLog begins the log of this run and catches crashes. The key of the
// environment is known to it from the start.
func openLog() *logbook.Book {
	dir, err := settings.DefaultDir() // openSettings tells if there is none
	if err == nil {
		dir = logbook.FolderIn(dir)
	}
	book := logbook.Open(dir, slog.LevelInfo)
	book.Hide(os.Getenv("DARWIN_API_KEY"))
	book.CatchCrashes()
	return book
}

// window opens the window, or hands the paths to the one that is open.
func window(ctx context.Context, args []string) int {
	w, err := cli.ParseWindow(args)
	switch {
	case errors.Is(err, cli.ErrHelp):
		fmt.Print(cli.Help)
		return cli.ExitDone
	case err != nil:
		return wrong(err)
	case w.Version:
		fmt.Println("Darwin Uploader", versionText())
		return cli.ExitDone
	}
	dir, err := settings.DefaultDir()
	if err != nil {
		return wrong(err)
	}
	paths := absolute(w.Paths)
	o := gui.Options{Version: versionText(), Demo: w.Demo, Paths: paths}
	if !w.Demo { // practice has nothing to do with the window that is open
		first, handed, err := instance.Open(dir, paths, otherPatience)
		switch {
		case handed:
			return cli.ExitDone
		case first != nil:
			defer func() { _ = first.Close() }() // its lock goes with the program anyway
			o.Others = first
		case errors.Is(err, instance.ErrSilent):
			o.Notice = "Darwin Uploader is open in another window, which does not answer. This window works by itself."
			fmt.Fprintln(os.Stderr, o.Notice)
		}
	}
	return open(ctx, dir, o)
}

// open shows the window with settings, log and journal of a folder.
func open(ctx context.Context, dir string, o gui.Options) int {
	store, err := openSettings()
	if err != nil {
		return wrong(err)
	}
	book := openLog()
	book.Log().Info("window", "version", versionText())
	defer func() { _ = book.Close() }() // nothing is left to be done about it
	if w := store.Warning(); o.Notice == "" {
		o.Notice = w
	}
	if _, crashed := book.LastCrash(); crashed && o.Notice == "" {
		o.Notice = "Darwin Uploader ended unexpectedly the last time. Settings, Privacy copies a report for support."
	}
	o.Settings = store
	o.Keys = settings.NewKeys(settings.System(), keychainPatience)
	o.Practice = func() (gui.Practice, error) { return cli.StartPractice("127.0.0.1:0") }
	o.Journal = func() (*journal.Journal, error) { return gui.OpenJournal(dir) }
	o.Imports = func() (*ledger.Ledger, error) { return gui.OpenImports(dir) }
	o.Log, o.LogDir, o.Hide = book.Log(), book.Dir(), book.Hide
	o.Report = func(context.Context) (string, error) {
		return book.Report(logbook.Facts{Version: versionText(), Settings: facts(store.Get())}), nil
	}
	if err := gui.Run(ctx, o); err != nil {
		return wrong(err)
	}
	return cli.ExitDone
}

// facts are the settings that help support. They name neither teams nor
// addresses of the network.
func facts(s settings.Settings) []logbook.Fact {
	fact := func(name string, value any) logbook.Fact { return logbook.Fact{Name: name, Value: fmt.Sprint(value)} }
	return []logbook.Fact{
		fact("Accounts", len(s.Accounts)),
		fact("Own server", s.Server != ""),
		fact("Files at the same time", s.Workers),
		fact("Speed limited", s.Transfers.LimitSpeed),
		fact("Hours limited", s.Transfers.LimitHours),
		fact("Requests per minute", s.Transfers.RequestsPerMinute),
		fact("Proxy", gui.WayOf(s.Network, "")),
		fact("Extra certificate", s.Network.CAFile != ""),
	}
}

// absolute makes paths of the command line hold for another program, too.
func absolute(paths []string) []string {
	all := make([]string, len(paths))
	for i, p := range paths {
		all[i] = p
		if a, err := filepath.Abs(p); err == nil {
			all[i] = a
		}
	}
	return all
}

// environment is what the commands may use. Settings that cannot be read are
// no reason not to upload.
func environment() cli.Env {
	e := cli.Env{
		Stdout:  os.Stdout,
		Stderr:  os.Stderr,
		Getenv:  os.Getenv,
		Columns: columns(os.Stderr),
		Version: versionText(),
		Key:     func(context.Context, string, string) (string, error) { return "", nil },
	}
	if dir, err := settings.DefaultDir(); err == nil { // openSettings tells if not
		e.JournalDir = dir
	}
	store, err := openSettings()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return e
	}
	now := store.Get()
	e.Server = now.ServerAddress()
	if a, ok := now.CurrentAccount(); ok && e.Server == "" {
		e.Server = a.Server
	}
	keys := settings.NewKeys(settings.System(), keychainPatience)
	e.Way = func(ctx context.Context) transport.Config {
		network := store.Get().Network
		password := ""
		if network.Proxy == settings.ProxyManual && network.ProxyUser != "" {
			password, _ = keys.Load(ctx, settings.ProxyKeyID) // the proxy says so if it misses one
		}
		return gui.WayOf(network, password)
	}
	e.Key = func(ctx context.Context, server, team string) (string, error) {
		account, ok := store.Get().AccountFor(server, team)
		if !ok {
			return "", nil
		}
		key, err := keys.Load(ctx, account.ID)
		if errors.Is(err, settings.ErrNoKey) {
			return "", nil
		}
		if problem, ok := errors.AsType[*settings.KeychainError](err); ok {
			err = withoutWindow(problem)
		}
		return key, err
	}
	return e
}

// withoutWindow says what to do about the keychain where no window can ask for
// the key.
func withoutWindow(e *settings.KeychainError) *fault.Error {
	do := "Set DARWIN_API_KEY to the key."
	if e.Why == settings.Locked {
		do = "Unlock it, or set DARWIN_API_KEY to the key."
	}
	return &fault.Error{Kind: fault.Keychain, What: e.What, Safe: "Nothing was sent.", Do: do, Err: e}
}

// columns measures the terminal that f leads to, each time anew because people
// resize it; nil if it leads to none.
func columns(f *os.File) func() int {
	fd := int(f.Fd())
	if !term.IsTerminal(fd) {
		return nil
	}
	return func() int {
		width, _, err := term.GetSize(fd)
		if err != nil || width <= 0 {
			return 80
		}
		return width
	}
}

func openSettings() (*settings.Store, error) {
	dir, err := settings.DefaultDir()
	if err != nil {
		return nil, err
	}
	store, err := settings.Open(dir)
	if err != nil {
		return nil, err
	}
	if w := store.Warning(); w != "" {
		fmt.Fprintln(os.Stderr, w)
	}
	return store, nil
}

func versionText() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "development"
}

func wrong(err error) int {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		err = f
	}
	fmt.Fprintln(os.Stderr, err)
	return cli.ExitWrong
}
