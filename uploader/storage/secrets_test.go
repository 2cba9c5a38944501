package storage

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"darwin-uploader/uploader/fault"
)

// Planted where a permission has its secrets.
const (
	plantedSignature = "planted0signature0of0sixty0four0digits"
	plantedPolicy    = "planted0policy0in0base640eyJjb25kaXRpb25zIjpbXX0="
	plantedToken     = "planted0session0token/with+odd=signs"
)

func plantedTargets() []Target {
	return []Target{
		{URL: "https://s3.test/bucket/key?" + url.Values{"X-Amz-Signature": {plantedSignature}, "X-Amz-Security-Token": {plantedToken}}.Encode()},
		{URL: "https://s3.test/bucket", Fields: map[string]string{
			"X-amz-signature": plantedSignature, "policy": plantedPolicy, "x-amz-security-token": plantedToken,
		}},
	}
}

// everything that can be printed of an error, its chain included.
func everything(t *testing.T, err error) string {
	t.Helper()
	var sb strings.Builder
	for e := err; e != nil; e = errors.Unwrap(e) {
		fmt.Fprintf(&sb, "%v|%+v|%#v|%s\n", e, e, e, e.Error())
		if f, ok := e.(*fault.Error); ok {
			fmt.Fprintf(&sb, "%+v|%s\n", *f, f.Detail)
		}
	}
	return sb.String()
}

func expectNoSecret(t *testing.T, where, text string) {
	t.Helper()
	for _, secret := range []string{plantedSignature, plantedPolicy, plantedToken, url.QueryEscape(plantedToken), "planted0"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s shows %q:\n%s", where, secret, text)
			return
		}
	}
}

// TestNoErrorShowsASecret lets transport and storage say all that they know.
func TestNoErrorShowsASecret(t *testing.T) {
	tell := func(r *http.Request, body []byte) string {
		return r.URL.String() + " " + r.URL.RawQuery + " " + r.URL.Query().Get("X-Amz-Security-Token") + " " +
			url.QueryEscape(plantedToken) + " " + plantedToken + " " + plantedSignature + " " + string(body)
	}
	transports := map[string]func(*http.Request, []byte) (*http.Response, error){
		"url.Error": func(r *http.Request, body []byte) (*http.Response, error) {
			return nil, &url.Error{Op: "Put", URL: r.URL.String(), Err: io.ErrUnexpectedEOF}
		},
		"wrapped url.Error": func(r *http.Request, body []byte) (*http.Response, error) {
			return nil, fmt.Errorf("around %s: %w", r.URL, &url.Error{Op: "Put", URL: r.URL.String(), Err: errors.New(tell(r, body))})
		},
		"text": func(r *http.Request, body []byte) (*http.Response, error) { return nil, errors.New(tell(r, body)) },
		"403": func(r *http.Request, body []byte) (*http.Response, error) {
			return response(403, s3XML("SignatureDoesNotMatch", html.EscapeString(tell(r, body)))), nil
		},
		"400": func(r *http.Request, body []byte) (*http.Response, error) {
			return response(400, s3XML(plantedSignature, plantedToken)), nil
		},
		"redirect": func(r *http.Request, body []byte) (*http.Response, error) {
			resp := response(307, "")
			resp.Header.Set("Location", r.URL.String())
			return resp, nil
		},
	}
	for name, answer := range transports {
		for _, to := range plantedTargets() {
			client := newClient(t, Config{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
				body, _ := io.ReadAll(r.Body)
				_ = r.Body.Close()
				return answer(r, body)
			})})
			_, err := client.Send(t.Context(), to, newFile(10).body(), nil)
			if err == nil {
				t.Fatalf("%s: stored", name)
			}
			expectNoSecret(t, name, everything(t, err))
		}
	}
}

func TestATargetThatCannotBeUsedIsNotShown(t *testing.T) {
	client := newClient(t, Config{Transport: failing(errors.New("sent"))})
	for _, address := range []string{"http://s3.test/?X-Amz-Signature=" + plantedSignature, "https://s3.test/%zz" + plantedSignature, "::" + plantedSignature} {
		_, err := client.Send(t.Context(), Target{URL: address}, newFile(10).body(), nil)
		if err == nil {
			t.Fatal("stored")
		}
		expectNoSecret(t, "a bad target", everything(t, err))
	}
}

func TestATargetPrintsNothingOfItself(t *testing.T) {
	for _, to := range plantedTargets() {
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "to", to, "pointer", &to)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "to", to, "pointer", &to, "list", []Target{to})
		raw, err := json.Marshal(map[string]any{"to": to})
		if err != nil {
			t.Fatal(err)
		}
		text := log.String() + string(raw) + to.String() + to.GoString()
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			text += fmt.Sprintf(verb, to) + fmt.Sprintf(verb, &to) + fmt.Sprintf(verb, []Target{to}) + fmt.Sprintf(verb, struct{ T Target }{to})
		}
		expectNoSecret(t, "a target", text)
		if !strings.Contains(text, "redacted") {
			t.Error("nothing says that something is hidden")
		}
	}
}
