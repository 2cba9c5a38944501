package uploader

import (
	"context"
	"time"

	"github.com/cenkalti/backoff/v5"

	"darwin-uploader/uploader/fault"
)

// try does one step, again and again while its problem is one that time or a
// new signature mends, and gives the last problem. A wait that the other side
// asked for is kept.
func (l *line) try(ctx context.Context, step func() error) error {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval = l.patience.FirstPause
	pauses.MaxInterval = l.patience.MaxPause
	pauses.Multiplier = 2
	pauses.RandomizationFactor = 0.5
	tries := 0
	for {
		err := step()
		tries++
		if err == nil || ctx.Err() != nil {
			return err
		}
		problem := fault.Of(err)
		if r := problem.Reaction(); r != fault.Retry && r != fault.SignAgain || tries >= l.patience.Tries {
			return problem
		}
		pause := max(pauses.NextBackOff(), problem.After)
		l.log.Info("again", "kind", problem.Kind.String(), "status", problem.Status, "tries", tries, "pause", pause)
		if !sleep(ctx, pause) {
			return ctx.Err()
		}
	}
}

// sleep waits, and says false if ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
