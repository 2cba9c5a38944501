package bucket

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestAPresignedPutIsStored(t *testing.T) {
	for _, key := range []string{
		key, "plain", `ünï côdé/a b+c%d&e=f?g#h'"(1)~$.jpg`, "a//b/", "../../etc/passwd", strings.Repeat("long/", 150),
	} {
		b, _ := newTest(t, Config{Dir: t.TempDir()})
		w, code := serve(t, b, putRequest(b.SignPut(base, key, time.Hour), "the bytes"))
		if w.Code != http.StatusOK {
			t.Errorf("key %q: answered %d %s", key, w.Code, code)
			continue
		}
		o, _ := b.Object(key)
		if w.Header().Get("ETag") != `"`+o.MD5+`"` || o.Size != 9 {
			t.Errorf("key %q: ETag %q of %+v", key, w.Header().Get("ETag"), o)
		}
		if got := readObject(t, b, key); string(got) != "the bytes" {
			t.Errorf("key %q: stored %q", key, got)
		}
	}
}

// TestPutsThatDifferFromWhatWasSignedAreRefused changes one thing at a time.
func TestPutsThatDifferFromWhatWasSignedAreRefused(t *testing.T) {
	query := func(name, value string) func(*http.Request) {
		return func(r *http.Request) {
			q := r.URL.Query()
			q.Set(name, value)
			if value == "" {
				q.Del(name)
			}
			r.URL.RawQuery = q.Encode()
		}
	}
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	tests := []struct {
		name   string
		change func(*http.Request)
		status int
		code   string
	}{
		{"no query", func(r *http.Request) { r.URL.RawQuery = "" }, 403, "AccessDenied"},
		{"a query that is none", func(r *http.Request) { r.URL.RawQuery += "&%zz" }, 400, "InvalidURI"},
		{"no date", query("X-Amz-Date", ""), 400, "AuthorizationQueryParametersError"},
		{"a parameter twice", func(r *http.Request) { r.URL.RawQuery += "&X-Amz-Expires=3600" }, 400, "AuthorizationQueryParametersError"},
		{"another signature", query("X-Amz-Signature", strings.Repeat("0", 64)), 403, "SignatureDoesNotMatch"},
		{"a longer life", query("X-Amz-Expires", "7200"), 403, "SignatureDoesNotMatch"},
		{"a life beyond a week", query("X-Amz-Expires", "604801"), 400, "AuthorizationQueryParametersError"},
		{"no life", query("X-Amz-Expires", "0"), 400, "AuthorizationQueryParametersError"},
		{"a later date", query("X-Amz-Date", "20260304T130000Z"), 403, "SignatureDoesNotMatch"},
		{"a parameter too many", query("x-id", "PutObject"), 403, "SignatureDoesNotMatch"},
		{"another key", func(r *http.Request) { r.URL.Path += "x" }, 403, "SignatureDoesNotMatch"},
		{"another host", func(r *http.Request) { r.Host = "elsewhere.test" }, 403, "SignatureDoesNotMatch"},
		{"host not signed", query("X-Amz-SignedHeaders", "date"), 400, "AuthorizationQueryParametersError"},
		{"a further header claimed as signed", query("X-Amz-SignedHeaders", "host;x-amz-acl"), 403, "SignatureDoesNotMatch"},
		{"an amz header that is not signed", header("X-Amz-Acl", "public-read"), 403, "AccessDenied"},
		{"an Authorization as well", header("Authorization", "ApiKey x"), 400, "InvalidArgument"},
		{"no length", func(r *http.Request) { r.ContentLength = -1 }, 411, "MissingContentLength"},
		{"more than 5 GiB", func(r *http.Request) { r.ContentLength = MaxObject + 1 }, 400, "EntityTooLarge"},
		{"a body that breaks off", func(r *http.Request) {
			r.Body = io.NopCloser(io.MultiReader(strings.NewReader("the"), brokenReader{}))
		}, 400, "IncompleteBody"},
		{"a body that is too short", func(r *http.Request) { r.ContentLength = 10 }, 400, "IncompleteBody"},
		{"DELETE", func(r *http.Request) { r.Method = http.MethodDelete }, 405, "MethodNotAllowed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, _ := newTest(t, Config{Dir: t.TempDir()})
			r := putRequest(b.SignPut(base, key, time.Hour), "the bytes")
			tt.change(r)
			expectRefusal(t, b, r, key, tt.status, tt.code)
			expectEmpty(t, b)
		})
	}
}

func TestAPresignedPutCountsFromItsDateToItsEnd(t *testing.T) {
	b, clock := newTest(t, Config{})
	address := b.SignPut(base, key, time.Hour)
	clock.now = noon.Add(time.Hour + time.Second)
	r := putRequest(address, "x")
	w, code := serve(t, b, r)
	if code != "AccessDenied" || !strings.Contains(w.Body.String(), "Request has expired") {
		t.Errorf("afterwards answered %s\n%s", code, w.Body)
	}
	clock.now = noon.Add(-16 * time.Minute)
	expectRefusal(t, b, putRequest(address, "x"), key, 403, "AccessDenied")
	clock.now = noon.Add(time.Hour)
	if w, code := serve(t, b, putRequest(address, "x")); w.Code != http.StatusOK {
		t.Errorf("answered %d %s at the last moment", w.Code, code)
	}
	clock.now = noon
	expectRefusal(t, b, putRequest(b.SignPut(base, "other", -time.Minute), "x"), "other", 403, "AccessDenied")
}

// TestSignaturesAreThoseOfAmazonsOwnExamples uses the two examples of the
// Signature Version 4 guide of S3: a presigned URL and a form's policy.
func TestSignaturesAreThoseOfAmazonsOwnExamples(t *testing.T) {
	b, _ := newTest(t, Config{Secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", AccessKey: "AKIAIOSFODNN7EXAMPLE", Region: "us-east-1"})
	sc := scope{"20130524", "us-east-1", "s3"}
	query := canonicalQuery(url.Values{
		"X-Amz-Algorithm":     {algorithm},
		"X-Amz-Credential":    {"AKIAIOSFODNN7EXAMPLE/" + sc.String()},
		"X-Amz-Date":          {"20130524T000000Z"},
		"X-Amz-Expires":       {"86400"},
		"X-Amz-SignedHeaders": {"host"},
	})
	canonical := canonicalRequest(http.MethodGet, "/test.txt", query, []element{{"host", "examplebucket.s3.amazonaws.com"}})
	got := b.signature(sc, stringToSign("20130524T000000Z", sc, canonical))
	if want := "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"; got != want {
		t.Errorf("presigned URL: %s, want %s", got, want)
	}

	const policy = "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1Y2tldCI6ICJzaWd2NGV4" +
		"YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAgIHsic3Vj" +
		"Y2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAgICBb" +
		"InN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16" +
		"LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNy" +
		"ZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGhtIjogIkFX" +
		"UzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9"
	got = b.signature(scope{"20151229", "us-east-1", "s3"}, policy)
	if want := "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e"; got != want {
		t.Errorf("policy: %s, want %s", got, want)
	}
	if p, err := parsePolicy(policy); err != nil || len(p.conditions) != 11 {
		t.Errorf("the example's policy is read as %d conditions, %v", len(p.conditions), err)
	}
}
