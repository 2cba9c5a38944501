package looktest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// slack is how far something may stick out before it counts: what is half a pixel wide nobody sees.
const slack float32 = 1.5

// room is what the texts of a window have and need.
type room struct {
	book     *book
	lines    []line // of the layer that is walked
	findings []string
}

// place is where something is drawn: the part of the window that may have it, which inside a scroller reaches as far as the content
// does, the part that shows it, and the widget that it belongs to.
type place struct {
	may, shows clip
	owner      string
}

// line is one drawn text with its place in the window.
type line struct {
	text string
	at   fyne.Position
	size fyne.Size
	lies string // what it is drawn by
}

// CutOff finds the texts of a window that a person cannot read to their end, in the language in use: words of the program that were
// shortened, words broken in the middle, texts that stick out of what they are drawn by or out of the window, and texts drawn over each
// other. Names and paths may be shortened; they are in no catalogue.
func CutOff(w fyne.Window) ([]string, error) {
	b, err := openBook()
	if err != nil {
		return nil, err
	}
	r := &room{book: b}
	for _, layer := range layers(w) {
		r.lines = nil
		whole := clip{to: fyne.NewPos(w.Canvas().Size().Width, w.Canvas().Size().Height)}
		r.walk(layer, layer.Position(), place{whole, whole, "window"})
		r.overlaps()
	}
	slices.Sort(r.findings)
	return slices.Compact(r.findings), nil
}

// layers are the content of a window and what lies over it.
func layers(w fyne.Window) []fyne.CanvasObject {
	return append([]fyne.CanvasObject{w.Content()}, w.Canvas().Overlays().List()...)
}

// clip is a part of the window, in its coordinates.
type clip struct{ from, to fyne.Position }

func (c clip) inside(at fyne.Position, size fyne.Size) bool {
	return at.X >= c.from.X-slack && at.Y >= c.from.Y-slack && at.X+size.Width <= c.to.X+slack && at.Y+size.Height <= c.to.Y+slack
}

// within is the part of c that a thing has.
func (c clip) within(at fyne.Position, size fyne.Size) clip {
	return clip{from: fyne.NewPos(max(c.from.X, at.X), max(c.from.Y, at.Y)),
		to: fyne.NewPos(min(c.to.X, at.X+size.Width), min(c.to.Y, at.Y+size.Height))}
}

// walk goes through an object at a position in the window.
func (r *room) walk(o fyne.CanvasObject, at fyne.Position, in place) {
	if o == nil || !o.Visible() {
		return
	}
	switch o := o.(type) {
	case *canvas.Text:
		r.text(o, at, in)
	case *container.Scroll:
		o.Refresh() // what grew since it was laid out has room only after the next picture, which nobody takes here
		inner := at.Add(o.Content.Position())
		r.walk(o.Content, inner, place{clip{from: inner, to: inner.Add(o.Content.Size())}, in.shows.within(at, o.Size()), in.owner})
	case *fyne.Container:
		for _, inside := range o.Objects {
			r.walk(inside, at.Add(inside.Position()), in)
		}
	case fyne.Widget:
		in.owner = kind(o)
		if paragraph, ok := o.(interface{ String() string }); ok && in.owner == "widgets.Paragraph" && parts(o) == 1 {
			r.broken(paragraph.String(), o)
		}
		if in.owner == "widgets.Field" { // what is typed scrolls
			in.may = clip{from: fyne.NewPos(-1e6, -1e6), to: fyne.NewPos(1e6, 1e6)}
			in.shows = in.shows.within(at, o.Size())
		}
		for _, inside := range test.WidgetRenderer(o).Objects() {
			r.walk(inside, at.Add(inside.Position()), in)
		}
	}
}

// kind is the type of a thing without its package's path.
func kind(o any) string { return strings.TrimPrefix(reflect.TypeOf(o).String(), "*") }

// text looks at one drawn line.
func (r *room) text(o *canvas.Text, at fyne.Position, in place) {
	if o.Text == "" {
		return
	}
	need := o.MinSize()
	switch o.Alignment {
	case fyne.TextAlignCenter:
		at.X += (o.Size().Width - need.Width) / 2
	case fyne.TextAlignTrailing:
		at.X += o.Size().Width - need.Width
	}
	if start, ok := strings.CutSuffix(o.Text, "…"); ok && !r.book.says(o.Text) && r.book.begins(start) {
		r.find("%s: %q is shortened", in.owner, o.Text)
	}
	if !in.may.inside(at, need) {
		r.find("%s: %q sticks out by %s", in.owner, o.Text, beyond(at, need, in.may))
	}
	if in.shows.inside(at, need) { // what is half scrolled away lies under nothing
		r.lines = append(r.lines, line{o.Text, at, need, in.owner})
	}
}

func beyond(at fyne.Position, size fyne.Size, c clip) string {
	return fmt.Sprintf("%.0f left, %.0f right, %.0f up, %.0f down", max(c.from.X-at.X, 0), max(at.X+size.Width-c.to.X, 0), max(c.from.Y-at.Y, 0), max(at.Y+size.Height-c.to.Y, 0))
}

// overlaps finds lines that are drawn over each other.
func (r *room) overlaps() {
	for i, a := range r.lines {
		for _, b := range r.lines[i+1:] {
			common := clip{from: a.at, to: a.at.Add(a.size)}.within(b.at, b.size)
			if common.to.X-common.from.X > 2 && common.to.Y-common.from.Y > min(a.size.Height, b.size.Height)/2 {
				r.find("%s: %q lies over %q of %s", a.lies, a.text, b.text, b.lies)
			}
		}
	}
}

// broken finds a word of the program's own that was broken to fit a paragraph. Japanese breaks anywhere.
func (r *room) broken(whole string, o fyne.Widget) {
	if !r.book.says(whole) || r.book.tag == "ja" {
		return
	}
	rest := whole
	for _, inside := range test.WidgetRenderer(o).Objects() {
		t, ok := inside.(*canvas.Text)
		if !ok {
			return
		}
		_, after, found := strings.Cut(rest, strings.TrimSpace(t.Text))
		if !found {
			return
		}
		last, next := lastRune(t.Text), firstRune(after)
		if after != "" && (unicode.IsLetter(last) || unicode.IsDigit(last)) && (unicode.IsLetter(next) || unicode.IsDigit(next)) {
			r.find("paragraph: a word of %q is broken after %q", whole, t.Text)
		}
		rest = after
	}
}

// parts are the segments of a paragraph, which begin new lines by themselves.
func parts(paragraph fyne.Widget) int {
	return reflect.ValueOf(paragraph).Elem().FieldByName("Segments").Len()
}

func lastRune(s string) rune {
	all := []rune(s)
	if len(all) == 0 {
		return 0
	}
	return all[len(all)-1]
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func (r *room) find(format string, args ...any) {
	r.findings = append(r.findings, fmt.Sprintf(format, args...))
}

// Silent finds the controls of a window that a screen reader has no words for. Fyne's own are left out: they say what they say.
func Silent(w fyne.Window) []string {
	var found []string
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if o == nil || !o.Visible() {
			return
		}
		_, taps := o.(fyne.Tappable)
		_, keys := o.(fyne.Focusable)
		if (taps || keys) && strings.HasPrefix(reflect.TypeOf(o).Elem().PkgPath(), "darwin-uploader/") {
			says, ok := o.(fyne.Accessible)
			if !ok {
				found = append(found, kind(o)+" has no label")
				return
			}
			if strings.TrimSpace(says.AccessibilityLabel()) == "" {
				found = append(found, kind(o)+" has an empty label")
			}
			if named, ok := o.(interface{ Labelled() bool }); ok && !named.Labelled() {
				found = append(found, fmt.Sprintf("%s with %q has no name", kind(o), says.AccessibilityLabel()))
			}
		}
		switch o := o.(type) {
		case *container.Scroll:
			walk(o.Content)
		case *fyne.Container:
			for _, inside := range o.Objects {
				walk(inside)
			}
		case fyne.Widget:
			for _, inside := range test.WidgetRenderer(o).Objects() {
				walk(inside)
			}
		}
	}
	for _, layer := range layers(w) {
		walk(layer)
	}
	slices.Sort(found)
	return slices.Compact(found)
}
