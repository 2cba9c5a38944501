package lang

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"golang.org/x/text/language"

	fynelang "fyne.io/fyne/v2/lang"
)

//go:embed texts
var texts embed.FS

// The rooms whose catalogues are special: the sentences of the engine, and the words that Fyne itself writes.
const (
	engineRoom = "engine"
	fyneRoom   = "fyne"
)

// Use makes the window speak a language: one of Languages by its tag, or the system's for "". A language that it does not speak is
// English. What Fyne writes by itself follows.
func Use(tag string) error {
	if tag == "" {
		tag = system(fynelang.SystemLocale().String())
	}
	t, own, err := load(tag)
	if err != nil {
		return err
	}
	present.Store(t)
	return fynelang.AddTranslationsForLocale(own, fynelang.SystemLocale())
}

// Current is the tag of the language in use.
func Current() string { return speaking().tag.String() }

// system is the one of Languages that is nearest to the system's.
func system(locale string) string {
	all := Languages()
	tags := make([]language.Tag, len(all))
	for i, l := range all {
		tags[i] = language.Make(l.Tag)
	}
	wanted, _, _ := strings.Cut(locale, ".") // "de_DE.UTF-8"
	_, i, confidence := language.NewMatcher(tags).Match(language.Make(strings.ReplaceAll(wanted, "_", "-")))
	if confidence == language.No {
		return "en"
	}
	return all[i].Tag
}

// load reads the catalogues of a language, and gives Fyne's own words with them.
func load(tag string) (t *tongue, fynes []byte, err error) {
	parsed, err := language.Parse(tag)
	if err != nil {
		parsed = language.English
	}
	t = &tongue{tag: parsed, words: map[string]forms{}, style: styleOf(tag)}
	files, err := fs.Glob(texts, "texts/*."+parsed.String()+".json")
	if err != nil {
		return nil, nil, err
	}
	fynes = []byte("{}")
	for _, file := range files {
		data, err := texts.ReadFile(file)
		if err != nil {
			return nil, nil, err
		}
		room, _, _ := strings.Cut(path.Base(file), ".")
		if room == fyneRoom {
			fynes = data
			continue
		}
		words, err := parse(data)
		if err != nil {
			return nil, nil, fmt.Errorf("the catalogue %s: %w", path.Base(file), err)
		}
		if room == engineRoom {
			t.phrases = newPhrasebook(words)
			continue
		}
		for text, f := range words {
			t.words[text] = f
		}
	}
	return t, fynes, nil
}

// parse reads one catalogue.
func parse(data []byte) (map[string]forms, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, err
	}
	words := make(map[string]forms, len(raw))
	for text, value := range raw {
		var f struct{ Zero, One, Two, Few, Many, Other string }
		if value[0] == '"' {
			if err := json.Unmarshal(value, &f.Other); err != nil {
				return nil, err
			}
		} else if err := json.Unmarshal(value, &f); err != nil {
			return nil, fmt.Errorf("%q: %w", text, err)
		}
		words[text] = forms{f.Zero, f.One, f.Two, f.Few, f.Many, f.Other}
	}
	return words, nil
}
