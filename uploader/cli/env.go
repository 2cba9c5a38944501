package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/url"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// The exit codes.
const (
	ExitDone  = 0 // every file is in Darwin
	ExitSome  = 1 // some were skipped or failed
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
	// JournalDir is the folder of the journal, "" to keep none.
	JournalDir string
	// Columns is how wide the terminal is that Stderr leads to, so that a line
	// of progress may be painted over there; nil if it leads to none.
	Columns func() int
	Version string
	Log     *slog.Logger
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
