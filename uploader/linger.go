package uploader

import (
	"context"
	"time"

	"darwin-uploader/uploader/darwin"
)

// answerPatience is how long a stopped batch waits for the answer to a
// registration that is on its way: with the ids the items can be gone on with,
// or removed from Darwin, without looking for them.
const answerPatience = 2 * time.Second

// lingering is a request's context that outlives the end of its batch a little.
// Where the request alone is given up, as when the network is gone, it ends at
// once. release has to be called.
func lingering(batch, request context.Context) (ctx context.Context, release func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(request))
	late := time.AfterFunc(answerPatience, cancel)
	late.Stop()
	stop := context.AfterFunc(request, func() {
		if batch.Err() == nil {
			cancel()
			return
		}
		late.Reset(answerPatience)
	})
	return ctx, func() {
		stop()
		cancel()
		late.Stop()
	}
}

// note writes down the ids of items that were registered while the batch was
// being stopped.
func (l *line) note(chunk []*record, answer darwin.Registration) {
	entries := make([]Entry, len(answer.Registered))
	for i, g := range answer.Registered {
		r := chunk[g.Index]
		if id := g.Upload.ItemID; id != "" {
			l.ours.add(id)
		}
		l.batch.reach(r, Reached{Upload: g.Upload})
		entries[i] = l.batch.entry(r)
		if !entries[i].State.Final() { // it may have been taken out meanwhile
			entries[i].State = Registered
		}
	}
	if len(entries) > 0 {
		l.record(entries...)
	}
}
