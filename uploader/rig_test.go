package uploader_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/sandbox"
	"darwin-uploader/uploader/storage"
)

// rig is an engine on a sandbox.
type rig struct {
	*testing.T
	sandbox *sandbox.Sandbox
	client  *darwin.Client
	storage *storage.Client
	engine  *uploader.Engine
	dataset darwin.Dataset
	sums    map[string]string // item name -> SHA-256 of its file
	dir     string

	patience uploader.Patience
	packs    bool // small files go in packs
}

// impatient makes retries quick; how long pauses are is tested elsewhere.
var impatient = uploader.Patience{Tries: 8, FirstPause: time.Millisecond, MaxPause: 4 * time.Millisecond}

func newRig(t *testing.T, slug string, cfg sandbox.Config) *rig {
	t.Helper()
	sb, err := sandbox.Start("127.0.0.1:0", cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sb.Close(); err != nil {
			t.Error(err)
		}
	})
	return rigOn(t, slug, sb, nil, storage.Config{Stall: 1200 * time.Millisecond}, impatient)
}

// rigOn is a rig on a sandbox that runs; transport is for Darwin, nil for the
// usual one.
func rigOn(t *testing.T, slug string, sb *sandbox.Sandbox, transport http.RoundTripper, to storage.Config, patience uploader.Patience) *rig {
	t.Helper()
	server, err := darwin.ParseServer(sb.URL())
	if err != nil {
		t.Fatal(err)
	}
	client, err := darwin.New(darwin.Config{Server: server, Key: sb.Key(), Transport: transport})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdle)
	send := storage.New(to)
	t.Cleanup(send.Close)
	r := &rig{
		T: t, sandbox: sb, sums: map[string]string{}, dir: t.TempDir(), client: client, storage: send, patience: patience,
	}
	r.talkTo(client)
	all, err := client.Datasets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Slug == slug {
			r.dataset = d
		}
	}
	if r.dataset.ID == 0 {
		t.Fatalf("the sandbox has no dataset %q", slug)
	}
	return r
}

// talkTo makes the engine use this Darwin.
func (r *rig) talkTo(d uploader.Darwin) {
	r.engine = uploader.New(uploader.Config{Darwin: d, Storage: r.storage, Workers: 8, Patience: r.patience, NoDirect: !r.packs})
}

// file makes a file and the item that it is to become.
func (r *rig) file(name string, content []byte, tags ...darwin.Tag) uploader.Item {
	r.Helper()
	path := filepath.Join(r.dir, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		r.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		r.Fatal(err)
	}
	sum := sha256.Sum256(content)
	r.sums[name] = hex.EncodeToString(sum[:])
	return uploader.Item{Path: path, Size: info.Size(), ModTime: info.ModTime(), Name: name, Folder: "/in", Tags: tags}
}

func (r *rig) files(n int) []uploader.Item {
	items := make([]uploader.Item, n)
	for i := range items {
		items[i] = r.file(fmt.Sprintf("%04d.jpg", i), []byte(strings.Repeat(fmt.Sprint(i), 1+i%97)))
	}
	return items
}

func (r *rig) start(items ...uploader.Item) *uploader.Batch {
	r.Helper()
	b, err := r.engine.Start(r.Context(), uploader.Plan{Dataset: r.dataset, Items: items})
	if err != nil {
		r.Fatal(err)
	}
	return b
}

func (r *rig) run(items ...uploader.Item) *uploader.Batch {
	r.Helper()
	b := r.start(items...)
	wait(r.T, b)
	return b
}

func wait(t *testing.T, b *uploader.Batch) {
	t.Helper()
	select {
	case <-b.Done():
	case <-time.After(60 * time.Second):
		t.Fatalf("the batch does not end: %+v", b.Snapshot())
	}
}

// allArrived checks that the sandbox holds each file exactly once and whole.
func (r *rig) allArrived(n int) {
	r.Helper()
	items := r.sandbox.Items(r.dataset.Slug)
	if len(items) != n {
		r.Errorf("the dataset has %d items, want %d", len(items), n)
	}
	for _, item := range items {
		if item.SHA256 != r.sums[item.Name] {
			r.Errorf("%s is not the file that was sent", item.Name)
		}
		if item.Confirms == 0 || item.Folder != "/in" {
			r.Errorf("%s: %d confirms, folder %q", item.Name, item.Confirms, item.Folder)
		}
	}
}

var slugs = map[string]string{"version 1": "old-archive", "version 2": "camera-traps-2026"}

// inBoth runs a test against a dataset of each version.
func inBoth(t *testing.T, f func(t *testing.T, slug string)) {
	for name, slug := range slugs {
		t.Run(name, func(t *testing.T) { f(t, slug) })
	}
}

// problems gives the first few.
func problems(b *uploader.Batch) (all []string) {
	for _, s := range b.Statuses(nil) {
		if s.Problem != nil && len(all) < 4 {
			all = append(all, fmt.Sprintf("%v at %v: %v %s", s.State, s.Stage, s.Problem, s.Problem.Detail))
		}
	}
	return all
}
