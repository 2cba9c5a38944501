package storage

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"darwin-uploader/uploader/fault"
)

// Target is where and with what permission to store: a form POST with Fields,
// or a PUT if Fields is nil. Both hold secrets, so a Target prints as its shape.
type Target struct {
	URL    string
	Fields map[string]string
}

// String tells the shape only.
func (t Target) String() string {
	if t.Fields == nil {
		return "storage target (PUT, redacted)"
	}
	return fmt.Sprintf("storage target (form of %d fields, redacted)", len(t.Fields))
}

// GoString is String.
func (t Target) GoString() string { return t.String() }

// Format prints String for every verb.
func (t Target) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, t.String()) }

// LogValue is String.
func (t Target) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalText is String: nothing of a Target is to be kept.
func (t Target) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// parse checks that the permission can be used as it is.
func (t Target) parse() (*url.URL, *fault.Error) {
	u, err := url.Parse(t.URL)
	if err != nil || u.Host == "" || u.User != nil || u.Opaque != "" {
		return nil, badTarget("the address cannot be used")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return nil, badTarget("the address is not https")
	}
	for name := range t.Fields {
		if name == "" || strings.EqualFold(name, "file") || strings.ContainsFunc(name, unicode.IsControl) {
			return nil, badTarget("the form has a field of a name that cannot be")
		}
	}
	return u, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func badTarget(detail string) *fault.Error {
	return &fault.Error{
		Kind: fault.Unexpected, What: "Darwin gave a place for the file that cannot be used.",
		Safe: nothingStored, Detail: detail,
	}
}

// secrets are the parts of a Target that must not show anywhere.
func (t Target) secrets() []string {
	list := []string{t.URL}
	if u, err := url.Parse(t.URL); err == nil {
		list = append(list, u.RequestURI(), u.RawQuery)
		for _, values := range u.Query() {
			list = append(list, values...)
		}
		for pair := range strings.SplitSeq(u.RawQuery, "&") {
			_, value, _ := strings.Cut(pair, "=")
			list = append(list, value)
		}
	}
	for _, v := range t.Fields {
		list = append(list, v, url.QueryEscape(v))
	}
	// Short values ("201", "private") are no secrets and occur in any text.
	const shortest = 12
	kept := list[:0]
	for _, s := range list {
		if len(s) >= shortest {
			kept = append(kept, s)
		}
	}
	// The longest first: none is then cut apart by another that is part of it.
	slices.SortFunc(kept, func(a, b string) int { return len(b) - len(a) })
	return kept
}

// scrub replaces what is secret in text.
func scrub(text string, secrets []string) string {
	for _, s := range secrets {
		text = strings.ReplaceAll(text, s, "[redacted]")
	}
	return text
}
