package bucket

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func FuzzParsePolicy(f *testing.F) {
	b, _ := newTest(f, Config{})
	_, signed := b.SignForm(base, key, time.Hour)
	raw, err := base64.StdEncoding.DecodeString(signed["policy"])
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add([]byte(`{"expiration":"2026-03-04T13:00:00Z","conditions":[["content-length-range",1,2],["starts-with","$key",""],{"acl":"x"}]}`))
	f.Add([]byte(`{"conditions":[[]]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := parsePolicy(base64.StdEncoding.EncodeToString(raw))
		if err != nil {
			return
		}
		if p.expiration.IsZero() && !strings.Contains(string(raw), "0001-01-01") {
			t.Error("a policy without an expiration was taken")
		}
		for _, c := range p.conditions {
			if c.field != strings.ToLower(c.field) || (c.op != "eq" && c.op != "starts-with") {
				t.Errorf("condition %+v", c)
			}
		}
		if p.limits.min < 0 || p.limits.max > MaxObject {
			t.Errorf("limits %+v", p.limits)
		}
	})
}

// FuzzForm sends any body: without the secret, nothing may ever be stored
// under a key that was not signed.
func FuzzForm(f *testing.F) {
	b, _ := newTest(f, Config{})
	_, signed := b.SignForm(base, key, time.Hour)
	good := multipartOf(formOf(signed, "the bytes"))
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add(strings.Replace(good, "name=\"file\"", "name=\"FILE\"", 1))
	f.Add(strings.Replace(good, "\r\n\r\n", "\r\n", 1))
	f.Add("--" + boundary + "--\r\n")
	f.Fuzz(func(t *testing.T, body string) {
		w := httptest.NewRecorder()
		b.ServeHTTP(w, formRequest(b, body))
		if w.Code == http.StatusInternalServerError {
			t.Errorf("answered %d\n%s", w.Code, w.Body)
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		for k := range b.objects {
			if k != key {
				t.Errorf("stored under %q, which nobody signed", k)
			}
		}
	})
}

func FuzzPut(f *testing.F) {
	b, _ := newTest(f, Config{})
	address := b.SignPut(base, key, time.Hour)
	query := address[strings.Index(address, "?")+1:]
	f.Add("/darwin-sandbox/"+key, query)
	f.Add("/darwin-sandbox/"+key+"/", query)
	f.Add("/darwin-sandbox/"+key, query+"&a")
	f.Add("/darwin-sandbox/../"+key, "X-Amz-Signature=x")
	f.Fuzz(func(t *testing.T, path, query string) {
		r := putRequest(base.String()+"/", "x")
		r.URL.Path, r.URL.RawQuery = path, query
		w := httptest.NewRecorder()
		b.ServeHTTP(w, r)
		b.mu.Lock()
		defer b.mu.Unlock()
		for k := range b.objects {
			if k != key {
				t.Errorf("stored under %q, which nobody signed", k)
			}
		}
	})
}
