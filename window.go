package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"darwin-uploader/gui"
	"darwin-uploader/gui/instance"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/cli"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/logbook"
)

// otherPatience is how long a window that is open already may take to answer.
const otherPatience = 2 * time.Second

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
	o.Settings = store
	o.Keys = settings.NewKeys(settings.System(), keychainPatience)
	o.Practice = func() (gui.Practice, error) { return cli.StartPractice("127.0.0.1:0") }
	o.Journal = func() (*journal.Journal, error) { return journal.Open(dir) }
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
