package transport

import (
	"bufio"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// systemProxy does as this computer does: what the environment says
// (HTTPS_PROXY, HTTP_PROXY, NO_PROXY), else what is set for all programs on
// Windows, on macOS and on a GNOME desktop. Scripts that choose a proxy (PAC) are
// not run. It reads both anew, unlike http.ProxyFromEnvironment, which reads once
// in a program's life.
func systemProxy() func(*http.Request) (*url.URL, error) {
	env := httpproxy.FromEnvironment()
	if env.HTTPProxy == "" && env.HTTPSProxy == "" {
		if set := setProxies(); set != nil {
			return func(r *http.Request) (*url.URL, error) { return set.choose(r.URL), nil }
		}
	}
	choose := env.ProxyFunc()
	return func(r *http.Request) (*url.URL, error) { return choose(r.URL) }
}

// proxies are what a system has set for all programs.
type proxies struct {
	http, https *url.URL // nil is none
	except      []string // patterns of hosts that are reached directly
	local       bool     // hosts without a dot are reached directly, too
}

// choose is the proxy for an address, nil for none.
func (p *proxies) choose(u *url.URL) *url.URL {
	host := strings.ToLower(u.Hostname())
	if loopback(host) || p.local && !strings.Contains(host, ".") {
		return nil
	}
	for _, pattern := range p.except {
		if excepted(pattern, host) {
			return nil
		}
	}
	if u.Scheme == "https" {
		return p.https
	}
	return p.http
}

// excepted tells whether a host is meant by a pattern: a name with wildcards, a
// domain, an address, or a network as in 169.254/16.
func excepted(pattern, host string) bool {
	pattern = strings.ToLower(strings.TrimSpace(pattern))
	if scheme := strings.Index(pattern, "://"); scheme >= 0 {
		pattern = pattern[scheme+3:]
	}
	if pattern == "" {
		return false
	}
	if address, bits, ok := strings.Cut(pattern, "/"); ok {
		for strings.Count(address, ".") < 3 && !strings.Contains(address, ":") {
			address += ".0"
		}
		network, err := netip.ParsePrefix(address + "/" + bits)
		ip, err2 := netip.ParseAddr(host)
		return err == nil && err2 == nil && network.Contains(ip)
	}
	if strings.HasPrefix(pattern, ".") {
		return strings.HasSuffix(host, pattern)
	}
	fits, err := path.Match(pattern, host)
	return err == nil && fits
}

// parseInternetSettings reads Windows' values of that name: server is HOST:PORT
// for everything, or "http=HOST:PORT;https=HOST:PORT"; override are patterns
// between semicolons, with <local> for names without a dot. It is nil without a
// usable proxy.
func parseInternetSettings(server, override string) *proxies {
	p := &proxies{}
	for part := range strings.SplitSeq(server, ";") {
		kind, address, each := strings.Cut(part, "=")
		if !each {
			address = kind
		}
		proxy, err := ParseProxy(address)
		if err != nil {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(kind)) {
		case "https":
			p.https = proxy
		case "http":
			p.http = proxy
		default:
			if !each {
				p.http, p.https = proxy, proxy
			}
		}
	}
	for pattern := range strings.SplitSeq(override, ";") {
		if strings.EqualFold(strings.TrimSpace(pattern), "<local>") {
			p.local = true
			continue
		}
		p.except = append(p.except, pattern)
	}
	return p.orNil()
}

// parseScutil reads what macOS' `scutil --proxy` prints. It is nil without a
// usable proxy.
func parseScutil(text string) *proxies {
	p := &proxies{}
	values := map[string]string{}
	inList := false
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		name, value, ok := strings.Cut(strings.TrimSpace(lines.Text()), " : ")
		switch {
		case !ok:
			inList = false // a bracket that closes
		case inList:
			p.except = append(p.except, value)
		case name == "ExceptionsList":
			inList = true
		default:
			values[name] = value
		}
	}
	proxy := func(kind string) *url.URL {
		if values[kind+"Enable"] != "1" {
			return nil
		}
		u, err := ParseProxy(net.JoinHostPort(values[kind+"Proxy"], values[kind+"Port"]))
		if err != nil {
			return nil
		}
		return u
	}
	p.http, p.https = proxy("HTTP"), proxy("HTTPS")
	p.local = values["ExcludeSimpleHostnames"] == "1"
	return p.orNil()
}

// parseGSettings reads what GNOME's "gsettings list-recursively org.gnome.system.proxy" prints. As GLib does, it takes a proxy of the
// kind socks where there is none for the kind of address. It is nil without a usable proxy.
func parseGSettings(text string) *proxies {
	p := &proxies{}
	values := map[string]string{}
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		if parts := strings.SplitN(lines.Text(), " ", 3); len(parts) == 3 {
			values[strings.TrimPrefix(parts[0], "org.gnome.system.proxy")+"."+parts[1]] = unquoted(parts[2])
		}
	}
	if values[".mode"] != "manual" {
		return nil
	}
	proxy := func(kind, scheme string) *url.URL {
		host := values["."+kind+".host"]
		if host == "" {
			return nil
		}
		u, err := ParseProxy(scheme + "://" + net.JoinHostPort(host, values["."+kind+".port"]))
		if err != nil {
			return nil
		}
		return u
	}
	p.http, p.https = proxy("http", "http"), proxy("https", "http")
	if socks := proxy("socks", "socks5"); socks != nil {
		if p.http == nil {
			p.http = socks
		}
		if p.https == nil {
			p.https = socks
		}
	}
	list := strings.TrimSuffix(strings.TrimPrefix(values[".ignore-hosts"], "["), "]")
	for pattern := range strings.SplitSeq(list, ",") {
		p.except = append(p.except, unquoted(strings.TrimSpace(pattern)))
	}
	return p.orNil()
}

// unquoted takes the quotes off a text of GLib's.
func unquoted(text string) string {
	if len(text) >= 2 && (text[0] == '\'' || text[0] == '"') && text[len(text)-1] == text[0] {
		return text[1 : len(text)-1]
	}
	return text
}

func (p *proxies) orNil() *proxies {
	if p.http == nil && p.https == nil {
		return nil
	}
	return p
}
