package bucket

import (
	"crypto/md5"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

const key = "team/uploads/1.jpg"

func TestAFormAsSignedIsStoredAndAnsweredWith201(t *testing.T) {
	b, _ := newTest(t, Config{Dir: t.TempDir()})
	endpoint, signed := b.SignForm(base, key, time.Hour)
	if want := "//storage.test:8080/darwin-sandbox"; endpoint != want {
		t.Errorf("endpoint %q, want %q", endpoint, want)
	}
	w, _ := serve(t, b, formRequest(b, multipartOf(formOf(signed, "the bytes"))))
	if w.Code != http.StatusCreated {
		t.Fatalf("answered %d\n%s", w.Code, w.Body)
	}
	for _, part := range []string{"<PostResponse>", "<Key>" + key + "</Key>", "<Bucket>darwin-sandbox</Bucket>", "<Location>http"} {
		if !strings.Contains(w.Body.String(), part) {
			t.Errorf("the answer lacks %q: %s", part, w.Body)
		}
	}
	o, ok := b.Object(key)
	if !ok || o.Size != 9 || o.Puts != 1 || !o.Stored.Equal(noon) {
		t.Errorf("object %+v, %v", o, ok)
	}
	if w.Header().Get("ETag") != `"`+o.MD5+`"` || o.MD5 != fmt.Sprintf("%x", md5.Sum([]byte("the bytes"))) {
		t.Errorf("ETag %q, MD5 %q", w.Header().Get("ETag"), o.MD5)
	}
	if got := readObject(t, b, key); string(got) != "the bytes" {
		t.Errorf("stored %q", got)
	}
}

// TestFormsThatDifferFromWhatWasSignedAreRefused changes one thing at a time.
func TestFormsThatDifferFromWhatWasSignedAreRefused(t *testing.T) {
	set := func(name, value string) func([]field) []field {
		return func(fs []field) []field {
			i := slices.IndexFunc(fs, func(f field) bool { return f.name == name })
			fs[i].value = value
			return fs
		}
	}
	drop := func(name string) func([]field) []field {
		return func(fs []field) []field {
			return slices.DeleteFunc(fs, func(f field) bool { return f.name == name })
		}
	}
	first := func(f field) func([]field) []field {
		return func(fs []field) []field { return append([]field{f}, fs...) }
	}
	tests := []struct {
		name   string
		change func([]field) []field
		status int
		code   string
	}{
		{"no signature", drop("X-amz-signature"), 403, "AccessDenied"},
		{"no policy", drop("policy"), 403, "AccessDenied"},
		{"no date", drop("X-amz-date"), 403, "AccessDenied"},
		{"no key", drop("key"), 400, "InvalidArgument"},
		{"no acl though the policy has one", drop("acl"), 403, "AccessDenied"},
		{"no file", drop("file"), 400, "InvalidArgument"},
		{"another signature", set("X-amz-signature", strings.Repeat("0", 64)), 403, "SignatureDoesNotMatch"},
		{"a policy that is not the signed one", set("policy", "e30="), 403, "SignatureDoesNotMatch"},
		{"another key", set("key", "team/uploads/2.jpg"), 403, "AccessDenied"},
		{"another acl", set("acl", "public-read"), 403, "AccessDenied"},
		{"another algorithm", set("X-amz-algorithm", "AWS4-HMAC-SHA1"), 400, "AuthorizationQueryParametersError"},
		{"a date that is none", set("X-amz-date", "today"), 400, "AuthorizationQueryParametersError"},
		{"a date of another day", set("X-amz-date", "20260305T000000Z"), 400, "AuthorizationQueryParametersError"},
		{"an unknown access key", set("X-amz-credential", "NOBODY/20260304/eu-west-1/s3/aws4_request"), 403, "InvalidAccessKeyId"},
		{"another region", set("X-amz-credential", "SANDBOXACCESSKEY/20260304/us-east-1/s3/aws4_request"), 400, "AuthorizationQueryParametersError"},
		{"a credential cut short", set("X-amz-credential", "SANDBOXACCESSKEY/20260304"), 400, "AuthorizationQueryParametersError"},
		{"a field that the policy does not name", first(field{name: "Content-Type", value: "image/jpeg"}), 403, "AccessDenied"},
		{"a field twice", first(field{name: "KEY", value: key}), 400, "InvalidArgument"},
		{"a field without a name", first(field{value: "x"}), 400, "MalformedPOSTRequest"},
		{"fields that are too large", first(field{name: "x-ignore-me", value: strings.Repeat("x", 20_001)}), 400, "MaxPostPreDataLengthExceeded"},
		{"the file first", func(fs []field) []field {
			return append([]field{fs[len(fs)-1]}, fs[:len(fs)-1]...)
		}, 403, "AccessDenied"},
		{"a field after the file", func(fs []field) []field {
			return append(fs, field{name: "x-ignore-me", value: "x"})
		}, 400, "InvalidArgument"},
		{"a second file", func(fs []field) []field {
			return append(fs, field{"file", "more", "b.jpg"})
		}, 400, "InvalidArgument"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, _ := newTest(t, Config{Dir: t.TempDir()})
			_, signed := b.SignForm(base, key, time.Hour)
			r := formRequest(b, multipartOf(tt.change(formOf(signed, "the bytes"))))
			expectRefusal(t, b, r, key, tt.status, tt.code)
			expectEmpty(t, b)
		})
	}
}

func TestFieldNamesAreTheSameInAnyCaseAndIgnoredFieldsAreAllowed(t *testing.T) {
	b, _ := newTest(t, Config{})
	_, signed := b.SignForm(base, key, time.Hour)
	upper := map[string]string{"X-IGNORE-Note": "x"}
	for name, value := range signed {
		upper[strings.ToUpper(name)] = value
	}
	if w, code := serve(t, b, formRequest(b, multipartOf(formOf(upper, "x")))); w.Code != http.StatusCreated {
		t.Errorf("answered %d %s", w.Code, code)
	}
}

func TestAFormCountsUntilItsPolicyExpires(t *testing.T) {
	b, clock := newTest(t, Config{})
	_, signed := b.SignForm(base, key, time.Hour)
	clock.now = noon.Add(time.Hour + time.Second)
	expectRefusal(t, b, formRequest(b, multipartOf(formOf(signed, "x"))), key, 403, "AccessDenied")
	clock.now = noon.Add(time.Hour)
	if w, code := serve(t, b, formRequest(b, multipartOf(formOf(signed, "x")))); w.Code != http.StatusCreated {
		t.Errorf("answered %d %s at the last moment", w.Code, code)
	}
}

func TestARequestThatIsNotAFormIsRefused(t *testing.T) {
	b, _ := newTest(t, Config{})
	_, signed := b.SignForm(base, key, time.Hour)
	form := multipartOf(formOf(signed, "x"))
	tests := []struct {
		name   string
		change func(r *http.Request)
		status int
		code   string
	}{
		{"no length", func(r *http.Request) { r.ContentLength = -1 }, 411, "MissingContentLength"},
		{"too long", func(r *http.Request) { r.ContentLength = MaxObject + 1_000_000 }, 400, "EntityTooLarge"},
		{"not multipart", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 412, "PreconditionFailed"},
		{"no boundary in the body", func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader("x")) }, 400, "InvalidArgument"},
		{"another bucket", func(r *http.Request) { r.URL.Path = "/other" }, 404, "NoSuchBucket"},
		{"GET", func(r *http.Request) { r.Method = http.MethodGet }, 405, "MethodNotAllowed"},
		{"POST to a key", func(r *http.Request) { r.URL.Path += "/x" }, 405, "MethodNotAllowed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := formRequest(b, form)
			tt.change(r)
			expectRefusal(t, b, r, key, tt.status, tt.code)
		})
	}
}

func TestAFormThatBreaksOffStoresNothing(t *testing.T) {
	b, _ := newTest(t, Config{Dir: t.TempDir()})
	_, signed := b.SignForm(base, key, time.Hour)
	form := multipartOf(formOf(signed, strings.Repeat("the bytes ", 1000)))
	// Everywhere inside the file, around the closing boundary, and at its end.
	for _, missing := range []int{5000, 60, 40, 20, 5, 3} {
		t.Run(fmt.Sprint(missing), func(t *testing.T) {
			r := formRequest(b, form)
			r.Body = io.NopCloser(io.MultiReader(strings.NewReader(form[:len(form)-missing]), brokenReader{}))
			expectRefusal(t, b, r, key, 400, "IncompleteBody")
			expectEmpty(t, b)
		})
	}
}

// brokenReader is what a server reads when the client is gone.
type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// signPolicy makes fields for a policy of the test's own.
func signPolicy(b *Bucket, conditions string, fields map[string]string) map[string]string {
	_, signed := b.SignForm(base, key, time.Hour)
	all := maps.Clone(fields)
	for _, name := range []string{"X-amz-algorithm", "X-amz-credential", "X-amz-date"} {
		all[name] = signed[name]
		conditions += fmt.Sprintf(`,{%q:%q}`, name, signed[name])
	}
	text := `{"expiration":"2026-03-04T13:00:00Z","conditions":[` + conditions + `]}`
	all["policy"] = base64.StdEncoding.EncodeToString([]byte(text))
	all["X-amz-signature"] = b.signature(scope{"20260304", b.region, service}, all["policy"])
	return all
}

func TestEveryKindOfConditionIsVerified(t *testing.T) {
	anyKey := `["starts-with","$key",""]`
	tests := []struct {
		name       string
		conditions string
		fields     map[string]string
		content    string
		code       string // "" = stored
	}{
		{"any key", anyKey, map[string]string{"key": key}, "x", ""},
		{"a key that starts as it should", `["starts-with","$key","team/"]`, map[string]string{"key": key}, "x", ""},
		{"a key that starts otherwise", `["starts-with","$key","other/"]`, map[string]string{"key": key}, "x", "AccessDenied"},
		{"equal, as a list", `["eq","$Key","` + key + `"]`, map[string]string{"key": key}, "x", ""},
		{"not equal, as a list", `["eq","$key","x"]`, map[string]string{"key": key}, "x", "AccessDenied"},
		{"not equal, as an object", `{"key":"x"}`, map[string]string{"key": key}, "x", "AccessDenied"},
		{"this bucket", anyKey + `,{"bucket":"darwin-sandbox"}`, map[string]string{"key": key}, "x", ""},
		{"another bucket", anyKey + `,{"bucket":"other"}`, map[string]string{"key": key}, "x", "AccessDenied"},
		{"a size in the range", anyKey + `,["content-length-range",2,4]`, map[string]string{"key": key}, "abcd", ""},
		{"a size below the range", anyKey + `,["content-length-range","2","4"]`, map[string]string{"key": key}, "a", "EntityTooSmall"},
		{"a size above the range", anyKey + `,["content-length-range",2,4]`, map[string]string{"key": key}, "abcde", "EntityTooLarge"},
		{"a range upside down", anyKey + `,["content-length-range",4,2]`, map[string]string{"key": key}, "abc", "InvalidPolicyDocument"},
		{"a range of words", anyKey + `,["content-length-range","few","many"]`, map[string]string{"key": key}, "abc", "InvalidPolicyDocument"},
		{"a condition for a field that is not there", anyKey + `,{"acl":"private"}`, map[string]string{"key": key}, "x", "AccessDenied"},
		{"an operator that is none", `["like","$key","x"]`, map[string]string{"key": key}, "x", "InvalidPolicyDocument"},
		{"a field without its sign", `["eq","key","x"]`, map[string]string{"key": key}, "x", "InvalidPolicyDocument"},
		{"an object of two", `{"key":"x","acl":"y"}`, map[string]string{"key": key}, "x", "InvalidPolicyDocument"},
		{"a condition that is a number", `7`, map[string]string{"key": key}, "x", "InvalidPolicyDocument"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, _ := newTest(t, Config{Dir: t.TempDir()})
			r := formRequest(b, multipartOf(formOf(signPolicy(b, tt.conditions, tt.fields), tt.content)))
			w, code := serve(t, b, r)
			if code != tt.code {
				t.Fatalf("answered %d %q, want %q\n%s", w.Code, code, tt.code, w.Body)
			}
			if _, ok := b.Object(key); ok != (tt.code == "") {
				t.Errorf("stored: %v", ok)
			}
			if tt.code != "" {
				expectEmpty(t, b)
			}
		})
	}
}

func TestTheFormChoosesItsAnswerAndMayNameTheFileInItsKey(t *testing.T) {
	for status, want := range map[string]int{"200": 200, "201": 201, "204": 204, "": 204, "418": 204} {
		b, _ := newTest(t, Config{})
		fields := map[string]string{"key": "up/${filename}", "success_action_status": status}
		signed := signPolicy(b, `["starts-with","$key","up/"],["starts-with","$success_action_status",""]`, fields)
		w := httptest.NewRecorder()
		b.ServeHTTP(w, formRequest(b, multipartOf(formOf(signed, "x"))))
		if w.Code != want {
			t.Errorf("success_action_status %q was answered with %d, want %d", status, w.Code, want)
		}
		if _, ok := b.Object("up/picture.jpg"); !ok {
			t.Error("the file's name is not in the key")
		}
	}
}

func TestPolicyDocumentsThatAreNoneAreRefused(t *testing.T) {
	for _, text := range []string{
		``, `[]`, `{}`, `{"expiration":"2026-03-04T13:00:00Z"}`, `{"conditions":[]}`,
		`{"expiration":"soon","conditions":[]}`, `{"expiration":"2026-03-04T13:00:00Z","conditions":[]} x`,
		`{"expiration":"2026-03-04T13:00:00Z","conditions":[],"more":1}`, `{"expiration":"2026-03-04T13:00:00Z","conditions":[null]}`,
	} {
		if p, err := parsePolicy(base64.StdEncoding.EncodeToString([]byte(text))); err == nil {
			t.Errorf("%s was taken as %+v", text, p)
		}
	}
	if _, err := parsePolicy("***"); err == nil {
		t.Error("a text that is not base64 was taken")
	}
}
