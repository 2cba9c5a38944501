package uploader_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/sandbox"
)

// manyEnv says how many files the comparison of packs with the standard way
// takes, in place of the number that fits into every run.
const manyEnv = "DARWIN_UPLOADER_MANY"

// thumbnails is n files of 20 KB in several folders with tags; every hundredth
// has the content of another one.
func (r *rig) thumbnails(n int) []uploader.Item {
	noise := rand.NewChaCha8([32]byte{7})
	content := make([]byte, 20_000)
	some := make([]uploader.Item, 100)
	for i := range some {
		_, _ = noise.Read(content) // never fails
		some[i] = r.file(fmt.Sprintf("%d.jpg", i), bytes.Clone(content))
	}
	items := make([]uploader.Item, n)
	for i := range items {
		item := some[i%100]
		item.Name, item.Folder = fmt.Sprintf("%05d.jpg", i), fmt.Sprintf("/season/trap %d", i%7)
		if i%3 == 0 {
			item.Tags = []darwin.Tag{{Class: "seen", Text: strconv.Itoa(i)}}
		}
		r.sums[item.Name] = r.sums[some[i%100].Name]
		items[i] = item
	}
	return items
}

// cost is what an upload cost and what came of it.
type cost struct {
	requests, refused int
	took              time.Duration
	items             []sandbox.Item
	statuses          []uploader.Status
}

// thumbnailsWith uploads n thumbnails to a Darwin that allows a key 1,000
// requests a minute, 50 ms away, its storage 30 ms away.
func thumbnailsWith(t *testing.T, n int, packs bool) (c cost) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		t.Helper()
		r := newBubble(t, slugs["version 2"], sandbox.Config{RequestsPerMinute: 1000})
		if packs {
			r.usePacks()
		}
		r.sandbox.AddTagClass("seen", true)
		r.Cleanup(r.sandbox.Inject(sandbox.Fault{Latency: 30 * time.Millisecond}))
		for _, call := range []sandbox.Call{sandbox.Register, sandbox.DirectUpload, sandbox.Sign, sandbox.Confirm, sandbox.List} {
			r.Cleanup(r.sandbox.Inject(sandbox.Fault{Call: call, Latency: 20 * time.Millisecond}))
		}
		before := len(r.sandbox.Requests())
		b := r.start(r.thumbnails(n)...)
		c.took = r.ended(b)
		for _, q := range r.sandbox.Requests()[before:] {
			if q.Call != sandbox.Store {
				c.requests++
				if q.Status == 429 {
					c.refused++
				}
			}
		}
		c.items, c.statuses = r.sandbox.Items(r.dataset.Slug), b.Statuses(nil)
		if done := b.Snapshot().Counts[uploader.InDarwin]; done != n {
			t.Errorf("%d of %d are in Darwin: %v", done, n, problems(b))
		}
		for _, item := range c.items {
			if item.SHA256 != r.sums[item.Name] || item.Registrations != 1 || item.Stores != 1 || item.Confirms != 1 {
				t.Errorf("%+v", item)
			}
		}
	})
	t.Logf("%d files, packs: %v: %d requests to Darwin (%d of them refused), %v", n, packs, c.requests, c.refused, c.took.Round(10*time.Millisecond))
	return c
}

// essence is what a person can see of the items, by their names.
func essence(items []sandbox.Item) map[string]sandbox.Item {
	all := make(map[string]sandbox.Item, len(items))
	for _, item := range items {
		item.ID, item.Registered, item.Signs = "", time.Time{}, 0
		all[item.Name] = item
	}
	return all
}

func TestPacksTakeATenthOfTheRequestsAndLessTimeForTheSameItems(t *testing.T) {
	n := 1200
	if more, err := strconv.Atoi(os.Getenv(manyEnv)); err == nil {
		n = more
	}
	standard, packed := thumbnailsWith(t, n, false), thumbnailsWith(t, n, true)
	if packed.requests*10 > standard.requests || packed.took >= standard.took {
		t.Errorf("packs take %d requests and %v, the standard way %d and %v", packed.requests, packed.took, standard.requests, standard.took)
	}
	if !reflect.DeepEqual(essence(standard.items), essence(packed.items)) {
		t.Error("the dataset is not the same")
	}
	for i, s := range packed.statuses {
		other := standard.statuses[i]
		s.Reached, other.Reached = uploader.Reached{}, uploader.Reached{}
		if !reflect.DeepEqual(s, other) {
			t.Errorf("item %d: %+v with packs, %+v without", i, s, other)
		}
	}
}
