package receipt

import (
	"time"

	"darwin-uploader/uploader/darwin"
)

// Outcome is what became of one file.
type Outcome uint8

// The outcomes, from a file that never left to one that Darwin lost.
const (
	NotSent   Outcome = iota // the upload was stopped before its turn, or it was taken out, or is still to be sent
	Skipped                  // the dataset has an item of this name and folder already
	NeedsYou                 // blocked by Darwin or not to be sent from here; the person can act
	Sent                     // Darwin has confirmed it and has not said yet that it is ready
	InDarwin                 // Darwin has processed it
	Refused                  // Darwin could not process it
	Missing                  // it was confirmed, and Darwin does not have it
	SentAgain                // it did not arrive with this upload, and a later one has taken it over

	outcomes = int(SentAgain) + 1
)

// Every stands for all outcomes where one can be chosen, and LeftOut for what
// was never taken into the upload; neither is in Counts.
const (
	Every   Outcome = 0xff
	LeftOut Outcome = 0xfe
)

// leftOutWord is LeftOut in receipts.
const leftOutWord = "left out"

var words = [outcomes]string{"not sent", "skipped", "needs you", "sent", "in darwin", "refused", "missing", "sent again"}

// String is the outcome's word in receipts and in the journal.
func (o Outcome) String() string {
	switch {
	case int(o) < outcomes:
		return words[o]
	case o == LeftOut:
		return leftOutWord
	default:
		return "unknown"
	}
}

// OutcomeOf is the outcome of this word; ok is false if there is none.
func OutcomeOf(word string) (o Outcome, ok bool) {
	for i, w := range words {
		if w == word {
			return Outcome(i), true
		}
	}
	return 0, false
}

// Line is one file of a receipt.
type Line struct {
	Place        int    // in the upload, from 0
	Path         string // on this computer, as it was added
	Name, Folder string // in Darwin; Folder begins with "/"
	Size         int64  // bytes
	ItemID       string // Darwin's, "" if it was never registered
	Outcome      Outcome
	Reason       string    // a sentence, or ""
	Ended        time.Time // when it was sent, skipped or given up; zero before that, and where nobody wrote it down
	At           time.Time // when Darwin settled it; zero as long as it has not, and where there is nothing to settle
	ModTime      time.Time // the file's own, as it was sent; zero where it is not known
}

// Counts is how many files have each outcome.
type Counts [outcomes]int

// Bad is how many files are not in Darwin and will not come there by
// themselves.
func (c Counts) Bad() int { return c[NotSent] + c[Skipped] + c[NeedsYou] + c[Refused] + c[Missing] }

// Summary is a receipt without its lines.
type Summary struct {
	ID              int64  // the journal's number of the upload
	Server, Account string // the server's address; the account of the settings, "" if the key came from elsewhere
	Dataset         darwin.Dataset
	From            string // what was dropped, such as a folder's name, or ""
	Began           time.Time
	Ended           time.Time // zero: it can go on
	Settled         time.Time // zero: Darwin has not settled every file that was confirmed
	Files           int
	Bytes           int64
	Counts          Counts
	LeftOut         int    // files and folders that were not taken into it, beside Files
	Imported        bool   // its files came from a bucket that Darwin reads, not from this computer
	Storage         string // the name of that bucket's storage in Darwin
	Lacking         int    // of an import's NeedsYou: rows that lack something, which no other try mends
}

// Pending is a file that Darwin confirmed and has not settled.
type Pending struct {
	Place  int
	ItemID string
}

// Verdict is what became of a pending file.
type Verdict struct {
	Place   int
	Outcome Outcome // InDarwin, Refused or Missing
	Reason  string  // a sentence, or ""
	At      time.Time
	// Waiting: Missing, and Darwin lists the item as one that waits for its
	// file, which can be sent under the old id.
	Waiting bool
}
