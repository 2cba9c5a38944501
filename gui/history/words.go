package history

import (
	"path/filepath"
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
// for those who look at what was not sent, that. Of an import only what another
// try can mend.
func again(s receipt.Summary, f filter) (which filter, words string, any bool) {
	bad, open := failed(s.Counts), s.Counts[receipt.NotSent]
	if s.Imported {
		bad -= s.Lacking + s.Counts[receipt.Refused]
	}
	rest := f == notSent || bad == 0
	switch {
	case rest && s.Imported:
		return notSent, lang.N("Import the other %s", "Import the other %s", open), open > 0
	case rest:
		return notSent, lang.N("Send the other %s", "Send the other %s", open), open > 0
	case s.Imported:
		return needsYou, lang.N("Import the %s again", "Import the %s again", bad), true
	default:
		return needsYou, lang.N("Send the %s again", "Send the %s again", bad), true
	}
}

// verdict is an upload in one line of the list, with the state that it stands
// for, and what to say where there is little room.
func verdict(s receipt.Summary, running bool) (kind widgets.StateKind, words, brief string) {
	c := s.Counts
	done, bad := arrived(c), failed(c)
	some, part := lang.L("%s sent", lang.Number(done)), lang.L("%s of %s sent", lang.Number(done), lang.Number(s.Files))
	all := lang.N("%s file sent", "All %s sent", done)
	if s.Imported {
		some, part = lang.L("%s imported", lang.Number(done)), lang.L("%s of %s imported", lang.Number(done), lang.Number(s.Files))
		all = lang.N("%s item imported", "All %s imported", done)
	}
	both := func(kind widgets.StateKind, other string) (widgets.StateKind, string, string) {
		return kind, lang.L("%s, %s", some, other), other
	}
	same := func(kind widgets.StateKind, words string) (widgets.StateKind, string, string) {
		return kind, words, words
	}
	switch {
	case running && s.Imported:
		return same(widgets.StateSending, lang.L("Being imported now"))
	case running:
		return same(widgets.StateSending, lang.L("Being sent now"))
	case bad > 0:
		return both(widgets.StateNeedsYou, lang.N("%s needs you", "%s need you", bad))
	case c[receipt.NotSent] > 0 && s.Ended.IsZero():
		return widgets.StateWaiting, lang.L("Interrupted, %s", part), part
	case c[receipt.NotSent] > 0:
		return widgets.StateSkipped, lang.L("Stopped, %s", part), part
	case c[receipt.Sent] > 0:
		return same(widgets.StateWaiting, lang.N("Darwin is processing %s", "Darwin is processing %s", c[receipt.Sent]))
	case c[receipt.SentAgain] > 0:
		return both(widgets.StateInDarwin, lang.N("%s sent again later", "%s sent again later", c[receipt.SentAgain]))
	case done == 0 && c[receipt.Skipped] > 0:
		return widgets.StateSkipped, lang.N("%s was there already", "All %s were there already", c[receipt.Skipped]),
			lang.N("%s skipped", "%s skipped", c[receipt.Skipped])
	case c[receipt.Skipped] > 0:
		return both(widgets.StateInDarwin, lang.N("%s skipped", "%s skipped", c[receipt.Skipped]))
	default:
		return same(widgets.StateInDarwin, all)
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
	if s.Storage != "" {
		parts = append(parts, lang.L("storage %s", s.Storage))
	}
	if s.From != "" {
		parts = append(parts, lang.L("from %s", s.From))
	}
	if team != "" {
		parts = append(parts, lang.L("team %s", team))
	}
	return strings.Join(parts, "  ·  ")
}

// lineName is the file's name in Darwin, or, of one that was left out, here.
func lineName(l receipt.Line) string {
	if l.Name == "" {
		return filepath.Base(l.Path)
	}
	return l.Name
}

// ended is when a line's file was done with, zero if that is not known.
func ended(l receipt.Line) time.Time {
	if l.Ended.IsZero() {
		return l.At
	}
	return l.Ended
}

// happened is what a line's last column says, with its state. Short leaves
// the reason out where there is no room for it.
func happened(l receipt.Line, imported, short bool) (widgets.StateKind, string) {
	kind, words, why := widgets.StateReady, lang.L("Not sent"), ""
	switch l.Outcome {
	case receipt.NotSent:
		if imported {
			words = lang.L("Not imported")
		}
	case receipt.Skipped:
		kind, words, why = widgets.StateSkipped, lang.L("Skipped"), lang.L("there already")
	case receipt.NeedsYou:
		kind, words, why = widgets.StateNeedsYou, lang.L("Needs you"), lang.S(l.Reason)
	case receipt.Sent:
		kind, words = widgets.StateWaiting, lang.L("Processing")
	case receipt.InDarwin:
		kind, words = widgets.StateInDarwin, lang.L("In Darwin")
	case receipt.Refused:
		kind, words, why = widgets.StateNeedsYou, lang.L("Not processed"), reason(l)
	case receipt.Missing:
		kind, words, why = widgets.StateNeedsYou, lang.L("Missing"), lang.S(l.Reason)
	case receipt.SentAgain:
		words = lang.L("Sent again later")
	case receipt.LeftOut:
		kind, words, why = widgets.StateSkipped, lang.L("Left out"), lang.S(l.Reason)
	}
	if short || why == "" {
		return kind, words
	}
	return kind, lang.L("%s: %s", words, why)
}

// sentence is the whole truth about one line.
func sentence(l receipt.Line, imported bool) string {
	_, words := happened(l, imported, l.Outcome != receipt.Skipped)
	text := lang.L("%s: %s.", lineName(l), words)
	if why := because(l, imported); why != "" {
		text = lang.Sentences(text, why)
	}
	switch {
	case l.Path == "":
	case imported:
		text = lang.Sentences(text, lang.L("In the storage it is %s.", l.Path))
	case l.Outcome == receipt.LeftOut:
		text = lang.Sentences(text, lang.L("On this computer it is %s.", l.Path))
	default:
		text = lang.Sentences(text, lang.L("On this computer it was %s.", l.Path))
	}
	return text
}

// reason is what the receipt gives as the reason of a line, and what to do here: sending a refused file again replaces its item.
func reason(l receipt.Line) string {
	if l.Outcome == receipt.Refused && l.Reason != "" {
		return lang.Fault(receipt.Refusal(l.Reason))
	}
	return lang.S(l.Reason)
}

// because is why a line came to be what it is, in a sentence, "" if nobody asks.
func because(l receipt.Line, imported bool) string {
	if why := reason(l); why != "" {
		return why
	}
	switch l.Outcome {
	case receipt.Skipped:
		return lang.L("The dataset has an item with this name and folder.")
	case receipt.NotSent:
		if imported {
			return lang.L("The object in the storage was not touched.")
		}
		return lang.L("The file was not changed.")
	case receipt.Sent:
		return lang.L("Darwin has it and is not done with it.")
	case receipt.SentAgain:
		return lang.L("It did not arrive with this upload, and a later one has it.")
	case receipt.Missing:
		return lang.L("Darwin confirmed it, and does not have it any more.")
	}
	return ""
}
