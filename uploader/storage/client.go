package storage

import (
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"time"

	"darwin-uploader/uploader/fault"
)

// Limits of this package.
const (
	// MaxSize is what one request can store: 5 GiB, for PUT and POST alike (S3).
	MaxSize = 5 << 30
	// DefaultStall is how long no byte may move if Config does not say.
	DefaultStall = 30 * time.Second
	// slowest is the slowest line, in bytes a second, that is waited for once the
	// last byte was handed over: the system may hold megabytes of the file that
	// have not left. However large the file, the wait is longestAnswer times
	// Stall at most.
	slowest       = 8 << 10
	longestAnswer = 4
	// maxAnswer is how much of an answer is read, in bytes.
	maxAnswer = 64 << 10
)

// Config says how to reach storage. The zero value is usable.
type Config struct {
	Transport http.RoundTripper // nil: one of NewTransport of the client's own
	MaxConns  int               // the most connections per host, all kept open, 0 = 64; as many as there are workers
	Stall     time.Duration     // longest time without a byte moving, 0 = DefaultStall
	UserAgent string            // "" = darwin-uploader
}

// Client sends files.
type Client struct {
	transport http.RoundTripper
	own       *http.Transport // nil when the transport is the caller's
	stall     time.Duration
	userAgent string
}

// Body is a file to send. Open is called afresh for each Send, so that a retry
// starts from the first byte.
type Body struct {
	Name string // base name, for the form's file part
	Size int64  // bytes; what is read must have exactly as many
	Open func() (io.ReadCloser, error)
	Pace Pacer // nil: as fast as it goes
}

// Pacer decides how fast a file's bytes are handed over. While it makes them
// wait, the connection is not taken for one that stands still.
type Pacer interface {
	// Portion is how many bytes, at least 1, are asked for at once.
	Portion() int
	// Wait returns when n more bytes may leave; its error is ctx's.
	Wait(ctx context.Context, n int) error
}

// New makes a client. Close it when it is no longer used.
func New(cfg Config) *Client {
	c := &Client{transport: cfg.Transport, stall: cfg.Stall, userAgent: cfg.UserAgent}
	if c.stall <= 0 {
		c.stall = DefaultStall
	}
	if c.userAgent == "" {
		c.userAgent = "darwin-uploader"
	}
	if c.transport == nil {
		c.own = NewTransport(cfg.MaxConns)
		c.transport = c.own
	}
	return c
}

// Close lets idle connections go. Sends that still run are not cut.
func (c *Client) Close() {
	if c.own != nil {
		c.own.CloseIdleConnections()
	}
}

// CloseIdle lets idle connections go, as Close does: for when they cannot be
// alive any more; also those of a transport that the caller gave. The client
// stays usable.
func (c *Client) CloseIdle() {
	if t, ok := c.transport.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// forgetConns keeps what failed from being used again.
func (c *Client) forgetConns() { c.CloseIdle() }

// NewTransport makes the transport that a client makes for itself: Go's standard
// one with what many large uploads to one host need. maxConns is
// Config.MaxConns.
func NewTransport(maxConns int) *http.Transport {
	if maxConns <= 0 {
		maxConns = 64
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Protocols = new(http.Protocols)
	t.Protocols.SetHTTP1(true)
	t.ForceAttemptHTTP2 = false
	t.MaxIdleConns = 0 // the limit per host is enough: there is one host
	t.MaxIdleConnsPerHost = maxConns
	t.MaxConnsPerHost = maxConns // else it dials one more whenever it is quicker to ask than to look
	t.DisableCompression = true  // adds a header, and nothing is fetched
	t.ExpectContinueTimeout = 0
	t.MaxResponseHeaderBytes = maxAnswer
	t.TLSClientConfig = &tls.Config{
		MinVersion:         tls.VersionTLS12,
		ClientSessionCache: tls.NewLRUClientSessionCache(2 * maxConns),
	}
	t.DialContext = dial
	t.OnProxyConnectResponse = heedProxy
	return t
}

// Send stores the file, once. progress (which may be nil) is told of n more
// bytes of the file each time that the system has taken some; it is called from
// another goroutine, but not after Send returned.
//
// An error is a *fault.Error: Network, Stalled, Busy (with After, if storage
// asked for a pause), Expired (any 403, and the codes of an old permission:
// sign again), TooLarge, Refused, Unexpected (an answer that storage should not
// give, a redirect among them), Empty, Vanished, Unreadable, Changed (the file is
// not of Size bytes, or was written to meanwhile) or Stopped (ctx ended; the
// cause is kept for errors.Is). Nothing is stored then, except that after
// Network, Stalled and Unexpected the answer may have been lost on its way.
//
// Send does not judge Stored.ETag, see Stored.Verdict.
func (c *Client) Send(ctx context.Context, t Target, b Body, progress func(n int64)) (Stored, error) {
	u, f := t.parse()
	if f != nil {
		return Stored{}, f
	}
	if f := checkSize(b.Size); f != nil {
		return Stored{}, f
	}
	s := &sending{client: c, target: t, url: u, body: b, secrets: t.secrets()}
	stored, f := s.run(ctx, progress)
	if f != nil {
		return Stored{}, f
	}
	return stored, nil
}

func checkSize(n int64) *fault.Error {
	switch {
	case n <= 0:
		return &fault.Error{Kind: fault.Empty, What: "The file is empty.", Safe: nothingStored}
	case n > MaxSize:
		return tooLarge("")
	}
	return nil
}
