package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"darwin-uploader/uploader/cli"
	"darwin-uploader/uploader/external/finder"
	"darwin-uploader/uploader/objects"
	"darwin-uploader/uploader/sandbox"
)

// stage is a sandbox whose storages lie over the gateway, and the command.
type stage struct {
	gateway
	*testing.T
	sandbox *sandbox.Sandbox
	store   objects.Store // the read-only storage's bucket
}

func (g gateway) stage(t *testing.T) *stage {
	t.Helper()
	s := &stage{gateway: g, T: t}
	var err error
	if s.sandbox, err = sandbox.Start("127.0.0.1:0", sandbox.Config{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.sandbox.Close() })
	for _, storage := range []sandbox.Storage{
		{Name: "team-uploads", Provider: "aws", Bucket: otherName, Region: region, Default: true},
		{Name: "field-archive", Provider: "aws", Bucket: bucketName, Region: region, ReadOnly: true},
	} {
		storage.Has, err = sandbox.S3{Endpoint: g.url, Region: region, Bucket: storage.Bucket, AccessKey: accessKey, Secret: secret}.Has()
		if err != nil {
			t.Fatal(err)
		}
		s.sandbox.AddStorage(storage)
	}
	cfg, _ := g.config(t)
	if s.store, err = objects.Open(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	for key, data := range shots(t) {
		g.put(t, bucketName, key, data)
	}
	return s
}

// result is what --json prints.
type result struct {
	Rows, Registered, Refused int
	InDarwin                  int `json:"in_darwin"`
	Left                      []struct{ Key, Reason string }
}

// register runs the command with the person's own credentials.
func (s *stage) register(storage, dataset string, args ...string) (code int, r result, said string) {
	s.Helper()
	s.Setenv("AWS_ACCESS_KEY_ID", accessKey)
	s.Setenv("AWS_SECRET_ACCESS_KEY", secret)
	var out, errout bytes.Buffer
	vars := map[string]string{"DARWIN_BASE_URL": s.sandbox.URL(), "DARWIN_API_KEY": s.sandbox.Key()}
	code = cli.Register(s.Context(), cli.Env{
		Stdout: &out, Stderr: &errout, Version: "test", Getenv: func(name string) string { return vars[name] },
		Key: func(context.Context, string, string) (string, error) { return "", nil },
	}, append([]string{"--storage", storage, "--dataset", dataset, "--endpoint", s.url, "--json"}, args...))
	_ = json.Unmarshal(out.Bytes(), &r) // of a command that was refused there is none
	return code, r, out.String() + errout.String()
}

// keys lists what lies in the read-only storage's bucket below a prefix.
func (s *stage) keys(prefix string) (all []string) {
	s.Helper()
	for o, err := range s.store.List(s.Context(), prefix, true) {
		if err != nil {
			s.Fatal(err)
		}
		all = append(all, o.Key)
	}
	slices.Sort(all)
	return all
}

func (g gateway) sizes(t *testing.T) {
	s := g.stage(t)
	cfg, counted := g.config(t)
	store, err := objects.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range sizes {
		counted.bytes = 0
		w, h, err := finder.Size(t.Context(), store, "shots/"+name)
		if err != nil || [2]int{w, h} != want || counted.bytes > 40<<10 || counted.bytes > 8<<10 && name != "turned.jpg" {
			t.Errorf("%s: %d x %d, %v, %d bytes read", name, w, h, err, counted.bytes)
		}
	}
	if n := len(s.keys("frames/")); n != 60 {
		t.Errorf("the film has %d frames", n)
	}
}

// readOnly is the whole way: what lies in the bucket is found, planned and
// registered, and the sandbox looks for it in the same bucket.
func (g gateway) readOnly(t *testing.T) {
	s := g.stage(t)
	there := jpegOf(t, noisy(40, 30))
	g.put(t, bucketName, "small/upright.jpg.jpg", there)
	g.put(t, bucketName, "small/b.png.jpg", there)
	whole := []string{"--prefix", "shots/", "--frames", "frames/{stem}/{n}.png", "--thumbnails", "small/{rest}.jpg"}

	code, _, said := s.register("field-archive", "camera-traps-2026", whole...)
	if code != cli.ExitWrong || !strings.Contains(said, "5 of 7 rows cannot be registered. Nothing was sent.") ||
		!strings.Contains(said, `There is no thumbnail "small/turned.jpg.jpg".`) || !strings.Contains(said, `There is no thumbnail "small/f.mp4.jpg".`) {
		t.Fatalf("without thumbnails: exit %d, %s", code, said)
	}
	if got := s.keys("small/"); !slices.Equal(got, []string{"small/b.png.jpg", "small/upright.jpg.jpg"}) || s.sandbox.Count("camera-traps-2026") != 0 {
		t.Fatalf("without consent %q were written, and %d items sent", got, s.sandbox.Count("camera-traps-2026"))
	}

	code, r, said := s.register("field-archive", "camera-traps-2026", append(whole, "--make-thumbnails")...)
	if code != cli.ExitDone || r.InDarwin != 7 || r.Rows != 7 {
		t.Fatalf("exit %d, %s", code, said)
	}
	for _, item := range s.sandbox.Items("camera-traps-2026") {
		want, frames := sizes[item.Name], 0
		if item.Name == "f.mp4" {
			frames = 60 // each of which states its size
		}
		if [2]int{item.Width, item.Height} != want || item.Frames != frames || item.Status != "complete" || item.Storage != "field-archive" ||
			item.Key != "shots/"+item.Name || item.Thumbnail != "small/"+item.Name+".jpg" {
			t.Errorf("%+v", item)
		}
		small, err := s.store.Read(t.Context(), item.Thumbnail, 0, 1<<20)
		config, err2 := jpeg.DecodeConfig(bytes.NewReader(small))
		switch {
		case err != nil || err2 != nil:
			t.Errorf("%s: %v, %v", item.Thumbnail, err, err2)
		case item.Name == "upright.jpg" || item.Name == "b.png":
			if !bytes.Equal(small, there) {
				t.Errorf("%s was there, and is another now", item.Thumbnail)
			}
		case config.Width > 356 || config.Height > 200 || (config.Width < config.Height) != (item.Name == "turned.jpg"):
			t.Errorf("%s has %d x %d pixels", item.Thumbnail, config.Width, config.Height)
		}
	}

	if err := os.Remove(filepath.Join(g.root, bucketName, "frames", "f", "031.png")); err != nil {
		t.Fatal(err)
	}
	code, _, said = s.register("field-archive", "nest-boxes", append(whole, "--make-thumbnails")...)
	if code != cli.ExitWrong || !strings.Contains(said, `Frame 31 of "frames/f/{n:3}.png" is missing.`) || s.sandbox.Count("nest-boxes") != 0 {
		t.Errorf("with a gap: exit %d, %s", code, said)
	}
}

func (g gateway) readOnlyV1(t *testing.T) {
	s := g.stage(t)
	args := []string{"--thumbnails", "thumbs/{rest}", "--make-thumbnails", "--below", "shots"}
	code, r, said := s.register("field-archive", "old-archive", append(args, "shots/turned.jpg", "shots/c.tif", "s3://"+bucketName+"/shots/d.webp")...)
	if code != cli.ExitDone || r.InDarwin != 3 {
		t.Fatalf("exit %d, %s", code, said)
	}
	for _, item := range s.sandbox.Items("old-archive") {
		if want := sizes[item.Name]; [2]int{item.Width, item.Height} != want || item.Thumbnail != "thumbs/"+item.Name || item.Folder != "/" || item.Key != "shots/"+item.Name {
			t.Errorf("%+v", item)
		}
	}
	code, _, said = s.register("field-archive", "old-archive", append(args, "--frames", "frames/{stem}/{n}.png", "shots/f.mp4")...)
	if code != cli.ExitWrong || !strings.Contains(said, "version 1") {
		t.Errorf("a video: exit %d, %s", code, said)
	}
}

func (g gateway) writable(t *testing.T) {
	s := g.stage(t)
	for _, key := range []string{"2026/a b+ü.jpg", "2026/v.mp4"} {
		g.put(t, otherName, key, []byte("Darwin looks at it by itself"))
	}
	for _, dataset := range []string{"camera-traps-2026", "old-archive"} {
		code, r, said := s.register("team-uploads", dataset, "2026/a b+ü.jpg", "2026/v.mp4", "2026/V.mp4")
		if code != cli.ExitSome || r.Registered != 3 || r.InDarwin != 2 || r.Refused != 1 || len(r.Left) != 1 || r.Left[0].Key != "2026/V.mp4" ||
			!strings.Contains(r.Left[0].Reason, "The key may be wrong, also in upper and lower case") {
			t.Errorf("%s: exit %d, %+v, %s", dataset, code, r, said)
		}
	}
	code, r, said := s.register("team-uploads", "nest-boxes", "--prefix", "2026/")
	if code != cli.ExitDone || r.InDarwin != 2 {
		t.Errorf("listed: exit %d, %s", code, said)
	}
}
