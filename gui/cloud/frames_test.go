package cloud

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/sandbox"
)

func TestFramesAreFoundByAPatternAndAreNoPicturesOfTheirOwn(t *testing.T) {
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() })
	r := newRigAt(t, sb, "", nil).open("camera-traps-2026", "field-archive")
	r.middle.ways[byBrowsing].Tapped(nil)
	r.middle.browser.tick("films/", true)
	r.looking.thumbnails.SetText("{dir}thumbnail.jpg")
	r.looking.frames.SetText("{dir}frames/{n}.jpg")
	r.looking.take()
	r.settled()
	if r.ready() != 1 || r.unfit() != 0 || r.looking.films.Text() != "1 sequence of 24 frames." {
		t.Fatalf("%d are ready, %d are not, it says %q: %v", r.ready(), r.unfit(), r.looking.films.Text(), r.wrong)
	}
	r.bar.main.Tapped(nil)
	r.imported()
	items := sb.Items("camera-traps-2026")
	if len(items) != 1 || items[0].Key != "films/dawn/dawn.mp4" || items[0].Frames != 24 || items[0].Thumbnail != "films/dawn/thumbnail.jpg" {
		t.Errorf("the items are %+v", items)
	}
}

func TestGapsInFramesAreListedAndAPatternWithoutANumberIsRefused(t *testing.T) {
	r := newRig(t, "", nil)
	r.sandbox.AddStorage(sandbox.Storage{Name: "clips", Provider: "aws", Bucket: "alder-valley-uploads", Region: "eu-west-1", ReadOnly: true})
	r.open("camera-traps-2026", "clips")
	store := r.store()
	picture, err := store.Read(t.Context(), "2026/river/IMG_0001.jpg", 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	put := func(key string, data []byte) {
		t.Helper()
		if err := store.Write(t.Context(), key, "image/jpeg", data); err != nil {
			t.Fatal(err)
		}
	}
	for _, film := range []string{"a", "b", "c"} {
		put("clips/"+film+".mp4", []byte("a video"))
		put("clips/small_"+film+".jpg", picture)
		for n := range 6 {
			if film == "c" && n == 3 {
				continue
			}
			if film == "a" || n < 5 {
				put(fmt.Sprintf("clips/%s/%06d.jpg", film, n), picture)
			}
		}
	}
	r.middle.ways[byBrowsing].Tapped(nil)
	r.middle.browser.tick("clips/", true)
	r.looking.thumbnails.SetText("{dir}small_{stem}.jpg")
	r.looking.frames.SetText("{dir}{stem}/{n}.jpg")
	r.looking.take()
	r.settled()
	want := "2 sequences of 5 to 6 frames.\n1 video cannot be imported:\nFrame 3 of \"clips/c/{n:6}.jpg\" is missing. Put it there, or name the frames anew without a gap."
	if got := r.looking.films.Text(); got != want || r.ready() != 2 || r.unfit() != 1 {
		t.Errorf("%d are ready, %d are not, it says\n%s\nwant\n%s", r.ready(), r.unfit(), got, want)
	}
	r.looking.frames.SetText("clips/frames.jpg")
	r.looking.take()
	r.settled()
	if got := r.middle.notice.Text(); !strings.Contains(got, "is no naming pattern for frames") {
		t.Errorf("a pattern without a number: %q", got)
	}
}

func TestAManifestInTheBucketMakesTheCompactForm(t *testing.T) {
	r := newRig(t, "", nil)
	r.sandbox.AddStorage(sandbox.Storage{Name: "clips", Provider: "aws", Bucket: "alder-valley-uploads", Region: "eu-west-1", ReadOnly: true})
	r.open("camera-traps-2026", "clips")
	quality := map[string]any{"index": "#EXTM3U", "bitrate": 1.0}
	manifest, err := json.Marshal(map[string]any{"registration_payload": map[string]any{
		"width": 320, "height": 180, "native_fps": 25, "visible_frames": 50, "total_frames": 50, "storage_thumbnail_key": "clips/a/thumbnail.jpg",
		"hls_segments": map[string]any{"high_quality": quality, "low_quality": quality}, "storage_sections_key_prefix": "clips/a/sections",
		"storage_frames_manifest_key": "clips/a/frames_manifest.txt",
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.store().Write(t.Context(), "clips/a/metadata.json", "application/json", manifest); err != nil {
		t.Fatal(err)
	}
	r.looking.check.SetChecked(true)
	r.looking.frames.SetText("{dir}{stem}/metadata.json")
	r.looking.take()
	r.middle.entry.SetText("clips/a.mp4\nclips/b.mp4")
	r.settled()
	got := r.looking.films.Text()
	if r.ready() != 1 || !strings.HasPrefix(got, "1 video in the compact form.\n1 video cannot be imported:\nThe bucket has no object \"clips/b/metadata.json\".") {
		t.Errorf("%d are ready, it says %q", r.ready(), got)
	}
}

func TestWhatLiesBesideTheObjectsIsToldByItsKey(t *testing.T) {
	for _, c := range []struct {
		thumbnails string
		beside     []string
		meant      []string
	}{
		{"thumbs", []string{"thumbs/a/1.jpg", "a/one/f1.png"}, []string{"a/one/f.png", "a/two/f1.png", "a/1.jpg", "a/one.mp4"}},
		{"{dir}small_{stem}.jpg", []string{"a/small_1.jpg", "a/small_one.jpg"}, []string{"a/1.jpg", "b/small_1.jpg", "a/small_small_one.jpg"}},
		{"{key}.jpg", []string{"a/1.jpg.jpg"}, []string{"a/1.jpg"}},
	} {
		o := order{
			storage: darwin.StorageInfo{ReadOnly: true}, lookup: lookup{on: true, thumbnails: c.thumbnails, frames: "{dir}{stem}/f{n}.png"},
			source: source{picks: picks{"a/one.mp4": true, "a/1.jpg": true}},
		}
		b, err := o.besides(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range c.beside {
			if !b.is(key) {
				t.Errorf("%s: %s is taken for a picture of its own", c.thumbnails, key)
			}
		}
		for _, key := range c.meant {
			if b.is(key) {
				t.Errorf("%s: %s is left out", c.thumbnails, key)
			}
		}
	}
}
