package finder

import (
	"slices"
	"testing"
)

func TestThumbnailsAndFramesAreNoObjectsOfTheirOwn(t *testing.T) {
	for name, tc := range map[string]struct {
		thumbnails, frames string
		keys, left         []string
	}{
		"no rules":                {"", "", []string{"a.jpg", "t/a.jpg"}, []string{"a.jpg", "t/a.jpg"}},
		"thumbnails in a folder":  {"{dir}t/{name}", "", []string{"x/a.jpg", "x/t/a.jpg", "x/t/b.jpg"}, []string{"x/a.jpg", "x/t/b.jpg"}},
		"thumbnails beside":       {"{dir}{stem}_small.{ext}", "", []string{"a.jpg", "a_small.jpg", "b_small.jpg"}, []string{"a.jpg", "b_small.jpg"}},
		"one for a folder":        {"{dir}thumbnail.jpg", "", []string{"x/v.mp4", "x/thumbnail.jpg"}, []string{"x/v.mp4"}},
		"frames":                  {"", "{dir}frames/{stem}/{n}.png", []string{"x/v.mp4", "x/frames/v/1.png", "x/frames/v/note.png", "x/frames/w/1.png"}, []string{"x/v.mp4", "x/frames/v/note.png", "x/frames/w/1.png"}},
		"frames of two in one":    {"", "f/{stem}_{n:3}.png", []string{"v.mp4", "vv.mp4", "f/v_001.png", "f/vv_001.png", "f/v_1.png"}, []string{"v.mp4", "vv.mp4", "f/v_1.png"}},
		"frames, and thumbnails":  {"t/{key}.jpg", "f/{n}.png", []string{"v.mp4", "f/7.png", "t/v.mp4.jpg", "t/f/7.png.jpg"}, []string{"v.mp4"}},
		"a rule that names no n":  {"", "f/{stem}.png", []string{"v.mp4", "f/v.png"}, []string{"v.mp4", "f/v.png"}},
		"pictures have no frames": {"", "{stem}/{n}.png", []string{"a.jpg", "a/1.png"}, []string{"a.jpg", "a/1.png"}},
	} {
		b := NewBelongings(Rule{Template: tc.thumbnails}, Rule{Template: tc.frames})
		for _, key := range tc.keys {
			b.Add(key)
		}
		left := slices.DeleteFunc(slices.Clone(tc.keys), b.Has)
		if !slices.Equal(left, tc.left) || b.Any() != (tc.thumbnails+tc.frames != "") {
			t.Errorf("%s: left are %q", name, left)
		}
	}
}
