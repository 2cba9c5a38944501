package inspector

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestTextThatStartsLikeJSONIsChecked(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "",
		"light rain":               "",
		"3 foxes [two young]":      "",
		`{"a": 1}`:                 "",
		" [1, 2,\n 3] ":            "",
		`{"a": `:                   "This starts like JSON and has no end yet.",
		"{":                        "This starts like JSON and has no end yet.",
		"[fox]":                    "This starts like JSON, but line 1 cannot be read.",
		"{\n\"a\": 1,\n\"b\" 2\n}": "This starts like JSON, but line 3 cannot be read.",
		`{"a": 1} and more`:        "This starts like JSON, but has more text behind its end.",
	} {
		if got := jsonProblem(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzWhatIsJSONHasNoProblemAndWhatStartsLikeItAndIsNotHasOne(f *testing.F) {
	for _, s := range []string{`{"a":[1,null]}`, "[", "{}{}", "{\x00", "text", " [1] "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		trimmed := strings.TrimSpace(text)
		starts := trimmed != "" && (trimmed[0] == '{' || trimmed[0] == '[')
		if got := jsonProblem(text) != ""; got != (starts && !json.Valid([]byte(trimmed))) {
			t.Errorf("%q: a problem: %v", text, got)
		}
	})
}
