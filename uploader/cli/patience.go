package cli

import (
	"context"
	"time"

	"darwin-uploader/uploader/fault"
)

// The patience of the calls before an upload: enough for a Darwin that is
// restarted or overrun for a moment, and not more than a person watches.
const (
	callTries  = 4
	firstPause = 250 * time.Millisecond // doubles from try to try
	maxPause   = 30 * time.Second       // a longer wait that Darwin asks for is told instead
)

// patiently makes a call again while Darwin is busy. Other problems, no network
// among them, are the person's to know at once.
func patiently[T any](ctx context.Context, call func() (T, error)) (T, error) {
	pause := firstPause
	for try := 1; ; try++ {
		answer, err := call()
		busy := fault.Of(err)
		if err == nil || busy.Kind != fault.Busy || try == callTries || busy.After > maxPause {
			return answer, err
		}
		wait := time.NewTimer(max(pause, busy.After))
		select {
		case <-ctx.Done():
			wait.Stop()
			return answer, ctx.Err()
		case <-wait.C:
		}
		pause *= 2
	}
}
