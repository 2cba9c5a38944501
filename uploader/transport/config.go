package transport

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// Mode says where the way begins.
type Mode uint8

// The modes.
const (
	System Mode = iota // as this computer does it
	None               // directly, whatever this computer does
	Manual             // through Config.Proxy
)

// Config says how requests leave. The zero value is what Go's programs do by
// themselves.
type Config struct {
	Mode Mode
	// Proxy is the address for Manual: HOST:PORT or a URL of the scheme http,
	// https, socks5 or socks5h. User name and password have fields of their own.
	Proxy    string
	User     string
	Password string `json:"-"`
	// CAFile holds certificates to trust beside the system's, as PEM or DER;
	// "" is none.
	CAFile string
}

// String leaves the password out.
func (c Config) String() string {
	switch c.Mode {
	case None:
		return "transport.Config(no proxy)"
	case Manual:
		return "transport.Config(a proxy by hand)"
	default:
		return "transport.Config(the system's proxy)"
	}
}

// Format makes every verb show what String shows.
func (c Config) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, c.String()) }

// LogValue shows in logs what String shows.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// New makes a transport of Go's default kind that goes the way of c. It reads
// CAFile, so it is not for a window's main thread. An error is a *fault.Error of
// kind Usage (the proxy's address, a file without certificates) or Unreadable.
func New(c Config) (*http.Transport, error) {
	t := http.DefaultTransport.(*http.Transport).Clone()
	if err := c.Apply(t); err != nil {
		return nil, err
	}
	return t, nil
}

// Apply makes a transport that was not used yet go the way of c, and leaves
// everything else of it as it is. Reading and errors are as with New; after an
// error t is unchanged.
func (c Config) Apply(t *http.Transport) error {
	proxy, err := c.proxy()
	if err != nil {
		return err
	}
	roots, err := c.roots()
	if err != nil {
		return err
	}
	t.Proxy = proxy
	if roots != nil {
		if t.TLSClientConfig == nil {
			t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
		}
		t.TLSClientConfig.RootCAs = roots
	}
	return nil
}

// Check says what is wrong with c, nil if nothing is. It reads CAFile.
func (c Config) Check() error { return c.Apply(&http.Transport{}) }

// proxy is http.Transport's Proxy.
func (c Config) proxy() (func(*http.Request) (*url.URL, error), error) {
	switch c.Mode {
	case None:
		return nil, nil
	case Manual:
		address, err := ParseProxy(c.Proxy)
		if err != nil {
			return nil, err
		}
		if c.User != "" {
			address.User = url.UserPassword(c.User, c.Password)
		}
		return func(r *http.Request) (*url.URL, error) {
			if loopback(r.URL.Hostname()) {
				return nil, nil
			}
			return address, nil
		}, nil
	default:
		return systemProxy(), nil
	}
}

// loopback tells the addresses of this very computer, such as the practice
// Darwin's. No proxy can reach them.
func loopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// roots are the certificates to trust, nil for the system's alone.
func (c Config) roots() (*x509.CertPool, error) {
	if c.CAFile == "" {
		return nil, nil
	}
	return readRoots(c.CAFile)
}
