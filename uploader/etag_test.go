package uploader_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
	"darwin-uploader/uploader/storage"
)

// tagging is a storage that gives ETags of its own. wrong says which sendings,
// counted from 1, of which file get one that is no MD5 of it.
type tagging struct {
	uploader.Storage
	wrong func(name string, sending int) bool

	mu    sync.Mutex
	sends int
}

func (s *tagging) Send(ctx context.Context, to storage.Target, b storage.Body, progress func(int64)) (storage.Stored, error) {
	stored, err := s.Storage.Send(ctx, to, b, progress)
	if err != nil {
		return stored, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sends++
	if s.wrong(b.Name, s.sends) {
		stored.ETag = strings.Repeat("ab", 16)
	}
	return stored, nil
}

func TestAnETagThatDiffersIsAnAlarmWhereOthersAreTheSame(t *testing.T) {
	always := func(string, int) bool { return true }
	one := func(name string, _ int) bool { return name == "0007.jpg" }
	first := func(_ string, n int) bool { return n == 1 }
	for name, tc := range map[string]struct {
		wrong       func(string, int) bool
		files       int
		failed      int
		atLeast, at int // sendings
	}{
		"none is comparable":     {always, 20, 0, 21, 21},
		"one file, incomparable": {always, 1, 0, 2, 2},
		"the first is damaged":   {first, 1, 0, 2, 2},
		"one is always damaged":  {one, 20, 1, 19 + 6, 19 + 6},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, sandbox.Config{}, func(r *bubble) {
				s := &tagging{Storage: r.storage, wrong: tc.wrong}
				r.engine = uploader.New(uploader.Config{Darwin: r.client, Storage: s, Workers: 1})
				b := r.start(r.files(tc.files)...)
				r.ended(b)
				if end := b.Snapshot(); end.Counts[uploader.Failed] != tc.failed || end.Counts[uploader.InDarwin] != tc.files-tc.failed {
					t.Errorf("it ends as %+v; %v", end, problems(b))
				}
				if s.sends < tc.atLeast || s.sends > tc.at {
					t.Errorf("it sent %d times", s.sends)
				}
				for _, s := range b.Statuses(nil) {
					if s.State == uploader.Failed && (fault.KindOf(s.Problem) != fault.Unexpected || s.Reached.Stored) {
						t.Errorf("it ends with %v", s.Problem)
					}
				}
				for _, item := range r.sandbox.Items(r.dataset.Slug) {
					if damaged := tc.failed > 0 && item.Name == "0007.jpg"; damaged != (item.Confirms == 0) {
						t.Errorf("%s was confirmed %d times", item.Name, item.Confirms)
					}
				}
			})
		})
	}
}

func TestASignatureThatIsNeverTakenEndsItsItemAfterItsTries(t *testing.T) {
	inBubble(t, sandbox.Config{}, func(r *bubble) {
		defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Item: "0002.jpg", Status: 403})()
		b := r.start(r.files(4)...)
		r.ended(b)
		r.want(b, uploader.InDarwin, uploader.InDarwin, uploader.Failed, uploader.InDarwin)
		if s := b.Status(2); s.Stage != uploader.StageSend || fault.KindOf(s.Problem) != fault.Expired {
			t.Errorf("it ends at %v with %v", s.Stage, s.Problem)
		}
		for _, item := range r.sandbox.Items(r.dataset.Slug) {
			if want := map[bool]int{true: 6, false: 1}[item.Name == "0002.jpg"]; item.Signs != want {
				t.Errorf("%s was signed %d times", item.Name, item.Signs)
			}
		}
	})
}
