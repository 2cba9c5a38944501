package lang

import (
	"regexp"
	"slices"
	"strings"
)

// phrasebook are the engine's sentences in another language.
type phrasebook struct {
	whole    map[string]string
	patterns []pattern // the longest first, so that the most exact one wins
}

// pattern is a sentence with gaps.
type pattern struct {
	english *regexp.Regexp
	other   string
	length  int
}

// verb is what a gap looks like in a text.
var verb = regexp.MustCompile(`%(\[\d+\])?[a-z]`)

func newPhrasebook(words map[string]forms) phrasebook {
	book := phrasebook{whole: map[string]string{}}
	for text, f := range words {
		if !verb.MatchString(text) {
			book.whole[text] = f.other
			continue
		}
		parts := verb.Split(text, -1)
		literal := len(strings.Join(parts, ""))
		for i := range parts {
			parts[i] = regexp.QuoteMeta(strings.ReplaceAll(parts[i], "%%", "%"))
		}
		book.patterns = append(book.patterns, pattern{
			english: regexp.MustCompile(`(?s)^` + strings.Join(parts, `(.+?)`) + `$`), other: f.other, length: literal,
		})
	}
	slices.SortFunc(book.patterns, func(a, b pattern) int {
		if a.length != b.length {
			return b.length - a.length
		}
		return strings.Compare(a.english.String(), b.english.String())
	})
	return book
}

// S is a sentence of the engine in the person's language. One that is in no catalogue stays as it is: better an English truth than
// none.
func S(english string) string {
	book := speaking().phrases
	if other, ok := book.whole[english]; ok {
		return other
	}
	for _, p := range book.patterns {
		if found := p.english.FindStringSubmatch(english); found != nil {
			args := make([]any, len(found)-1)
			for i, part := range found[1:] {
				args[i] = S(part)
			}
			return fill(p.other, args)
		}
	}
	return english
}
