// Package session is one account in use: the key at work. It joins the Darwin
// API, object storage and the engine for as long as the person uploads with
// that account.
//
// A Session is safe for concurrent use until Close. It imports no Fyne and
// does nothing by itself; its owner calls it off the main thread.
package session

import (
	"context"
	"log/slog"
	"net/url"
	"time"

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
}

// Config is what a session is made of.
type Config struct {
	Account settings.Account
	Key     string `json:"-"`
	Agent   string
	Ways    *Ways
	Journal *journal.Journal // may be nil
	// Settings are those of the start; see Session.Apply.
	Settings settings.Settings
	Log      *slog.Logger // nil discards
}

// Open makes a session. It asks Darwin nothing.
func Open(cfg Config) (*Session, error) {
	client, err := Client(cfg.Account.Server, cfg.Key, cfg.Agent, cfg.Ways)
	if err != nil {
		return nil, err
	}
	sender := storage.New(storage.Config{Transport: cfg.Ways.storage, UserAgent: cfg.Agent})
	s := &Session{Account: cfg.Account, Darwin: client, Journal: cfg.Journal, storage: sender}
	engine := uploader.Config{
		Darwin: client, Storage: sender, Log: cfg.Log,
		Workers: cfg.Settings.Workers, Limits: limitsOf(cfg.Settings.Transfers),
	}
	if cfg.Journal != nil {
		engine.Journal = cfg.Journal.For(cfg.Account.Server, cfg.Account.ID)
	}
	s.Engine = uploader.New(engine)
	client.SetRequestsPerMinute(cfg.Settings.Transfers.RequestsPerMinute)
	return s, nil
}

// Apply takes over the settings of transfers, at once, also for a batch that
// runs.
func (s *Session) Apply(now settings.Settings) {
	s.Engine.SetWorkers(now.Workers)
	s.Engine.SetLimits(limitsOf(now.Transfers))
	s.Darwin.SetRequestsPerMinute(now.Transfers.RequestsPerMinute)
}

// limitsOf are the engine's limits as the settings have them.
func limitsOf(t settings.Transfers) uploader.Limits {
	var l uploader.Limits
	if t.LimitSpeed {
		l.BytesPerSecond = t.BytesPerSecond
	}
	if t.LimitHours {
		l.From, l.Until = time.Duration(t.From)*time.Minute, time.Duration(t.Until)*time.Minute
	}
	return l
}

// Close drops the connections. Batches must have ended.
func (s *Session) Close() {
	s.storage.CloseIdle()
	s.Darwin.CloseIdle()
}

// Client makes a client for a server as a person or the settings name it; ""
// is the public one.
func Client(server, key, agent string, ways *Ways) (*darwin.Client, error) {
	address, err := Server(server)
	if err != nil {
		return nil, err
	}
	return darwin.New(darwin.Config{Server: address, Key: key, UserAgent: agent, Transport: ways.darwin})
}

// Server reads a server address; "" is the public one.
func Server(server string) (*url.URL, error) {
	if server == "" {
		server = darwin.PublicServer
	}
	return darwin.ParseServer(server)
}

// Whose asks Darwin whose a key is, and gives the account that it makes.
func Whose(ctx context.Context, server, key, agent string, ways *Ways) (settings.Account, error) {
	client, err := Client(server, key, agent, ways)
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
