package journal

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var dataset = darwin.Dataset{ID: 7, Name: "Camera traps 2026", Slug: "camera-traps-2026", TeamSlug: "alder-valley-wildlife", Version: 2}

func open(t testing.TB, dir string) *Journal {
	t.Helper()
	j, err := Open(dir)
	if err != nil {
		t.Fatalf("%v (%s)", err, fault.Of(err).Detail)
	}
	t.Cleanup(func() { shut(t, j) })
	return j
}

func shut(t testing.TB, j *Journal) {
	t.Helper()
	if err := j.Close(); err != nil {
		t.Error(err)
	}
}

// begin opens a page for n items.
func begin(t testing.TB, j *Journal, n int) uploader.Page {
	t.Helper()
	b, err := j.For("https://darwin.example", "account-1").Begin(uploader.Plan{Dataset: dataset, Items: someItems(n)})
	if err != nil {
		t.Fatalf("%v (%s)", err, fault.Of(err).Detail)
	}
	return b
}

func someItems(n int) []uploader.Item {
	all := make([]uploader.Item, n)
	for i := range all {
		all[i] = uploader.Item{
			Path: filepath.FromSlash(fmt.Sprintf("/pictures/%04d.jpg", i)), Size: int64(i + 1),
			ModTime: time.Unix(1_700_000_000, int64(i)), Kind: intake.Image,
			Name: fmt.Sprintf("%04d.jpg", i), Folder: "/in",
		}
	}
	return all
}

// newest gives the plan of the newest unfinished batch.
func newest(t testing.TB, j *Journal) (Unfinished, uploader.Plan) {
	t.Helper()
	list, err := j.Unfinished(context.Background())
	if err != nil || len(list) == 0 {
		t.Fatalf("%d batches are unfinished: %v", len(list), err)
	}
	plan, err := j.Load(context.Background(), list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return list[0], plan
}
