package inspector

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"darwin-uploader/uploader/darwin"
)

func classesNamed(names ...string) []darwin.TagClass {
	classes := make([]darwin.TagClass, len(names))
	for i, n := range names {
		classes[i] = darwin.TagClass{ID: int64(i + 1), Name: n}
	}
	return classes
}

func nothingTaken(string) bool { return false }

func TestSuggestionsComeInTheOrderOfHowWellTheyFit(t *testing.T) {
	classes := classesNamed("summary", "pine marten", "marten", "Mar", "marsh", "mark", "old-mare", "deer", "market", "amar")
	o := suggest(classes, "mar", alike, nothingTaken)
	var names []string
	for _, s := range o.suggestions {
		names = append(names, s.class.Name)
	}
	if want := []string{"Mar", "mark", "market", "marsh", "marten"}; !slices.Equal(names, want) {
		t.Errorf("suggestions for mar: %q, want %q", names, want)
	}
	o = suggest(classesNamed("summary", "pine marten", "old-mare"), "mar", alike, nothingTaken)
	if got := o.suggestions[2].class.Name; got != "summary" {
		t.Errorf("a part inside a word comes before the start of one: last is %q", got)
	}
}

func TestOneCanCreateOnlyWhatDoesNotExist(t *testing.T) {
	for typed, want := range map[string]string{
		"":            "",
		"  ":          "",
		"mar":         "mar",
		" new   tag ": "new tag",
		"MARTEN":      "",
		"marten":      "",
	} {
		if got := suggest(classesNamed("marten"), typed, alike, nothingTaken).create; got != want {
			t.Errorf("typed %q offers to create %q, want %q", typed, got, want)
		}
	}
}

func TestATagOnAllFilesIsNotSuggestedButStillExists(t *testing.T) {
	o := suggest(classesNamed("fox", "fox cub"), "fox", alike, func(name string) bool { return name == "fox" })
	if len(o.suggestions) != 1 || o.suggestions[0].class.Name != "fox cub" || o.create != "" {
		t.Errorf("offer for fox: %+v", o)
	}
}

func TestTheMatchedPartIsGivenInRunes(t *testing.T) {
	o := suggest(classesNamed("Grüne Müller"), "MÜL", alike, nothingTaken)
	if len(o.suggestions) != 1 {
		t.Fatalf("no suggestion: %+v", o)
	}
	s := o.suggestions[0]
	if got := string([]rune(s.class.Name)[s.from:s.to]); got != "Mül" {
		t.Errorf("matched part is %q", got)
	}
}

func FuzzSuggest(f *testing.F) {
	f.Add("pine marten", "mar")
	f.Add("İstanbul", "i̇")
	f.Add("ǅ", "ǆ")
	f.Add("", " ")
	f.Fuzz(func(t *testing.T, name, typed string) {
		o := suggest(classesNamed(name), typed, alike, nothingTaken)
		for _, s := range o.suggestions {
			if s.from < 0 || s.to < s.from || s.to > utf8.RuneCountInString(name) {
				t.Errorf("part %d to %d of %q", s.from, s.to, name)
			}
		}
		if o.create != strings.TrimSpace(o.create) {
			t.Errorf("creates %q", o.create)
		}
	})
}

func alike(string) int { return 0 }

func TestWhatThePersonLikesIsOfferedFirstAmongEquals(t *testing.T) {
	liked := func(name string) int {
		if name == "marmot" {
			return 0
		}
		return 2
	}
	got := suggest(classesNamed("mara", "mar", "marmot"), "mar", liked, func(string) bool { return false })
	if got.suggestions[0].class.Name != "mar" || got.suggestions[1].class.Name != "marmot" {
		t.Errorf("offered are %+v", got.suggestions)
	}
}
