package uploader_test

import (
	"fmt"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/sandbox"
)

// fast is n files of a size each, on a network without limits.
func (b *bubble) fast(n, size int) []uploader.Item {
	b.Helper()
	items := make([]uploader.Item, n)
	for i := range items {
		content := make([]byte, size)
		for at := range content {
			content[at] = byte(i + at*at>>5)
		}
		items[i] = b.file(fmt.Sprintf("%03d.jpg", i), content)
	}
	return items
}

// in is so long after now, as a time of the day.
func in(d time.Duration) time.Duration {
	t := time.Now().Add(d)
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

func TestALimitOfSpeedIsKeptByAllFilesTogetherAndStallsNone(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		const perSecond, n, size = 20_000, 12, 200_000
		items := r.fast(n, size)
		r.engine.SetLimits(uploader.Limits{BytesPerSecond: perSecond})
		b := r.start(items...)
		for range 30 {
			after(time.Second)
			b.Snapshot()
		}
		if s := b.Snapshot(); s.Speed < 0.9*perSecond || s.Speed > 1.1*perSecond {
			t.Errorf("it sends %v bytes a second", s.Speed)
		}
		if took, want := 30*time.Second+r.ended(b), n*size/perSecond*time.Second; took < want*95/100 || took > want*105/100 {
			t.Errorf("it took %v, want %v", took, want)
		}
		r.exactlyOnce(b, n)
		for _, item := range r.sandbox.Items(r.dataset.Slug) {
			if item.Stores != 1 {
				t.Errorf("%s was sent %d times", item.Name, item.Stores)
			}
		}
	})
}

func TestALimitOfSpeedChangesWhileFilesAreSent(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		r.engine.SetLimits(uploader.Limits{BytesPerSecond: 1})
		b := r.start(r.fast(8, 1_000_000)...)
		after(10 * time.Minute)
		if s := b.Snapshot(); s.Sent > 1_500_000 || s.Counts.Final() != 0 {
			t.Errorf("at the lowest speed: %+v", s)
		}
		r.engine.SetLimits(uploader.Limits{BytesPerSecond: 1_000_000})
		after(4 * time.Second)
		if s := b.Snapshot(); s.Sent < 3_500_000 || s.Sent > 6_000_000 {
			t.Errorf("four seconds later: %+v", s)
		}
		r.engine.SetLimits(uploader.Limits{})
		if took := r.ended(b); took > time.Second {
			t.Errorf("without a limit it took %v", took)
		}
		r.exactlyOnce(b, 8)
	})
}

func TestOutsideTheHoursNothingIsSent(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		items := r.files(30)
		r.engine.SetLimits(uploader.Limits{From: in(3 * time.Hour), Until: in(5 * time.Hour)})
		opens := time.Now().Add(3 * time.Hour).Truncate(time.Minute)
		b := r.start(items...)
		if s := b.Snapshot(); !s.Opens.Equal(opens) {
			t.Errorf("at once it opens at %v, want %v", s.Opens, opens)
		}
		after(time.Until(opens) - time.Second)
		if s := b.Snapshot(); !s.Opens.Equal(opens) || s.Speed != 0 || s.Counts[uploader.Ready] != 30 {
			t.Errorf("before the hours: %+v", s)
		}
		if n := len(r.sandbox.Items(r.dataset.Slug)); n != 0 {
			t.Errorf("%d items are registered", n)
		}
		if took := r.ended(b); took > 5*time.Second {
			t.Errorf("it ended %v after the hours began", took-time.Second)
		}
		r.exactlyOnce(b, 30)
		if s := b.Snapshot(); !s.Opens.IsZero() {
			t.Errorf("at the end it opens at %v", s.Opens)
		}
	})
}

func TestTransfersThatTheHoursEndOverGoOnWhenTheyComeAgain(t *testing.T) {
	for name, away := range map[string]time.Duration{"for a moment": 8 * time.Second, "until the next day": 22 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, sandbox.Config{Lifetime: time.Hour}, func(r *bubble) {
				b := r.start(r.bigs(12)...)
				after(10 * time.Second)
				before := b.Snapshot()
				r.engine.SetLimits(uploader.Limits{From: in(away + time.Minute), Until: in(-time.Minute)})
				after(2 * time.Second)
				held := b.Snapshot()
				if held.Opens.IsZero() || held.Sent > before.Sent+8*40_000 {
					t.Errorf("two seconds after the hours ended %+v became %+v", before, held)
				}
				if away < time.Minute {
					after(away)
					r.engine.SetLimits(uploader.Limits{})
				} else {
					after(away - time.Hour)
					if s := b.Snapshot(); s.Sent > before.Sent+8*40_000 || s.Counts.NeedYou() != 0 || s.Waiting != nil {
						t.Errorf("in between: %+v; %v", s, problems(b))
					}
				}
				r.ended(b)
				r.exactlyOnce(b, 12)
				twice := 0
				for _, item := range r.sandbox.Items(r.dataset.Slug) {
					if item.Stores > 1 {
						twice++
					}
				}
				if twice > 0 {
					t.Errorf("%d files were stored twice", twice)
				}
			})
		})
	}
}

func TestABatchThatIsFinishedDoesNotWaitForTheHours(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		b := r.start(r.bigs(12)...)
		after(10 * time.Second)
		r.engine.SetLimits(uploader.Limits{From: in(3 * time.Hour), Until: in(5 * time.Hour)})
		after(time.Minute)
		b.Finish()
		if took := r.ended(b); took > time.Minute {
			t.Errorf("it ended after %v", took)
		}
		if s := b.Snapshot(); s.Counts[uploader.InDarwin] != 8 || s.Counts[uploader.Stopped] != 4 {
			t.Errorf("it ends as %+v; %v", s, problems(b))
		}
	})
}

func TestABatchOutsideTheHoursStopsAtOnce(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		b := r.start(r.bigs(12)...)
		after(10 * time.Second)
		r.engine.SetLimits(uploader.Limits{From: in(3 * time.Hour), Until: in(5 * time.Hour)})
		after(5 * time.Second)
		b.Stop()
		if took := r.ended(b); took > 2*time.Second {
			t.Errorf("it ended after %v", took)
		}
	})
}

func TestTheNumberOfFilesAtOnceChangesWhileFilesAreSent(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		b := r.start(r.bigs(60)...)
		for _, n := range []int{8, 3, 20, 1} {
			r.engine.SetWorkers(n)
			after(35 * time.Second) // all that were sent before have arrived
			if s := b.Snapshot(); s.Workers != n || s.Counts[uploader.Sending] != n {
				t.Errorf("with %d: %+v", n, s)
			}
		}
		r.engine.SetWorkers(0)
		after(0)
		if s := b.Snapshot(); s.Workers < 4 || s.Workers > uploader.MaxAutomatic {
			t.Errorf("automatically %d are sent at once", s.Workers)
		}
		r.ended(b)
		r.exactlyOnce(b, 60)
	})
}
