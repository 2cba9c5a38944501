package uploader_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/receipt"
	"darwin-uploader/uploader/sandbox"
)

// follow asks about a batch until it has settled.
func (r *rig) follow(j *journal.Journal, id int64) (receipt.Summary, map[string]receipt.Line) {
	r.Helper()
	// A Darwin in bad weather may outlast one patience.
	for range 5 {
		err := receipt.Follow(r.Context(), receipt.Config{Batch: id, Listing: r.client.Listing(r.dataset), Store: j})
		if err != nil {
			r.Fatalf("%v (%s)", err, fault.Of(err).Detail)
		}
	}
	s, err := j.Receipt(r.Context(), id)
	if err != nil {
		r.Fatal(err)
	}
	lines := map[string]receipt.Line{}
	var counts receipt.Counts
	for l, err := range j.AllLines(r.Context(), id) {
		if err != nil {
			r.Fatal(err)
		}
		if _, twice := lines[l.Name]; twice {
			r.Errorf("%s has two lines", l.Name)
		}
		lines[l.Name] = l
		counts[l.Outcome]++
	}
	if s.Counts != counts || s.Files != len(lines) || s.Settled.IsZero() {
		r.Errorf("the receipt says %+v, its lines %v", s, counts)
	}
	return s, lines
}

// equalsDarwin checks each line against the sandbox's own list. theirs are the
// items that were there before.
func (r *rig) equalsDarwin(lines map[string]receipt.Line, theirs map[string]bool) {
	r.Helper()
	there := map[string]sandbox.Item{}
	for _, item := range r.sandbox.Items(r.dataset.Slug) {
		there[item.Name] = item
		if _, ok := lines[item.Name]; !ok {
			r.Errorf("%s is in Darwin and not in the receipt", item.Name)
		}
	}
	for name, l := range lines {
		item, listed := there[name]
		ready := listed && (item.Status == "complete" || item.Status == "new")
		switch l.Outcome {
		case receipt.InDarwin:
			if !ready || item.ID != l.ItemID || item.SHA256 != r.sums[name] || l.At.IsZero() {
				r.Errorf("%s is said to be in Darwin, which says %+v", name, item)
			}
		case receipt.Skipped:
			if !theirs[name] || l.Reason == "" {
				r.Errorf("%s is said to be skipped: %q", name, l.Reason)
			}
		case receipt.Refused:
			if item.Status != "error" || r.dataset.Version == 2 && !strings.Contains(l.Reason, item.Failure) || l.Reason == "" {
				r.Errorf("%s is said to be refused: %q; Darwin says %+v", name, l.Reason, item)
			}
		case receipt.Missing:
			if listed && item.Status != "uploading" || l.Reason == "" {
				r.Errorf("%s is said to be missing: %q; Darwin says %+v", name, l.Reason, item)
			}
		case receipt.NeedsYou:
			if ready && !theirs[name] || l.Reason == "" {
				r.Errorf("%s is said to need somebody: %q; Darwin says %+v", name, l.Reason, item)
			}
		default:
			r.Errorf("%s ends as %v; Darwin says %+v", name, l.Outcome, item)
		}
	}
}

func TestAfterAnyMixOfFaultsTheReceiptIsDarwinsOwnList(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			inBubble(t, sandbox.Config{ProcessAfter: 45 * time.Second}, func(r *bubble) {
				j, _ := r.opened(r.TempDir())
				r.engine = uploader.New(uploader.Config{Darwin: r.client, Storage: r.storage, Workers: 8, Journal: j.For("", "")})
				theirs := map[string]bool{}
				for i := range 3 {
					dup := r.file(fmt.Sprintf("dup-%d.jpg", i), []byte("theirs"))
					theirs[dup.Name] = true
					r.ended(r.start(dup))
				}
				for _, f := range weather(seed) {
					r.Cleanup(r.sandbox.Inject(f))
				}
				var clearing []func()
				for i, f := range []sandbox.Fault{
					{Probability: 0.06, Body: "The picture is torn."}, {Probability: 0.05, Drop: true}, {Probability: 0.05, Forget: true},
				} {
					f.Call, f.Seed = sandbox.Process, 10*seed+uint64(i)
					clearing = append(clearing, r.sandbox.Inject(f))
				}
				items := r.files(200)
				for name := range theirs {
					items = append(items, r.file(name, []byte("ours")))
				}
				items = append(items, r.file("odd.jpg", []byte("x"), darwin.Tag{Class: "siamese"}), r.file("gone.jpg", []byte("x")))
				if err := os.Remove(items[len(items)-1].Path); err != nil {
					r.Fatal(err)
				}
				b := r.start(items...)
				r.ended(b)

				s, lines := r.follow(j, b.Number())
				r.equalsDarwin(lines, theirs)
				if s.Counts[receipt.Refused] == 0 || s.Counts[receipt.Missing] == 0 || s.Counts[receipt.Skipped] != 3 || s.Counts[receipt.NeedsYou] < 2 || s.Counts[receipt.InDarwin] < 120 {
					r.Errorf("the receipt says %v", s.Counts)
				}
				if r.dataset.Version == 1 {
					for _, l := range lines {
						if l.Outcome == receipt.Refused && !strings.Contains(l.Reason, "gave no reason") {
							r.Errorf("a reason that version 1 does not give: %q", l.Reason)
						}
					}
				}

				// What is missing is sent again with the same batch.
				for _, clear := range clearing {
					clear()
				}
				plan, err := j.Load(r.Context(), b.Number())
				if err != nil {
					r.Fatal(err)
				}
				again, err := r.engine.Start(r.Context(), plan)
				if err != nil {
					r.Fatal(err)
				}
				r.ended(again)
				missing := s.Counts[receipt.Missing]
				s, lines = r.follow(j, b.Number())
				r.equalsDarwin(lines, theirs)
				if s.Counts[receipt.Missing] != 0 {
					r.Errorf("of %d missing files are left: %v", missing, s.Counts)
				}
			})
		})
	}
}

func TestWhatWasGivenUpLeavesNothingWaitingInDarwin(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		j, _ := r.opened(t.TempDir())
		r.keep(j.For("", ""))
		others := []darwin.NewItem{{Name: "theirs.jpg", Folder: "/in"}}
		if _, err := r.client.Uploads(r.dataset).Register(t.Context(), others); err != nil {
			t.Fatal(err)
		}
		r.run(r.file("before.jpg", []byte("before")))
		release := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, After: 30, Stall: true})
		b := r.start(r.files(240)...)
		for s := b.Snapshot(); s.Counts[uploader.InDarwin] < 30 || s.Counts[uploader.Sending] == 0; s = b.Snapshot() {
			if s.Ended {
				t.Fatalf("it ends as %+v", s)
			}
		}
		b.Stop()
		wait(t, b)
		release()
		waiting := 0
		for _, item := range r.sandbox.Items(slug) {
			if item.Status == "uploading" {
				waiting++
			}
		}
		lost := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Delete, LoseReply: true, Times: 1})
		defer lost()
		removed, err := j.Abandon(t.Context(), b.Number(), r.client.Listing(r.dataset))
		if err != nil || removed != waiting-1 {
			t.Errorf("%d of %d were removed: %v", removed, waiting-1, err)
		}
		left := 0
		for _, item := range r.sandbox.Items(slug) {
			left++
			if item.Status == "uploading" && item.Name != "theirs.jpg" {
				t.Errorf("%s still waits for its file", item.Name)
			}
		}
		if sent := b.Snapshot().Counts[uploader.InDarwin]; left != sent+2 {
			t.Errorf("%d items are left, %d were sent", left, sent)
		}
		if list, err := j.Unfinished(t.Context()); err != nil || len(list) > 0 {
			t.Errorf("unfinished: %+v, %v", list, err)
		}
	})
}

func TestWhatIsRegisteredWhileTheBatchIsStoppedIsKnownAndCanBeRemoved(t *testing.T) {
	inBoth(t, func(t *testing.T, slug string) {
		r := newRig(t, slug, sandbox.Config{})
		j, _ := r.opened(t.TempDir())
		r.keep(j.For("", ""))
		defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Register, Latency: 500 * time.Millisecond})()
		b := r.start(r.files(20)...)
		for s := b.Snapshot(); s.Counts[uploader.Registering] < 20; s = b.Snapshot() {
			if s.Ended {
				t.Fatalf("it ends as %+v", s)
			}
		}
		b.Stop()
		wait(t, b)
		removed, err := j.Abandon(t.Context(), b.Number(), r.client.Listing(r.dataset))
		if left := r.sandbox.Items(slug); err != nil || len(left) > 0 {
			t.Errorf("%d were removed, %d items are left: %v", removed, len(left), err)
		}
	})
}
