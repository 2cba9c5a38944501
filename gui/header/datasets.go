package header

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// listState says what is known of the team's datasets.
type listState uint8

const (
	listLoading listState = iota
	listKnown
	listFailed
)

// maxRecent is how many datasets stand first as used lately.
const maxRecent = 3

// datasets is the dataset picker without its looks: the list, what was typed
// to search it, the lit row, and the making of a new one. It belongs to the
// main thread.
type datasets struct {
	state   listState
	problem *fault.Error // why the list is not known, in listFailed
	all     []darwin.Dataset
	recent  []int64 // used lately, latest first

	typed string
	rows  []entry
	lit   int // -1 none

	naming       bool // the panel shows the name field instead of the list
	name         string
	creating     bool
	createFailed *fault.Error
}

// entry is one line of the picker's list.
type entry struct {
	darwin.Dataset
	recent bool
}

// open begins a fresh search with the chosen dataset lit.
func (d *datasets) open(chosen *darwin.Dataset) {
	d.typed, d.naming, d.createFailed = "", false, nil
	d.search()
	if chosen != nil {
		if i := slices.IndexFunc(d.rows, func(r entry) bool { return r.ID == chosen.ID }); i >= 0 {
			d.lit = i
		}
	}
}

func (d *datasets) setTyped(text string) {
	d.typed = text
	d.search()
}

// search makes the rows: without a search the recent ones first, then all the
// others in Darwin's order; with one, the names that hold every typed word,
// those that start with it before the others.
func (d *datasets) search() {
	words := strings.Fields(strings.ToLower(d.typed))
	d.rows = d.rows[:0:0]
	if len(words) == 0 {
		for _, id := range d.recent[:min(len(d.recent), maxRecent)] {
			if i := slices.IndexFunc(d.all, func(ds darwin.Dataset) bool { return ds.ID == id }); i >= 0 {
				d.rows = append(d.rows, entry{d.all[i], true})
			}
		}
	}
	listed := len(d.rows)
	for _, ds := range d.all {
		if isListed := slices.ContainsFunc(d.rows[:listed], func(r entry) bool { return r.ID == ds.ID }); isListed {
			continue
		}
		if _, ok := fit(ds.Name, words); ok {
			d.rows = append(d.rows, entry{ds, false})
		}
	}
	if len(words) > 0 {
		slices.SortStableFunc(d.rows, func(a, b entry) int {
			fitA, _ := fit(a.Name, words)
			fitB, _ := fit(b.Name, words)
			return cmp.Compare(fitA, fitB)
		})
	}
	d.lit = min(0, len(d.rows)-1)
}

// fit tells whether a name holds all the words, and how well: 0 if it starts
// with the first, 1 if a word of it does, 2 otherwise.
func fit(name string, words []string) (rank int, ok bool) {
	lower := strings.ToLower(name)
	for _, w := range words {
		if !strings.Contains(lower, w) {
			return 0, false
		}
	}
	if len(words) == 0 || strings.HasPrefix(lower, words[0]) {
		return 0, true
	}
	parts := strings.FieldsFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if slices.ContainsFunc(parts, func(p string) bool { return strings.HasPrefix(p, words[0]) }) {
		return 1, true
	}
	return 2, true
}

// move lights the next (+1) or previous (-1) row, around the end.
func (d *datasets) move(by int) {
	if n := len(d.rows); n > 0 {
		d.lit = (d.lit + by + n) % n
	}
}

// litRow is the dataset that Enter takes.
func (d *datasets) litRow() (darwin.Dataset, bool) {
	if d.lit < 0 || d.lit >= len(d.rows) {
		return darwin.Dataset{}, false
	}
	return d.rows[d.lit].Dataset, true
}

// startNaming turns the panel to the name of a new dataset. What was searched
// in vain is likely the name that is wanted.
func (d *datasets) startNaming() {
	if d.creating {
		d.naming = true // the one under way is shown again
		return
	}
	d.naming, d.name, d.createFailed = true, "", nil
	if d.state == listKnown && len(d.rows) == 0 {
		d.name = strings.TrimSpace(d.typed)
	}
}

// newName is the name as it would be sent, "" if it cannot be. A problem is
// what to say about it, "" if it is merely not there yet.
func (d *datasets) newName() (name, problem string) {
	name = strings.Join(strings.Fields(d.name), " ")
	for _, ds := range d.all {
		if strings.EqualFold(ds.Name, name) {
			return "", lang.L("The team has a dataset of this name already.")
		}
	}
	return name, ""
}

// begin starts the making of a dataset; false if there is no name to make it
// with or one is being made.
func (d *datasets) begin() (name string, ok bool) {
	name, _ = d.newName()
	if d.creating || name == "" {
		return "", false
	}
	d.creating, d.createFailed = true, nil
	return name, true
}

// created ends the making.
func (d *datasets) created(err error) {
	d.creating = false
	if err != nil {
		d.createFailed = fault.Of(err)
		return
	}
	d.naming = false
}

// count says how many items a dataset has: "1,204 items".
func count(ds darwin.Dataset) string {
	return lang.N("%s item", "%s items", ds.Items)
}
