package pace

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// pour takes n bytes through a throttle as so many transfers at once, and gives
// how long that took and the longest time that one of them stood still.
func pour(t *Throttle, transfers int, n int64) (took, stood time.Duration) {
	var mu sync.Mutex
	var all sync.WaitGroup
	began := time.Now()
	for range transfers {
		all.Go(func() {
			for left := n / int64(transfers); left > 0; {
				before := time.Now()
				portion := min(left, int64(t.Portion()))
				if t.Wait(context.Background(), int(portion)) != nil {
					return
				}
				left -= portion
				mu.Lock()
				stood = max(stood, time.Since(before))
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return time.Since(began), stood
}

func TestALimitOfSpeedHoldsForAllTransfersTogetherAndIsSmooth(t *testing.T) {
	for _, limit := range []int64{10_000, 250_000, 8_000_000, 2_000_000_000} {
		for _, transfers := range []int{1, 8} {
			synctest.Test(t, func(t *testing.T) {
				var throttle Throttle
				throttle.Set(limit)
				took, stood := pour(&throttle, transfers, 20*limit)
				if took < 19*time.Second || took > 21*time.Second {
					t.Errorf("%d transfers, %d bytes a second: what should take 20 s took %v", transfers, limit, took)
				}
				if stood > time.Second {
					t.Errorf("%d transfers, %d bytes a second: one stood still for %v", transfers, limit, stood)
				}
			})
		}
	}
}

func TestWithoutALimitOfSpeedNothingWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var throttle Throttle
		if took, _ := pour(&throttle, 4, 1<<30); took != 0 {
			t.Errorf("it took %v", took)
		}
		throttle.Set(1000)
		throttle.Set(0)
		if took, _ := pour(&throttle, 4, 1<<30); took != 0 {
			t.Errorf("after the limit was lifted it took %v", took)
		}
	})
}

func TestALimitOfSpeedChangesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var throttle Throttle
		throttle.Set(1) // as good as standing still: 1 KiB a second
		time.AfterFunc(10*time.Second, func() { throttle.Set(1 << 20) })
		took, _ := pour(&throttle, 8, 10<<20)
		if took < 19*time.Second || took > 21*time.Second {
			t.Errorf("ten seconds of nothing and ten of a megabyte took %v", took)
		}
	})
}

func TestWaitingForALimitOfSpeedEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var throttle Throttle
		throttle.Set(1024)
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		began := time.Now()
		for throttle.Wait(ctx, 512) == nil {
		}
		if took := time.Since(began); took > 100*time.Millisecond {
			t.Errorf("it took %v", took)
		}
	})
}

func TestALowLimitOfSpeedIsNotSharedByMany(t *testing.T) {
	for limit, want := range map[int64]int{0: 0, 1: 1, 10_000: 1, 100_000: 3, 1_000_000: 30, 100_000_000: MaxAutomatic} {
		if got := Sensible(limit); got != want {
			t.Errorf("%d bytes a second: %d at once, want %d", limit, got, want)
		}
	}
}
