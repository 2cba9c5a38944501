package darwin

import (
	"strings"
	"testing"

	"darwin-uploader/uploader/fault"
)

func TestParseServerTakesWhatPeoplePaste(t *testing.T) {
	for in, want := range map[string]string{
		"https://darwin.v7labs.com":         PublicServer,
		"darwin.v7labs.com":                 PublicServer,
		"  HTTPS://Darwin.V7labs.com/  ":    PublicServer,
		"darwin.v7labs.com/api":             PublicServer,
		"https://darwin.v7labs.com/api/":    PublicServer,
		"https://darwin.example.org:8443/":  "https://darwin.example.org:8443",
		"http://127.0.0.1:4000/api/":        "http://127.0.0.1:4000",
		"http://localhost:4000":             "http://localhost:4000",
		"http://[::1]:4000":                 "http://[::1]:4000",
		"https://[2001:db8::1]":             "https://[2001:db8::1]",
		"localhost:4000":                    "https://localhost:4000",
		"http://127.9.9.9":                  "http://127.9.9.9",
		"http://[::ffff:127.0.0.1]:80":      "http://[::ffff:127.0.0.1]:80",
		"https://darwin.v7labs.com//":       PublicServer,
		"https://xn--drwin-gra.example.org": "https://xn--drwin-gra.example.org",
	} {
		u, err := ParseServer(in)
		if err != nil {
			t.Errorf("ParseServer(%q): %v", in, err)
			continue
		}
		if got := u.String(); got != want {
			t.Errorf("ParseServer(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParseServerRefusesWhatIsNoServerAndDoesNotRepeatIt(t *testing.T) {
	for _, in := range []string{
		"", "   ", "https://", "http://darwin.v7labs.com", "ftp://darwin.v7labs.com", "https://user:hunter2@darwin.v7labs.com",
		"hunter2@darwin.v7labs.com", "https://darwin.v7labs.com/?settings=hunter2", "https://darwin.v7labs.com?", "https://darwin.v7labs.com/#hunter2",
		"https://darwin.v7labs.com#", "https://darwin.v7labs.com/datasets/hunter2", "https://darwin.v7labs.com:0", "https://darwin.v7labs.com:99999",
		"https://darwin.v7labs.com:", "https://dar win.com", "https://darwin\n.com", "https://[fe80::1%25en0]", "https://..", "javascript:hunter2",
		"https://darwin.v7labs.com:port", "https://[hunter2]", "http://localhost.hunter2.org", "http://0.0.0.0", "https://höst.org", "://x", "https://%41",
	} {
		u, err := ParseServer(in)
		if err == nil {
			t.Errorf("ParseServer(%q) = %v, want a refusal", in, u)
			continue
		}
		e := asFault(t, err, fault.Usage)
		if strings.Contains(e.Error()+e.Detail, "hunter2") {
			t.Errorf("the refusal of %q repeats it: %v", in, e)
		}
	}
}

func FuzzParseServer(f *testing.F) {
	for _, s := range []string{
		PublicServer, "darwin.v7labs.com/api/", "http://[::1]:80", "http://localhost", "https://a@b", "x://y", "https://a:b:c", "https://a/%2e%2e", "https://[::1%25a]",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := ParseServer(s)
		if err != nil {
			if fault.KindOf(err) != fault.Usage {
				t.Fatalf("%q: %v is no fault of use", s, err)
			}
			return
		}
		if u.Path != "" || u.RawQuery != "" || u.User != nil || u.Fragment != "" || u.Host == "" {
			t.Fatalf("%q: more than a server in %q", s, u)
		}
		if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
			t.Fatalf("%q: the key would travel unprotected to %q", s, u)
		}
		again, err := ParseServer(u.String())
		if err != nil || again.String() != u.String() {
			t.Fatalf("%q: %q does not parse to itself: %v, %v", s, u, again, err)
		}
	})
}
