package sandbox

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"
)

func (c *client) page(path string) answer {
	c.t.Helper()
	return c.send("GET", c.URL()+path, nil, nil)
}

func (c *client) pageOf(slug string) string {
	c.t.Helper()
	c.state.mu.Lock()
	defer c.state.mu.Unlock()
	return fmt.Sprintf("/datasets/%d", c.state.dataset(slug).id)
}

func picture(t *testing.T, kind string, w, h int) []byte {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.Black, color.RGBA{200, 40, 40, 255}})
	for x := range w {
		for y := range h / 2 {
			img.SetColorIndex(x, y, 1)
		}
	}
	var b bytes.Buffer
	var err error
	switch kind {
	case "jpg":
		err = jpeg.Encode(&b, img, nil)
	case "gif":
		err = gif.Encode(&b, img, nil)
	default:
		err = png.Encode(&b, img)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestThePageShowsWhatArrivedAndEscapesNames(t *testing.T) {
	c := start(t, Config{ProcessAfter: time.Second})
	c.upload(`<img src=x onerror=alert(1)>.jpg`, `/a<b>&"c"/d`, []byte("bytes"))
	a := c.api("POST", registerV2, `{"dataset_slug":"camera-traps-2026","items":[{"name":"\"<script>.jpg","slots":[
		{"slot_name":"0","file_name":"x.jpg","tags":{"weather":"<b>rain<\/b>","fox":""}}]}]}`)
	if a.status != 200 {
		t.Fatalf("register: %s", a.body)
	}
	if a := c.api("POST", "/api/datasets", `{"name":"<i>Reeds</i>"}`); a.status != 200 {
		t.Fatalf("dataset: %s", a.body)
	}
	got := c.page(c.pageOf("camera-traps-2026"))
	if got.status != 200 || !strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
		t.Fatalf("page: %d %v", got.status, got.header)
	}
	for _, bad := range []string{"<script", "<img src=x", "<b>rain", "a<b>"} {
		if strings.Contains(got.body, bad) {
			t.Errorf("%q is in the page unescaped", bad)
		}
	}
	for _, good := range []string{"&lt;script&gt;", "&lt;b&gt;rain", "Waiting for its file", "Being processed", ">fox<", "/a&lt;b&gt;&amp;"} {
		if !strings.Contains(got.body, good) {
			t.Errorf("%q is not in the page", good)
		}
	}
	if !strings.Contains(got.header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Error("the page comes without a content security policy")
	}
	if index := c.page("/"); strings.Contains(index.body, "<i>Reeds") || !strings.Contains(index.body, "&lt;i&gt;Reeds") {
		t.Error("the index does not escape a dataset's name")
	}
	for _, path := range []string{"/", c.pageOf("camera-traps-2026")} {
		if body := c.page(path).body; strings.Contains(body, c.Key()) || strings.Contains(body, "http:") || strings.Contains(body, "https:") {
			t.Errorf("%s shows the key or refers to elsewhere", path)
		}
	}
}

func TestThePageComesAgainOnlyWhileSomethingMoves(t *testing.T) {
	c := start(t, Config{ProcessAfter: time.Second})
	c.upload("fox.jpg", "/", []byte("fox"))
	path := c.pageOf("camera-traps-2026")
	if !strings.Contains(c.page(path).body, `http-equiv="refresh"`) {
		t.Error("while an item is processed the page does not come again")
	}
	c.clock.advance(time.Second)
	if body := c.page(path).body; strings.Contains(body, `http-equiv="refresh"`) || !strings.Contains(body, "In Darwin") {
		t.Error("when all is done the page still comes again")
	}
}

func TestThousandsOfItemsComeInPages(t *testing.T) {
	c := start(t, Config{})
	c.fill("camera-traps-2026", 5000)
	path := c.pageOf("camera-traps-2026")
	seen, pages := map[string]bool{}, 0
	for path != "" {
		body := c.page(path).body
		pages++
		rows := strings.Split(body, `<b title="`)[1:]
		if len(rows) > pageItems {
			t.Fatalf("%d items on one page", len(rows))
		}
		for _, row := range rows {
			name, _, _ := strings.Cut(row, `"`)
			seen[name] = true
		}
		before, _, found := strings.Cut(body, `" rel="next"`)
		if path = ""; found {
			path = before[strings.LastIndex(before, `"`)+1:]
		}
	}
	if len(seen) != 5000 || pages != 25 {
		t.Errorf("%d items on %d pages, want 5000 on 25", len(seen), pages)
	}
	for _, odd := range []string{"?from=-5", "?from=x", "?from=99999999999999999999", "?from=6000"} {
		if a := c.page(c.pageOf("camera-traps-2026") + odd); a.status != 200 {
			t.Errorf("%s: %d", odd, a.status)
		}
	}
}

func TestPicturesHaveThumbnailsAndOtherFilesIcons(t *testing.T) {
	c := start(t, Config{Dir: t.TempDir()})
	uploads := map[string]string{}
	for _, kind := range []string{"png", "jpg", "gif"} {
		uploads[kind] = c.upload("wide."+kind, "/", picture(t, kind, 900, 300))
	}
	broken := c.upload("broken.jpg", "/", []byte("not a picture"))
	clip := c.upload("clip.mp4", "/", []byte("video"))
	body := c.page(c.pageOf("camera-traps-2026")).body
	for kind, up := range uploads {
		if !strings.Contains(body, "/thumbnails/"+up) {
			t.Errorf("no thumbnail of the %s on the page", kind)
		}
		for range 2 { // made, then kept
			a := c.page("/thumbnails/" + up)
			img, err := jpeg.Decode(strings.NewReader(a.body))
			if err != nil {
				t.Fatalf("%s: %d %v", kind, a.status, err)
			}
			if img.Bounds() != image.Rect(0, 0, 360, 120) {
				t.Errorf("%s: thumbnail is %v, want 360x120", kind, img.Bounds())
			}
			if r, _, _, _ := img.At(180, 20).RGBA(); r>>8 < 150 {
				t.Errorf("%s: the thumbnail's upper half is not red", kind)
			}
		}
	}
	if strings.Contains(body, "/thumbnails/"+clip) {
		t.Error("a video has a thumbnail")
	}
	if a := c.page("/thumbnails/" + broken); a.status != 200 || a.header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("a broken picture: %d %v", a.status, a.header)
	}
	if a := c.page("/thumbnails/nothing"); a.status != 404 {
		t.Errorf("a thumbnail of nothing: %d", a.status)
	}
}

func TestAPictureWithTooManyPixelsIsNotDecoded(t *testing.T) {
	var b bytes.Buffer
	if err := gif.Encode(&b, image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{color.Black}), nil); err != nil {
		t.Fatal(err)
	}
	bomb := b.Bytes()
	copy(bomb[6:10], []byte{0xff, 0xff, 0xff, 0xff}) // announces 65535 x 65535
	if _, err := thumbnailOf(bytes.NewReader(bomb)); err != errNoThumbnail {
		t.Errorf("got %v, want it to be refused by its head", err)
	}
}

func TestWithoutKeptBodiesThePageShowsIcons(t *testing.T) {
	c := start(t, Config{})
	c.upload("wide.png", "/", picture(t, "png", 9, 3))
	if body := c.page(c.pageOf("camera-traps-2026")).body; strings.Contains(body, "/thumbnails/") || !strings.Contains(body, "<svg") {
		t.Error("want an icon and no thumbnail")
	}
}

func TestThePageAnswersOnlyToThisComputersAddresses(t *testing.T) {
	c := start(t, Config{})
	for host, want := range map[string]int{
		"127.0.0.1:80": 200, "localhost": 200, "[::1]:80": 200, "evil.example": 421, "127.0.0.1.evil.example:80": 421, "192.0.2.7": 421,
	} {
		req, err := http.NewRequestWithContext(t.Context(), "GET", c.URL()+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		res, err := c.http.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("host %s: %d, want %d", host, res.StatusCode, want)
		}
	}
}

func TestSizesReadAsPeopleSayThem(t *testing.T) {
	for n, want := range map[int64]string{0: "0 bytes", 999: "999 bytes", 1000: "1.0 kB", 9949: "9.9 kB", 9960: "10 kB", 5_100_000_000: "5.1 GB", 999_600: "1.0 MB"} {
		if got := sizeText(n); got != want {
			t.Errorf("sizeText(%d) = %q, want %q", n, got, want)
		}
	}
}

// fill registers n images in folders of a thousand, without HTTP.
func (c *client) fill(slug string, n int) {
	c.t.Helper()
	c.state.mu.Lock()
	defer c.state.mu.Unlock()
	var all []wanted
	for i := range n {
		name := fmt.Sprintf("img_%05d.jpg", i)
		all = append(all, wanted{
			place: place{fmt.Sprintf("/%d", i/1000), name},
			slots: []wantedSlot{{name: "0", fileName: name, kind: "image"}},
		})
	}
	c.state.register(c.state.dataset(slug), all, c.cfg.Quirks, c.clock.Now())
}
