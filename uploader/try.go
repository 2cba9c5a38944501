package uploader

import (
	"context"
	"time"

	"github.com/cenkalti/backoff/v5"

	"darwin-uploader/uploader/fault"
)

// try does one step of work that has begun: a pause does not hold it.
func (l *line) try(ctx context.Context, step func(context.Context) error) error {
	return l.attempt(ctx, false, step)
}

// start does one step that makes a file's bytes leave or brings it nearer to
// that: it, and each further try of it, waits for the end of a pause.
func (l *line) start(ctx context.Context, step func(context.Context) error) error {
	return l.attempt(ctx, true, step)
}

// attempt does one step, again and again while its problem is one that time or
// a new signature mends, and gives the last problem. A wait that the other side
// asked for is kept. What the network is to blame for does not count as a try.
func (l *line) attempt(ctx context.Context, fresh bool, step func(context.Context) error) error {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval = l.patience.FirstPause
	pauses.MaxInterval = l.patience.MaxPause
	pauses.Multiplier = 2
	pauses.RandomizationFactor = 0.5
	answered := 0   // tries that ended with an answer
	var lost []span // tries that ended without one
	for {
		if err := l.gate.enter(ctx, fresh); err != nil {
			return err
		}
		from := time.Now()
		cut, err := l.gate.run(ctx, step)
		if cut {
			continue
		}
		if err == nil {
			l.gate.heard()
			return nil
		}
		if ctx.Err() != nil {
			return err
		}
		problem := fault.Of(err)
		suspicious := l.gate.hear(problem)
		if r := problem.Reaction(); r != fault.Retry && r != fault.SignAgain {
			return problem
		}
		if unanswered(problem) {
			failed := span{from, time.Now()}
			lost = append(lost, failed)
			if suspicious || answered+len(lost) >= l.patience.Tries {
				l.gate.seek(ctx, failed.until)
				if err := l.gate.enter(ctx, false); err != nil {
					return err
				}
			}
			if lost = l.gate.own(lost); len(lost) == 0 {
				pauses.Reset()
				continue
			}
		} else {
			answered++
		}
		tries := answered + len(lost)
		if tries >= l.patience.Tries {
			return problem
		}
		pause := max(pauses.NextBackOff(), problem.After)
		l.log.Info("again", "kind", problem.Kind.String(), "status", problem.Status, "tries", tries, "pause", pause)
		back := pausing(ctx)
		slept := l.gate.sleep(ctx, pause, unanswered(problem))
		back()
		if !slept {
			return ctx.Err()
		}
	}
}
