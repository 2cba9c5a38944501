package xdnd

import (
	"slices"
	"strings"
	"testing"
)

func TestURIListEncodesWhatIsNotUnreserved(t *testing.T) {
	for path, want := range map[string]string{
		"/plain/a-b_c.~1.jpg": "file:///plain/a-b_c.~1.jpg\r\n",
		"/with space.jpg":     "file:///with%20space.jpg\r\n",
		"/ö.jpg":              "file:///%C3%B6.jpg\r\n",
		"/日.png":              "file:///%E6%97%A5.png\r\n",
		"/50%#1?.jpg":         "file:///50%25%231%3F.jpg\r\n",
		"/it's \"it\".jpg":    "file:///it%27s%20%22it%22.jpg\r\n",
		"/line\nbreak":        "file:///line%0Abreak\r\n",
		"/\xff":               "file:///%FF\r\n",
	} {
		if got := string(URIList([]string{path})); got != want {
			t.Errorf("URIList(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestParseURIListLeavesOutCommentsAndReadsAHost(t *testing.T) {
	got, err := ParseURIList([]byte("# two\r\nfile:///a%20b\r\n\r\nfile://localhost/c\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"/a b", "/c"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestParseURIListRefusesWhatIsNotAFile(t *testing.T) {
	for _, list := range []string{"http://x/y\r\n", "file://host\r\n", "file:///%zz\r\n", "/bare\r\n"} {
		if got, err := ParseURIList([]byte(list)); err == nil {
			t.Errorf("ParseURIList(%q) = %q, want it refused", list, got)
		}
	}
}

func FuzzURIListKeepsEveryPath(f *testing.F) {
	for _, seed := range []string{"a", "ö ü/日本語/🦊.jpg", "100%", "#?&=+;", "'\"`", "%41", "new\nline\r", "\xff\xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if strings.ContainsRune(name, 0) {
			return
		}
		want := []string{"/" + name, "/second"}
		got, err := ParseURIList(URIList(want))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %q back, want %q", got, want)
		}
	})
}
