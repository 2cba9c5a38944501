package pace

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Storage gives a transfer up from which it hears nothing for 20 s (S3), and
// what a transport hands over leaves in pieces of 4 KiB (Go's).
func TestUnderALowLimitEachTransferIsHeardOfInTime(t *testing.T) {
	const piece, silence = 4 << 10, 20 * time.Second
	for _, limit := range []int64{1 << 10, 5_000, 20_000, 50_000, 1_000_000} {
		for _, fixed := range []int{0, 8, 64, 256} {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
				defer cancel()
				var throttle Throttle
				throttle.Set(limit)
				crew := NewCrew(fixed)
				crew.Bound(Sensible(limit))
				crew.BoundFixed(Bearable(limit))
				var longest time.Duration
				var mu sync.Mutex
				var all sync.WaitGroup
				for range 256 {
					all.Go(func() {
						call, err := crew.Begin(ctx, Send)
						if err != nil {
							return
						}
						defer call.End(Done)
						heard := time.Now()
						for sent := 0; sent < 8*piece; {
							n := throttle.Portion()
							if throttle.Wait(ctx, n) != nil {
								return
							}
							if before := sent / piece; (sent+n)/piece > before {
								mu.Lock()
								longest = max(longest, time.Since(heard))
								mu.Unlock()
								heard = time.Now()
							}
							sent += n
						}
					})
				}
				all.Wait()
				if longest > silence {
					t.Errorf("%d at once at %d bytes a second: nothing is heard of one for %v", fixed, limit, longest)
				}
			})
		}
	}
}
