package darwin

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
)

// Destination is where the bytes of one upload go: a PUT to URL where Fields is
// nil, a form POST with these fields otherwise. It is a credential in itself,
// so it shows itself only by its host, however it is printed or logged.
type Destination struct {
	URL    string
	Fields map[string]string
}

// String names the host and hides the rest.
func (d Destination) String() string {
	method := "PUT"
	if d.Fields != nil {
		method = "POST"
	}
	host := ""
	if u, err := url.Parse(d.URL); err == nil {
		host = u.Host
	}
	return "darwin.Destination(" + method + " " + host + ")"
}

// GoString shows what String shows.
func (d Destination) GoString() string { return d.String() }

// Format makes every verb show what String shows.
func (d Destination) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, d.String()) }

// LogValue shows in logs what String shows.
func (d Destination) LogValue() slog.Value { return slog.StringValue(d.String()) }

// MarshalJSON shows what String shows: a destination is never to be kept.
func (d Destination) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

// resolve checks the address of a destination as Darwin gave it. The form's
// address comes without a scheme ("//host/bucket"): https, and the API's own
// scheme only where both are this computer.
func (c *Client) resolve(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return "", false
	}
	local := loopback(u.Hostname()) && loopback(c.server.Hostname())
	if u.Scheme == "" {
		u.Scheme = "https"
		if local {
			u.Scheme = c.server.Scheme
		}
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !local) {
		return "", false
	}
	return u.String(), true
}
