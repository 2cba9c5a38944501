package lang

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// phrasebook are the engine's sentences in another language.
type phrasebook struct {
	whole    map[string]string // those without gaps
	patterns []pattern         // those with gaps, the ones with the most words of their own first
	lately   *lately
}

// pattern is a sentence or a phrase with gaps.
type pattern struct {
	parts    []string // what stands around the gaps, one more than there are gaps
	gaps     []byte   // the letters of the gaps' verbs
	other    forms
	sentence bool // may stand by itself or beside others; a phrase only fills a gap
}

// verb is what a gap looks like in a text.
var verb = regexp.MustCompile(`%(\[\d+\])?[a-z]`)

func newPhrasebook(words map[string]forms) phrasebook {
	book := phrasebook{whole: map[string]string{}, lately: &lately{}}
	for text, f := range words {
		// Two percent signs are one that is no gap.
		plain := strings.ReplaceAll(text, "%%", "\x00\x00")
		verbs := verb.FindAllStringIndex(plain, -1)
		if len(verbs) == 0 {
			book.whole[strings.ReplaceAll(text, "%%", "%")] = strings.ReplaceAll(f.other, "%%", "%")
			continue
		}
		p := pattern{other: f, sentence: strings.HasSuffix(text, ".") || strings.HasSuffix(text, "%v")}
		from := 0
		for _, at := range verbs {
			p.parts = append(p.parts, strings.ReplaceAll(text[from:at[0]], "%%", "%"))
			p.gaps = append(p.gaps, text[at[1]-1])
			from = at[1]
		}
		p.parts = append(p.parts, strings.ReplaceAll(text[from:], "%%", "%"))
		book.patterns = append(book.patterns, p)
	}
	slices.SortFunc(book.patterns, func(a, b pattern) int {
		return cmp.Or(cmp.Compare(b.rank(), a.rank()), slices.Compare(a.parts, b.parts))
	})
	return book
}

// rank is higher for what says more by itself. One that begins with a gap is last, since the gap could take in the sentences before.
func (p pattern) rank() int {
	rank := len(strings.Join(p.parts, ""))
	if p.parts[0] == "" && p.gaps[0] != 'q' {
		rank -= 10_000
	}
	return rank
}

// ends calls yield with where the pattern can end that begins at from, and what stands in its gaps then, the shortest gaps first. It
// stops when yield says true, and says so.
func (s *search) ends(p pattern, from int, yield func(end int, args []string) bool) bool {
	if !strings.HasPrefix(s.text[from:], p.parts[0]) {
		return false
	}
	args := make([]string, len(p.gaps))
	var fill func(gap, at int) bool
	fill = func(gap, at int) bool {
		if gap == len(p.gaps) {
			return yield(at, args)
		}
		next := p.parts[gap+1]
		try := func(end int) bool {
			args[gap] = s.text[at:end]
			return fill(gap+1, end+len(next))
		}
		rest := s.text[at:]
		switch p.gaps[gap] {
		case 'd':
			end := at + digits(rest)
			return end > at && strings.HasPrefix(s.text[end:], next) && try(end)
		case 'q':
			end := at + quoted(rest)
			return end > at && strings.HasPrefix(s.text[end:], next) && try(end)
		}
		if next == "" { // the last gap, up to the end of a sentence
			for _, end := range s.stops {
				if end > at && try(end) {
					return true
				}
			}
			return false
		}
		for end := at; ; end++ {
			found := strings.Index(s.text[end:], next)
			if found < 0 || !s.spend() {
				return false
			}
			end += found
			if try(end) {
				return true
			}
		}
	}
	return fill(0, from+len(p.parts[0]))
}

// digits is the length of the whole number that a text begins with.
func digits(text string) int {
	n := 0
	if strings.HasPrefix(text, "-") {
		n = 1
	}
	first := n
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	if n == first {
		return 0
	}
	return n
}

// quoted is the length of the text in quotation marks, as strconv.Quote writes them, that a text begins with.
func quoted(text string) int {
	if !strings.HasPrefix(text, `"`) {
		return 0
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}
