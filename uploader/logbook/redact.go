package logbook

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
)

// hidden stands where something secret was.
const hidden = "(hidden)"

// A value in a text, a JSON string, a form or a printed map: up to what cannot
// be part of it. A backslash ends it, because what is redacted may be a line of
// JSON, whose escapes must stay whole.
// It does not begin with a bracket, as what is hidden already does.
const value = `[^\s"'\\<>&,;()\[\]{}][^\s"'\\<>&,;)}\]]*`

// The names of what is secret in requests for storage, in headers and in
// settings.
const secretNames = `x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|x-goog-credential|` +
	`proxy-authorization|authorization|awsaccesskeyid|googleaccessid|signature|credential|policy|sig|` +
	`api[-_ ]?key|access[-_]?token|security[-_]?token|client[-_]?secret|secret[-_]?(?:access[-_]?)?key|account[-_]?key|password|passwd|set-cookie|cookie`

var (
	// An address, also as JSON writes its ampersands.
	address = regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://(?:[^\s"'<>\\]|\\u0026)+`)
	// The query of a signed upload (S3 in both generations, Google, Azure).
	signed = regexp.MustCompile(`(?i)(?:^|[?&;]|u0026|%26)(?:x-(?:amz|goog)-[a-z-]+|awsaccesskeyid|googleaccessid|key-pair-id|policy|signature|sig)(?:=|%3d)`)
	// Darwin's keys: 7 characters, a dot, 32 characters (as in Darwin's own
	// client). Longer runs are taken too: rather too much than too little.
	keyShape = regexp.MustCompile(`[A-Za-z0-9_-]{7}(?:\.|%2[eE])[A-Za-z0-9_-]{32,}`)
	// The schemes of Authorization with what follows them.
	scheme = regexp.MustCompile(`(?i)\b(ApiKey|Bearer|Basic|Negotiate|NTLM)((?:\s|%20|\+)+)` + value)
	// A secret's name with its value: in queries, JSON, headers, printed maps.
	named = regexp.MustCompile(`(?i)\b(` + secretNames + `)(\\*["']?(?:\s*[=:]\s*|%3d)\[?\\*["']?(?:(?:ApiKey|Bearer|Basic|Negotiate|NTLM|Digest|AWS4-HMAC-SHA256)\s+)?)` + value)
	// "key" is an ordinary word; as the name of a field it is not.
	keyField = regexp.MustCompile(`(?i)(\\*["']key\\*["']\s*[=:]\s*\[?\\*["'])` + value)
	// A field of an upload form, whose value follows on a line of its own.
	formField = regexp.MustCompile(`(?i)(name=\\*["'](?:` + secretNames + `)\\*["'])((?:\s|\\+[rnt])+)` + value)
	// A policy or a token where no name tells it: base64 of what begins with {".
	encoded = regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{20,}[A-Za-z0-9+/=_.-]*`)
	// A signature where no name tells it: 64 hexadecimal digits.
	digits = regexp.MustCompile(`\b[0-9a-fA-F]{64}\b`)
)

// Redact removes from a text what looks like a secret: keys of Darwin by their
// shape, values of Authorization, signed addresses but for scheme and host,
// signatures, policies, credentials and passwords. Of other addresses it keeps
// all but the query and the user. It leaves JSON valid, and what it has
// redacted as it is.
func Redact(text string) string {
	text = address.ReplaceAllStringFunc(text, shorten)
	text = scheme.ReplaceAllString(text, "$1$2"+hidden)
	text = keyShape.ReplaceAllString(text, hidden)
	text = named.ReplaceAllString(text, "$1$2"+hidden)
	text = formField.ReplaceAllString(text, "$1$2"+hidden)
	text = keyField.ReplaceAllString(text, "$1"+hidden)
	text = encoded.ReplaceAllString(text, hidden)
	return digits.ReplaceAllString(text, hidden)
}

// shorten gives what may be shown of an address.
func shorten(a string) string {
	scheme, rest, _ := strings.Cut(a, "://")
	user := ""
	// A password may hold a slash where a person typed it.
	if at := strings.LastIndex(cutAt(rest, "?#"), "@"); at >= 0 && (strings.Contains(rest[:at], ":") || !strings.Contains(rest[:at], "/")) {
		user, rest = hidden+"@", rest[at+1:]
	}
	host := cutAt(rest, "/?#")
	rest = rest[len(host):]
	host = user + host
	if signed.MatchString(rest) {
		return scheme + "://" + host + "/" + hidden
	}
	if query := strings.IndexAny(rest, "?#"); query >= 0 && rest[query:] != "?"+hidden {
		rest = rest[:query] + "?" + hidden
	}
	return scheme + "://" + host + rest
}

// cutAt is what stands in s before any of the characters.
func cutAt(s, any string) string {
	if i := strings.IndexAny(s, any); i >= 0 {
		return s[:i]
	}
	return s
}

// shortest is the length from which on a secret is hidden by its characters.
const shortest = 6

// formsOf gives a secret in the forms in which it may turn up.
func formsOf(secret string) []string {
	if len(secret) < shortest {
		return nil
	}
	parts := []string{secret}
	if _, second, ok := strings.Cut(secret, "."); ok && len(second) >= 16 {
		parts = append(parts, second)
	}
	var forms []string
	for _, p := range parts {
		forms = append(forms, p, url.QueryEscape(p), url.PathEscape(p),
			base64.StdEncoding.EncodeToString([]byte(p)), base64.URLEncoding.EncodeToString([]byte(p)))
		if quoted, err := json.Marshal(p); err == nil {
			forms = append(forms, strings.Trim(string(quoted), `"`))
		}
	}
	return forms
}
