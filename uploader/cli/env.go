package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/url"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/transport"
)

// The exit codes.
const (
	ExitDone  = 0 // every file is in Darwin, or being processed there
	ExitSome  = 1 // some are not and will not be
	ExitWrong = 2 // wrong words or configuration
)

// Env is what the commands get from the world.
type Env struct {
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	// Server is the server address of the settings, "" if they name none.
	Server string
	// Key finds the key for a server (and a team, "" for the current one) in
	// the keychain. A missing key is "" without an error.
	Key func(ctx context.Context, server, team string) (string, error)
	// Way is how requests leave this computer, as the settings say; nil is the
	// system's own way.
	Way func(ctx context.Context) transport.Config
	// JournalDir is the folder of the journal, "" to keep none.
	JournalDir string
	// Columns is how wide the terminal is that Stderr leads to, so that a line
	// of progress may be painted over there; nil if it leads to none.
	Columns func() int
	Version string
	Log     *slog.Logger
	// LogLevel sets what Log keeps, as --log-level has it; nil if that is fixed.
	LogLevel func(slog.Level)
	// Soon ends when the command is to finish what is on its way and nothing
	// else; nil if nobody can ask for that. To end at once, the command's own
	// context ends.
	Soon context.Context

	// begin takes note that a batch begins: from then on, Soon lets it finish.
	// It is false if the command is to end.
	begin func() bool
}

// soon is Soon, if there is one.
func (e Env) soon() context.Context {
	if e.Soon == nil {
		return context.Background()
	}
	return e.Soon
}

// untilBegun gives a context that ends with ctx and, as long as no batch has
// begun, also when the command is to end soon: nothing is on its way then.
func (e Env) untilBegun(ctx context.Context) (Env, context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	e.begin = context.AfterFunc(e.soon(), cancel)
	return e, ctx, cancel
}

// server resolves the address: settings, else DARWIN_BASE_URL, else the public
// one.
func (e Env) server() (*url.URL, error) {
	for _, s := range []string{e.Server, e.Getenv("DARWIN_BASE_URL"), darwin.PublicServer} {
		if s != "" {
			return darwin.ParseServer(s)
		}
	}
	return darwin.ParseServer(darwin.PublicServer)
}

func (e Env) key(ctx context.Context, server *url.URL, team string) (string, error) {
	if key := e.Getenv("DARWIN_API_KEY"); key != "" {
		return key, nil
	}
	key, err := e.Key(ctx, server.String(), team)
	if err != nil {
		return "", err
	}
	if key == "" {
		return "", &fault.Error{
			Kind: fault.Key,
			What: "There is no key for this Darwin on this computer.",
			Safe: "Nothing was sent.",
			Do:   "Set DARWIN_API_KEY, or open the window once and enter the key there.",
		}
	}
	return key, nil
}

// wrong says why nothing was done.
func (e Env) wrong(err error) int {
	fmt.Fprintln(e.Stderr, explain(fault.Of(err)))
	return ExitWrong
}
