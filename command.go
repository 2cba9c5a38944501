package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"darwin-uploader/settings"
	"darwin-uploader/uploader/cli"
	"darwin-uploader/uploader/logbook"
	"darwin-uploader/uploader/transport"
)

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
