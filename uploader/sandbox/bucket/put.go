package bucket

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxExpires is S3's longest lifetime of a presigned URL, in seconds.
const maxExpires = 7 * 24 * 60 * 60

// maxSkew is how far ahead of the bucket's clock a signature may be dated.
const maxSkew = 15 * time.Minute

// receivePut verifies and stores a presigned PUT.
func (b *Bucket) receivePut(r *http.Request, key string) (stored, *failure) {
	if f := b.checkPresigned(r); f != nil {
		return stored{}, f
	}
	if r.ContentLength < 0 {
		return stored{}, missingLength()
	}
	if r.ContentLength > MaxObject {
		return stored{}, tooLarge(MaxObject)
	}
	in, f := b.take(r.Body, MaxObject)
	if f != nil {
		return stored{}, f
	}
	if in.size != r.ContentLength {
		in.drop()
		return stored{}, incompleteBody()
	}
	o, f := in.commit(key)
	return stored{Object: o}, f
}

// checkPresigned verifies the query's signature over the whole request but its
// body.
func (b *Bucket) checkPresigned(r *http.Request) *failure {
	if r.Header.Get("Authorization") != "" {
		return fail(http.StatusBadRequest, "InvalidArgument", "Only one auth mechanism allowed; only the "+
			"X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified")
	}
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return fail(http.StatusBadRequest, "InvalidURI", "Couldn't parse the specified URI.")
	}
	if !q.Has("X-Amz-Signature") {
		return denied("Access Denied")
	}
	for _, name := range []string{
		"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature",
	} {
		if len(q[name]) != 1 {
			return badQuery("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, " +
				"X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")
		}
	}
	stamp := q.Get("X-Amz-Date")
	sc, signed, f := b.checkCredential(q.Get("X-Amz-Algorithm"), q.Get("X-Amz-Credential"), stamp)
	if f != nil {
		return f
	}
	seconds, err := strconv.ParseInt(q.Get("X-Amz-Expires"), 10, 64)
	if err != nil || seconds < 1 || seconds > maxExpires {
		return badQuery("X-Amz-Expires must be between 1 and %d", maxExpires)
	}
	headers, f := signedHeaders(r, q.Get("X-Amz-SignedHeaders"))
	if f != nil {
		return f
	}

	given := q.Get("X-Amz-Signature")
	q.Del("X-Amz-Signature")
	canonical := canonicalRequest(r.Method, escape(r.URL.Path, true), canonicalQuery(q), headers)
	if !sameSignature(given, b.signature(sc, stringToSign(stamp, sc, canonical))) {
		return signatureDiffers()
	}
	now := b.clock()
	expires := signed.Add(time.Duration(seconds) * time.Second)
	if now.After(expires) {
		return denied("Request has expired").
			with("X-Amz-Expires", strconv.FormatInt(seconds, 10)).
			with("Expires", expires.UTC().Format(time.RFC3339)).
			with("ServerTime", now.UTC().Format(time.RFC3339))
	}
	if signed.After(now.Add(maxSkew)) {
		return denied("Request is not valid yet")
	}
	return nil
}

// signedHeaders collects the headers that the signature names. The host must
// be among them, and so must every x-amz- header of the request.
func signedHeaders(r *http.Request, list string) ([]element, *failure) {
	names := strings.Split(list, ";")
	if !slices.Contains(names, "host") || !slices.IsSorted(names) {
		return nil, badQuery("X-Amz-SignedHeaders must name host, in lower case and sorted")
	}
	for name := range r.Header {
		if lower := strings.ToLower(name); strings.HasPrefix(lower, "x-amz-") && !slices.Contains(names, lower) {
			return nil, denied("There were headers present in the request which were not signed").
				with("HeadersNotSigned", lower)
		}
	}
	headers := make([]element, 0, len(names))
	for _, name := range names {
		text := r.Host
		if name != "host" {
			text = strings.Join(r.Header.Values(name), ",")
		}
		headers = append(headers, element{name, text})
	}
	return headers, nil
}

// checkCredential verifies who signed, and when, for a form or a query.
func (b *Bucket) checkCredential(alg, credential, stamp string) (scope, time.Time, *failure) {
	if alg != algorithm {
		return scope{}, time.Time{}, badQuery("X-Amz-Algorithm only supports \"%s\"", algorithm)
	}
	parts := strings.Split(credential, "/")
	if len(parts) != 5 || parts[4] != terminator {
		return scope{}, time.Time{}, badQuery("The credential must be <access key>/<date>/<region>/<service>/%s", terminator)
	}
	if parts[0] != b.accessKey {
		return scope{}, time.Time{}, fail(http.StatusForbidden, "InvalidAccessKeyId",
			"The AWS Access Key Id you provided does not exist in our records.")
	}
	sc := scope{parts[1], parts[2], parts[3]}
	if sc.region != b.region || sc.service != service {
		return scope{}, time.Time{}, badQuery("The credential must be for the region '%s' and the service '%s'", b.region, service)
	}
	signed, err := time.Parse(stampLayout, stamp)
	if err != nil {
		return scope{}, time.Time{}, badQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
	}
	if signed.Format(dayLayout) != sc.day {
		return scope{}, time.Time{}, badQuery("The credential's date differs from X-Amz-Date")
	}
	return sc, signed, nil
}

func badQuery(format string, args ...any) *failure {
	return fail(http.StatusBadRequest, "AuthorizationQueryParametersError", format, args...)
}

func signatureDiffers() *failure {
	return fail(http.StatusForbidden, "SignatureDoesNotMatch", "The request signature we calculated does not match "+
		"the signature you provided. Check your key and signing method.")
}

func missingLength() *failure {
	return fail(http.StatusLengthRequired, "MissingContentLength", "You must provide the Content-Length HTTP header.")
}
