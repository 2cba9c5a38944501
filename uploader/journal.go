package uploader

import (
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// Journal keeps what becomes of every item, so that a batch can go on after
// whatever ended this program. The package journal has one.
type Journal interface {
	// Begin opens the page of a batch: a new one with the plan's items, or,
	// if the plan goes on with an earlier batch, that batch's. What it was
	// given is safe from a crash when it returns.
	Begin(Plan) (Page, error)
}

// Page is one batch's part of a journal. Its methods may be called from any
// goroutine; entries about one item come in the order of what happened to it.
type Page interface {
	// Number is the journal's number of the batch, as in Plan.Batch.
	Number() int64
	// Add writes items that came later; first is the place of the first of
	// them in the batch. They are safe from a crash when it returns.
	Add(first int, items []Item) error
	// Record writes entries, which are safe from a crash when it returns.
	Record(entries ...Entry) error
	// Note writes entries before long. What a crash takes of them costs a look
	// at Darwin and nothing else.
	Note(entries ...Entry)
	// Close writes what Note was given and ends the page; no method may be
	// called after it. ended says that nothing is left to go on with. The
	// error is the first of the page's.
	Close(ended bool) error
}

// Entry is what has become of one item.
type Entry struct {
	Place    int   // of the item in the batch
	State    State // Stopped: it was taken out
	Reached  Reached
	Attempts int // how often its bytes were begun to be sent since its last entry

	// The file as it is taken for: it may have changed while it was sent.
	Size    int64
	ModTime time.Time

	// What Darwin or this computer did not like, as in Status.
	Stage   Stage
	Reason  darwin.Reason
	Problem *fault.Error
}

// noJournal keeps nothing.
type noJournal struct{}

func (noJournal) Begin(Plan) (Page, error) { return noPage{}, nil }

type noPage struct{}

func (noPage) Number() int64         { return 0 }
func (noPage) Add(int, []Item) error { return nil }
func (noPage) Record(...Entry) error { return nil }
func (noPage) Note(...Entry)         {}
func (noPage) Close(bool) error      { return nil }
