package external

import (
	"context"
	"time"

	"darwin-uploader/uploader/darwin"
)

// Clock is the time that a run keeps to; tests have faster ones.
type Clock = darwin.Clock

// SystemClock is this computer's.
func SystemClock() Clock { return realClock{} }

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

func (realClock) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
