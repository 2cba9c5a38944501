package conformance

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/objects"
)

// Only one gateway can run in a process, so all of it is one test.
func TestAnS3GatewayMadeByOthers(t *testing.T) {
	g := start(t)
	t.Run("objects are listed, read in parts, described and written", g.objects)
	t.Run("wrong credentials, buckets and keys get their sentence", g.faults)
	t.Run("the size of a picture is found by a few KB of it", g.sizes)
	t.Run("a read-only storage is registered with what its files tell", g.readOnly)
	t.Run("a read-only storage is registered in a dataset of version 1", g.readOnlyV1)
	t.Run("a writable storage is registered by keys, and a wrong one is told", g.writable)
	t.Run("the browser's listing can be left at any time", g.browsing)
}

func (g gateway) objects(t *testing.T) {
	cfg, _ := g.config(t)
	store, err := objects.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"list/a.jpg", "list/b b+é%20.jpg", "list/sub/c.jpg", "list/sub/deep/d.jpg", "list/z.jpg"} {
		g.put(t, bucketName, key, []byte("content of "+key))
	}
	list := func(prefix string, recursive bool) (keys []string) {
		for o, err := range store.List(t.Context(), prefix, recursive) {
			if err != nil {
				t.Fatal(err)
			}
			if o.Folder != strings.HasSuffix(o.Key, "/") || !o.Folder && o.Size != int64(len("content of "+o.Key)) {
				t.Errorf("listed %+v", o)
			}
			keys = append(keys, o.Key)
		}
		slices.Sort(keys)
		return keys
	}
	if got := list("list/", true); !slices.Equal(got, []string{"list/a.jpg", "list/b b+é%20.jpg", "list/sub/c.jpg", "list/sub/deep/d.jpg", "list/z.jpg"}) {
		t.Errorf("all: %q", got)
	}
	if got := list("list/", false); !slices.Equal(got, []string{"list/a.jpg", "list/b b+é%20.jpg", "list/sub/", "list/z.jpg"}) {
		t.Errorf("one level: %q", got)
	}
	if got := list("nothing/", true); len(got) != 0 {
		t.Errorf("nothing: %q", got)
	}
	for _, tc := range []struct {
		offset, length int64
		want           string
	}{{0, 7, "content"}, {11, 100, "list/b b+é%20.jpg"}, {500, 10, ""}, {0, 0, ""}} {
		if got, err := store.Read(t.Context(), "list/b b+é%20.jpg", tc.offset, tc.length); err != nil || string(got) != tc.want {
			t.Errorf("read %d+%d: %q, %v", tc.offset, tc.length, got, err)
		}
	}
	if err := store.Write(t.Context(), "thumbs/t 1.jpg", "image/jpeg", []byte("small")); err != nil {
		t.Fatal(err)
	}
	if o, err := store.Stat(t.Context(), "thumbs/t 1.jpg"); err != nil || o.Size != 5 || o.Modified.IsZero() {
		t.Errorf("%+v, %v", o, err)
	}
}

func (g gateway) faults(t *testing.T) {
	cfg, _ := g.config(t)
	wrongKey, wrongBucket, nobody := cfg, cfg, cfg
	wrongKey.Credentials = &objects.Credentials{AccessKey: accessKey, Secret: "another"}
	wrongBucket.Bucket = "elsewhere"
	nobody.Endpoint = "http://127.0.0.1:1"
	for name, tc := range map[string]struct {
		cfg  objects.Config
		key  string
		kind fault.Kind
	}{
		"a wrong secret": {wrongKey, "list/a.jpg", fault.Key},
		"another bucket": {wrongBucket, "list/a.jpg", fault.Missing},
		"a missing key":  {cfg, "list/A.jpg", fault.Missing},
		"nobody there":   {nobody, "list/a.jpg", fault.Network},
	} {
		store, err := objects.Open(t.Context(), tc.cfg)
		if err != nil {
			t.Fatal(err)
		}
		_, err = store.Read(t.Context(), tc.key, 0, 5)
		if e := fault.Of(err); err == nil || e.Kind != tc.kind || e.What == "" || e.Do == "" || strings.Contains(e.Error()+e.Detail, "another") {
			t.Errorf("%s: %v (%v)", name, err, fault.KindOf(err))
		}
	}
	store, err := objects.Open(t.Context(), wrongKey)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range store.List(t.Context(), "", true) {
		if fault.KindOf(err) != fault.Key {
			t.Errorf("listing with a wrong secret: %v", err)
		}
	}
}

func (g gateway) browsing(t *testing.T) {
	cfg, _ := g.config(t)
	store, err := objects.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2500 {
		g.put(t, bucketName, fmt.Sprintf("many/%04d.jpg", i), nil)
	}
	n := 0
	for _, err := range store.List(t.Context(), "many/", true) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 10 {
			break
		}
	}
	n = 0
	for _, err := range store.List(t.Context(), "many/", true) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 2500 {
		t.Errorf("%d of 2500 objects were listed", n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range store.List(ctx, "many/", true) {
		if err != context.Canceled {
			t.Errorf("a listing that was cancelled gives %v", err)
		}
	}
}
