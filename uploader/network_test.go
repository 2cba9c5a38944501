package uploader

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// computer is one whose clock and addresses the test sets.
type computer struct {
	*watcher
	ahead time.Duration
	list  []string
	drops int
}

// aboard runs f with a request under way that only a cut ends, and says
// whether it was cut.
func aboard(t *testing.T, f func(c *computer)) (wasCut bool) {
	synctest.Test(t, func(t *testing.T) {
		c := &computer{list: []string{"10.0.0.7/24", "127.0.0.1/8"}}
		g := newGate(func(context.Context) error { return nil }, nil)
		g.drop = func() { c.drops++ }
		c.watcher = &watcher{
			now:       func() time.Time { return time.Now().Add(c.ahead) },
			addresses: func() []string { return c.list }, gate: g,
		}
		c.begin()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			wasCut, _ = g.run(ctx, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
		}()
		f(c)
		cancel()
		<-done
	})
	return wasCut
}

func (c *computer) steps(n int) {
	for range n {
		time.Sleep(watchStep)
		c.look()
	}
	synctest.Wait()
}

func TestWhatIsUnderWayIsCutOnlyWhenItsConnectionIsLost(t *testing.T) {
	for name, tc := range map[string]struct {
		happens func(c *computer)
		cut     bool
		drops   int
	}{
		"nothing":                {func(c *computer) { c.steps(1000) }, false, 0},
		"a sleep":                {func(c *computer) { c.steps(3); c.ahead = time.Minute; c.steps(1) }, true, 1},
		"a clock that is set":    {func(c *computer) { c.ahead = 5 * time.Second; c.steps(5) }, false, 0},
		"a clock that goes back": {func(c *computer) { c.ahead = -time.Hour; c.steps(5) }, false, 0},
		"one more address":       {func(c *computer) { c.list = append(c.list, "172.17.0.1/16"); c.steps(20) }, false, 1},
		"one address less":       {func(c *computer) { c.list = c.list[1:]; c.steps(20) }, true, 1},
		"another address":        {func(c *computer) { c.list = []string{"10.0.0.9/24", "127.0.0.1/8"}; c.steps(20) }, true, 1},
		"a moment without": {func(c *computer) {
			all := c.list
			c.list = c.list[1:]
			c.steps(1)
			c.list = all
			c.steps(1)
		}, false, 2},
		"bytes that still move": {func(c *computer) {
			c.list = c.list[1:]
			for range 20 {
				c.steps(1)
				for f := range c.gate.flying {
					f.moved.Store(time.Now().UnixNano())
				}
			}
		}, false, 1},
	} {
		drops := 0
		wasCut := aboard(t, func(c *computer) { tc.happens(c); drops = c.drops })
		if wasCut != tc.cut || drops != tc.drops {
			t.Errorf("%s: cut is %v, idle connections were closed %d times", name, wasCut, drops)
		}
	}
}

func TestARequestThatIsCutIsDoneAgainAndCostsNoTry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := patientLine()
		n := 0
		err := l.try(t.Context(), func(ctx context.Context) error {
			if n++; n > 20 {
				return nil
			}
			time.AfterFunc(time.Second, func() { l.gate.cut(time.Now()) })
			<-ctx.Done()
			return ctx.Err()
		})
		if err != nil || n != 21 {
			t.Errorf("after %d tries: %v", n, err)
		}
	})
}

func TestThisComputersAddressesAreRead(t *testing.T) {
	if len(addresses()) == 0 {
		t.Error("none, not even its own")
	}
}
