package pace

import (
	"context"
	"math"
	"sync"
	"time"
)

// Stage is a step that has a pool of its own.
type Stage uint8

// The stages. Sign and Confirm are short requests to Darwin, Send is a file's
// way to storage.
const (
	Sign Stage = iota
	Send
	Confirm

	stages = 3
)

// Outcome is how a call ended.
type Outcome uint8

// The outcomes.
const (
	Other   Outcome = iota // in any other way; nothing follows from it
	Done                   // it was done
	Refused                // the server said that it has too much to do
	Stalled                // nothing moved any more
)

// slack is how many bytes of a file may have left this program without having
// left this computer: only what is beyond them is taken for arrived before the
// end.
const slack = 256 << 10

// smooth is the weight of the latest call in the average of how long they take.
const smooth = 0.2

// spare is how many more sign than the average needs: some have to try again.
const spare = 2

// maxResting bounds how many of a stage are in the middle of something without
// having a place: each keeps its memory, and what it was given grows old.
const maxResting = 64

// Crew holds the places.
type Crew struct {
	mu    sync.Mutex
	fixed int // 0: automatic
	most  int // bound that comes from a speed limit, 0 if there is none
	bear  int // the same for a fixed number
	tuner Tuner
	pools [stages]places
	calls queue
	// resting counts who gave a place back for a pause.
	resting [stages]int
	busy    [2]int // calls under way, to Darwin and to storage
	took    [stages]time.Duration
	lid     [2]ceiling
	allLid  ceiling // for a server that is both
}

const (
	api = iota
	storage
)

func (s Stage) host() int {
	if s == Send {
		return storage
	}
	return api
}

// NewCrew makes a crew for n files at once, 0 for automatically.
func NewCrew(n int) *Crew {
	c := &Crew{fixed: n, tuner: newTuner()}
	c.resize()
	return c
}

// Set makes n the number of files at once, 0: automatic. What is under way ends
// as it would.
func (c *Crew) Set(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n == c.fixed {
		return
	}
	if c.fixed = n; n == 0 {
		c.tuner.restart()
	}
	c.resize()
}

// Bound bounds an automatic number, 0 for no bound.
func (c *Crew) Bound(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.most = n
	c.resize()
}

// BoundFixed bounds a number that a person chose, 0 for no bound.
func (c *Crew) BoundFixed(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bear = n
	c.resize()
}

// Restart looks for the right number anew, for a link that may be another one
// than before. What servers were seen to take is remembered.
func (c *Crew) Restart() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tuner.restart()
	c.resize()
}

// Interrupted says that something held the work back, or does so no longer:
// how much arrived meanwhile says nothing about the number of files at once.
func (c *Crew) Interrupted() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tuner.void()
}

// Files is how many files may be sent at once as of now.
func (c *Crew) Files() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.atStorage()
}

func (c *Crew) files() int {
	if c.fixed > 0 && c.bear > 0 {
		return min(c.fixed, c.bear)
	}
	if c.fixed > 0 {
		return c.fixed
	}
	if c.most > 0 {
		return min(c.tuner.limit, c.most)
	}
	return c.tuner.limit
}

// atStorage and atDarwin are how many calls may be under way.
func (c *Crew) atStorage() int {
	if c.fixed > 0 {
		return c.files()
	}
	return c.lid[storage].bound(c.files())
}

func (c *Crew) atDarwin() int {
	n := max(1, c.files()-1) // one more registers
	if c.fixed > 0 {
		return n
	}
	return c.lid[api].bound(n)
}

// resize sets the pools: as many senders as files at once; as many signers as
// are needed to keep the senders busy, who with a signature in their hands wait
// for a sender; and as many who confirm as the senders could bring work.
func (c *Crew) resize() {
	n := c.files()
	c.pools[Send].limit = n
	c.pools[Confirm].limit = n
	c.pools[Sign].limit = max(1, n/2)
	sign, send, confirm := c.took[Sign].Seconds(), c.took[Send].Seconds(), c.took[Confirm].Seconds()
	if sign > 0 && send > 0 {
		perSecond := min(float64(c.atStorage())/send, float64(c.atDarwin())/(sign+confirm))
		c.pools[Sign].limit = min(1+int(math.Ceil(spare*perSecond*sign)), max(1, n))
	}
	for i := range c.pools {
		c.pools[i].fill()
	}
	c.admit()
}

// Enter waits for a place in a stage's pool. Its error is ctx's.
func (c *Crew) Enter(ctx context.Context, s Stage) error {
	c.mu.Lock()
	p := &c.pools[s]
	if len(p.waiting) == 0 && p.used < p.limit {
		p.used++
		c.mu.Unlock()
		return ctx.Err()
	}
	if s == Send {
		c.tuner.filled()
	}
	turn := p.wait()
	c.mu.Unlock()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !p.forget(turn) { // it came at the same moment
		p.leave()
	}
	return ctx.Err()
}

// Leave gives a place back.
func (c *Crew) Leave(s Stage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pools[s].leave()
}

// Rest gives a place back for a pause, unless as many as maxResting of the
// stage rest already; then it says false, and the place is kept. Return ends
// the pause.
func (c *Crew) Rest(s Stage) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.resting[s] >= maxResting {
		return false
	}
	c.resting[s]++
	c.pools[s].leave()
	return true
}

// Return takes a place again after Rest. It does not wait, as those who have a
// place may themselves wait for something to do: there may be more places taken
// than there are for a while. How many calls are under way stays bounded.
func (c *Crew) Return(s Stage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.resting[s]--
	c.pools[s].used++
}

// Call is one request under way.
type Call struct {
	crew   *Crew
	stage  Stage
	began  time.Time
	level  int // calls to the same host when it began, itself included
	all    int // calls to all hosts
	moved  int64
	credit int64 // of moved, what was taken for arrived
}

// Begin waits until one more request may be under way. Its error is ctx's.
func (c *Crew) Begin(ctx context.Context, s Stage) (*Call, error) {
	call := &Call{crew: c, stage: s}
	c.mu.Lock()
	if len(c.calls.waiting) == 0 && c.mayCall(s) {
		c.take(call)
		c.mu.Unlock()
		return call, nil
	}
	c.tuner.filled()
	turn := c.calls.wait(call)
	c.wanted(s)
	c.mu.Unlock()
	select {
	case <-turn:
		return call, nil
	case <-ctx.Done():
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.calls.forget(turn) {
		c.release(call)
	}
	return nil, ctx.Err()
}

// wanted lets ceilings be tried again.
func (c *Crew) wanted(s Stage) {
	now := time.Now()
	h := s.host()
	if own := &c.lid[h]; own.level > 0 && c.busy[h] >= own.level {
		own.wanted(now)
	}
	if c.allLid.level > 0 && c.busy[api]+c.busy[storage] >= c.allLid.level {
		c.allLid.wanted(now)
	}
	c.admit()
}

// mayCall says whether one more may be under way.
func (c *Crew) mayCall(s Stage) bool {
	limit := c.atDarwin()
	if s == Send {
		limit = c.atStorage()
	}
	all := c.busy[api] + c.busy[storage]
	return c.busy[s.host()] < limit && (c.fixed > 0 || all < c.allLid.bound(2*MaxAutomatic))
}

func (c *Crew) take(call *Call) {
	c.busy[call.stage.host()]++
	call.began = time.Now()
	call.level = c.busy[call.stage.host()]
	call.all = c.busy[api] + c.busy[storage]
}

func (c *Crew) release(call *Call) {
	c.busy[call.stage.host()]--
	c.admit()
}

// admit lets those in whose turn it is; who waits for one host does not hold
// back who waits for the other.
func (c *Crew) admit() {
	c.calls.admit(func(call *Call) bool {
		if !c.mayCall(call.stage) {
			return false
		}
		c.take(call)
		return true
	})
}

// Moved notes n more bytes of a file. It may be called from another goroutine
// than the call's own, one at a time.
func (k *Call) Moved(n int64) {
	k.moved += n
	if more := k.moved - slack - k.credit; more >= piece {
		k.credit += more
		k.crew.arrived(more, false)
	}
}

func (c *Crew) arrived(n int64, end bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	limit := c.tuner.limit
	if len(c.pools[Send].waiting) > 0 || len(c.calls.waiting) > 0 {
		c.tuner.filled()
	}
	c.tuner.arrived(time.Now(), n, end, c.took[Sign])
	if c.tuner.limit != limit {
		c.resize()
	}
}

// End notes how the call ended, and lets the next one begin. Moved must not be
// called any more.
func (k *Call) End(o Outcome) {
	c := k.crew
	if o == Done && k.stage == Send {
		c.arrived(k.moved-k.credit, true)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	lid := &c.lid[k.stage.host()]
	switch o {
	case Done:
		lid.took(k.level)
		c.allLid.took(k.all)
		c.average(k.stage, now.Sub(k.began))
	case Refused:
		if !c.allLid.refused(now, k.all) {
			lid.refused(now, k.level)
		}
	case Stalled:
		c.tuner.stalled(now)
	}
	c.busy[k.stage.host()]--
	c.resize()
}

func (c *Crew) average(s Stage, took time.Duration) {
	if c.took[s] == 0 {
		c.took[s] = max(took, 1)
		return
	}
	c.took[s] += time.Duration(smooth * float64(took-c.took[s]))
}
