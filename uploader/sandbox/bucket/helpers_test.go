package bucket

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noon is the time at which all tests play.
var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// clock is a clock that the test moves.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

var base = &url.URL{Scheme: "http", Host: "storage.test:8080"}

func newTest(t testing.TB, cfg Config) (*Bucket, *clock) {
	t.Helper()
	c := &clock{now: noon}
	cfg.Clock = c.Now
	b, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b, c
}

// field is one part of a form; its file part has a file name.
type field struct{ name, value, fileName string }

const boundary = "a-boundary-of-the-test"

// multipartOf writes a form by hand: the tests share no writer with the client
// that the bucket judges.
func multipartOf(fields []field) string {
	var sb strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&sb, "--%s\r\nContent-Disposition: form-data; name=\"%s\"", boundary, f.name)
		if f.fileName != "" {
			fmt.Fprintf(&sb, "; filename=\"%s\"\r\nContent-Type: application/octet-stream", f.fileName)
		}
		fmt.Fprintf(&sb, "\r\n\r\n%s\r\n", f.value)
	}
	return sb.String() + "--" + boundary + "--\r\n"
}

// formOf lists signed fields, sorted, and the file after them.
func formOf(signed map[string]string, content string) []field {
	var fields []field
	for name, value := range signed {
		fields = append(fields, field{name: name, value: value})
	}
	slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
	return append(fields, field{"file", content, "picture.jpg"})
}

func formRequest(b *Bucket, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, base.String()+"/"+b.Name(), strings.NewReader(body))
	r.Header.Set("Content-Type", "multipart/form-data; boundary="+boundary)
	return r
}

func putRequest(address, content string) *http.Request {
	return httptest.NewRequest(http.MethodPut, address, strings.NewReader(content))
}

// serve gives status and S3's code ("" for a success).
func serve(t testing.TB, b *Bucket, r *http.Request) (*httptest.ResponseRecorder, string) {
	t.Helper()
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	if w.Code/100 == 2 {
		return w, ""
	}
	var e struct {
		XMLName xml.Name `xml:"Error"`
		Code    string
		Message string
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &e); err != nil {
		t.Fatalf("status %d with a body that is no S3 error: %v\n%s", w.Code, err, w.Body)
	}
	if e.Code == "" || e.Message == "" {
		t.Errorf("an S3 error without code or message: %s", w.Body)
	}
	return w, e.Code
}

// expectRefusal checks the verdict, and that nothing is stored under key.
func expectRefusal(t *testing.T, b *Bucket, r *http.Request, key string, status int, code string) {
	t.Helper()
	w, got := serve(t, b, r)
	if w.Code != status || got != code {
		t.Errorf("answered %d %s, want %d %s\n%s", w.Code, got, status, code, w.Body)
	}
	if o, ok := b.Object(key); ok {
		t.Errorf("refused, yet stored: %+v", o)
	}
}

func readObject(t *testing.T, b *Bucket, key string) []byte {
	t.Helper()
	r, err := b.Open(key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	raw, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Clone(raw)
}
