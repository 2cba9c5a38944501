package tasks

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestCloseEndsWhatRunsAndStartsNothingMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(t.Context())
		ended := false
		g.Go(func(ctx context.Context) { <-ctx.Done(); ended = true })
		if !g.Close(time.Second) || !ended {
			t.Error("a goroutine that obeys its context was not waited for")
		}
		g.Go(func(context.Context) { t.Error("a goroutine started after Close") })
		synctest.Wait()
	})
}

func TestCloseDoesNotWaitForeverForACallThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(t.Context())
		release := make(chan struct{})
		g.Go(func(context.Context) { <-release })
		began := time.Now()
		if g.Close(3*time.Second) || time.Since(began) != 3*time.Second {
			t.Errorf("it waited %v", time.Since(began))
		}
		close(release)
		synctest.Wait()
	})
}

func TestARowKeepsTheOrder(t *testing.T) {
	g := New(t.Context())
	r := NewRow(g)
	var got []int
	for i := range 200 {
		r.Go(func(context.Context) { got = append(got, i) })
	}
	all := make(chan struct{})
	r.Go(func(context.Context) { close(all) })
	<-all
	if !slices.IsSorted(got) || len(got) != 200 {
		t.Errorf("it did %v", got)
	}
	g.Close(time.Second)
}
