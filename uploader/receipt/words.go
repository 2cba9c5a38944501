package receipt

import (
	"fmt"

	"github.com/dustin/go-humanize"
)

// Headline is the one sentence that people look for: "412 of 412 are in
// Darwin."
func (s Summary) Headline() string {
	n := s.Counts[InDarwin]
	are := "are"
	if n == 1 {
		are = "is"
	}
	return fmt.Sprintf("%s of %s %s in Darwin.", humanize.Comma(int64(n)), humanize.Comma(int64(s.Files)), are)
}

// Rest says by cause what became of the files that are not in Darwin, a
// sentence each; it is empty if there are none.
func (s Summary) Rest() []string {
	var all []string
	for _, cause := range []struct {
		outcome   Outcome
		one, many string
	}{
		{Sent, "Darwin is still processing 1.", "Darwin is still processing %s."},
		{Refused, "1 could not be processed by Darwin.", "%s could not be processed by Darwin."},
		{Missing, "1 was confirmed and is missing in Darwin.", "%s were confirmed and are missing in Darwin."},
		{NeedsYou, "1 needs you.", "%s need you."},
		{Skipped, "1 was skipped.", "%s were skipped."},
		{NotSent, "1 was not sent.", "%s were not sent."},
		{SentAgain, "1 was sent again later.", "%s were sent again later."},
	} {
		switch n := s.Counts[cause.outcome]; n {
		case 0:
		case 1:
			all = append(all, cause.one)
		default:
			all = append(all, fmt.Sprintf(cause.many, humanize.Comma(int64(n))))
		}
	}
	return all
}
