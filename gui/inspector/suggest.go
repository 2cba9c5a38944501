package inspector

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"darwin-uploader/uploader/darwin"
)

// maxSuggestions is how many tag classes are offered at most: more than five
// are not read, and the panel has to fit below the field.
const maxSuggestions = 5

// suggestion is a tag class that fits what was typed. From and To are the
// places of the matched part in the class's name, in runes; equal if nothing
// was typed.
type suggestion struct {
	class    darwin.TagClass
	from, to int
}

// offer is what the panel below the field shows for what was typed.
type offer struct {
	suggestions []suggestion
	// create is the name of the class that could be made, "" if there is one
	// of that name already or nothing was typed.
	create string
}

// How well a name fits, best first.
const (
	fitWhole = iota
	fitPrefix
	fitWordStart
	fitInside
)

// suggest finds the classes that fit the typed text, without those that are
// on all files already: whole names first, then names that start with it,
// then names with a word that starts with it, then the rest; among equals
// those that the person likes most, as liked says, come first. Upper and lower
// case are the same; a class whose name differs only in that is not created
// a second time.
func suggest(classes []darwin.TagClass, typed string, liked func(class string) int, taken func(class string) bool) offer {
	name := strings.Join(strings.Fields(typed), " ")
	want := lowerRunes(name)
	type candidate struct {
		suggestion
		fit int
	}
	var fitting []candidate
	exists := false
	for _, class := range classes {
		have := lowerRunes(class.Name)
		at, fit := fits(have, want)
		if fit == fitWhole {
			exists = true
		}
		if at < 0 || taken(class.Name) {
			continue
		}
		fitting = append(fitting, candidate{suggestion{class, at, at + len(want)}, fit})
	}
	slices.SortStableFunc(fitting, func(a, b candidate) int {
		return cmp.Or(
			cmp.Compare(a.fit, b.fit),
			cmp.Compare(liked(a.class.Name), liked(b.class.Name)),
			cmp.Compare(strings.ToLower(a.class.Name), strings.ToLower(b.class.Name)),
		)
	})
	var o offer
	for _, c := range fitting[:min(len(fitting), maxSuggestions)] {
		o.suggestions = append(o.suggestions, c.suggestion)
	}
	if name != "" && !exists {
		o.create = name
	}
	return o
}

// fits gives the place of want in have and how well it fits; -1 if it is not
// in there. Nothing wanted fits everything.
func fits(have, want []rune) (at, fit int) {
	if len(want) == 0 {
		return 0, fitInside
	}
	first := -1
	for i := 0; i+len(want) <= len(have); i++ {
		if !slices.Equal(have[i:i+len(want)], want) {
			continue
		}
		switch {
		case i == 0 && len(have) == len(want):
			return i, fitWhole
		case i == 0:
			return i, fitPrefix
		case startsWord(have, i):
			return i, fitWordStart
		case first < 0:
			first = i
		}
	}
	return first, fitInside
}

// startsWord tells whether a word begins at the rune i > 0.
func startsWord(name []rune, i int) bool {
	before := name[i-1]
	return !unicode.IsLetter(before) && !unicode.IsDigit(before)
}

// lowerRunes folds case rune by rune, so that places in the result are places
// in the name (strings.ToLower may change the number of runes).
func lowerRunes(s string) []rune {
	runes := []rune(s)
	for i, r := range runes {
		runes[i] = unicode.ToLower(r)
	}
	return runes
}
