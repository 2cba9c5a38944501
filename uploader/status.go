package uploader

import (
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// Status is where one item is, for the window's row and the final report.
type Status struct {
	State State
	// Sent is how many bytes of the file have left. It does not fall when a
	// body has to start again: it rests until it is overtaken. It falls only if
	// the file turns out smaller while it is sent.
	Sent int64
	// Stage and Problem say what went wrong and where, nil if nothing did.
	Stage   Stage
	Problem *fault.Error
	// Reason is Darwin's word for why it skipped or blocked the item, else "".
	Reason darwin.Reason
	// Reached is what need not be done again if the item is sent another time.
	Reached Reached
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
	Bytes  int64 // of all items but those that were taken out
	Counts Counts
	// Sent counts the bytes that left. An item that was skipped, blocked or
	// failed counts with all its bytes, so that a batch that ran to its end
	// stands at Bytes. It falls only if a file turns out smaller while it is sent.
	Sent    int64
	Speed   float64       // bytes per second over the last seconds, 0 if unknown
	Workers int           // how many files may be sent at once as of now, by choice or automatically
	Left    time.Duration // until the end, 0 if unknown
	Elapsed time.Duration
	// Paused: the person paused it. Finishing: nothing new begins any more.
	Paused, Finishing bool
	// Waiting is not nil while the batch waits for the network. It goes on by
	// itself. Speed and Left are 0 then.
	Waiting *Waiting
	// Opens is not zero outside the hours of Engine.SetLimits: nothing is sent
	// until then. It goes on by itself.
	Opens time.Time
	Ended bool
	// Problem is what stopped the whole batch, nil if nothing did.
	Problem *fault.Error
	// Change grows with each change of an item's state; a window that saw the
	// same number before need not look at the states again.
	Change uint64
}

// Waiting is a batch's waiting for the network.
type Waiting struct {
	Since   time.Time    // of the first request that got no answer
	Problem *fault.Error // why the last probe got none
}
