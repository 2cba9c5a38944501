package darwin

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"darwin-uploader/uploader/fault"
)

// How long one call may take, from looking up the name to the last byte of the
// answer. Registering is slower: Darwin creates every item before it answers,
// and its own client cuts requests "to avoid timeouts".
const (
	defaultTimeout         = 60 * time.Second
	defaultRegisterTimeout = 120 * time.Second
)

// maxAnswer is the most bytes read of one answer. Lists of datasets and of tag
// classes are not paged, so it is generous; it only stops a server gone wrong
// from filling the memory.
const maxAnswer = 64 << 20

// Config says which Darwin and with which key. It shows itself without the key.
type Config struct {
	Server *url.URL // as ParseServer gives it
	Key    string   `json:"-"`

	Transport http.RoundTripper // nil: one of the client's own, see NewTransport
	UserAgent string            // "": "darwin-uploader"
	Log       *slog.Logger      // nil: nothing is logged; calls are logged at debug level

	Timeout         time.Duration // for one call; 0: 60 s
	RegisterTimeout time.Duration // for one call of Register; 0: 120 s

	// RequestsPerMinute bounds all requests of this client together. 0 keeps
	// below the 1,000 a minute that Darwin documents for a key on its public
	// server, and leaves the pace to any other server's 429 answers, since
	// nothing is known of it. Negative: no bound.
	RequestsPerMinute int
}

// String names the server and hides the key.
func (c Config) String() string { return "darwin.Config(" + serverText(c.Server) + ")" }

// Format makes every verb show what String shows.
func (c Config) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, c.String()) }

// LogValue shows in logs what String shows.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Client calls one Darwin with one key. All its methods may be called from
// several goroutines at once.
type Client struct {
	server *url.URL
	agent  string
	http   *http.Client
	log    *slog.Logger
	now    func() time.Time

	timeout, registerTimeout time.Duration
	answerLimit              int64

	// The key lives in these closures and in no field, so that no way of
	// printing the client can show it.
	authorize func(http.Header)
	scrub     func(string) string
	rekey     func(key string)

	pace         *pace
	externalPace *ExternalPace
	linking      chan struct{} // holds one token while a tag class is being linked

	mu    sync.Mutex
	team  Team // the key's team, once it was asked for
	clock serverClock
}

// New makes a client; it calls nobody yet. It refuses a server that ParseServer
// would refuse (kind Usage), and a key that cannot be one (kind Key): an empty
// one, or one with spaces, control characters or characters outside ASCII. The
// exact shape of a key (7 characters, a dot, 32 characters) is known only from
// Darwin's own client and is not enforced. White space around the key, as
// pasting brings it, is trimmed.
func New(cfg Config) (*Client, error) {
	if cfg.Server == nil {
		return nil, serverFault("The server's address is empty.")
	}
	server, err := ParseServer(cfg.Server.String())
	if err != nil {
		return nil, err
	}
	key, err := checkKey(cfg.Key)
	if err != nil {
		return nil, err
	}
	c := &Client{
		server: server, agent: cfg.UserAgent, log: cfg.Log, now: time.Now,
		timeout: cfg.Timeout, registerTimeout: cfg.RegisterTimeout, answerLimit: maxAnswer,
		pace: newPace(server, cfg.RequestsPerMinute), externalPace: newExternalPace(),
		linking: make(chan struct{}, 1),
	}
	c.authorize, c.scrub, c.rekey = keyed(key)
	if c.agent == "" {
		c.agent = "darwin-uploader"
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	if c.timeout <= 0 {
		c.timeout = defaultTimeout
	}
	if c.registerTimeout <= 0 {
		c.registerTimeout = max(defaultRegisterTimeout, c.timeout)
	}
	transport := cfg.Transport
	if transport == nil {
		transport = NewTransport()
	}
	c.http = &http.Client{Transport: transport, CheckRedirect: stayWithDarwin}
	return c, nil
}

// Server is the address of the client's Darwin, without a slash at its end.
func (c *Client) Server() string { return serverText(c.server) }

// SetKey lets the requests from now on carry another key of the same team. It
// refuses what New would refuse.
func (c *Client) SetKey(key string) error {
	key, err := checkKey(key)
	if err == nil {
		c.rekey(key)
	}
	return err
}

// SetRequestsPerMinute changes Config.RequestsPerMinute for the requests from
// now on.
func (c *Client) SetRequestsPerMinute(n int) { c.pace.change(newBucket(c.server, n)) }

// CloseIdle closes connections that no call is using.
func (c *Client) CloseIdle() { c.http.CloseIdleConnections() }

// String names the server and hides the key.
func (c *Client) String() string { return "darwin.Client(" + c.Server() + ")" }

// Format makes every verb show what String shows.
func (c *Client) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, c.String()) }

// LogValue shows in logs what String shows.
func (c *Client) LogValue() slog.Value { return slog.StringValue(c.String()) }

// serverText leaves out everything but scheme and host: a Config's URL may
// come from anywhere and hold a password.
func serverText(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// keyed gives what a client does with its key: put it on requests, hide it in
// texts, and change it. Keys of before stay hidden.
func keyed(key string) (authorize func(http.Header), scrub func(string) string, change func(string)) {
	var mu sync.RWMutex
	hide := scrubber(key)
	authorize = func(h http.Header) {
		mu.RLock()
		defer mu.RUnlock()
		h.Set("Authorization", "ApiKey "+key)
	}
	scrub = func(text string) string {
		mu.RLock()
		defer mu.RUnlock()
		return hide(text)
	}
	change = func(next string) {
		mu.Lock()
		defer mu.Unlock()
		key = next
		before, now := hide, scrubber(next)
		hide = func(text string) string { return now(before(text)) }
	}
	return authorize, scrub, change
}

func checkKey(key string) (string, error) {
	key = strings.TrimSpace(key)
	if key == "" {
		return "", &fault.Error{Kind: fault.Key, What: "There is no key.", Do: "Paste the key from Darwin's settings."}
	}
	for _, r := range key {
		if r <= ' ' || r > '~' {
			return "", &fault.Error{
				Kind: fault.Key,
				What: "This is not a key of Darwin: it holds a space or a character that no key has.",
				Do:   "Copy the key from Darwin's settings again, and nothing beside it.",
			}
		}
	}
	return key, nil
}
