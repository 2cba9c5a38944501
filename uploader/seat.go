package uploader

import (
	"context"

	"darwin-uploader/uploader/pace"
)

// seat is a place in a stage's pool while one item is worked on. An item that
// waits for another try gives it up meanwhile: with faults here and there, most
// of a small crew would otherwise sit and wait.
type seat struct {
	crew  *pace.Crew
	stage pace.Stage
}

type seatKey struct{}

// seated gives the work that is done with ctx a place that it may give up.
func seated(ctx context.Context, s *seat) context.Context {
	return context.WithValue(ctx, seatKey{}, s)
}

// pausing gives the place of ctx's work up for a pause, if it has one; back
// takes one again.
func pausing(ctx context.Context) (back func()) {
	s, ok := ctx.Value(seatKey{}).(*seat)
	if !ok || !s.crew.Rest(s.stage) {
		return func() {}
	}
	return func() { s.crew.Return(s.stage) }
}
