package darwin

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"darwin-uploader/uploader/fault"
)

// PublicServer is the only Darwin that the public sources name.
const PublicServer = "https://darwin.v7labs.com"

// ParseServer turns what a person types or pastes into the address of a
// Darwin server: a scheme and a host, nothing else. The scheme may be left out
// and is then https. Plain http is taken only for this computer itself. A path
// of "/api" is cut off, because the client adds it; any other path, a query, a
// fragment, a user name or a password is refused. The error is a *fault.Error
// of kind Usage that never repeats what was typed, since that may hold a
// password.
func ParseServer(s string) (*url.URL, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil, serverFault("The server's address is empty.")
	}
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || !plainHost(u) {
		return nil, serverFault("This is not the address of a server.")
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	switch {
	case u.User != nil:
		return nil, serverFault("The server's address holds a user name or a password, which Darwin does not use.")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, serverFault("The server's address must begin with https.")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return nil, serverFault("The server's address begins with http, so the key would travel unprotected.")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.Contains(s, "#"):
		return nil, serverFault("The server's address holds more than the server's name.")
	}
	if p := strings.TrimRight(u.Path, "/"); p != "" && p != "/api" {
		return nil, serverFault("The server's address holds more than the server's name.")
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}

func serverFault(what string) *fault.Error {
	return &fault.Error{Kind: fault.Usage, What: what, Do: "Write it like " + PublicServer + "."}
}

// plainHost says whether u has a host of ordinary characters and, if it has a
// port, one that exists.
func plainHost(u *url.URL) bool {
	host := u.Hostname()
	if host == "" {
		return false
	}
	if _, port, err := net.SplitHostPort(u.Host); err == nil {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return false
		}
	} else if strings.HasSuffix(u.Host, ":") {
		return false
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.Zone() == ""
	}
	if strings.HasPrefix(u.Host, "[") || strings.HasPrefix(host, ".") || strings.Contains(host, "..") {
		return false
	}
	for _, r := range host {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (r < '0' || r > '9') && r != '-' && r != '.' && r != '_' {
			return false
		}
	}
	return true
}

// loopback says whether host is this computer, whatever the network says.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}
