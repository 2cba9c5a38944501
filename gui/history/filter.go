package history

import (
	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader/receipt"
)

// filter is which lines are shown.
type filter uint8

const (
	everything filter = iota
	inDarwin
	processing
	skipped
	needsYou
	notSent
	sentAgain
	leftOut
	filters
)

// outcomes are those that a filter lets through.
func (f filter) outcomes() []receipt.Outcome {
	switch f {
	case inDarwin:
		return []receipt.Outcome{receipt.InDarwin}
	case processing:
		return []receipt.Outcome{receipt.Sent}
	case skipped:
		return []receipt.Outcome{receipt.Skipped}
	case needsYou:
		return []receipt.Outcome{receipt.NeedsYou, receipt.Refused, receipt.Missing}
	case notSent:
		return []receipt.Outcome{receipt.NotSent}
	case sentAgain:
		return []receipt.Outcome{receipt.SentAgain}
	case leftOut:
		return []receipt.Outcome{receipt.LeftOut}
	default:
		return nil
	}
}

func (f filter) word() string {
	return [...]string{
		lang.L("All"), lang.L("In Darwin"), lang.L("Processing"), lang.L("Skipped"), lang.L("Needs you"), lang.L("Not sent"), lang.L("Sent again"),
		lang.L("Left out"),
	}[f]
}

// count is how many lines a filter lets through.
func (f filter) count(s receipt.Summary) int {
	switch f {
	case everything:
		return s.Files
	case leftOut:
		return s.LeftOut
	}
	n := 0
	for _, o := range f.outcomes() {
		n += s.Counts[o]
	}
	return n
}

func (f filter) selection(s receipt.Summary) selection {
	switch f {
	case everything:
		return selection{s.ID, []pick{{receipt.Every, s.Files}}}
	case leftOut:
		return selection{s.ID, []pick{{receipt.LeftOut, s.LeftOutLines()}}}
	}
	of := selection{id: s.ID}
	for _, o := range f.outcomes() {
		of.picks = append(of.picks, pick{o, s.Counts[o]})
	}
	return of
}
