package darwin

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// passing counts the requests that get through in each minute while there are
// always more than enough of them.
func passing(t *testing.T, p *pace, minutes int) []int {
	t.Helper()
	counts := make([]int, minutes)
	ctx, cancel := context.WithTimeout(t.Context(), time.Duration(minutes)*time.Minute)
	defer cancel()
	began := time.Now()
	var mu sync.Mutex
	var workers sync.WaitGroup
	for range 8 {
		workers.Go(func() {
			for p.wait(ctx) == nil {
				mu.Lock()
				if m := int(time.Since(began) / time.Minute); m < minutes {
					counts[m]++
				}
				mu.Unlock()
				time.Sleep(time.Millisecond) // the request itself, in the bubble's time
			}
		})
	}
	workers.Wait()
	return counts
}

func address(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := ParseServer(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestOnThePublicServerNoMinuteSeesAThousandRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for minute, n := range passing(t, newPace(address(t, PublicServer), 0), 4) {
			if n >= 1000 || n < 780 {
				t.Errorf("%d requests in minute %d", n, minute)
			}
		}
	})
}

func TestAShortBatchIsNotSlowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace(address(t, PublicServer), 0)
		began := time.Now()
		for range paceBurst {
			if err := p.wait(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took != 0 {
			t.Errorf("%d requests took %v", paceBurst, took)
		}
	})
}

func TestAnotherServerSetsThePaceItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace(address(t, "https://darwin.example.org"), 0)
		began := time.Now()
		for range 5000 {
			if err := p.wait(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took != 0 {
			t.Errorf("5000 requests took %v", took)
		}
		p.hold(7 * time.Second)
		p.hold(time.Second) // a shorter one does not end it
		if err := p.wait(t.Context()); err != nil || time.Since(began) != 7*time.Second {
			t.Errorf("it went on after %v, %v", time.Since(began), err)
		}
		p.hold(0)
		if err := p.wait(t.Context()); err != nil || time.Since(began) != 7*time.Second+pauseUnasked {
			t.Errorf("it went on after %v, %v", time.Since(began), err)
		}
	})
}

func TestANumberOfOnesOwnOverridesTheRule(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for minute, n := range passing(t, newPace(address(t, "https://darwin.example.org"), 60), 3) {
			if n > 61 || n < 45 {
				t.Errorf("%d requests in minute %d, want at most 60", n, minute)
			}
		}
		if p := newPace(address(t, PublicServer), -1); p.bucket != nil {
			t.Error("a limit is left although none is wanted")
		}
	})
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace(address(t, PublicServer), 1)
		p.hold(time.Hour)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		began := time.Now()
		for range 3 {
			if err := p.wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("it ends with %v", err)
			}
		}
		if took := time.Since(began); took != time.Minute {
			t.Errorf("it ended after %v", took)
		}
	})
}

func TestTheLimitChangesForTheNextRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace(address(t, "https://darwin.example"), 0)
		for range 100 {
			if err := p.wait(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		began := time.Now()
		p.change(newBucket(address(t, "https://darwin.example"), 60))
		for range 20 {
			if err := p.wait(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took < 10*time.Second || took > 13*time.Second {
			t.Errorf("20 requests took %v at 60 a minute", took)
		}
		began = time.Now()
		p.change(newBucket(address(t, "https://darwin.example"), -1))
		for range 100 {
			if err := p.wait(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took > 0 {
			t.Errorf("without a limit 100 requests took %v", took)
		}
	})
}
