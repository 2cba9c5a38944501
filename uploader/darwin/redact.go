package darwin

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// maxWords is how much of the other side's text is kept, in characters.
const maxWords = 300

var (
	// Signed URLs carry their credentials in the query, proxies' URLs before
	// the @.
	query    = regexp.MustCompile(`(?i)(\b[a-z][a-z0-9+.-]*://[^\s?"'<>]*)\?[^\s"'<>]*`)
	userInfo = regexp.MustCompile(`//[^/\s@"']+@`)
	// The parameters themselves, where a text shows them without their URL.
	signature = regexp.MustCompile(`(?i)(x-amz-(?:signature|credential|security-token)|signature|policy)("?\s*[=:]\s*"?)[^\s&"']+`)
)

// scrubber gives a function that makes the other side's text fit to show: one
// line, not long, without the key (as it is and as URLs write it), without the
// queries and passwords of URLs.
func scrubber(key string) func(string) string {
	const hidden = "(hidden)"
	forms := []string{key, url.QueryEscape(key), url.PathEscape(key)}
	if _, second, ok := strings.Cut(key, "."); ok && len(second) >= 16 {
		forms = append(forms, second)
	}
	var pairs []string
	for _, form := range forms {
		pairs = append(pairs, form, hidden)
	}
	replace := strings.NewReplacer(pairs...)
	return func(s string) string {
		s = replace.Replace(oneLine(s))
		s = userInfo.ReplaceAllString(s, "//"+hidden+"@")
		s = query.ReplaceAllString(s, "$1?"+hidden)
		s = signature.ReplaceAllString(s, "$1$2"+hidden)
		if r := []rune(s); len(r) > maxWords {
			s = string(r[:maxWords-1]) + "…"
		}
		return s
	}
}

// oneLine drops what does not print, and makes every run of white space one
// space.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
