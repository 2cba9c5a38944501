package history

import (
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/receipt"
)

func number(n int) string { return humanize.Comma(int64(n)) }

// arrived is how many files Darwin has confirmed and not lost or refused.
func arrived(c receipt.Counts) int { return c[receipt.InDarwin] + c[receipt.Sent] }

// failed is how many files need the person.
func failed(c receipt.Counts) int {
	return c[receipt.NeedsYou] + c[receipt.Refused] + c[receipt.Missing]
}

// again is what the one button sends: what failed, or, where nothing did and
// for those who look at what was not sent, that.
func again(c receipt.Counts, f filter) (which filter, words string, any bool) {
	if f == notSent || failed(c) == 0 {
		return notSent, "Send the other " + number(c[receipt.NotSent]), c[receipt.NotSent] > 0
	}
	return needsYou, "Send the " + number(failed(c)) + " again", true
}

// verdict is an upload in one line of the list, with the state that it stands for.
func verdict(s receipt.Summary, running bool) (widgets.StateKind, string) {
	c := s.Counts
	done, bad := arrived(c), failed(c)
	verb := "sent"
	if s.Imported {
		verb = "imported"
	}
	part := number(done) + " " + verb
	switch {
	case running:
		return widgets.StateSending, "Being sent now"
	case bad > 0:
		return widgets.StateNeedsYou, part + ", " + needWords(bad)
	case c[receipt.NotSent] > 0 && s.Ended.IsZero():
		return widgets.StateWaiting, "Interrupted, " + number(done) + " of " + number(s.Files) + " " + verb
	case c[receipt.NotSent] > 0:
		return widgets.StateSkipped, "Stopped, " + number(done) + " of " + number(s.Files) + " " + verb
	case c[receipt.Sent] > 0:
		return widgets.StateWaiting, "Darwin is processing " + number(c[receipt.Sent])
	case c[receipt.SentAgain] > 0:
		return widgets.StateInDarwin, part + ", " + number(c[receipt.SentAgain]) + " sent again later"
	case done == 0 && c[receipt.Skipped] > 0:
		return widgets.StateSkipped, "All " + number(c[receipt.Skipped]) + " were there already"
	case c[receipt.Skipped] > 0:
		return widgets.StateInDarwin, part + ", " + number(c[receipt.Skipped]) + " skipped"
	case s.Files == 1:
		return widgets.StateInDarwin, "1 file " + verb
	default:
		return widgets.StateInDarwin, "All " + number(done) + " " + verb
	}
}

func needWords(n int) string {
	if n == 1 {
		return "1 needs you"
	}
	return number(n) + " need you"
}

// facts is the line below the title of a receipt. Team is said where it is
// another than the one that the window works with.
func facts(s receipt.Summary, team string, now time.Time) string {
	end := s.Ended
	if end.IsZero() {
		end = s.Began
	}
	parts := []string{span(s.Began, end, now), humanize.Bytes(uint64(max(s.Bytes, 0)))}
	if s.From != "" {
		parts = append(parts, "from "+s.From)
	}
	if team != "" {
		parts = append(parts, "team "+team)
	}
	return strings.Join(parts, "  ·  ")
}

// happened is what a line's last column says, with its state. Short leaves
// the reason out where there is no room for it.
func happened(l receipt.Line, short bool) (widgets.StateKind, string) {
	kind, words, why := widgets.StateReady, "Not sent", ""
	switch l.Outcome {
	case receipt.Skipped:
		kind, words, why = widgets.StateSkipped, "Skipped", "there already"
	case receipt.NeedsYou:
		kind, words, why = widgets.StateNeedsYou, "Needs you", l.Reason
	case receipt.Sent:
		kind, words = widgets.StateWaiting, "Processing"
	case receipt.InDarwin:
		kind, words = widgets.StateInDarwin, "In Darwin"
	case receipt.Refused:
		kind, words, why = widgets.StateNeedsYou, "Not processed", l.Reason
	case receipt.Missing:
		kind, words, why = widgets.StateNeedsYou, "Missing", l.Reason
	case receipt.SentAgain:
		words = "Sent again later"
	}
	if short || why == "" {
		return kind, words
	}
	return kind, words + ": " + why
}

// sentence is the whole truth about one line.
func sentence(l receipt.Line) string {
	_, words := happened(l, true)
	text := l.Name + ": "
	switch {
	case l.Reason != "":
		text += words + ". " + l.Reason
	case l.Outcome == receipt.Skipped:
		text += "Skipped: there already. The dataset has an item with this name and folder."
	case l.Outcome == receipt.NotSent:
		text += "Not sent. The file was not changed."
	case l.Outcome == receipt.Sent:
		text += "Sent. Darwin is processing it."
	case l.Outcome == receipt.SentAgain:
		text += "It did not arrive with this upload, and a later one has it."
	case l.Outcome == receipt.Missing:
		text += "Darwin confirmed it, and does not have it any more."
	default:
		text += words + "."
	}
	if l.Path != "" {
		text += " On this computer it was " + l.Path + "."
	}
	return text
}
