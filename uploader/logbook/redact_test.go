package logbook

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// What is planted. The key has the shape of Darwin's.
const (
	key       = "PLANTED.KEYabcdefghijklmnopqrstuvwxyz012"
	signature = "f00dPLANTEDf00dPLANTEDf00d+/="
	policy    = "eyJleHBpcmF0aW9uIjoiUExBTlRFRCIsImNvbmRpdGlvbnMiOltdfQ=="
)

// shapes are the ways in which a secret may stand in a text; %s is the secret.
var shapes = map[string][]string{
	key: {
		"%s", "the key %s is wrong", "Authorization: ApiKey %s", "ApiKey %s", "apikey=%s", `{"api_key":"%s"}`, `{"key": "%s"}`, "(%s)", "x%sx", "key:%s,", "?key=%s&x=1",
		"https://darwin.v7labs.com/api?token=%s", "https://%s@darwin.v7labs.com/", "map[Authorization:[ApiKey %s]]", "/home/%s/x",
	},
	signature: {
		"https://b.s3.amazonaws.com/data/file.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=%s&X-Amz-Expires=60",
		`Put "https://b.s3.eu-west-1.amazonaws.com/k?AWSAccessKeyId=AKIA&Signature=%s&Expires=1": EOF`,
		"https://account.blob.core.windows.net/c/b?sv=2022&sig=%s", "https://storage.googleapis.com/b/k?X-Goog-Signature=%s",
		`{"upload_url":"https://b.example.org/k?a=1\u0026X-Amz-Signature=%s"}`, "X-Amz-Signature=%s", "x-amz-signature: %s", `{"signature":"%s"}`, `{"signature": ["%s"]}`,
		"Content-Disposition: form-data; name=\"signature\"\r\n\r\n%s\r\n--x", `name=\"x-amz-security-token\"\r\n\r\n%s\r\n`, "X-Amz-Signature%%3D%s", "signature=%s",
		"AWS4-HMAC-SHA256 Credential=AKIA/x, SignedHeaders=host, Signature=%s", "Proxy-Authorization: Basic %s", "Bearer %s", "Cookie: %s", "password=%s", "http://user:%s@proxy.example.org:8080",
		"map[policy:x signature:%s]",
	},
	policy: {"%s", `{"policy":"%s"}`, "policy=%s", "name=\"policy\"\r\n\r\n%s", "the policy %s has expired", `\"policy\":\"%s\"`},
}

// shows says whether a text shows anything planted.
func shows(text string) bool {
	return strings.Contains(text, "PLANTED") || strings.Contains(text, policy[:20]) || strings.Contains(text, "KEYabcdef")
}

func TestNothingPlantedIsLeftInAnyShape(t *testing.T) {
	for secret, all := range shapes {
		for _, shape := range all {
			text := fmt.Sprintf(shape, secret)
			got := Redact(text)
			if shows(got) {
				t.Errorf("of %q is left %q", text, got)
			}
			if again := Redact(got); again != got {
				t.Errorf("redacted once more, %q becomes %q", got, again)
			}
		}
	}
}

func TestSignedAddressesKeepTheHostAndOthersAllButTheQuery(t *testing.T) {
	for in, want := range map[string]string{
		"https://b.s3.amazonaws.com/teams/7/x.jpg?X-Amz-Signature=1":                    "https://b.s3.amazonaws.com/(hidden)",
		"https://darwin.v7labs.com/api/datasets?item_names[]=Jane":                      "https://darwin.v7labs.com/api/datasets?(hidden)",
		"http://u:p@proxy:3128/x":                                                       "http://(hidden)@proxy:3128/x",
		"see https://docs.v7labs.com/docs/import.":                                      "see https://docs.v7labs.com/docs/import.",
		"ApiKey (hidden), policy: (hidden)":                                             "ApiKey (hidden), policy: (hidden)",
		"the key is wrong; the signature is too old":                                    "the key is wrong; the signature is too old",
		"read tcp 10.0.0.1:5555->10.0.0.2:443: connection reset by peer":                "read tcp 10.0.0.1:5555->10.0.0.2:443: connection reset by peer",
		"uploader.(*Batch).set(0xc000123000, 0x5)\n\t/src/uploader/batch.go:221 +0x1d4": "uploader.(*Batch).set(0xc000123000, 0x5)\n\t/src/uploader/batch.go:221 +0x1d4",
		"item 0190f0f0-0000-7000-8000-000000000000":                                     "item 0190f0f0-0000-7000-8000-000000000000",
	} {
		if got := Redact(in); got != want {
			t.Errorf("Redact(%q) = %q, want %q", in, got, want)
		}
	}
}

// A key need not have the shape that is known of Darwin's.
func TestWhatHideWasToldVanishesInEveryForm(t *testing.T) {
	odd := `odd"key\ +/=%&?.PLANTED<second>half`
	b := open(t, t.TempDir(), slog.LevelDebug)
	b.Hide(odd, "", "a")
	quoted, err := json.Marshal(odd)
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{
		odd, "PLANTED<second>half", url.QueryEscape(odd), url.PathEscape(odd), string(quoted), base64.StdEncoding.EncodeToString([]byte(odd)), "x" + odd + "y",
	} {
		if got := b.Redact("said " + form); shows(got) || strings.Contains(got, "second") || strings.Contains(got, "odd") {
			t.Errorf("of %q is left %q", form, got)
		}
	}
	if got := b.Redact("a banana"); got != "a banana" {
		t.Errorf("ordinary words become %q", got)
	}
}

func TestEveryWayOfLoggingASecretIsRedactedAtEveryLevelAndStaysJSON(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir, slog.LevelDebug)
	n := 0
	for secret, all := range shapes {
		for _, shape := range all {
			text := fmt.Sprintf(shape, secret)
			for _, level := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError} {
				b.Log().Log(t.Context(), level, text)
				b.Log().Log(t.Context(), level, "x", "detail", text)
				b.Log().With("before", text).WithGroup("g").Log(t.Context(), level, "x", slog.Group("h", "v", []byte(text)))
				b.Log().Log(t.Context(), level, "x", "any", map[string]any{"a": []string{text}}, "err", fmt.Errorf("wrapped: %s", text))
				n += 4
			}
		}
	}
	b.Log().Info("headers", "h", http.Header{"Authorization": {"ApiKey " + key}}, "form", map[string]string{"policy": policy, "signature": signature, "credential": "PLANTED/x"}, "api_key", "PLANTED")
	content := kept(t, dir)[logName]
	if all := lines(content); len(all) != n+1 {
		t.Errorf("%d lines were kept of %d", len(all), n+1)
	}
	for _, line := range lines(content) {
		if !json.Valid([]byte(line)) {
			t.Errorf("no longer JSON: %s", line)
		}
		// Bytes are logged as base64, which the planted words are not found in.
		if shows(line) {
			t.Errorf("shown: %s", line)
		}
	}
}

func FuzzRedact(f *testing.F) {
	for secret, all := range shapes {
		for _, shape := range all {
			f.Add(fmt.Sprintf(shape, secret), "before ", " after")
		}
	}
	f.Add("https://", "\\", "\"")
	f.Fuzz(func(t *testing.T, text, before, after string) {
		got := Redact(text)
		if again := Redact(got); len(again) > 2*len(got)+100 {
			t.Errorf("it grows: %q, %q", got, again)
		}
		// Whatever surrounds a key of Darwin's shape, the key is gone.
		if got := Redact(before + " " + key + " " + after); strings.Contains(got, key) {
			t.Errorf("shown: %q", got)
		}
		// A line of JSON stays one.
		var line bytes.Buffer
		slog.New(slog.NewJSONHandler(&line, nil)).Info(text, "x", before, "signature", after)
		if redacted := Redact(line.String()); !json.Valid([]byte(redacted)) {
			t.Errorf("no longer JSON: %s, before %s", redacted, line.String())
		}
	})
}
