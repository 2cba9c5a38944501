package xdnd

import (
	"fmt"
	"net/url"
	"strings"
)

// URIList writes paths, each absolute and "/"-separated, as a text/uri-list of file URIs (RFC 2483): one a line, every line ended
// with CR LF. Each byte of a path that RFC 3986 does not call unreserved is percent-encoded, except "/", so that a name in any
// encoding and with any character but NUL survives.
func URIList(paths []string) []byte {
	var b strings.Builder
	for _, p := range paths {
		b.WriteString("file://")
		escape(&b, p)
		b.WriteString("\r\n")
	}
	return []byte(b.String())
}

func escape(b *strings.Builder, path string) {
	const hex = "0123456789ABCDEF"
	for i := range len(path) {
		c := path[i]
		if unreserved(c) || c == '/' {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&0x0F])
	}
}

// unreserved is the set of RFC 3986, section 2.3.
func unreserved(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return strings.IndexByte("-._~", c) >= 0
}

// ParseURIList reads the paths of a text/uri-list back. Comment lines are left out; a URI of another scheme, or a damaged escape,
// is refused.
func ParseURIList(list []byte) ([]string, error) {
	var paths []string
	for line := range strings.Lines(string(list)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		rest, ok := strings.CutPrefix(line, "file://")
		if !ok {
			return nil, fmt.Errorf("not a file URI: %q", line)
		}
		start := strings.IndexByte(rest, '/')
		if start < 0 {
			return nil, fmt.Errorf("no path in %q", line)
		}
		path, err := url.PathUnescape(rest[start:])
		if err != nil {
			return nil, fmt.Errorf("reading %q: %w", line, err)
		}
		paths = append(paths, path)
	}
	return paths, nil
}
