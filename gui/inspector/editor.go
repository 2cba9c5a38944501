package inspector

import (
	"slices"
	"strings"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// classState says what is known of the team's tag classes.
type classState uint8

const (
	classesLoading classState = iota
	classesKnown
	classesFailed
)

// editor is the tag field without its looks: what was typed, what is offered,
// which line is lit, and what is being created. It belongs to the main thread.
type editor struct {
	classes []darwin.TagClass
	state   classState
	problem *fault.Error // why the classes are not known, in classesFailed

	uses  []TagUse
	files int

	favourite, recent []string // the tags that the person likes to use

	typed    string
	open     bool
	offer    offer
	lit      int // index into the suggestions; len(suggestions) is the create line; -1 none
	withText bool

	creating     string       // the class under way, "" none
	notCreated   string       // the class that could not be created
	createFailed *fault.Error // why
}

// use takes over another selection's tags.
func (e *editor) use(s Selection) {
	e.uses, e.files = s.Tags, s.Files
	e.offerAgain()
}

func (e *editor) setClasses(classes []darwin.TagClass) {
	e.classes, e.state, e.problem = classes, classesKnown, nil
	e.offerAgain()
}

// class finds a tag class by its exact name.
func (e *editor) class(name string) (darwin.TagClass, bool) {
	i := slices.IndexFunc(e.classes, func(c darwin.TagClass) bool { return c.Name == name })
	if i < 0 {
		return darwin.TagClass{}, false
	}
	return e.classes[i], true
}

// isNew tells whether a tag is no class of the team. While the classes are
// not known nothing is called new.
func (e *editor) isNew(name string) bool {
	_, known := e.class(name)
	return e.state == classesKnown && !known
}

// takesText tells whether the tag has a text field: its class takes text, or
// there is a text already.
func (e *editor) takesText(u TagUse) bool {
	class, _ := e.class(u.Class)
	return class.TakesText || u.Text != "" || u.TextsDiffer
}

// setTyped is for each key stroke in the field.
func (e *editor) setTyped(text string) {
	e.typed = text
	e.open = strings.TrimSpace(text) != ""
	e.withText = false
	e.createFailed = nil
	e.offerAgain()
	e.lit = 0
	if e.lines() == 0 {
		e.lit = -1
	}
}

// offerAgain works out the suggestions anew and keeps the lit line in range.
func (e *editor) offerAgain() {
	taken := func(name string) bool {
		return slices.ContainsFunc(e.uses, func(u TagUse) bool { return u.Class == name && u.On >= e.files })
	}
	e.offer = suggest(e.classes, e.typed, e.liked, taken)
	if e.state != classesKnown {
		// A class that is merely not known yet must not be made again.
		e.offer.create = ""
	}
	e.lit = min(e.lit, e.lines()-1)
	if e.lit < 0 && e.open && e.lines() > 0 {
		e.lit = 0
	}
}

// liked is how much the person likes a class: 0 for a favourite, 1 for one that
// was used not long ago, 2 for the rest.
func (e *editor) liked(class string) int {
	switch {
	case slices.Contains(e.favourite, class):
		return 0
	case slices.Contains(e.recent, class):
		return 1
	default:
		return 2
	}
}

// maxQuick is how many tags can be added with one tap.
const maxQuick = 6

// quick gives the classes that the person likes to use and that not all files
// carry: the favourites, and then what was used last.
func (e *editor) quick() []darwin.TagClass {
	var all []darwin.TagClass
	for _, name := range slices.Concat(e.favourite, e.recent) {
		class, known := e.class(name)
		on := slices.ContainsFunc(e.uses, func(u TagUse) bool { return u.Class == name && u.On >= e.files })
		there := slices.ContainsFunc(all, func(c darwin.TagClass) bool { return c.Name == name })
		if known && !on && !there && len(all) < maxQuick {
			all = append(all, class)
		}
	}
	return all
}

// lines is how many lines can be lit.
func (e *editor) lines() int {
	n := len(e.offer.suggestions)
	if e.canCreate() {
		n++
	}
	return n
}

func (e *editor) canCreate() bool { return e.offer.create != "" && e.creating == "" }

// move lights the next (by +1) or previous (by -1) line, around the end. On
// the closed panel it opens it, even with nothing typed.
func (e *editor) move(by int) {
	n := e.lines()
	switch {
	case n == 0:
		e.open, e.lit = e.typed != "", -1
	case !e.open:
		e.open, e.lit = true, 0
	default:
		e.lit = (e.lit + by + n) % n
	}
}

// close forgets what was typed.
func (e *editor) close() {
	e.setTyped("")
}

// lit line as something to take: a class, or the name of one to create.
func (e *editor) litLine() (class string, create string) {
	switch {
	case !e.open || e.lit < 0:
		return "", ""
	case e.lit < len(e.offer.suggestions):
		return e.offer.suggestions[e.lit].class.Name, ""
	case e.canCreate():
		return "", e.offer.create
	default:
		return "", ""
	}
}

// created ends a creation; it tells the class's outcome.
func (e *editor) created(err error) {
	name := e.creating
	e.creating = ""
	if err != nil {
		e.notCreated, e.createFailed = name, fault.Of(err)
		e.offerAgain()
		return
	}
	if strings.EqualFold(strings.TrimSpace(e.typed), name) {
		e.close()
	}
	e.offerAgain()
}

func (e *editor) fail(err error) {
	e.state, e.problem = classesFailed, fault.Of(err)
	e.offerAgain()
}
