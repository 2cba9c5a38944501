package history

import (
	"strings"
	"time"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/receipt"
)

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
		n := c[receipt.NotSent]
		return notSent, lang.N("Send the other %s", "Send the other %s", n), n > 0
	}
	return needsYou, lang.N("Send the %s again", "Send the %s again", failed(c)), true
}

// verdict is an upload in one line of the list, with the state that it stands for.
func verdict(s receipt.Summary, running bool) (widgets.StateKind, string) {
	c := s.Counts
	done, bad := arrived(c), failed(c)
	some, part := lang.L("%s sent", lang.Number(done)), lang.L("%s of %s sent", lang.Number(done), lang.Number(s.Files))
	all := lang.N("%s file sent", "All %s sent", done)
	if s.Imported {
		some, part = lang.L("%s imported", lang.Number(done)), lang.L("%s of %s imported", lang.Number(done), lang.Number(s.Files))
		all = lang.N("%s item imported", "All %s imported", done)
	}
	switch {
	case running:
		return widgets.StateSending, lang.L("Being sent now")
	case bad > 0:
		return widgets.StateNeedsYou, lang.L("%s, %s", some, lang.N("%s needs you", "%s need you", bad))
	case c[receipt.NotSent] > 0 && s.Ended.IsZero():
		return widgets.StateWaiting, lang.L("Interrupted, %s", part)
	case c[receipt.NotSent] > 0:
		return widgets.StateSkipped, lang.L("Stopped, %s", part)
	case c[receipt.Sent] > 0:
		return widgets.StateWaiting, lang.N("Darwin is processing %s", "Darwin is processing %s", c[receipt.Sent])
	case c[receipt.SentAgain] > 0:
		return widgets.StateInDarwin, lang.L("%s, %s", some, lang.N("%s sent again later", "%s sent again later", c[receipt.SentAgain]))
	case done == 0 && c[receipt.Skipped] > 0:
		return widgets.StateSkipped, lang.N("%s was there already", "All %s were there already", c[receipt.Skipped])
	case c[receipt.Skipped] > 0:
		return widgets.StateInDarwin, lang.L("%s, %s", some, lang.N("%s skipped", "%s skipped", c[receipt.Skipped]))
	default:
		return widgets.StateInDarwin, all
	}
}

// facts is the line below the title of a receipt. Team is said where it is
// another than the one that the window works with.
func facts(s receipt.Summary, team string, now time.Time) string {
	end := s.Ended
	if end.IsZero() {
		end = s.Began
	}
	parts := []string{span(s.Began, end, now)}
	if !s.Imported { // nobody knows the sizes of what lies in a bucket
		parts = append(parts, lang.Size(s.Bytes))
	}
	if s.From != "" {
		parts = append(parts, lang.L("from %s", s.From))
	}
	if team != "" {
		parts = append(parts, lang.L("team %s", team))
	}
	return strings.Join(parts, "  ·  ")
}

// happened is what a line's last column says, with its state. Short leaves
// the reason out where there is no room for it.
func happened(l receipt.Line, short bool) (widgets.StateKind, string) {
	kind, words, why := widgets.StateReady, lang.L("Not sent"), ""
	switch l.Outcome {
	case receipt.Skipped:
		kind, words, why = widgets.StateSkipped, lang.L("Skipped"), lang.L("there already")
	case receipt.NeedsYou:
		kind, words, why = widgets.StateNeedsYou, lang.L("Needs you"), lang.S(l.Reason)
	case receipt.Sent:
		kind, words = widgets.StateWaiting, lang.L("Processing")
	case receipt.InDarwin:
		kind, words = widgets.StateInDarwin, lang.L("In Darwin")
	case receipt.Refused:
		kind, words, why = widgets.StateNeedsYou, lang.L("Not processed"), lang.S(l.Reason)
	case receipt.Missing:
		kind, words, why = widgets.StateNeedsYou, lang.L("Missing"), lang.S(l.Reason)
	case receipt.SentAgain:
		words = lang.L("Sent again later")
	}
	if short || why == "" {
		return kind, words
	}
	return kind, lang.L("%s: %s", words, why)
}

// sentence is the whole truth about one line.
func sentence(l receipt.Line) string {
	_, words := happened(l, l.Outcome != receipt.Skipped)
	why := lang.S(l.Reason)
	switch {
	case why != "":
	case l.Outcome == receipt.Skipped:
		why = lang.L("The dataset has an item with this name and folder.")
	case l.Outcome == receipt.NotSent:
		why = lang.L("The file was not changed.")
	case l.Outcome == receipt.Sent:
		why = lang.L("Darwin has it and is not done with it.")
	case l.Outcome == receipt.SentAgain:
		why = lang.L("It did not arrive with this upload, and a later one has it.")
	case l.Outcome == receipt.Missing:
		why = lang.L("Darwin confirmed it, and does not have it any more.")
	}
	text := lang.L("%s: %s.", l.Name, words)
	if why != "" {
		text += " " + why
	}
	if l.Path != "" {
		text += " " + lang.L("On this computer it was %s.", l.Path)
	}
	return text
}
