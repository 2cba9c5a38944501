package external

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// maxFrames is the most pictures of one video: more would not fit into a
// request (each takes about 150 bytes of the 30 MB that Darwin states for one).
const maxFrames = 100_000

// Pattern is a naming pattern for the pictures of a video: "{n}" stands for
// their number, "{n:6}" for the number with zeros before it, six digits long.
type Pattern struct {
	before, after string
	digits        int // 0: without zeros before it
}

var place = regexp.MustCompile(`\{n(?::([0-9]{1,2}))?\}`)

// ParsePattern reads a pattern, which has one "{n}".
func ParsePattern(text string) (Pattern, error) {
	at := place.FindAllStringSubmatchIndex(text, -1)
	if len(at) != 1 {
		return Pattern{}, &fault.Error{
			Kind: fault.Usage, What: fmt.Sprintf("%q is no naming pattern for frames.", text),
			Do: "Write the number once as {n}, or as {n:6} if it has six digits, for example frames/{n}.png.",
		}
	}
	p := Pattern{before: text[:at[0][0]], after: text[at[0][1]:]}
	if at[0][2] >= 0 {
		p.digits, _ = strconv.Atoi(text[at[0][2]:at[0][3]])
	}
	return p, nil
}

// Prefix is what the keys of all pictures begin with.
func (p Pattern) Prefix() string { return p.before }

// Key is the key of picture n.
func (p Pattern) Key(n int) string {
	return fmt.Sprintf("%s%0*d%s", p.before, p.digits, n, p.after)
}

// String is the pattern as ParsePattern reads it.
func (p Pattern) String() string {
	if p.digits == 0 {
		return p.before + "{n}" + p.after
	}
	return fmt.Sprintf("%s{n:%d}%s", p.before, p.digits, p.after)
}

// number is the number in a key of the pattern, and how many digits it has.
func (p Pattern) number(key string) (n, digits int, ok bool) {
	text, ok := strings.CutPrefix(key, p.before)
	if !ok {
		return 0, 0, false
	}
	text, ok = strings.CutSuffix(text, p.after)
	if !ok || text == "" || len(text) > 9 || strings.Trim(text, "0123456789") != "" || p.digits > 0 && len(text) < p.digits {
		return 0, 0, false
	}
	n, err := strconv.Atoi(text)
	return n, len(text), err == nil
}

// Sequence is the pictures of a video: Count of them from First on. Low is the
// pattern of the smaller ones, or "".
type Sequence struct {
	High  string `json:"h"`
	Low   string `json:"l,omitempty"`
	First int    `json:"f"`
	Count int    `json:"c"`
}

// Arrange finds the pictures of a pattern among keys and checks them for gaps.
// The keys' own zeros count: "{n}" takes 7 and 007, but not both.
func (p Pattern) Arrange(keys []string) (Sequence, error) {
	var numbers []int
	lengths := map[int]int{} // digits by number
	for _, key := range keys {
		n, digits, ok := p.number(key)
		if !ok {
			continue
		}
		numbers = append(numbers, n)
		lengths[n] = max(lengths[n], digits)
		if len(numbers) > maxFrames {
			return Sequence{}, frameFault(fmt.Sprintf("More than %d frames are more than one request can hold.", maxFrames), "Register the video in the compact form.")
		}
	}
	if len(numbers) == 0 {
		return Sequence{}, frameFault(fmt.Sprintf("There is no frame that fits %q.", p), "Compare the pattern with the frames' keys.")
	}
	for n, digits := range lengths {
		if digits > len(strconv.Itoa(n)) {
			p.digits = max(p.digits, digits)
		}
	}
	for n, digits := range lengths {
		if digits != max(p.digits, len(strconv.Itoa(n))) {
			return Sequence{}, frameFault(fmt.Sprintf("The numbers of the frames of %q have different lengths.", p), "Name the frames alike.")
		}
	}
	slices.Sort(numbers)
	for i, n := range numbers[1:] {
		switch before := numbers[i]; {
		case n == before:
			return Sequence{}, frameFault(fmt.Sprintf("Frame %d of %q is there twice.", n, p), "Delete one of them.")
		case n != before+1:
			return Sequence{}, frameFault(fmt.Sprintf("Frame %d of %q is missing.", before+1, p), "Put it there, or name the frames anew without a gap.")
		}
	}
	if first := numbers[0]; first > 1 {
		return Sequence{}, frameFault(fmt.Sprintf("The frames of %q begin with number %d, so that earlier ones seem to be missing.", p, first), "Let them begin with 0 or 1.")
	}
	return Sequence{High: p.String(), First: numbers[0], Count: len(numbers)}, nil
}

// frames spells out the pictures, all of the video's size.
func (s *Sequence) frames(width, height int) ([]darwin.Frame, error) {
	if s == nil {
		return nil, nil
	}
	high, err := ParsePattern(s.High)
	if err != nil {
		return nil, err
	}
	var low Pattern
	if s.Low != "" {
		if low, err = ParsePattern(s.Low); err != nil {
			return nil, err
		}
	}
	frames := make([]darwin.Frame, s.Count)
	for i := range frames {
		frames[i] = darwin.Frame{High: high.Key(s.First + i), Width: width, Height: height}
		if s.Low != "" {
			frames[i].Low = low.Key(s.First + i)
		}
	}
	return frames, nil
}

func frameFault(what, do string) error { return &fault.Error{Kind: fault.Usage, What: what, Do: do} }

// Fits says whether a key is one of the pattern's.
func (p Pattern) Fits(key string) bool {
	_, _, ok := p.number(key)
	return ok
}

// FirstKey is the key of the first picture.
func (s Sequence) FirstKey() (string, error) {
	p, err := ParsePattern(s.High)
	return p.Key(s.First), err
}
