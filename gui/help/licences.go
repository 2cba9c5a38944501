package help

import (
	_ "embed"
	"strings"
)

//go:embed licences.txt
var licenceText string

// Part is one work of others that the program is made of.
type Part struct {
	Name, Version string
	Kind          string // of licence, as in "MIT"
	Words         string // the licence
}

// Parts lists what the program is made of, by name.
func Parts() []Part { return parse(licenceText) }

// parse reads the file that packaging/licences writes: texts, each below one
// line "=== name version (kind)" for every part that it belongs to.
func parse(text string) []Part {
	var all []Part
	var words strings.Builder
	first := 0 // of the parts that the present text belongs to
	heading := false
	end := func() {
		for i := first; i < len(all); i++ {
			all[i].Words = strings.TrimSpace(words.String())
		}
		first = len(all)
		words.Reset()
	}
	for line := range strings.Lines(text) {
		rest, isHeading := strings.CutPrefix(strings.TrimRight(line, "\n"), "=== ")
		if isHeading && !heading {
			end()
		}
		heading = isHeading
		if !isHeading {
			words.WriteString(line)
			continue
		}
		if part, ok := parseHeading(rest); ok {
			all = append(all, part)
		}
	}
	end()
	return all
}

func parseHeading(words string) (Part, bool) {
	fields := strings.Fields(words)
	if len(fields) != 3 {
		return Part{}, false
	}
	return Part{Name: fields[0], Version: fields[1], Kind: strings.Trim(fields[2], "()")}, true
}
