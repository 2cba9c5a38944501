package bucket

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"
)

const (
	algorithm   = "AWS4-HMAC-SHA256"
	stampLayout = "20060102T150405Z"
	dayLayout   = "20060102"
	service     = "s3"
	terminator  = "aws4_request"
)

// scope is the credential scope of Signature Version 4.
type scope struct{ day, region, service string }

func (s scope) String() string {
	return strings.Join([]string{s.day, s.region, s.service, terminator}, "/")
}

// signature signs text with the secret of this bucket for that scope.
func (b *Bucket) signature(s scope, text string) string {
	key := mac([]byte("AWS4"+b.secret), s.day)
	for _, part := range []string{s.region, s.service, terminator} {
		key = mac(key, part)
	}
	return hex.EncodeToString(mac(key, text))
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func sameSignature(a, b string) bool { return hmac.Equal([]byte(a), []byte(b)) }

// SignForm signs a form POST that stores key, valid for lifetime (0 or less:
// expired from the start). The endpoint is protocol-relative and the fields
// have the mixed-case names that Darwin's guide shows. Of base, only the host
// is used.
func (b *Bucket) SignForm(base *url.URL, key string, lifetime time.Duration) (endpoint string, fields map[string]string) {
	now := b.clock().UTC()
	sc := scope{now.Format(dayLayout), b.region, service}
	fields = map[string]string{
		"X-amz-algorithm":       algorithm,
		"X-amz-credential":      b.accessKey + "/" + sc.String(),
		"X-amz-date":            now.Format(stampLayout),
		"acl":                   "private",
		"key":                   key,
		"success_action_status": "201",
	}
	conditions := []any{
		map[string]string{"bucket": b.name},
		map[string]string{"acl": fields["acl"]},
		map[string]string{"success_action_status": fields["success_action_status"]},
		[]string{"eq", "$key", key},
		map[string]string{"x-amz-credential": fields["X-amz-credential"]},
		map[string]string{"x-amz-algorithm": algorithm},
		map[string]string{"x-amz-date": fields["X-amz-date"]},
	}
	text, err := json.Marshal(map[string]any{
		"expiration": now.Add(lifetime).Format("2006-01-02T15:04:05.000Z"),
		"conditions": conditions,
	})
	if err != nil {
		panic(fmt.Sprintf("bucket: strings and maps of strings always marshal: %v", err))
	}
	fields["policy"] = base64.StdEncoding.EncodeToString(text)
	fields["X-amz-signature"] = b.signature(sc, fields["policy"])
	return "//" + base.Host + "/" + b.name, fields
}

// SignPut signs a PUT that stores key, valid for lifetime, rounded up to whole
// seconds (0 or less: expired from the start). Of base, the scheme and the host are used.
func (b *Bucket) SignPut(base *url.URL, key string, lifetime time.Duration) string {
	now := b.clock().UTC()
	if lifetime <= 0 {
		// X-Amz-Expires is at least 1: date the signature back instead.
		now = now.Add(lifetime - 2*time.Second)
		lifetime = time.Second
	}
	seconds := int64((lifetime + time.Second - 1) / time.Second)
	sc := scope{now.Format(dayLayout), b.region, service}
	q := url.Values{
		"X-Amz-Algorithm":     {algorithm},
		"X-Amz-Credential":    {b.accessKey + "/" + sc.String()},
		"X-Amz-Date":          {now.Format(stampLayout)},
		"X-Amz-Expires":       {strconv.FormatInt(seconds, 10)},
		"X-Amz-SignedHeaders": {"host"},
	}
	path := "/" + b.name + "/" + escape(key, true)
	query := canonicalQuery(q)
	canonical := canonicalRequest(http.MethodPut, path, query, []element{{"host", base.Host}})
	sig := b.signature(sc, stringToSign(now.Format(stampLayout), sc, canonical))
	return base.Scheme + "://" + base.Host + path + "?" + query + "&X-Amz-Signature=" + sig
}

// canonicalRequest is the text that a presigned request's signature covers.
// headers are sorted by their lower-case name.
func canonicalRequest(method, path, query string, headers []element) string {
	var lines, names []string
	for _, h := range headers {
		lines = append(lines, h.name+":"+strings.Join(strings.Fields(h.text), " ")+"\n")
		names = append(names, h.name)
	}
	return strings.Join([]string{
		method, path, query, strings.Join(lines, ""), strings.Join(names, ";"), "UNSIGNED-PAYLOAD",
	}, "\n")
}

func stringToSign(stamp string, s scope, canonical string) string {
	sum := sha256.Sum256([]byte(canonical))
	return strings.Join([]string{algorithm, stamp, s.String(), hex.EncodeToString(sum[:])}, "\n")
}

// canonicalQuery is the query in the order and the encoding that is signed.
func canonicalQuery(q url.Values) string {
	var pairs []string
	for name, values := range q {
		for _, v := range values {
			pairs = append(pairs, escape(name, false)+"="+escape(v, false))
		}
	}
	sort.Strings(pairs)
	return strings.Join(pairs, "&")
}

// escape percent-encodes all bytes but the unreserved ones of RFC 3986, and
// slashes unless they are kept: the encoding that Signature Version 4 signs.
func escape(s string, keepSlash bool) string {
	const hexDigits = "0123456789ABCDEF"
	var sb strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9',
			c == '-', c == '.', c == '_', c == '~', keepSlash && c == '/':
			sb.WriteByte(c)
		default:
			sb.WriteByte('%')
			sb.WriteByte(hexDigits[c>>4])
			sb.WriteByte(hexDigits[c&15])
		}
	}
	return sb.String()
}
