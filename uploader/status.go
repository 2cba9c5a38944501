package uploader

import (
	"time"

	"darwin-uploader/uploader/fault"
)

// Status is where one item is, for the window's row and the final report.
type Status struct {
	State State
	// Sent is how many bytes of the file have left. It never falls, also when
	// a body has to start again: then it rests until it is overtaken.
	Sent int64
	// Stage and Problem say what went wrong and where, nil if nothing did.
	Stage   Stage
	Problem *fault.Error
	// ItemID is Darwin's id of the item, "" until it is registered.
	ItemID string
}

// Counts is how many items of a batch are in each state.
type Counts [states]int

// Final is how many items have ended, one way or another.
func (c Counts) Final() int {
	n := 0
	for s, count := range c {
		if State(s).Final() {
			n += count
		}
	}
	return n
}

// NeedYou is how many items wait for the person: blocked or failed.
func (c Counts) NeedYou() int { return c[Blocked] + c[Failed] }

// Snapshot is a batch at one moment.
type Snapshot struct {
	Files  int
	Bytes  int64 // of all items
	Counts Counts
	// Sent counts bytes of the items that left; an item that ended without
	// being sent counts with all its bytes, so that a batch that has ended
	// stands at Bytes. It never falls.
	Sent    int64
	Speed   float64       // bytes per second over the last seconds, 0 if unknown
	Left    time.Duration // until the end, 0 if unknown
	Elapsed time.Duration
	Ended   bool
	// Problem is what stopped the whole batch, nil if nothing did.
	Problem *fault.Error
	// Change grows with each change of an item's state; a window that saw the
	// same number before need not look at the states again.
	Change uint64
}
