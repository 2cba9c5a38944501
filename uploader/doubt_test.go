package uploader_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

// disturbed is a Darwin whose register or find goes through a hand of ours.
type disturbed struct {
	darwin.Uploads
	register func(context.Context, []darwin.NewItem) (darwin.Registration, error)
	find     func(context.Context, []darwin.Place) ([]darwin.Found, error)
}

func (d *disturbed) in(r *rig) *disturbed {
	d.Uploads = r.client.Uploads(r.dataset)
	return d
}

type through struct{ uploads darwin.Uploads }

func (d *disturbed) use(r *rig) { r.talkTo(through{d.in(r)}) }

func (t through) Uploads(darwin.Dataset) darwin.Uploads { return t.uploads }

func (d *disturbed) Register(ctx context.Context, items []darwin.NewItem) (darwin.Registration, error) {
	if d.register == nil {
		return d.Uploads.Register(ctx, items)
	}
	return d.register(ctx, items)
}

func (d *disturbed) Find(ctx context.Context, places []darwin.Place) ([]darwin.Found, error) {
	if d.find == nil {
		return d.Uploads.Find(ctx, places)
	}
	return d.find(ctx, places)
}

func (r *rig) want(b *uploader.Batch, states ...uploader.State) {
	r.Helper()
	for i, s := range b.Statuses(nil) {
		if s.State != states[min(i, len(states)-1)] {
			r.Errorf("item %d ends as %v at %v: %v", i, s.State, s.Stage, s.Problem)
		}
	}
}

func TestItemsAboutWhichDarwinSaidNothingAreLookedUp(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		d := &disturbed{}
		d.register = func(ctx context.Context, items []darwin.NewItem) (darwin.Registration, error) {
			answer, err := d.Uploads.Register(ctx, items[:len(items)-1]) // the last one is forgotten
			for _, g := range answer.Registered {
				answer.Unanswered = append(answer.Unanswered, g.Index)
			}
			return darwin.Registration{Unanswered: append(answer.Unanswered, len(items)-1)}, err
		}
		d.use(r)
		b := r.run(r.files(4)...)
		r.want(b, uploader.InDarwin, uploader.InDarwin, uploader.InDarwin, uploader.Failed)
		r.allArrived(3)
		for _, item := range r.sandbox.Items(slug) {
			if item.Registrations != 1 || item.Stores != 1 || item.Confirms != 1 {
				t.Errorf("%s: registered %d, stored %d, confirmed %d times", item.Name, item.Registrations, item.Stores, item.Confirms)
			}
		}
	})
}

func TestTwoFilesOfOnePlaceNeverShareAnItem(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Register, LoseReply: true, Times: 1})()
		one := r.file("a.jpg", []byte("one"))
		other := one
		r.want(r.run(one, other, r.file("b.jpg", []byte("two"))), uploader.InDarwin, uploader.Skipped, uploader.InDarwin)
		r.allArrived(2)
	})
}

func TestAnItemWithoutATimeIsNotTakenForOurOwn(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Register, LoseReply: true, Times: 1})()
		d := &disturbed{}
		d.find = func(ctx context.Context, places []darwin.Place) ([]darwin.Found, error) {
			found, err := d.Uploads.Find(ctx, places)
			for i := range found {
				found[i].Inserted = time.Time{}
			}
			return found, err
		}
		d.use(r)
		r.want(r.run(r.files(3)...), uploader.Blocked)
	})
}

func TestAListThatLagsIsAskedAgain(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Register, LoseReply: true, Times: 1})()
		defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.List, Status: http.StatusOK, Body: `{"items":[]}`, Times: 3})()
		r.want(r.run(r.files(3)...), uploader.InDarwin)
		r.allArrived(3)
	})
}

func TestALookupThatFailsCallsNothingADuplicateThatMayBeOurs(t *testing.T) {
	for name, f := range map[string]sandbox.Fault{
		"busy":      {Call: sandbox.List, Status: 503},
		"forbidden": {Call: sandbox.List, Status: 403},
		"gone":      {Call: sandbox.List, Status: 404},
		"empty":     {Call: sandbox.List, Status: 200, Body: `{"items":[]}`},
	} {
		t.Run(name, func(t *testing.T) {
			inBoth(t, func(t *testing.T, slug string) {
				r := newRig(t, slug, sandbox.Config{})
				items := r.files(5)
				r.want(r.run(items[0]), uploader.InDarwin)
				defer r.sandbox.Inject(f)()
				r.want(r.run(items[0], items[1]), uploader.Skipped, uploader.InDarwin) // no answer was lost

				defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Register, LoseReply: true, Times: 1})()
				b := r.run(items[2:]...)
				r.want(b, uploader.Failed)
				if end := b.Snapshot(); end.Problem != nil {
					t.Errorf("it stops the batch: %v", end.Problem)
				}
			})
		})
	}
}

// Whoever sends again what an earlier batch left in doubt gets it cleared up.
func TestDoubtOutlivesItsBatch(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		items := r.files(3)
		lost := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Register, LoseReply: true})
		blind := r.sandbox.Inject(sandbox.Fault{Call: sandbox.List, Status: 503})
		b := r.run(items...)
		r.want(b, uploader.Failed)
		lost()
		blind()
		for i := range items {
			if items[i].Reached = b.Status(i).Reached; items[i].Reached.Asked == (uploader.Asked{}) {
				t.Errorf("item %d: the lost answer is forgotten", i)
			}
		}
		again := r.run(items...)
		r.want(again, uploader.InDarwin)
		r.allArrived(3)
		if after := again.Status(0).Reached; after.Asked != (uploader.Asked{}) {
			t.Errorf("the doubt outlives its answer: %+v", after)
		}
	})
}

func TestABatchThatIsStoppedWhileItRegistersCanGoOn(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		d := &disturbed{}
		done := make(chan struct{})
		d.register = func(ctx context.Context, items []darwin.NewItem) (darwin.Registration, error) {
			_, err := d.Uploads.Register(ctx, items)
			if err != nil {
				return darwin.Registration{}, err
			}
			close(done)
			<-ctx.Done()
			return darwin.Registration{}, ctx.Err()
		}
		d.use(r)
		items := r.files(3)
		b := r.start(items...)
		<-done
		b.Stop()
		wait(t, b)
		r.want(b, uploader.Stopped)
		for i := range items {
			items[i].Reached = b.Status(i).Reached
		}
		r.talkTo(r.client)
		r.want(r.run(items...), uploader.InDarwin)
		r.allArrived(3)
	})
}

func TestOneBadItemDoesNotFailTheOthers(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		items := r.files(600)
		items[433].Type = "smell"
		b := r.run(items...)
		r.allArrived(599)
		for i, s := range b.Statuses(nil) {
			switch {
			case i != 433 && s.State != uploader.InDarwin:
				t.Errorf("item %d ends as %v: %v", i, s.State, s.Problem)
			case i == 433 && (s.State != uploader.Failed || s.Stage != uploader.StageRegister || fault.KindOf(s.Problem) != fault.Refused):
				t.Errorf("the bad one ends as %v: %v", s.State, s.Problem)
			}
		}
		for _, item := range r.sandbox.Items(slug) {
			if item.Registrations != 1 || item.Stores != 1 || item.Confirms != 1 {
				t.Errorf("%s: registered %d, stored %d, confirmed %d times", item.Name, item.Registrations, item.Stores, item.Confirms)
			}
		}
		if n := r.registrations(); n > 26 {
			t.Errorf("it took %d registrations", n)
		}
	})
}

func (r *rig) registrations() (n int) {
	for _, q := range r.sandbox.Requests() {
		if q.Call == sandbox.Register {
			n++
		}
	}
	return n
}

func TestManyBadItemsAreAllFoundWhileAnythingIsTaken(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	items := r.files(400)
	for i := 0; i < len(items); i += 4 {
		items[i].Type = "smell"
	}
	r.run(items...)
	r.allArrived(300)
}

func TestADatasetThatRefusesEverythingIsNotAskedForEver(t *testing.T) {
	r := newRig(t, "camera-traps-2026", sandbox.Config{})
	defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Register, Status: 422, Body: `{"errors":{"dataset":["is frozen"]}}`})()
	b := r.run(r.files(3000)...)
	r.want(b, uploader.Failed)
	if n := r.registrations(); n > 200 {
		t.Errorf("it took %d registrations", n)
	}
	if first, last := b.Status(0).Problem, b.Status(2999).Problem; fmt.Sprint(first) == fmt.Sprint(last) {
		t.Errorf("an item that was never refused alone says %q", last)
	}
}

func TestARefusalAfterALostReplyIsStillHalvedAndClearedUp(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		lost := sandbox.Fault{Call: sandbox.Register, LoseReply: true, Probability: 0.3, Seed: 5}
		defer r.sandbox.Inject(lost)()
		items := r.files(200)
		items[77].Type = "smell"
		b := r.run(items...)
		r.allArrived(199)
		if s := b.Status(77); s.State != uploader.Failed || fault.KindOf(s.Problem) != fault.Refused {
			t.Errorf("the bad one ends as %v: %v", s.State, s.Problem)
		}
	})
}
