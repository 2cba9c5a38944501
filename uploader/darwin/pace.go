package darwin

import (
	"context"
	"net/url"
	"sync"
	"time"

	bucket "golang.org/x/time/rate"
)

// Darwin documents 1,000 requests a minute for one key. A bucket of burst
// requests that fills again at perSecond lets at most burst + 60 * perSecond
// through in any minute: 970. A short batch is not slowed by it at all.
const (
	paceBurst     = 160
	pacePerSecond = 13.5
)

// pauseUnasked is how long all requests of a key wait after a 429 that names
// no time of its own (inferred; no source tells how Darwin's window moves).
const pauseUnasked = 1 * time.Second

// pace is the rhythm of all requests with one key: a bucket, and pauses that
// the server asked for. Safe for concurrent use.
type pace struct {
	mu     sync.Mutex
	bucket *bucket.Limiter // nil: no limit of our own
	until  time.Time
}

// newPace makes the pace for a server. perMinute is Config.RequestsPerMinute.
func newPace(server *url.URL, perMinute int) *pace {
	return &pace{bucket: newBucket(server, perMinute)}
}

func newBucket(server *url.URL, perMinute int) *bucket.Limiter {
	switch {
	case perMinute < 0:
		return nil
	case perMinute > 0:
		// A sixth of a minute's requests at once, the rest spread evenly.
		burst := max(1, perMinute/6)
		return bucket.NewLimiter(bucket.Limit(float64(perMinute-burst)/60), burst)
	case "https://"+server.Host == PublicServer:
		return bucket.NewLimiter(pacePerSecond, paceBurst)
	default:
		return nil
	}
}

// change puts another bucket in the place of the one so far. Requests that
// wait for the old one leave when it lets them.
func (p *pace) change(to *bucket.Limiter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bucket = to
}

func (p *pace) present() *bucket.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.bucket
}

// wait holds a request back until it may leave, or ctx ends.
func (p *pace) wait(ctx context.Context) error {
	if b := p.present(); b != nil {
		// The limiter refuses at once a wait that ctx's deadline would cut off;
		// either way the caller sees how ctx ends.
		if err := b.Wait(ctx); err != nil {
			<-ctx.Done()
			return ctx.Err()
		}
	}
	for {
		p.mu.Lock()
		pause := time.Until(p.until)
		p.mu.Unlock()
		if pause <= 0 {
			return ctx.Err()
		}
		t := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		case <-t.C:
		}
	}
}

// hold makes all requests wait, because the server said that there were too
// many. after is what it asked for, 0 if nothing.
func (p *pace) hold(after time.Duration) {
	if after <= 0 {
		after = pauseUnasked
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if until := time.Now().Add(after); until.After(p.until) {
		p.until = until
	}
}
