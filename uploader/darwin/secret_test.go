package darwin

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"darwin-uploader/uploader/fault"
)

// wantNoSecret looks for anything planted in all that an error can show.
func wantNoSecret(t *testing.T, err error) {
	t.Helper()
	for err := err; err != nil; err = errors.Unwrap(err) {
		texts := []string{err.Error()}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
			texts = append(texts, fmt.Sprintf(verb, err))
		}
		if e, ok := err.(*fault.Error); ok {
			texts = append(texts, e.What, e.Safe, e.Do, e.Detail)
		}
		for _, text := range texts {
			if shows(text) {
				t.Errorf("%T shows %s", err, text)
			}
		}
	}
}

// shows says whether a text holds something planted, also in hexadecimal.
func shows(text string) bool {
	return strings.Contains(text, "PLANTED") || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", "PLANTED"))
}

type syncBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func TestTheKeyNeverAppearsWhateverTheServerSays(t *testing.T) {
	odd := "PLANTED+/=%&?." + strings.Repeat("PLANTED%", 4)
	echoes := []string{
		`{"errors":{"key":["%s is unknown"]}}`, `{"errors":{"%s":["is unknown"]}}`, `{"errors":{"code":"%s"}}`, `{"errors":["%s"]}`, `{"errors":"Authorization: ApiKey %s"}`,
		`{"error":"%s"}`, `{"message":"see https://s3.example.org/x?X-Amz-Signature=PLANTEDSIG&y=%s for more"}`, `{"errors":"http://u:%s@proxy.example.org/"}`,
		`{"errors":"X-Amz-Signature=PLANTEDSIG policy: PLANTEDPOLICY"}`, `%s`, `<html>%s</html>`, `{"errors":"a%s` + strings.Repeat("z", 400) + `"}`,
	}
	for _, k := range []string{testKey, odd} {
		var log syncBuffer
		_, secret, _ := strings.Cut(k, ".")
		for _, status := range []int{200, 302, 400, 401, 403, 404, 407, 408, 413, 422, 429, 500, 503} {
			for _, echo := range echoes {
				for _, form := range []string{k, url.QueryEscape(k), url.PathEscape(k)} {
					body := strings.ReplaceAll(echo, "%s", form)
					s := always(t, status, body, "X-Request-Id", secret, "Retry-After", k, "Location", "https://elsewhere.example.org/"+url.PathEscape(k))
					c := s.client(t, func(cfg *Config) {
						cfg.Key = k
						cfg.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
					})
					for _, name := range []string{"datasets", "register v1", "sign v2", "confirm v2", "create tag class"} {
						c.pace = &pace{} // what a 429 asks for is not waited for here
						wantNoSecret(t, everyCall[name](t.Context(), c))
						if t.Failed() {
							t.Fatalf("in %s, with %d %s", name, status, body)
						}
					}
					c.CloseIdle()
				}
			}
		}
		if text := log.String(); shows(text) || !strings.Contains(text, "darwin call") {
			t.Errorf("the log shows a secret or nothing: %.2000s", text)
		}
	}
}

func TestTheKeyNeverAppearsInReasons(t *testing.T) {
	s := always(t, 200, `{"blocked_items":[{"filename":"a","path":"/","reason":"`+testKey+`"}]}`)
	got, err := s.client(t).Uploads(datasetV1).Register(t.Context(), []NewItem{{Name: "a"}})
	if err != nil || len(got.Blocked) != 1 || shows(fmt.Sprint(got)) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestNothingPrintsKeysOrDestinations(t *testing.T) {
	u, _ := url.Parse("https://person:PLANTEDPASSWORD@darwin.v7labs.com")
	clean, _ := url.Parse(PublicServer)
	c := newClient(t, PublicServer)
	secrets := []any{
		Config{Server: u, Key: testKey}, &Config{Server: clean, Key: testKey}, c,
		Destination{"https://b.s3.amazonaws.com/k?X-Amz-Signature=PLANTED", nil},
		&Destination{"https://b.s3.amazonaws.com/k", map[string]string{"policy": "PLANTED"}},
		Destination{"https://PLANTED:PLANTED@b.s3.amazonaws.com/k", nil}, Destination{URL: "https://b c/PLANTED"},
		c.Uploads(datasetV1), c.Uploads(datasetV2), struct {
			D Destination
			C *Client
		}{Destination{URL: "https://b.s3.amazonaws.com/PLANTED"}, c},
	}
	for _, secret := range secrets {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%08b"} {
			if text := fmt.Sprintf(verb, secret); shows(text) {
				t.Errorf("%T as %s shows %s", secret, verb, text)
			}
		}
		var text, js bytes.Buffer
		slog.New(slog.NewTextHandler(&text, nil)).Info("x", "y", secret)
		slog.New(slog.NewJSONHandler(&js, nil)).Info("x", "y", secret)
		kept, err := json.Marshal(secret)
		if shows(text.String()+js.String()+string(kept)) || shows(fmt.Sprint(err)) {
			t.Errorf("%T in logs or JSON shows %s %s %s", secret, text.String(), js.String(), kept)
		}
	}
	for got, want := range map[string]string{
		Destination{URL: "https://b.example.org/k"}.GoString():                            "darwin.Destination(PUT b.example.org)",
		Destination{URL: "https://b.example.org/k", Fields: map[string]string{}}.String(): "darwin.Destination(POST b.example.org)",
		c.String():                                  "darwin.Client(https://darwin.v7labs.com)",
		Config{Server: clean, Key: "x"}.String():    "darwin.Config(https://darwin.v7labs.com)",
		Config{Key: "x"}.LogValue().String():        "darwin.Config()",
		c.LogValue().String():                       c.String(),
		Destination{URL: ":"}.LogValue().String():   "darwin.Destination(PUT )",
		fmt.Sprint(http.Header{}, Config{Key: "x"}): "map[] darwin.Config()",
	} {
		wantEqual(t, got, want)
	}
}

func TestScrubberLeavesOrdinaryWordsAlone(t *testing.T) {
	scrub := scrubber(testKey)
	for in, want := range map[string]string{
		"name has already been taken":                                    "name has already been taken",
		"a\t\tb\r\n c\x00\u200bd":                                        "a b cd",
		"see https://docs.v7labs.com/docs/import and darwin.v7labs.com?": "see https://docs.v7labs.com/docs/import and darwin.v7labs.com?",
		"get https://s3.example.org/k?X-Amz-Signature=1&b=2 failed":      "get https://s3.example.org/k?(hidden) failed",
		"//u:p@h/x":                     "//(hidden)@h/x",
		"ApiKey " + testKey:             "ApiKey (hidden)",
		"KEY 0123 \ufffd é 鹿 …":         "KEY 0123 é 鹿 …",
		strings.Repeat("é", maxWords+1): strings.Repeat("é", maxWords-1) + "…",
		strings.Repeat("é", maxWords):   strings.Repeat("é", maxWords),
	} {
		if got := scrub(in); got != want {
			t.Errorf("scrub(%q) = %q, want %q", in, got, want)
		}
	}
}
