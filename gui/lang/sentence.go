package lang

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Bounds of the search for what a text was made from. They are far above what the engine says; a text beyond them stays English.
const (
	longest   = 8 << 10 // bytes of a text
	mostSteps = 20_000
	deepest   = 3 // phrases in phrases
)

// S is what the engine said in the person's language: one sentence, several with a space between them, or a phrase. What is in no
// catalogue stays as it is: better an English truth than none.
func S(english string) string {
	t := speaking()
	if len(t.phrases.whole) == 0 && len(t.phrases.patterns) == 0 {
		return english
	}
	if other, ok := t.phrases.whole[english]; ok {
		return other
	}
	if len(english) > longest {
		return english
	}
	if other, ok := t.phrases.lately.get(english); ok {
		return other
	}
	other, ok := t.translated(english, 0)
	if !ok {
		other = english
	}
	t.phrases.lately.put(english, other)
	return other
}

// translated is a text made of what the phrasebook has.
func (t *tongue) translated(text string, depth int) (string, bool) {
	if other, ok := t.phrases.whole[text]; ok {
		return other, true
	}
	s := &search{t: t, text: text, depth: depth, dead: map[int]bool{}}
	for i := 1; i <= len(text); i++ {
		if i == len(text) || text[i] == ' ' && text[i-1] == '.' {
			s.stops = append(s.stops, i)
		}
	}
	if sentences, ok := s.from(0); ok {
		return Sentences(sentences...), true
	}
	if depth == 0 {
		return "", false
	}
	return s.phrase()
}

// search is the search for the sentences that a text is made of.
type search struct {
	t     *tongue
	text  string
	stops []int // where a sentence can end
	dead  map[int]bool
	steps int
	depth int
}

// spend counts a step, and says whether there may be more.
func (s *search) spend() bool {
	s.steps++
	return s.steps < mostSteps
}

// from translates the sentences from a place to the end. A sentence is taken for what it is only if all that follow are known, too:
// a gap may hold full stops.
func (s *search) from(at int) ([]string, bool) {
	if at == len(s.text) {
		return nil, true
	}
	if s.dead[at] || !s.spend() {
		return nil, false
	}
	for i := len(s.stops) - 1; i >= 0 && s.stops[i] > at; i-- {
		other, ok := s.t.phrases.whole[s.text[at:s.stops[i]]]
		if !ok {
			continue
		}
		if rest, ok := s.after(s.stops[i]); ok {
			return append([]string{other}, rest...), true
		}
	}
	for _, p := range s.t.phrases.patterns {
		if !p.sentence {
			continue
		}
		if strings.IndexByte(string(p.gaps), 'v') >= 0 { // a phrase that is known says best where the gap ends
			if found, ok := s.match(p, at, true); ok {
				return found, true
			}
		}
		if found, ok := s.match(p, at, false); ok {
			return found, true
		}
	}
	s.dead[at] = true
	return nil, false
}

// match translates the sentences from a place to the end, of which the first is made from p, perhaps with known phrases only.
func (s *search) match(p pattern, at int, known bool) (found []string, ok bool) {
	ok = s.ends(p, at, func(end int, args []string) bool {
		if end < len(s.text) && s.text[end] != ' ' {
			return false
		}
		first, all := s.t.filled(p, args, s.depth)
		if known && !all {
			return false
		}
		rest, ok := s.after(end)
		if ok {
			found = append([]string{first}, rest...)
		}
		return ok
	})
	return found, ok
}

// after is what follows a sentence that ends there.
func (s *search) after(end int) ([]string, bool) {
	if end == len(s.text) {
		return nil, true
	}
	return s.from(end + 1)
}

// phrase translates a text that is one phrase with gaps.
func (s *search) phrase() (other string, ok bool) {
	for _, p := range s.t.phrases.patterns {
		if !p.sentence && s.ends(p, 0, func(end int, args []string) bool {
			if end == len(s.text) {
				other, _ = s.t.filled(p, args, s.depth)
			}
			return end == len(s.text)
		}) {
			return other, true
		}
	}
	return "", false
}

// filled is the translation of a pattern with what stood in its gaps. all says that its phrases are known.
func (t *tongue) filled(p pattern, args []string, depth int) (other string, all bool) {
	all = true
	given := make([]string, len(args))
	text := p.other.other
	counted := false
	for i, arg := range args {
		switch p.gaps[i] {
		case 'v':
			phrase, ok := arg, false
			if depth < deepest {
				phrase, ok = t.translated(arg, depth+1)
			}
			if given[i] = phrase; !ok {
				given[i], all = arg, false
			}
		case 'q':
			given[i] = t.style.quotes[0] + unquoted(arg) + t.style.quotes[1]
		case 'd':
			given[i] = arg
			if n, err := strconv.Atoi(arg); err == nil {
				given[i] = t.number(int64(n))
				if !counted {
					text, counted = p.other.of(t.tag, n), true
				}
			}
		default:
			given[i] = arg
			if size.MatchString(arg) {
				given[i] = t.size(arg)
			}
		}
	}
	return put(text, given), all
}

// unquoted is a text without the marks of strconv.Quote. It stays escaped where it has what cannot be shown.
func unquoted(text string) string {
	plain, err := strconv.Unquote(text)
	if err != nil || strings.ContainsFunc(plain, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return text[1 : len(text)-1]
	}
	return plain
}

// size is a number of bytes as the engine writes it.
var size = regexp.MustCompile(`^\d+(\.\d+)? [kKMGTPE]?i?B$`)

// put fills the gaps of a translation.
func put(text string, args []string) string {
	var b strings.Builder
	next := 0
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			b.WriteByte(text[i])
			continue
		}
		if strings.HasPrefix(text[i:], "%%") {
			b.WriteByte('%')
			i++
			continue
		}
		at := verb.FindStringSubmatchIndex(text[i:])
		if at == nil || at[0] != 0 {
			b.WriteByte('%')
			continue
		}
		if at[2] >= 0 {
			n, err := strconv.Atoi(text[i+at[2]+1 : i+at[3]-1])
			if err == nil {
				next = n - 1
			}
		}
		if next >= 0 && next < len(args) {
			b.WriteString(args[next])
		}
		next++
		i += at[1] - 1
	}
	return b.String()
}

// Sentences puts whole sentences beside each other, those that are "" left out. After the full stop of Japanese there is no space.
func Sentences(all ...string) string {
	var b strings.Builder
	for _, s := range all {
		if s == "" {
			continue
		}
		if b.Len() > 0 && !strings.HasSuffix(b.String(), "。") {
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	return b.String()
}
