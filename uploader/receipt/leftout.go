package receipt

import (
	"fmt"
	"iter"

	"github.com/dustin/go-humanize"
)

// KeptLeftOut is how many lines of what was left out of an upload are kept at
// most; of what is beyond there is only the number. A whole disk that somebody
// dropped by mistake would fill the journal otherwise.
const KeptLeftOut = 5000

// LeftOutLines is how many of the lines about what was left out are kept.
func (s Summary) LeftOutLines() int { return min(s.LeftOut, KeptLeftOut) }

// WithLeftOut gives the lines of a receipt and behind them those that say what
// was left out; one line at the end stands for those that were not kept.
func (s Summary) WithLeftOut(lines iter.Seq2[Line, error], left []Line) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		for l, err := range lines {
			if !yield(l, err) {
				return
			}
		}
		for _, l := range left {
			if !yield(l, nil) {
				return
			}
		}
		if more := s.LeftOut - len(left); more > 0 {
			yield(Line{Outcome: LeftOut, Reason: fmt.Sprintf("%s more were left out and are not listed.", humanize.Comma(int64(more)))}, nil)
		}
	}
}
