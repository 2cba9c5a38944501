package receipt

import (
	"context"
	"time"

	"darwin-uploader/uploader/fault"
)

const (
	tries      = 3
	firstPause = 500 * time.Millisecond // doubles from try to try
	longPause  = 5 * time.Second        // a longer one that Darwin asks for is the caller's to wait
)

// patiently makes a call again if its answer was lost or Darwin is busy.
func patiently[T any](ctx context.Context, call func() (T, error)) (T, error) {
	pause := firstPause
	for try := 1; ; try++ {
		answer, err := call()
		if err == nil || try == tries || ctx.Err() != nil {
			return answer, err
		}
		problem := fault.Of(err)
		if problem.Reaction() != fault.Retry || problem.After > longPause {
			return answer, err
		}
		if err := sleep(ctx, max(pause, problem.After)); err != nil {
			return answer, err
		}
		pause *= 2
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
