package lang

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// TestTextsAreTranslated holds every text in the source of each room against the catalogues: each is there in all languages, with
// all plural forms and the same gaps, and no catalogue has what nobody asks for.
func TestTextsAreTranslated(t *testing.T) {
	for room, source := range rooms(t) {
		t.Run(room, func(t *testing.T) {
			for _, l := range Languages()[1:] {
				words := catalogue(t, room, l.Tag)
				asked := map[string]bool{}
				for _, u := range source.uses {
					asked[u.text] = true
					f, ok := words[u.text]
					if !ok || f.other == "" {
						t.Errorf("%s: %s has no words for %q", u.at, l.Name, u.text)
						continue
					}
					for _, way := range f.all() {
						if got, want := gaps(way), gaps(u.text); !slices.Equal(got, want) {
							t.Errorf("%s: %q has other gaps than %q", l.Name, way, u.text)
						}
					}
					if form := missing(f, l.Tag); u.plural && form != "" {
						t.Errorf("%s: %q lacks the form %s", l.Name, u.text, form)
					}
				}
				for text := range words {
					if !asked[text] {
						t.Errorf("%s has words for %q, which nobody asks for", l.Name, text)
					}
				}
			}
		})
	}
}

// TestTextsGoThroughTheCatalogues finds what looks like a text for people and is not asked for here. A line that nobody sees says so
// in a comment: "not shown".
func TestTextsGoThroughTheCatalogues(t *testing.T) {
	for room, source := range rooms(t) {
		t.Run(room, func(t *testing.T) {
			for _, text := range source.plain {
				t.Error(text)
			}
		})
	}
}

func catalogue(t *testing.T, room, tag string) map[string]forms {
	t.Helper()
	data, err := texts.ReadFile("texts/" + room + "." + tag + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	words, err := parse(data)
	if err != nil {
		t.Fatalf("%s.%s.json: %v", room, tag, err)
	}
	return words
}

// all are the forms that a translation has.
func (f forms) all() []string {
	return slices.DeleteFunc([]string{f.zero, f.one, f.two, f.few, f.many, f.other}, func(s string) bool { return s == "" })
}

// missing is a form that the language has for some whole number below a million and the translation lacks.
func missing(f forms, tag string) string {
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few"}
	has := map[plural.Form]string{plural.Zero: f.zero, plural.One: f.one, plural.Two: f.two, plural.Few: f.few}
	for n := range 1000 {
		form := plural.Cardinal.MatchPlural(language.Make(tag), n, 0, 0, 0, 0)
		if name, ok := names[form]; ok && has[form] == "" {
			return name
		}
	}
	return ""
}

// gaps are the verbs of a text, sorted, without their numbers.
func gaps(text string) []string {
	var all []string
	for _, v := range verb.FindAllString(strings.ReplaceAll(text, "%%", ""), -1) {
		all = append(all, "%"+v[len(v)-1:])
	}
	slices.Sort(all)
	return all
}

func TestEveryLanguageHasTheWordsThatFyneWrites(t *testing.T) {
	want := slices.Sorted(maps.Keys(catalogue(t, fyneRoom, "en")))
	for _, l := range Languages()[1:] {
		if got := slices.Sorted(maps.Keys(catalogue(t, fyneRoom, l.Tag))); !slices.Equal(got, want) {
			t.Errorf("%s has %q, want %q", l.Name, got, want)
		}
	}
}

// TestATextHasTheSameWordsInEveryRoom is needed because the rooms' catalogues become one: of two translations one would be lost.
func TestATextHasTheSameWordsInEveryRoom(t *testing.T) {
	for _, l := range Languages()[1:] {
		seen := map[string]string{}
		words := map[string]forms{}
		for room := range rooms(t) {
			for text, f := range catalogue(t, room, l.Tag) {
				if other, ok := seen[text]; ok && words[text] != f {
					t.Errorf("%s: %q is %+v in %s and %+v in %s", l.Name, text, words[text], other, f, room)
				}
				seen[text], words[text] = room, f
			}
		}
	}
}
