package darwin

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxConns is how many connections a client makes at most: as many as uploads
// have calls under way at once, and some for what else is asked meanwhile.
const maxConns = 72

// NewTransport makes the transport that a client makes for itself: Go's own
// default with its proxy settings from the environment, as many idle
// connections as are ever used at once for the one host that matters, and pings on connections that went silent, so
// that a computer that slept does not wait for a connection long dead.
func NewTransport() *http.Transport {
	t, ok := http.DefaultTransport.(*http.Transport)
	if ok {
		t = t.Clone()
	} else { // somebody replaced the default
		t = &http.Transport{ForceAttemptHTTP2: true, TLSHandshakeTimeout: 10 * time.Second, IdleConnTimeout: 90 * time.Second}
	}
	t.Proxy = http.ProxyFromEnvironment
	t.MaxIdleConns = 0 // the limit per host is enough: there is one host
	t.MaxIdleConnsPerHost = maxConns
	t.MaxConnsPerHost = maxConns
	if t.TLSClientConfig == nil {
		t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	t.TLSClientConfig.ClientSessionCache = tls.NewLRUClientSessionCache(0) // a reconnect takes fewer round trips
	t.HTTP2 = &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 15 * time.Second}
	t.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
		if answer.StatusCode != http.StatusOK {
			return &proxyRefusal{status: answer.StatusCode}
		}
		return nil
	}
	return t
}

// proxyRefusal is a proxy that would not connect to Darwin.
type proxyRefusal struct{ status int }

func (e *proxyRefusal) Error() string {
	return "the proxy refused to connect: " + strings.ToLower(http.StatusText(e.status))
}

// stayWithDarwin follows a redirect only where the key may go along: to the
// same scheme, host and port. It also stops where following would turn a
// request that changes something into a GET. The redirect itself is then the
// answer, and becomes a fault like any other status.
func stayWithDarwin(next *http.Request, via []*http.Request) error {
	first := via[0]
	same := next.URL.Scheme == first.URL.Scheme && hostAndPort(next.URL) == hostAndPort(first.URL)
	if !same || next.URL.User != nil || next.Method != first.Method || len(via) >= 4 {
		return http.ErrUseLastResponse
	}
	return nil
}

func hostAndPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return strings.ToLower(u.Hostname()) + ":" + port
}
