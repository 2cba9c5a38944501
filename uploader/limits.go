package uploader

import "time"

// Limits hold the sending of all of an engine's batches back. The zero value
// holds nothing back.
type Limits struct {
	// BytesPerSecond is the most that leaves in a second, of all files
	// together; 0: no limit.
	BytesPerSecond int64
	// From and Until are times of the day, by this computer's clock and time
	// zone, since midnight: nothing is sent outside them. Until may be the
	// earlier one, then the hours go over midnight. Equal: at any time.
	From, Until time.Duration
}

// SetLimits sets what holds the sending back, at once, also for batches that
// run.
func (e *Engine) SetLimits(l Limits) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.limits = l
}

// SetWorkers sets how many files are sent at once, 0 for automatically, at
// once, also for batches that run. What is under way ends as it would.
func (e *Engine) SetWorkers(n int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.cfg.Workers = min(max(n, 0), MaxWorkers)
}
