package uploader_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox"
)

// crowd is a dataset in which others were before us: dup-* are complete items
// with other bytes, stuck-* were registered an hour ago and never got theirs.
type crowd struct {
	*rig
	old      map[string]string // SHA-256 of the items that were there
	repeated bool              // the test makes storage take files of ours again
}

func newCrowd(t *testing.T, slug string) *crowd {
	var late atomic.Int64 // how far the sandbox's clock is behind
	c := &crowd{rig: newRig(t, slug, sandbox.Config{Clock: func() time.Time { return time.Now().Add(-time.Duration(late.Load())) }})}
	late.Store(int64(time.Hour))
	var theirs []uploader.Item
	for i := range 4 {
		theirs = append(theirs, c.file(fmt.Sprintf("dup-%d.jpg", i), []byte("theirs")))
	}
	c.run(theirs...)
	c.old = c.sums
	c.sums = map[string]string{}
	var stuck []darwin.NewItem
	for i := range 3 {
		stuck = append(stuck, darwin.NewItem{Name: fmt.Sprintf("stuck-%d.jpg", i), Folder: "/in"})
	}
	if _, err := c.client.Uploads(c.dataset).Register(t.Context(), stuck); err != nil {
		t.Fatal(err)
	}
	late.Store(0)
	return c
}

// mixed is n files of ours between files that have the names of theirs.
func (c *crowd) mixed(n int) []uploader.Item {
	items := c.files(n)
	for i := range 4 {
		items = append(items[:i*5], append([]uploader.Item{c.file(fmt.Sprintf("dup-%d.jpg", i), []byte("ours"))}, items[i*5:]...)...)
	}
	for i := range 3 {
		items = append(items, c.file(fmt.Sprintf("stuck-%d.jpg", i), []byte("ours")))
	}
	return items
}

// untouched checks that ours arrived once and whole, and that nothing of
// theirs was touched or misreported. exactly is what Darwin saw of each file
// of ours: how many registrations, 0 if that may differ.
func (c *crowd) untouched(b *uploader.Batch, n, exactly int) {
	c.Helper()
	status := map[string]uploader.Status{}
	for i, item := range b.Items() {
		status[item.Name] = b.Status(i)
	}
	seen := map[string]int{}
	for _, item := range c.sandbox.Items(c.dataset.Slug) {
		seen[item.Name]++
		s := status[item.Name]
		switch {
		case strings.HasPrefix(item.Name, "dup-"):
			if s.State != uploader.Skipped || fault.KindOf(s.Problem) != fault.Exists || item.SHA256 != c.old[item.Name] || item.Stores != 1 || item.Signs != 1 {
				c.Errorf("%s ends as %v, %v; it was stored %d times", item.Name, s.State, s.Problem, item.Stores)
			}
		case strings.HasPrefix(item.Name, "stuck-"):
			if s.State != uploader.Blocked || s.Reason != darwin.ReasonAlreadyExists || item.Signs != 0 || item.Stores != 0 || item.Status != "uploading" {
				c.Errorf("%s ends as %v, %v; it was signed %d times", item.Name, s.State, s.Problem, item.Signs)
			}
		default:
			if s.State != uploader.InDarwin || item.SHA256 != c.sums[item.Name] || item.Stores != 1 && !c.repeated || item.Confirms == 0 || item.Status == "uploading" {
				c.Errorf("%s ends as %v, %v; stored %d times, confirmed %d times", item.Name, s.State, s.Problem, item.Stores, item.Confirms)
			}
			if exactly > 0 && item.Registrations != exactly {
				c.Errorf("%s was registered %d times", item.Name, item.Registrations)
			}
		}
	}
	if len(seen) != n+7 {
		c.Errorf("the dataset has %d items, want %d", len(seen), n+7)
	}
	for name, times := range seen {
		if times != 1 {
			c.Errorf("%s is there %d times", name, times)
		}
	}
}

func TestALostReplyLosesDoublesAndMisreportsNothing(t *testing.T) {
	for name, f := range map[string]sandbox.Fault{
		"none":                      {Call: sandbox.Page},
		"the first registration":    {Call: sandbox.Register, LoseReply: true, Times: 1},
		"half a registration":       {Call: sandbox.Register, CutReply: true, Times: 1},
		"a registration in between": {Call: sandbox.Register, LoseReply: true, After: 1, Times: 1},
		"two out of three":          {Call: sandbox.Register, LoseReply: true, Probability: 0.66, Seed: 4},
		"every registration":        {Call: sandbox.Register, LoseReply: true},
		"the first confirm":         {Call: sandbox.Confirm, LoseReply: true, Times: 1},
		"half of the confirms":      {Call: sandbox.Confirm, LoseReply: true, Probability: 0.5, Seed: 9},
		"a fifth of everything":     {LoseReply: true, Probability: 0.2, Seed: 11},
	} {
		t.Run(name, func(t *testing.T) {
			inBoth(t, func(t *testing.T, slug string) {
				c := newCrowd(t, slug)
				defer c.sandbox.Inject(f)()
				b := c.run(c.mixed(120)...)
				exactly := 1
				if f.Call == sandbox.Register || f.Call == sandbox.Any {
					exactly = 0
				}
				if f.Call == sandbox.Any { // a store that is repeated is stored twice
					c.repeated = true
				}
				c.untouched(b, 120, exactly)
			})
		})
	}
}

func TestARepeatedConfirmThatIsRefusedIsClearedUp(t *testing.T) {
	for _, status := range []int{404, 422} {
		for name, tc := range map[string]struct {
			more  sandbox.Fault
			want  uploader.State
			words string
		}{
			"done":          {sandbox.Fault{Call: sandbox.Page}, uploader.InDarwin, ""},
			"not processed": {sandbox.Fault{Call: sandbox.Process, Body: "broken JPEG"}, uploader.Failed, "processing failed"},
			"never arrived": {sandbox.Fault{Call: sandbox.Confirm, Cut: true, Times: 1}, uploader.Failed, "confirm"},
			"no list":       {sandbox.Fault{Call: sandbox.List, Status: 403}, uploader.Failed, "confirm"},
		} {
			t.Run(fmt.Sprint(name, " ", status), func(t *testing.T) {
				inBoth(t, func(t *testing.T, slug string) {
					r := newRig(t, slug, sandbox.Config{})
					defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Confirm, LoseReply: true, Times: 1})()
					defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Confirm, After: 1, Status: status})()
					defer r.sandbox.Inject(tc.more)()
					b := r.run(r.files(1)...)
					s := b.Status(0)
					if s.State != tc.want || (s.State == uploader.Failed) != (s.Stage == uploader.StageConfirm) {
						t.Errorf("it ends as %v at %v: %v", s.State, s.Stage, s.Problem)
					}
					if s.Problem != nil && !strings.Contains(s.Problem.Detail, tc.words) {
						t.Errorf("its details say %q", s.Problem.Detail)
					}
				})
			})
		}
	}
}
