package storage

import (
	"errors"
	"sync"
	"time"
)

// errStalled is the cause of a request that the watchdog cut.
var errStalled = errors.New("no byte moved")

// watchdog cuts a request when nothing moved for a while.
type watchdog struct {
	mu    sync.Mutex
	timer *time.Timer
	limit time.Duration
	over  bool
}

// newWatchdog starts watching: cut is called, from another goroutine, when
// limit passed since the last sign of life.
func newWatchdog(limit time.Duration, cut func()) *watchdog {
	return &watchdog{timer: time.AfterFunc(limit, cut), limit: limit}
}

// moved is the sign of life; the next one is due within the limit.
func (w *watchdog) moved() { w.due(w.limit) }

// movedLast is the sign of life with the last of size bytes. What comes next is
// the answer, and before it, unseen, what the system still holds of them.
func (w *watchdog) movedLast(size int64) {
	unseen := (longestAnswer - 1) * w.limit
	if size < int64(unseen.Seconds()*slowest) {
		unseen = time.Duration(size) * time.Second / slowest
	}
	w.due(w.limit + unseen)
}

func (w *watchdog) due(within time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	// A transport may read on after the request was given up: the timer must
	// not come to life again.
	if !w.over {
		w.timer.Reset(within)
	}
}

// rest lets any time pass until the next sign of life.
func (w *watchdog) rest() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.timer.Stop()
}

// stop ends the watch.
func (w *watchdog) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	w.timer.Stop()
}
