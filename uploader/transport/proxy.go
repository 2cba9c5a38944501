package transport

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"darwin-uploader/uploader/fault"
)

// maxProxy is the most characters of a proxy's address.
const maxProxy = 512

// proxyPort is the port of an address that names none: the one that most
// proxies listen on (convention, not a standard).
const proxyPort = "8080"

// ParseProxy reads a proxy's address as a person writes it: HOST, HOST:PORT or
// a URL of scheme http, https, socks5 or socks5h without user name, path or
// query. It is a fault of kind Usage otherwise, which repeats nothing of an
// address that may hold a password.
func ParseProxy(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return nil, proxyFault("The proxy has no address.")
	case len(text) > maxProxy:
		return nil, proxyFault("The proxy's address is too long.")
	}
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return nil, proxyFault("The proxy's address cannot be read.")
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
	default:
		return nil, proxyFault("The proxy's address begins with something that is no kind of proxy.")
	}
	if u.User != nil {
		return nil, &fault.Error{
			Kind: fault.Usage, What: "The proxy's address holds a user name.",
			Do: "Write user name and password into their own fields.",
		}
	}
	if !goodHost(u.Hostname()) || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, proxyFault("The proxy's address cannot be read.")
	}
	port := u.Port()
	if port == "" {
		port = defaultPort(u.Scheme)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
		return nil, proxyFault("The proxy's port is no number from 1 to 65535.")
	}
	return &url.URL{Scheme: u.Scheme, Host: net.JoinHostPort(u.Hostname(), port)}, nil
}

// SplitProxy takes user name and password out of an address as IT departments
// write it (http://user:password@host:port), so that they can go where they
// belong. What it cannot take apart it gives back whole.
func SplitProxy(text string) (address, user, password string) {
	whole := strings.TrimSpace(text)
	scheme, rest, ok := strings.Cut(whole, "://")
	if !ok {
		scheme, rest = "", whole
	}
	at := strings.LastIndexByte(rest, '@')
	if at < 0 {
		return whole, "", ""
	}
	user, password, _ = strings.Cut(rest[:at], ":")
	if scheme != "" {
		scheme += "://"
	}
	return scheme + rest[at+1:], unescape(user), unescape(password)
}

func unescape(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// goodHost refuses what can be no name and no address of a computer. A name in
// other letters has to be written in its ASCII form.
func goodHost(host string) bool {
	if strings.Contains(host, ":") {
		_, err := netip.ParseAddr(host)
		return err == nil
	}
	for _, r := range host {
		if r <= ' ' || r == '@' || r >= 0x7f || strings.ContainsRune(`/\"'<>,;`, r) {
			return false
		}
	}
	return host != ""
}

func defaultPort(scheme string) string {
	switch scheme {
	case "https":
		return "443"
	case "socks5", "socks5h":
		return "1080"
	}
	return proxyPort
}

func proxyFault(what string) *fault.Error {
	return &fault.Error{Kind: fault.Usage, What: what, Do: "Write it as in proxy.example.org:8080."}
}
