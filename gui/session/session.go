// Package session is one account in use: the key at work. It joins the Darwin
// API, object storage and the engine for as long as the person uploads with
// that account.
//
// A Session is safe for concurrent use until Close. It imports no Fyne and
// does nothing by itself; its owner calls it off the main thread.
package session

import (
	"context"
	"net/url"

	"darwin-uploader/settings"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/storage"
)

// Session is an account in use.
type Session struct {
	Account  settings.Account
	Practice bool // the demo: nothing leaves this computer
	Darwin   *darwin.Client
	Engine   *uploader.Engine
	// Journal is where batches are written down; nil where there is none. It
	// belongs to the window and outlives the session.
	Journal *journal.Journal

	storage *storage.Client
	cfg     uploader.Config
}

// Open makes a session for a key; j may be nil. It asks Darwin nothing.
func Open(a settings.Account, key string, workers int, agent string, j *journal.Journal) (*Session, error) {
	client, err := Client(a.Server, key, agent)
	if err != nil {
		return nil, err
	}
	// The storage client keeps as many connections as the person may ever ask for.
	sender := storage.New(storage.Config{MaxConns: settings.MaxWorkers, UserAgent: agent})
	s := &Session{
		Account: a, Darwin: client, Journal: j,
		storage: sender, cfg: uploader.Config{Darwin: client, Storage: sender},
	}
	if j != nil {
		s.cfg.Journal = j.For(a.Server, a.ID)
	}
	s.SetWorkers(workers)
	return s, nil
}

// SetWorkers sets how many files the next batch sends at once, 0 for the
// engine's own number. Who reads Engine takes turns with it.
func (s *Session) SetWorkers(n int) {
	s.cfg.Workers = n
	s.Engine = uploader.New(s.cfg)
}

// Close drops the connections. Batches must have ended.
func (s *Session) Close() {
	s.storage.Close()
	s.Darwin.CloseIdle()
}

// Client makes a client for a server as a person or the settings name it; ""
// is the public one.
func Client(server, key, agent string) (*darwin.Client, error) {
	address, err := Server(server)
	if err != nil {
		return nil, err
	}
	return darwin.New(darwin.Config{Server: address, Key: key, UserAgent: agent})
}

// Server reads a server address; "" is the public one.
func Server(server string) (*url.URL, error) {
	if server == "" {
		server = darwin.PublicServer
	}
	return darwin.ParseServer(server)
}

// Whose asks Darwin whose a key is, and gives the account that it makes.
func Whose(ctx context.Context, server, key, agent string) (settings.Account, error) {
	client, err := Client(server, key, agent)
	if err != nil {
		return settings.Account{}, err
	}
	defer client.CloseIdle()
	info, err := client.TokenInfo(ctx)
	if err != nil {
		return settings.Account{}, err
	}
	address := client.Server()
	return settings.Account{
		ID:       address + "/" + info.Team.Slug,
		Server:   address,
		TeamSlug: info.Team.Slug,
		TeamName: info.Team.Name,
		KeyHint:  hint(key),
	}, nil
}

// hint is the end of a key, by which a person knows it again. A key too short
// to give four characters away gives none.
func hint(key string) string {
	if len(key) < 16 {
		return ""
	}
	return key[len(key)-4:]
}
