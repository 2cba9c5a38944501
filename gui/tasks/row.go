package tasks

import (
	"context"
	"sync"
)

// Row does one thing after another in the background, in the order in which
// they were given. It is safe for concurrent use.
type Row struct {
	group *Group

	mu      sync.Mutex
	waiting []func(context.Context)
	busy    bool
}

// NewRow makes a row whose things run in the group.
func NewRow(g *Group) *Row { return &Row{group: g} }

// Go does f after everything that was given before it.
func (r *Row) Go(f func(ctx context.Context)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.waiting = append(r.waiting, f)
	if !r.busy {
		r.busy = true
		r.group.Go(r.work)
	}
}

func (r *Row) work(ctx context.Context) {
	for {
		r.mu.Lock()
		if len(r.waiting) == 0 {
			r.busy = false
			r.mu.Unlock()
			return
		}
		next := r.waiting[0]
		r.waiting = r.waiting[1:]
		r.mu.Unlock()
		next(ctx)
	}
}
