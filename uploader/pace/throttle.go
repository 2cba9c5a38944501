package pace

import (
	"context"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How a limit of bytes is spread. A portion is what may leave at once: small,
// so that the line is used evenly and each of several transfers moves often.
const (
	portions    = 50 // in a second
	minPortion  = 512
	maxPortion  = 32 << 10
	minPerSlot  = 32 << 10 // bytes per second below which one more transfer at once only slows the others
	slowestRate = 1 << 10
)

// Throttle bounds the bytes per second of all transfers together. The zero
// value bounds nothing.
type Throttle struct {
	mu      sync.Mutex
	bucket  *rate.Limiter // nil: no limit
	portion int
	changed chan struct{} // closed, and made anew, when the limit changes
}

// Set makes n bytes a second the limit, 0 none; at once, also for those who
// wait. Limits below 1 KiB a second are taken for that: nothing would look alive.
func (t *Throttle) Set(n int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.changed != nil {
		close(t.changed)
	}
	t.changed = make(chan struct{})
	t.bucket, t.portion = nil, maxPortion
	if n > 0 {
		n = max(n, slowestRate)
		t.portion = int(min(max(n/portions, minPortion), maxPortion))
		t.bucket = rate.NewLimiter(rate.Limit(n), 2*t.portion)
	}
}

// Portion is the most bytes that Wait should be asked for at once.
func (t *Throttle) Portion() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.bucket == nil {
		return maxPortion
	}
	return t.portion
}

// Wait returns when n more bytes may leave, or with ctx's error. More than a
// portion counts as one.
func (t *Throttle) Wait(ctx context.Context, n int) error {
	for {
		t.mu.Lock()
		bucket, portion, changed := t.bucket, t.portion, t.changed
		t.mu.Unlock()
		if bucket == nil || n <= 0 {
			return ctx.Err()
		}
		now := time.Now()
		turn := bucket.ReserveN(now, min(n, portion))
		pause := turn.DelayFrom(now)
		if pause <= 0 {
			return ctx.Err()
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
			return ctx.Err()
		case <-changed:
			timer.Stop()
		case <-ctx.Done():
			timer.Stop()
			turn.Cancel()
			return ctx.Err()
		}
	}
}

// Sensible is how many transfers at once a limit of n bytes a second keeps
// moving; 0 for no limit.
func Sensible(n int64) int {
	if n <= 0 {
		return 0
	}
	return int(min(max(n/minPerSlot, 1), MaxAutomatic))
}

// Bearable is how many transfers at once a limit of n bytes a second lets each
// be heard of often enough that storage does not give it up; 0 for no limit.
// Storage waits about 20 s (S3), and bytes leave in the pieces of a transport's
// buffer.
func Bearable(n int64) int {
	const buffer, silence = 4 << 10, 10 // bytes; seconds
	if n <= 0 {
		return 0
	}
	return int(min(max(n*silence/buffer, 1), math.MaxInt32))
}
