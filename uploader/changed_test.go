package uploader_test

import (
	"os"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

// rewrite gives an item's file other content, as another program would.
func (b *bubble) rewrite(item uploader.Item, seconds int, fill byte) {
	b.Helper()
	content := make([]byte, seconds*slowSpeed)
	for i := range content {
		content[i] = fill
	}
	b.file(item.Name, content)
	// Two writes may fall into one tick of the disk's clock.
	at := item.ModTime.Add(time.Duration(fill) * time.Minute)
	if err := os.Chtimes(item.Path, at, at); err != nil {
		b.Fatal(err)
	}
}

func TestAFileThatChangedWhileItWasSentIsSentAnewOnce(t *testing.T) {
	for name, seconds := range map[string]int{"longer": 50, "shorter than what was sent": 4, "shorter": 25, "as long": 30} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, sandbox.Config{}, func(r *bubble) {
				items := r.bigs(3)
				b := r.start(items...)
				after(10 * time.Second)
				r.rewrite(items[1], seconds, 1)
				r.ended(b)
				r.want(b, uploader.InDarwin)
				r.allArrived(3)
				end := b.Snapshot()
				if total := int64(60+seconds) * slowSpeed; end.Bytes != total || end.Sent != total {
					t.Errorf("%d of %d bytes were sent, want %d", end.Sent, end.Bytes, total)
				}
				if got := b.Items()[1]; got.Size != int64(seconds)*slowSpeed || got.ModTime.Equal(items[1].ModTime) {
					t.Errorf("the item is still %+v", got)
				}
				for _, item := range r.sandbox.Items(r.dataset.Slug) {
					if item.Registrations != 1 || item.Confirms != 1 || item.Name == "b.jpg" && item.Signs != 2 {
						t.Errorf("%s: registered %d, signed %d, confirmed %d times", item.Name, item.Registrations, item.Signs, item.Confirms)
					}
				}
			})
		})
	}
}

func TestAFileThatKeepsChangingIsNotConfirmed(t *testing.T) {
	for name, pause := range map[string]time.Duration{"between two sendings": 20 * time.Second, "without a rest": 300 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, sandbox.Config{}, func(r *bubble) {
				items := r.bigs(2)
				b := r.start(items...)
				after(10 * time.Second)
				for i := byte(1); i < 200 && !b.Status(1).State.Final(); i++ {
					r.rewrite(items[1], 40+int(i), i)
					after(pause)
				}
				r.ended(b)
				r.want(b, uploader.InDarwin, uploader.Failed)
				if s := b.Status(1); s.Problem == nil || s.Problem.Kind != fault.Changed || s.Reached.Stored {
					t.Errorf("it ends with %v", s.Problem)
				}
				for _, item := range r.sandbox.Items(r.dataset.Slug) {
					if item.Name == items[1].Name && (item.Confirms != 0 || item.Signs > 2) {
						t.Errorf("it was signed %d and confirmed %d times", item.Signs, item.Confirms)
					}
				}
			})
		})
	}
}

func TestAFileThatWasEmptiedOrTakenAwayWhileItWasSentIsHeldBack(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		items := r.bigs(2)
		b := r.start(items...)
		after(10 * time.Second)
		if err := os.Truncate(items[0].Path, 0); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(items[1].Path); err != nil {
			t.Fatal(err)
		}
		r.ended(b)
		r.want(b, uploader.Failed)
		if one, other := fault.KindOf(b.Status(0).Problem), fault.KindOf(b.Status(1).Problem); one != fault.Changed || other != fault.Vanished {
			t.Errorf("they end with %v and %v", one, other)
		}
	})
}

// What changed while nothing of it was on its way is the person's to decide,
// also between two tries.
func TestAFileThatChangedBeforeItsTurnIsHeldBack(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		items := r.bigs(9)
		b := r.start(items...)
		after(10 * time.Second)
		r.rewrite(items[8], 30, 1)
		r.net.set(cut)
		after(time.Minute)
		r.rewrite(items[0], 30, 1)
		r.net.set(up)
		r.ended(b)
		for i, s := range b.Statuses(nil) {
			held := i == 0 || i == 8
			if held != (s.State == uploader.Failed && s.Problem.Kind == fault.Changed) || !held && s.State != uploader.InDarwin {
				t.Errorf("item %d ends as %v: %v", i, s.State, s.Problem)
			}
		}
	})
}
