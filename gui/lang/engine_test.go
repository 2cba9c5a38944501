package lang

import (
	"go/ast"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// words tells a text from signs.
var words = regexp.MustCompile(`\pL{2,}`)

// TestSentencesOfTheEngineAreTranslated holds every sentence that the engine can make against the catalogues: each is there in all
// languages with the same gaps, and no catalogue has what the engine does not say.
func TestSentencesOfTheEngineAreTranslated(t *testing.T) {
	source := readEngine(t)
	if n := len(source.texts); n < 400 {
		t.Fatalf("only %d sentences were found in the engine's source", n)
	}
	for _, l := range Languages()[1:] {
		translated := catalogue(t, engineRoom, l.Tag)
		for _, text := range slices.Sorted(maps.Keys(source.texts)) {
			f, ok := translated[text]
			if !ok || f.other == "" {
				t.Errorf("%s: %s has no words for %q", source.texts[text], l.Name, text)
				continue
			}
			for _, way := range f.all() {
				if got, want := gaps(way), gaps(text); !slices.Equal(got, want) {
					t.Errorf("%s: %q has other gaps than %q", l.Name, way, text)
				}
				if strings.HasSuffix(text, ".") != (strings.HasSuffix(way, ".") || strings.HasSuffix(way, "。")) {
					t.Errorf("%s: %q ends otherwise than %q", l.Name, way, text)
				}
			}
			if len(f.all()) > 1 && missing(f, l.Tag) != "" {
				t.Errorf("%s: %q lacks the form %s", l.Name, text, missing(f, l.Tag))
			}
		}
		for _, text := range slices.Sorted(maps.Keys(translated)) {
			if source.texts[text] == "" {
				t.Errorf("%s has words for %q, which the engine does not say", l.Name, text)
			}
		}
	}
}

// TestSentencesOfTheEngineCanBeTold finds what S could not tell apart: gaps that touch, and texts that are mostly gaps.
func TestSentencesOfTheEngineCanBeTold(t *testing.T) {
	for text, at := range readEngine(t).texts {
		if touching.MatchString(strings.ReplaceAll(text, "%%", "")) {
			t.Errorf("%s: the gaps of %q touch, so that nobody can tell what stands in which", at, text)
		}
		for _, v := range verb.FindAllString(strings.ReplaceAll(text, "%%", ""), -1) {
			if !strings.Contains("sdqv", v[len(v)-1:]) {
				t.Errorf("%s: %q has the gap %s, and S knows %%s, %%d, %%q and %%v", at, text, v)
			}
		}
	}
}

var touching = regexp.MustCompile(`%[a-z]%[a-z]`)

// TestEverySentenceInTheEngineIsFound looks for literals that read as sentences and that the reader of the source did not come to:
// those would stay English without anybody being told.
func TestEverySentenceInTheEngineIsFound(t *testing.T) {
	source := readEngine(t)
	for _, at := range source.lost {
		t.Errorf("%s: what is said here cannot be read from the source; write it as a whole format", at)
	}
	for _, p := range source.packages {
		if p.name == "main" {
			continue // most of what it says is for the command line
		}
		for _, file := range p.files {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					return !(p.name == "receipt" && slices.Contains(inEnglish, n.Name.Name))
				case *ast.BasicLit:
					text, err := strconv.Unquote(n.Value)
					if err == nil && n.Kind == token.STRING && !source.read[n] && said.MatchString(strings.TrimSpace(text)) {
						t.Errorf("%s: %q is a sentence that nothing known says", source.set.Position(n.Pos()), text)
					}
				}
				return true
			})
		}
	}
}

// inEnglish are functions of receipts whose words go to the command line and into files, which are English.
var inEnglish = []string{"Headline", "Rest", "WithLeftOut"}

// said is how a sentence of the engine looks.
var said = regexp.MustCompile(`^(\p{Lu}[\p{Ll}']*|macOS|%[a-z]) .*\pL{2,}.*[.:]$`)
