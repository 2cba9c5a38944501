package darwin

import (
	"context"
	"sync"
	"time"

	bucket "golang.org/x/time/rate"
)

// The rhythm of registrations from storages, in requests a minute. As many as
// burst may leave at once, and usual ones a minute after them; slack is for those
// that are longer on their way than others, so that no minute at Darwin has more
// than ExternalPerMinute.
const (
	externalBurst = 4
	externalSlack = 2
	externalUsual = ExternalPerMinute - externalBurst - externalSlack
	externalLeast = 6
	externalGain  = 0.5 // more for each request that was taken
)

// externalPause is how long registrations wait after a 429 that names no time of
// its own.
const externalPause = 5 * time.Second

// Clock is the time that a wait keeps to; tests have faster ones.
type Clock interface {
	Now() time.Time
	// Sleep returns after d, or when ctx ends, with its error.
	Sleep(ctx context.Context, d time.Duration) error
}

// ExternalPace is the rhythm of all registrations from storages that one client
// makes, whoever asks for them: below ExternalPerMinute, and slower for some
// time where Darwin refuses more, because another program uses the key. Programs
// that share a key come to share the minute about evenly so. It is safe for
// concurrent use; all who use it keep to one clock.
type ExternalPace struct {
	mu        sync.Mutex
	bucket    *bucket.Limiter
	perMinute float64
	until     time.Time // nothing leaves before
}

func newExternalPace() *ExternalPace {
	return &ExternalPace{bucket: bucket.NewLimiter(externalUsual/60.0, externalBurst), perMinute: externalUsual}
}

// Wait holds a registration back until it may leave, or ctx ends.
func (p *ExternalPace) Wait(ctx context.Context, clock Clock) error {
	for {
		wait, held := p.reserve(clock.Now())
		if err := clock.Sleep(ctx, wait); err != nil {
			return err
		}
		if !held && !p.held(clock.Now()) {
			return nil
		}
	}
}

// reserve gives how long to wait for a turn, or, with held, for the end of a
// pause.
func (p *ExternalPace) reserve(now time.Time) (wait time.Duration, held bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Before(p.until) {
		return p.until.Sub(now), true
	}
	return p.bucket.ReserveN(now, 1).DelayFrom(now), false
}

func (p *ExternalPace) held(now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return now.Before(p.until)
}

// Refused says that Darwin answered 429 to a registration, and asked for a pause
// of after, 0 if it did not say. Answers to requests that left before the last
// one slow it down no further.
func (p *ExternalPace) Refused(now time.Time, after time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !now.Before(p.until) {
		p.perMinute = max(p.perMinute/2, externalLeast)
		p.bucket = bucket.NewLimiter(bucket.Limit(p.perMinute/60), 1)
	}
	if until := now.Add(max(after, externalPause)); until.After(p.until) {
		p.until = until
	}
}

// Taken says that Darwin took a registration.
func (p *ExternalPace) Taken(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.perMinute < externalUsual {
		p.perMinute = min(p.perMinute+externalGain, externalUsual)
		p.bucket.SetLimitAt(now, bucket.Limit(p.perMinute/60))
	}
}
