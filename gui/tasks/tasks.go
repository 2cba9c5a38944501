// Package tasks owns the goroutines behind the window, so that each of them
// has a context and an end.
//
// Group is safe for concurrent use. Go after Close does nothing.
package tasks

import (
	"context"
	"sync"
	"time"
)

// Group is a set of goroutines that end together.
type Group struct {
	ctx context.Context
	end context.CancelFunc

	mu      sync.Mutex
	closed  bool
	running sync.WaitGroup
}

// New makes a group whose goroutines end with ctx at the latest.
func New(ctx context.Context) *Group {
	g := &Group{}
	g.ctx, g.end = context.WithCancel(ctx)
	return g
}

// Go runs f in a goroutine. f returns soon after its context ended.
func (g *Group) Go(f func(ctx context.Context)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return
	}
	g.running.Go(func() { f(g.ctx) })
}

// Close ends the group's context and waits for the goroutines, at most as long
// as patience: a call into a dead network drive cannot be cut short, and must
// not keep the program open. It says whether all have ended.
func (g *Group) Close(patience time.Duration) bool {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.end()
	ended := make(chan struct{})
	go func() {
		g.running.Wait()
		close(ended)
	}()
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case <-ended:
		return true
	case <-late.C:
		return false
	}
}
