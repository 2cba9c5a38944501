package tasks

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestStoppableWorkEndsWithStopOrWithItsGroup(t *testing.T) {
	for name, end := range map[string]func(g *Group, stop context.CancelFunc){
		"stop":        func(_ *Group, stop context.CancelFunc) { stop(); stop() },
		"stop before": nil,
		"the group":   func(g *Group, _ context.CancelFunc) { g.Close(time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := New(t.Context())
				ended, groupEnded := false, false
				work, stop := Stoppable(func(ctx, open context.Context) {
					<-ctx.Done()
					ended, groupEnded = true, open.Err() != nil
				})
				if end == nil {
					stop()
				}
				g.Go(work)
				if end != nil {
					end(g, stop)
				}
				synctest.Wait()
				if !ended || groupEnded != (name == "the group") {
					t.Errorf("it has ended: %v, and its group: %v", ended, groupEnded)
				}
				g.Close(time.Second)
			})
		})
	}
}
