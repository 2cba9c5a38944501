package looktest

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"unicode"

	"darwin-uploader/gui/lang"
)

// book is everything that the window can say in a language, to tell its words from names that people and files have.
type book struct {
	tag   string
	whole map[string]bool
	gaps  [][]string // texts with gaps, cut at these
}

var gap = regexp.MustCompile(`%(\[\d+\])?[a-z]`)

// openBook reads the catalogues of the language in use. For English these are the texts that they are catalogues of.
func openBook() (*book, error) {
	_, here, _, ok := runtime.Caller(0)
	if !ok {
		return nil, errors.New("the source of the catalogues is not known")
	}
	tag := lang.Current()
	files := tag
	if tag == "en" {
		files = "de"
	}
	paths, err := filepath.Glob(filepath.Join(filepath.Dir(here), "..", "..", "lang", "texts", "*."+files+".json"))
	if err != nil {
		return nil, err
	}
	b := &book{tag: tag, whole: map[string]bool{}}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		var words map[string]any
		if err := json.Unmarshal(data, &words); err != nil {
			return nil, err
		}
		for english, translated := range words {
			if tag == "en" {
				b.add(english)
				continue
			}
			switch t := translated.(type) {
			case string:
				b.add(t)
			case map[string]any:
				for _, form := range t {
					if text, ok := form.(string); ok {
						b.add(text)
					}
				}
			}
		}
	}
	return b, nil
}

func (b *book) add(text string) {
	parts := gap.Split(text, -1)
	if len(parts) == 1 {
		b.whole[text] = true
		return
	}
	for i := range parts {
		parts[i] = strings.ReplaceAll(parts[i], "%%", "%")
	}
	if letters(strings.Join(parts, "")) >= 3 { // "%s, %s" would be everything
		b.gaps = append(b.gaps, parts)
	}
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// says tells whether a text is one of the program's.
func (b *book) says(text string) bool {
	if b.whole[text] {
		return true
	}
	for _, parts := range b.gaps {
		if matches(parts, text, false) {
			return true
		}
	}
	return false
}

// begins tells whether what is left of a shortened text is the beginning of one of the program's.
func (b *book) begins(start string) bool {
	start = strings.TrimSpace(start)
	if letters(start) < 2 {
		return false
	}
	for text := range b.whole {
		if strings.HasPrefix(text, start) {
			return true
		}
	}
	for _, parts := range b.gaps {
		if matches(parts, start, true) {
			return true
		}
	}
	return false
}

// matches tells whether a text is made of these parts with something in each gap; or, as a beginning, whether it may be the start of
// such a text with at least three letters of the program's own in it.
func matches(parts []string, text string, beginning bool) bool {
	own, enough := 0, 3
	if beginning && parts[0] == "" && !strings.ContainsAny(firstWord(text), "0123456789") {
		enough = 10 // it may well begin with a name that goes on like one of the texts
	}
	for i, part := range parts {
		if i == 0 {
			if beginning && len(text) <= len(part) {
				return strings.HasPrefix(part, text)
			}
			rest, ok := strings.CutPrefix(text, part)
			if !ok {
				return false
			}
			own, text = letters(part), rest
			continue
		}
		if !beginning && i == len(parts)-1 && part == "" {
			return text != ""
		}
		at := strings.Index(text[min(1, len(text)):], part)
		if at < 0 || part == "" {
			return beginning && own >= enough
		}
		own += letters(part)
		text = text[min(1, len(text))+at+len(part):]
	}
	return text == "" || beginning && own >= enough
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return word
}
