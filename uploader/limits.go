package uploader

import (
	"context"
	"time"

	"darwin-uploader/uploader/pace"
)

// Limits hold the sending of all of an engine's batches back. The zero value
// holds nothing back.
type Limits struct {
	// BytesPerSecond is the most that leaves in a second, of all files
	// together; 0: no limit.
	BytesPerSecond int64
	// From and Until are times of the day, by this computer's clock and time
	// zone, since midnight, in whole minutes: nothing is sent outside them.
	// Until may be the earlier one, then the hours go over midnight. Equal: at
	// any time.
	From, Until time.Duration
}

func (l Limits) hours() pace.Hours { return pace.Hours{From: l.From, Until: l.Until} }

// SetLimits sets what holds the sending back, at once, also for batches that
// run. Outside the hours nothing new begins; transfers under way stand still,
// and are begun anew when the hours come if that takes longer than storage
// waits. None of them fails for it.
func (e *Engine) SetLimits(l Limits) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if l.BytesPerSecond != e.limits.BytesPerSecond {
		e.throttle.Set(l.BytesPerSecond)
	}
	e.limits = l
	for b := range e.running {
		b.limit(l)
	}
}

// SetWorkers sets how many files are sent at once, 0 for automatically, at
// once, also for batches that run. What is under way ends as it would.
func (e *Engine) SetWorkers(n int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.cfg.Workers = min(max(n, 0), MaxWorkers)
	for b := range e.running {
		b.crew.Set(e.cfg.Workers)
	}
}

// enlist makes a batch heed the limits from now on.
func (e *Engine) enlist(b *Batch) {
	e.mu.Lock()
	defer e.mu.Unlock()
	b.crew.Set(e.cfg.Workers)
	b.limit(e.limits)
	e.running[b] = true
}

func (e *Engine) discharge(b *Batch) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.running, b)
}

func (b *Batch) limit(l Limits) {
	b.crew.Bound(pace.Sensible(l.BytesPerSecond))
	b.crew.BoundFixed(pace.Bearable(l.BytesPerSecond))
	b.hours.set(l.hours())
	b.gate.opensAt(l.hours().Opens(time.Now()))
}

// brake is what the bytes of a file pass: the hours, and the limit that all
// files share.
type brake struct {
	gate     *gate
	throttle *pace.Throttle
}

// Portion is storage.Pacer's.
func (b brake) Portion() int { return b.throttle.Portion() }

// Wait is storage.Pacer's.
func (b brake) Wait(ctx context.Context, n int) error {
	if err := b.gate.flow(ctx); err != nil {
		return err
	}
	return b.throttle.Wait(ctx, n)
}
