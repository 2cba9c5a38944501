package sandbox

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// rate counts the API calls of the one key.
type rate struct {
	most   int // in any minute, 0 for no limit
	minute time.Duration

	mu   sync.Mutex
	last []time.Time // the newest calls, at most as many as a minute may have, in a ring
	next int         // the oldest of them, once the ring is full
}

// take counts a call, or says how long to wait until there is room for one.
func (r *rate) take(now time.Time) (wait time.Duration, ok bool) {
	if r.most <= 0 {
		return 0, true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.last) < r.most {
		r.last = append(r.last, now)
		return 0, true
	}
	if wait := r.minute - now.Sub(r.last[r.next]); wait > 0 {
		return wait, false
	}
	r.last[r.next] = now
	r.next = (r.next + 1) % r.most
	return 0, true
}

// tooMany answers a call beyond the rate. Its body is inferred: only that of a
// full storage is known.
func (x *exchange) tooMany(wait time.Duration) {
	x.w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	x.detail(http.StatusTooManyRequests, "Too Many Requests")
}
