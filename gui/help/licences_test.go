package help

import (
	"strings"
	"testing"
)

func TestEveryPartOfTheProgramHasAKindAndTheWordsOfItsLicence(t *testing.T) {
	parts := Parts()
	seen := map[string]bool{}
	for _, p := range parts {
		if p.Kind == "" || p.Version == "" || len(p.Words) < 400 {
			t.Errorf("%s %s (%s) has %d letters of licence", p.Name, p.Version, p.Kind, len(p.Words))
		}
		if strings.Contains(p.Words, "=== ") {
			t.Errorf("the licence of %s runs into the next one", p.Name)
		}
		seen[p.Name] = true
	}
	for _, name := range []string{"Go", "fyne.io/fyne/v2", "github.com/zalando/go-keyring", "github.com/dustin/go-humanize"} {
		if !seen[name] {
			t.Errorf("%s is not among the %d parts", name, len(parts))
		}
	}
}

func TestPartsWithTheSameLicenceShareItsWords(t *testing.T) {
	parts := parse("=== a v1 (MIT)\n=== b v2 (MIT)\n\nMay be used.\n\n=== c v3 (ISC)\n\nMay be used, too.\n")
	if len(parts) != 3 {
		t.Fatalf("%d parts: %v", len(parts), parts)
	}
	for i, want := range []Part{{"a", "v1", "MIT", "May be used."}, {"b", "v2", "MIT", "May be used."}, {"c", "v3", "ISC", "May be used, too."}} {
		if parts[i] != want {
			t.Errorf("part %d is %v, want %v", i, parts[i], want)
		}
	}
}
