package sandbox

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox/bucket"
)

// DemoKey is the key that a sandbox takes if Config.Key is empty. It has the
// shape of a real one, and opens nothing but a sandbox.
const DemoKey = "DEMOKEY.sandbox0only1opens2nothing3else0"

// The path that storage is served under; storage's own name for it is bucket.
const bucketName = "storage-bucket"

const (
	maxHeader       = 64 << 10
	headerPatience  = 10 * time.Second
	idlePatience    = 2 * time.Minute
	defaultLifetime = time.Hour
)

// Config says what a sandbox is like. The zero value is the demo.
type Config struct {
	// Dir keeps the bodies of what arrives. "" discards them once they were
	// hashed, and then the web page shows no pictures. The sandbox makes the
	// folder if need be and never removes it.
	Dir string

	// Key is the one key that is taken at first, DemoKey if empty.
	Key string

	// Team is the key's team, the demo's team if it is the zero value.
	Team Team

	// Bare leaves out the demo's datasets and tag classes.
	Bare bool

	// ProcessAfter is how long an item is processed after its confirmation.
	ProcessAfter time.Duration

	// Lifetime is how long a signature is good for, one hour if zero.
	Lifetime time.Duration

	// ItemLimit is the most items that the team may have, 0 for no limit.
	// What is beyond is blocked with ITEM_COUNT_LIMIT_EXCEEDED.
	ItemLimit int

	// RequestsPerMinute is how many API calls the key may make in any minute, 0
	// for no limit. What is beyond is answered with 429 and Retry-After; it does
	// not count.
	RequestsPerMinute int

	// Minute is how long a minute of RequestsPerMinute is, by Clock; a minute if
	// zero. A shorter one makes practice and measuring quicker.
	Minute time.Duration

	// Clock is time.Now if nil. It moves the states of items and the expiry
	// of signatures; latency and bandwidth of faults take real time.
	Clock func() time.Time

	// Quirks are the differences seen between versions of the API.
	Quirks Quirks
}

// Team is the team that the key belongs to.
type Team struct {
	ID         int64
	Name, Slug string
}

// Quirks choose between answers that the API has given at different times.
// The zero value is the usual one.
type Quirks struct {
	// V1SignURL answers a V1 sign with upload_url, as since October 2021,
	// instead of the form's postEndpoint and signature.
	V1SignURL bool
	// V1NoPath leaves the path out of the answers of a V1 registration.
	V1NoPath bool
	// V1PluralTags says UNKNOWN_TAGS where V1 usually says UNKNOWN_TAG.
	V1PluralTags bool
	// NoVersion leaves the version out of version 1 datasets.
	NoVersion bool
	// NoTeams leaves the list of teams out of token_info.
	NoTeams bool
	// DirectWithoutBytes takes the items of a direct upload and forgets their
	// files, as a server would that does not know file_content.
	DirectWithoutBytes bool
	// LinkedTagsOnly takes tags of a dataset only if their class is linked to
	// it.
	LinkedTagsOnly bool
}

// Sandbox is one running Darwin with its storage.
type Sandbox struct {
	cfg  Config
	base *url.URL
	key  atomic.Pointer[string] // nil: that of cfg

	objects *bucket.Bucket

	server   *http.Server
	listener net.Listener
	closing  context.Context
	shut     context.CancelFunc
	closed   sync.Once
	closeErr error

	gate     sync.Mutex // keeps running from growing once shutting is set
	shutting bool
	running  sync.WaitGroup // the serving goroutine and every exchange

	shelves []*shelf // the buckets of the demo's storages

	page   *template.Template
	thumbs *thumbnails
	faults faults
	rate   rate
	log    requestLog
	state  state
}

// Start begins to serve on addr, such as "127.0.0.1:0" for any free port. An
// address that other computers can reach is refused.
func Start(addr string, cfg Config) (*Sandbox, error) {
	if err := loopbackOnly(addr); err != nil {
		return nil, err
	}
	cfg = withDefaults(cfg)
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, &fault.Error{
			Kind: fault.Usage, What: "The demo could not start on this computer.",
			Do: "Choose another port, or let the app choose one.", Detail: err.Error(), Err: err,
		}
	}
	s, err := open(l, cfg)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return s, nil
}

func open(l net.Listener, cfg Config) (*Sandbox, error) {
	if a, ok := l.Addr().(*net.TCPAddr); ok && !a.IP.IsLoopback() {
		return nil, notLoopback(l.Addr().String())
	}
	objects, err := bucket.New(bucket.Config{Dir: cfg.Dir, Clock: cfg.Clock, Name: bucketName})
	if err != nil {
		return nil, &fault.Error{
			Kind: fault.Disk, What: "The demo has no place to keep its files.",
			Do: "Check that there is free space and that the folder may be written to.", Detail: err.Error(), Err: err,
		}
	}
	s := &Sandbox{
		cfg: cfg, base: &url.URL{Scheme: "http", Host: l.Addr().String()},
		objects: objects, listener: l, page: parsePage(), thumbs: newThumbnails(),
		rate: rate{most: cfg.RequestsPerMinute, minute: cfg.Minute},
	}
	s.closing, s.shut = context.WithCancel(context.Background())
	s.state.init(cfg)
	if !cfg.Bare {
		s.addDemo()
	}
	s.server = &http.Server{
		Handler: s.routes(), ReadHeaderTimeout: headerPatience, IdleTimeout: idlePatience,
		MaxHeaderBytes: maxHeader, ErrorLog: log.New(io.Discard, "", 0),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, connKey{}, c)
		},
	}
	s.running.Go(func() { _ = s.server.Serve(l) }) // ends with Close, and only then
	return s, nil
}

func withDefaults(cfg Config) Config {
	if cfg.Key == "" {
		cfg.Key = DemoKey
	}
	if cfg.Team == (Team{}) {
		cfg.Team = demoTeam()
	}
	if cfg.Lifetime <= 0 {
		cfg.Lifetime = defaultLifetime
	}
	if cfg.Minute <= 0 {
		cfg.Minute = time.Minute
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	return cfg
}

// URL is the server's address without a slash at its end, such as
// "http://127.0.0.1:40123".
func (s *Sandbox) URL() string { return s.base.String() }

// Key is the key that is taken.
func (s *Sandbox) Key() string {
	if key := s.key.Load(); key != nil {
		return *key
	}
	return s.cfg.Key
}

// SetKey revokes the key and takes another from now on.
func (s *Sandbox) SetKey(key string) { s.key.Store(&key) }

// Close cuts all connections, ends all stalls, and waits until nothing of the
// sandbox runs any more. What is in Dir stays there.
func (s *Sandbox) Close() error {
	s.closed.Do(func() {
		s.gate.Lock()
		s.shutting = true
		s.gate.Unlock()
		s.shut()
		s.closeErr = s.server.Close()
		s.running.Wait()
		s.closeErr = errors.Join(s.closeErr, s.objects.Close())
	})
	return s.closeErr
}

// enter counts an exchange in, unless the sandbox is closing.
func (s *Sandbox) enter() bool {
	s.gate.Lock()
	defer s.gate.Unlock()
	if s.shutting {
		return false
	}
	s.running.Add(1)
	return true
}

func loopbackOnly(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return &fault.Error{
			Kind: fault.Usage, What: fmt.Sprintf("%q is not an address with a port.", addr),
			Do: "Write it as in 127.0.0.1:8080.", Detail: err.Error(), Err: err,
		}
	}
	if host == "localhost" { // checked again once it listens
		return nil
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsLoopback() {
		return nil
	}
	return notLoopback(addr)
}

func notLoopback(addr string) error {
	return &fault.Error{
		Kind: fault.Usage, What: fmt.Sprintf("Other computers could reach the demo at %q.", addr),
		Do: "Use an address of this computer only, such as 127.0.0.1:8080.",
	}
}
