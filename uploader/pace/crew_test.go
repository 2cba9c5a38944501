package pace

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
)

// world is a Darwin and a storage that a crew works with.
type world struct {
	api, storage time.Duration
	perConn      int           // bytes per second of one transfer, 0: any
	line         *rate.Limiter // bytes per second of all together, nil: any
	atOnce       int           // more than so many are refused, 0: none
	bad          float64       // share that is refused whatever is done

	mu                      sync.Mutex
	inFlight                [2]int
	requests, refused, most int
	dice                    *rand.Rand
}

// enter says whether a request is taken.
func (w *world) enter(host int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.requests++
	all := w.inFlight[0] + w.inFlight[1]
	if w.atOnce > 0 && all >= w.atOnce || w.dice.Float64() < w.bad {
		w.refused++
		return false
	}
	w.inFlight[host]++
	w.most = max(w.most, all+1)
	return true
}

func (w *world) leave(host int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inFlight[host]--
}

// request makes one until it is taken, as the engine does.
func (w *world) request(c *Crew, s Stage, work func(*Call)) {
	for {
		call, err := c.Begin(context.Background(), s)
		if err != nil {
			return
		}
		if !w.enter(s.host()) {
			call.End(Refused)
			time.Sleep(250*time.Millisecond + time.Duration(rand.IntN(500))*time.Millisecond)
			continue
		}
		work(call)
		w.leave(s.host())
		call.End(Done)
		return
	}
}

func (w *world) send(call *Call, size int64) {
	for left := size; left > 0; {
		n := min(left, 32<<10)
		if w.perConn > 0 {
			time.Sleep(time.Duration(float64(n) / float64(w.perConn) * float64(time.Second)))
		}
		if w.line != nil {
			_ = w.line.WaitN(context.Background(), int(n))
		}
		call.Moved(n)
		left -= n
	}
	time.Sleep(w.storage)
}

// upload takes n files through a crew, and gives how long it took and the
// number of files at once each second.
func (w *world) upload(c *Crew, n int, size int64) (took time.Duration, files []int) {
	w.dice = rand.New(rand.NewPCG(1, 2))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	registered, signed, stored := make(chan int, n), make(chan int), make(chan int, n)
	for i := range n {
		registered <- i
	}
	var pool sync.WaitGroup
	left := n
	var mu sync.Mutex
	stage := func(s Stage, from <-chan int, handle func(int)) {
		pool.Go(func() {
			for c.Enter(ctx, s) == nil {
				select {
				case <-ctx.Done():
					c.Leave(s)
					return
				case i := <-from:
					pool.Go(func() {
						defer c.Leave(s)
						handle(i)
					})
				}
			}
		})
	}
	stage(Sign, registered, func(i int) {
		w.request(c, Sign, func(*Call) { time.Sleep(w.api) })
		signed <- i
	})
	stage(Send, signed, func(i int) {
		w.request(c, Send, func(call *Call) { w.send(call, size) })
		stored <- i
	})
	stage(Confirm, stored, func(int) {
		w.request(c, Confirm, func(*Call) { time.Sleep(w.api) })
		mu.Lock()
		defer mu.Unlock()
		if left--; left == 0 {
			cancel()
		}
	})
	pool.Go(func() {
		for {
			files = append(files, c.Files())
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Second):
			}
		}
	})
	began := time.Now()
	pool.Wait()
	return time.Since(began), files
}

func TestSmallFilesWithLatencyAreSentByManyWithinSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := world{api: 50 * time.Millisecond, storage: 30 * time.Millisecond}
		took, files := w.upload(NewCrew(0), 2000, 50<<10)
		bare := 2000 / 64 * 130 * time.Millisecond
		if took > bare*13/10 {
			t.Errorf("it took %v, 64 workers take %v; files at once: %v", took, bare, files)
		}
		if files[0] != Start || files[2] < 48 {
			t.Errorf("files at once each second: %v", files)
		}
		if w.most > 2*MaxAutomatic {
			t.Errorf("%d requests were under way", w.most)
		}
	})
}

func TestNeverMoreRequestsThanTwiceTheFilesAtOnce(t *testing.T) {
	for _, n := range []int{2, 3, 6, 20} {
		synctest.Test(t, func(t *testing.T) {
			w := world{api: 50 * time.Millisecond, storage: 100 * time.Millisecond}
			w.upload(NewCrew(n), 40*n, 1000)
			if w.most > 2*n-1 { // one more registers
				t.Errorf("%d files at once make %d requests", n, w.most)
			}
		})
	}
}

func TestNarrowConnectionsAreJoinedByMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := world{perConn: 10_000_000}
		took, files := w.upload(NewCrew(0), 20, 100<<20)
		if took > 11600*time.Millisecond { // 10.5 s for one
			t.Errorf("it took %v; files at once: %v", took, files)
		}
	})
}

func TestASlowLineIsSharedByFew(t *testing.T) {
	for name, size := range map[string]int64{"small": 50 << 10, "large": 8 << 20} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := world{
					api: 200 * time.Millisecond, storage: 200 * time.Millisecond, line: rate.NewLimiter(625_000, 32<<10),
				}
				n := int(150 << 20 / size)
				took, files := w.upload(NewCrew(0), n, size)
				line := time.Duration(float64(size*int64(n)) / 625_000 * float64(time.Second))
				if took > line*115/100 {
					t.Errorf("it took %v, the line %v; files at once: %v", took, line, files)
				}
				sum := 0
				for _, n := range files {
					sum += n
				}
				if sum/len(files) > 2*Start {
					t.Errorf("files at once: %v", files)
				}
			})
		})
	}
}

func TestAServerThatTakesEightAtOnceIsSeldomAskedForMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := world{api: 50 * time.Millisecond, storage: 30 * time.Millisecond, atOnce: 8}
		took, files := w.upload(NewCrew(0), 3000, 50<<10)
		if 20*w.refused > w.requests {
			t.Errorf("%d of %d were refused; files at once: %v", w.refused, w.requests, files)
		}
		best := 3000 / 8 * 130 * time.Millisecond
		if took > best*13/10 {
			t.Errorf("it took %v, eight workers take %v; files at once: %v", took, best, files)
		}
	})
}

func TestRefusalsThatHaveNothingToDoWithHowManyAreUnderWayDoNotSlowItDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := world{api: 50 * time.Millisecond, storage: 30 * time.Millisecond, bad: 0.05}
		_, files := w.upload(NewCrew(0), 6000, 50<<10)
		sum := 0
		for _, n := range files {
			sum += n
		}
		if sum/len(files) < 2*Start {
			t.Errorf("files at once: %v", files)
		}
	})
}

func TestANumberThatAPersonChoseStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := world{api: 50 * time.Millisecond, storage: 30 * time.Millisecond, atOnce: 6}
		c := NewCrew(5)
		c.Bound(2)
		_, files := w.upload(c, 300, 50<<10)
		for _, n := range files {
			if n != 5 {
				t.Fatalf("files at once: %v", files)
			}
		}
		if w.refused == 0 {
			t.Error("nothing was refused that could have changed it")
		}
	})
}

func TestALimitOfSpeedBoundsAnAutomaticNumber(t *testing.T) {
	c := NewCrew(0)
	for _, step := range []struct{ bound, fixed, want int }{{2, 0, 2}, {2, 7, 7}, {2, 0, 2}, {0, 0, Start}} {
		c.Bound(step.bound)
		c.Set(step.fixed)
		if n := c.Files(); n != step.want {
			t.Errorf("%+v: %d", step, n)
		}
	}
}

func TestStallsHalveTheNumberOnceForAllThatComeTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewCrew(0)
		for range 6 {
			call, err := c.Begin(t.Context(), Send)
			if err != nil {
				t.Fatal(err)
			}
			call.End(Stalled)
		}
		if n := c.Files(); n != Start/2 {
			t.Errorf("%d files at once", n)
		}
		time.Sleep(time.Minute)
		for range 8 {
			call, err := c.Begin(t.Context(), Send)
			if err != nil {
				t.Fatal(err)
			}
			call.End(Stalled)
			time.Sleep(time.Minute)
		}
		if n := c.Files(); n != least/2 {
			t.Errorf("however often: %d files at once", n)
		}
		c.Restart()
		if n := c.Files(); n < Start/2 {
			t.Errorf("on another link: %d files at once", n)
		}
	})
}

func TestFewerPlacesLetNobodyInUntilEnoughHaveLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewCrew(4)
		for range 4 {
			if err := c.Enter(t.Context(), Send); err != nil {
				t.Fatal(err)
			}
		}
		c.Set(2)
		entered := false
		var waits sync.WaitGroup
		waits.Go(func() { entered = c.Enter(t.Context(), Send) == nil })
		for range 2 {
			c.Leave(Send)
			synctest.Wait()
			if entered {
				t.Fatal("it let a third one in")
			}
		}
		c.Leave(Send)
		waits.Wait()
		if !entered {
			t.Error("it let nobody in")
		}
	})
}

func TestWhoStopsWaitingTakesNoPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewCrew(1)
		if err := c.Enter(t.Context(), Send); err != nil {
			t.Fatal(err)
		}
		call, err := c.Begin(t.Context(), Send)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			if c.Enter(ctx, Send) == nil {
				t.Error("two have one place")
			}
			if _, err := c.Begin(ctx, Send); err == nil {
				t.Error("two make one call")
			}
			cancel()
		}
		call.End(Done)
		c.Leave(Send)
		if err := c.Enter(t.Context(), Send); err != nil {
			t.Error(err)
		}
		if _, err := c.Begin(t.Context(), Send); err != nil {
			t.Error(err)
		}
	})
}

func TestWhoRestsLeavesThePlaceToOthersAndComesBackWithoutWaiting(t *testing.T) {
	c := NewCrew(1)
	enter := func() bool { return c.Enter(t.Context(), Send) == nil }
	if !enter() || !c.Rest(Send) {
		t.Fatal("nobody is there, and yet it may not enter or rest")
	}
	if c.pools[Send].used != 0 {
		t.Fatal("who rests keeps the place")
	}
	if !enter() {
		t.Fatal("another one does not get the place")
	}
	c.Return(Send)
	if c.pools[Send].used != 2 {
		t.Errorf("%d places are taken", c.pools[Send].used)
	}
	c.Leave(Send)
	c.Leave(Send)
	if c.pools[Send].used != 0 || c.resting[Send] != 0 {
		t.Errorf("in the end %d places are taken, and %d rest", c.pools[Send].used, c.resting[Send])
	}
}

func TestNoMoreRestThanAreBounded(t *testing.T) {
	c := NewCrew(2 * maxResting)
	rested := 0
	for range 2 * maxResting {
		if err := c.Enter(t.Context(), Send); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 * maxResting {
		if c.Rest(Send) {
			rested++
		}
	}
	if rested != maxResting {
		t.Errorf("%d rest, want %d", rested, maxResting)
	}
}
