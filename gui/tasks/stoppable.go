package tasks

import "context"

// Stoppable makes work for Go that can also be stopped by itself: ctx ends with
// stop, and open with the group only. stop may be called at any time, from any
// goroutine, and does not wait.
func Stoppable(f func(ctx, open context.Context)) (work func(open context.Context), stop context.CancelFunc) {
	stopped, stop := context.WithCancel(context.Background())
	return func(open context.Context) {
		defer stop()
		ctx, cancel := context.WithCancel(open)
		defer cancel()
		defer context.AfterFunc(stopped, cancel)()
		f(ctx, open)
	}, stop
}
