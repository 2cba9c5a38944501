package intake

import (
	"slices"
	"strings"
	"testing"
)

func TestCountsMakeASentence(t *testing.T) {
	for _, c := range []struct {
		kinds []Kind
		want  string
	}{
		{nil, "no files"},
		{[]Kind{Image}, "1 image"},
		{[]Kind{Image, Video, Image}, "2 images and 1 video"},
		{[]Kind{Medical, Document, Video, Medical, Image}, "1 image, 1 video, 1 document and 2 medical images"},
	} {
		var files []File
		for _, k := range c.kinds {
			files = append(files, File{Kind: k})
		}
		got := Tally(files)
		if got.String() != c.want || got.Total() != len(c.kinds) {
			t.Errorf("%v: %q of %d, want %q", c.kinds, got, got.Total(), c.want)
		}
	}
}

func TestEveryExtensionHasAKindInAnyCase(t *testing.T) {
	all := Extensions()
	if !slices.IsSorted(all) || len(slices.Compact(slices.Clone(all))) != len(all) || len(all) != 21 {
		t.Errorf("extensions are %v", all)
	}
	for _, e := range all {
		if _, ok := kindOf(endingOf("x" + strings.ToUpper(e))); !ok {
			t.Errorf("%s has no kind", e)
		}
	}
	for name, want := range map[string]string{"a.nii.gz": ".nii.gz", "a.tar.gz": ".gz", "a": "", "a.": "", ".jpg": ".jpg", "a.b.JPG": ".jpg"} {
		if got := endingOf(name); got != want {
			t.Errorf("endingOf(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestAdviceIsInSentences(t *testing.T) {
	for _, e := range []string{
		"", ".heic", ".gif", ".psd", ".cr2", ".webm", ".zip", ".docx", ".nrrd", ".lnk", ".part", ".xyz", ".a very long ending", ".x\ny",
	} {
		what, do := adviceFor(e)
		checkSentence(t, what)
		checkSentence(t, do)
		if what == "" || do == "" || strings.ContainsAny(what, "\n") {
			t.Errorf("%q: %q %q", e, what, do)
		}
	}
	for r := Empty; r <= Litter; r++ {
		if r.String() == "" || r.String() == "unknown" {
			t.Errorf("reason %d has no name", r)
		}
	}
}
