package lang

import (
	"fmt"
	"sync/atomic"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Language is one that the window can speak.
type Language struct {
	Tag  string // BCP 47: "de"
	Name string // as its speakers write it: "Deutsch"
}

// Languages are those that the window can speak, English first.
func Languages() []Language {
	return []Language{{"en", "English"}, {"de", "Deutsch"}, {"fr", "Français"}, {"es", "Español"}, {"pt", "Português"}, {"ja", "日本語"}}
}

// tongue is one language with its words.
type tongue struct {
	tag     language.Tag
	words   map[string]forms
	phrases phrasebook
	style   style
}

// forms are the words for one English text. All but other may be missing.
type forms struct{ zero, one, two, few, many, other string }

// present is the language in use. A window has one language and thousands of places that write, which is why this is the one
// thing that is not handed from hand to hand.
var present atomic.Pointer[tongue]

// speaking is the language in use; English before Use.
func speaking() *tongue {
	if t := present.Load(); t != nil {
		return t
	}
	return &english
}

var english = tongue{tag: language.English, style: englishStyle}

// L is a text in the person's language, filled with its arguments as by fmt.Sprintf. Without arguments nothing is filled, so a
// text may have a percent sign.
func L(text string, args ...any) string {
	if f, ok := speaking().words[text]; ok && f.other != "" {
		text = f.other
	}
	return fill(text, args)
}

// N is a text about n things: one or other in English, and the form that the language has for n elsewhere. The catalogues know it
// by other. Both are filled with the arguments; without any, a gap is filled with the number n as Number writes it.
func N(one, other string, n int, args ...any) string {
	if len(args) == 0 && verb.MatchString(other) {
		args = []any{Number(n)}
	}
	t := speaking()
	if f, ok := t.words[other]; ok {
		return fill(f.of(t.tag, n), args)
	}
	if n == 1 {
		return fill(one, args)
	}
	return fill(other, args)
}

// Mark says that a text is to be in the catalogues. It returns the text as it is, for those that are written down in one place and
// given to L in another.
func Mark(text string) string { return text }

func fill(text string, args []any) string {
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// of is the form for n things.
func (f forms) of(tag language.Tag, n int) string {
	var form string
	switch plural.Cardinal.MatchPlural(tag, max(n, -n), 0, 0, 0, 0) {
	case plural.Zero:
		form = f.zero
	case plural.One:
		form = f.one
	case plural.Two:
		form = f.two
	case plural.Few:
		form = f.few
	case plural.Many:
		form = f.many
	}
	if form == "" {
		return f.other
	}
	return form
}
