package conformance

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"darwin-uploader/uploader/cli"
	"darwin-uploader/uploader/external/finder"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/objects"
	"darwin-uploader/uploader/sandbox"
)

// Only one gateway can run in a process, so all of it is one test.
func TestAnS3GatewayMadeByOthers(t *testing.T) {
	g := start(t)
	t.Run("objects are listed, read in parts, described and written", g.objects)
	t.Run("wrong credentials, buckets and keys get their sentence", g.faults)
	t.Run("a read-only storage is registered with what its files tell", g.readOnly)
	t.Run("the browser's listing can be left at any time", g.browsing)
}

func (g gateway) objects(t *testing.T) {
	cfg, _ := g.config(t)
	store, err := objects.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"list/a.jpg", "list/b b+é%20.jpg", "list/sub/c.jpg", "list/sub/deep/d.jpg", "list/z.jpg"} {
		g.put(t, key, []byte("content of "+key))
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
		g.put(t, fmt.Sprintf("many/%04d.jpg", i), nil)
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

// noisy is a picture that does not compress well, so that its file is large.
func noisy(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	x := uint32(1)
	for i := range m.Pix {
		x = x*1664525 + 1013904223
		m.Pix[i] = byte(x >> 24)
	}
	for i := 3; i < len(m.Pix); i += 4 {
		m.Pix[i] = 255
	}
	m.Set(0, 0, color.White)
	return m
}

// webp is a lossless WebP of one colour: each of its five codes has a single
// symbol, so that its pixels take no bits.
func webp(w, h int) []byte {
	var bits []bool
	put := func(value, n int) {
		for i := range n {
			bits = append(bits, value>>i&1 == 1)
		}
	}
	put(0x2f, 8)
	put(w-1, 14)
	put(h-1, 14)
	put(0, 1+3+3) // no alpha, version 0, no transform, no cache of colours, no further codes
	for _, symbol := range []int{120, 200, 40, 255} {
		put(0b101, 3) // a simple code of one symbol of 8 bits
		put(symbol, 8)
	}
	put(0b001, 3)
	put(0, 1)
	data := make([]byte, (len(bits)+7)/8)
	for i, bit := range bits {
		if bit {
			data[i/8] |= 1 << (i % 8)
		}
	}
	if len(data)%2 == 1 {
		data = append(data, 0)
	}
	size := func(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }
	return slices.Concat([]byte("RIFF"), size(12+len(data)), []byte("WEBPVP8L"), size(len(data)), data)
}

func encoded(t *testing.T, write func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// readOnly is the whole way: a bucket of real files, a sandbox that looks for
// its objects in the same bucket, and the command.
func (g gateway) readOnly(t *testing.T) {
	picture := noisy(900, 675)
	files := map[string][]byte{
		"shots/a.jpg":     encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, picture, nil) }),
		"shots/b.png":     encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, picture) }),
		"shots/c.tif":     encoded(t, func(b *bytes.Buffer) error { return tiff.Encode(b, picture, nil) }),
		"shots/d.webp":    webp(33, 17),
		"shots/e.bmp":     encoded(t, func(b *bytes.Buffer) error { return bmp.Encode(b, picture) }),
		"shots/f.mp4":     []byte("the video itself is not looked at"),
		"shots/notes.txt": []byte("not meant"),
	}
	frame := encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, noisy(640, 360), nil) })
	for i := range 60 {
		files[fmt.Sprintf("shots/frames/f/%03d.jpg", i+1)] = frame
	}
	total := int64(0)
	for key, data := range files {
		g.put(t, key, data)
		total += int64(len(data))
	}

	cfg, counted := g.config(t)
	store, err := objects.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	for key, data := range files {
		if !strings.HasSuffix(key, ".txt") && !strings.HasSuffix(key, ".mp4") && !strings.Contains(key, "frames") {
			counted.bytes = 0
			w, h, err := finder.Size(t.Context(), store, key)
			if wide := key != "shots/d.webp"; err != nil || wide && (w != 900 || h != 675) || !wide && (w != 33 || h != 17) || counted.bytes > 8<<10 {
				t.Errorf("%s of %d bytes: %d x %d, %v, %d bytes read", key, len(data), w, h, err, counted.bytes)
			}
		}
	}

	s, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	s.AddStorage(sandbox.Storage{Name: "field-archive", Provider: "aws", Bucket: bucketName, Region: region, ReadOnly: true, Has: func(key string) bool {
		_, err := store.Stat(context.Background(), key)
		return err == nil
	}})
	run := func(args ...string) (int, string) {
		var out, errout bytes.Buffer
		vars := map[string]string{"DARWIN_BASE_URL": s.URL(), "DARWIN_API_KEY": s.Key()}
		t.Setenv("AWS_ACCESS_KEY_ID", accessKey)
		t.Setenv("AWS_SECRET_ACCESS_KEY", secret)
		code := cli.Register(t.Context(), cli.Env{
			Stdout: &out, Stderr: &errout, Version: "test", Getenv: func(name string) string { return vars[name] },
			Key: func(context.Context, string, string) (string, error) { return "", nil },
		}, append([]string{"--storage", "field-archive", "--dataset", "camera-traps-2026", "--endpoint", g.url, "--json"}, args...))
		return code, out.String() + errout.String()
	}
	whole := []string{"--prefix", "shots/", "--frames", "{dir}frames/{stem}/{n}.jpg", "--thumbnails", "small/{rest}.jpg"}
	// The frames lie below the prefix, too, and are pictures themselves.
	code, said := run(append(whole, "--find")...)
	if code != cli.ExitWrong || !strings.Contains(said, "66 of 66 rows cannot be registered") || !strings.Contains(said, `There is no thumbnail "small/`) {
		t.Fatalf("without thumbnails: exit %d, %s", code, said)
	}
	if code, said := run(append(whole, "--make-thumbnails")...); code != cli.ExitDone {
		t.Fatalf("exit %d, %s", code, said)
	} else {
		var r struct {
			InDarwin int `json:"in_darwin"`
			Rows     int
		}
		if err := json.Unmarshal([]byte(said), &r); err != nil || r.InDarwin != 66 || r.Rows != 66 {
			t.Errorf("%v, %s", err, said)
		}
	}
	for _, item := range s.Items("camera-traps-2026") {
		want, frames := [2]int{900, 675}, 0
		switch {
		case item.Name == "d.webp":
			want = [2]int{33, 17}
		case item.Name == "f.mp4":
			want, frames = [2]int{0, 0}, 60 // a sequence states the size of each frame
		case strings.HasPrefix(item.Folder, "/frames"):
			want = [2]int{640, 360}
		}
		if [2]int{item.Width, item.Height} != want || item.Frames != frames || item.Status != "complete" || item.Thumbnail != "small/"+strings.TrimPrefix(item.Key, "shots/")+".jpg" {
			t.Errorf("%+v", item)
		}
		small, err := store.Read(t.Context(), item.Thumbnail, 0, 1<<20)
		if config, err2 := jpeg.DecodeConfig(bytes.NewReader(small)); err != nil || err2 != nil || config.Width > 356 || config.Height > 200 {
			t.Errorf("%s: %+v, %v, %v", item.Thumbnail, config, err, err2)
		}
	}
}
