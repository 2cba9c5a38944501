package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// get asks for an address without a key.
func (c *client) get(path string, header http.Header) answer {
	c.t.Helper()
	return c.send("GET", c.URL()+path, header, nil)
}

func TestTheDemosBucketsAreListedPageByPage(t *testing.T) {
	c := start(t, Config{})
	texts := func(body, tag string) (all []string) {
		for _, part := range strings.Split(body, "<"+tag+">")[1:] {
			text, _, _ := strings.Cut(part, "</"+tag+">")
			all = append(all, text)
		}
		return all
	}
	top := c.get("/alder-valley-archive/?list-type=2&delimiter=%2F", nil).body
	if got := texts(top, "Prefix"); !slices.Equal(got, []string{"", "films/", "originals/", "thumbnails/"}) {
		t.Errorf("the top is %q in %s", got, top)
	}
	var keys []string
	for after := ""; ; {
		page := c.get("/alder-valley-archive/?list-type=2&prefix=originals%2F&max-keys=5&continuation-token="+after, nil).body
		keys = append(keys, texts(page, "Key")...)
		if !strings.Contains(page, "<IsTruncated>true") {
			break
		}
		after = texts(page, "NextContinuationToken")[0]
	}
	if len(keys) != 24 || !slices.IsSorted(keys) || keys[0] != "originals/north-ridge/IMG_0001.jpg" {
		t.Errorf("the originals are %q", keys)
	}
}

func TestTheDemosBucketsAreReadInPartsAndWrittenWhereTheyMayBe(t *testing.T) {
	c := start(t, Config{})
	if a := c.get("/alder-valley-archive/films/dawn/dawn.mp4", http.Header{"Range": {"bytes=4-9"}}); a.status != http.StatusPartialContent || a.body != "frames" {
		t.Errorf("a part: %d %q", a.status, a.body)
	}
	if a := c.get("/alder-valley-archive/?location", nil); a.status != http.StatusOK || !strings.Contains(a.body, ">eu-west-1<") {
		t.Errorf("its region: %d %q", a.status, a.body)
	}
	if a := c.get("/alder-valley-archive/films/gone.mp4", nil); a.status != http.StatusNotFound || !strings.Contains(a.body, "NoSuchKey") {
		t.Errorf("what is not there: %d %q", a.status, a.body)
	}
	for _, tc := range []struct {
		method, path string
		header       http.Header
		body         string
		status       int
	}{
		{"PUT", "/alder-valley-archive/x.jpg", nil, "x", http.StatusForbidden},
		{"PUT", "/alder-valley-uploads/x.jpg", nil, "plain", http.StatusOK},
		{"PUT", "/alder-valley-uploads/y.jpg", http.Header{"X-Amz-Content-Sha256": {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD"}}, "3;chunk-signature=a\r\nabc\r\n2;chunk-signature=b\r\nde\r\n0;chunk-signature=c\r\n\r\n", http.StatusOK},
		{"PUT", "/alder-valley-uploads/z.jpg", nil, strings.Repeat("z", maxShelved+1), http.StatusRequestEntityTooLarge},
		{"DELETE", "/alder-valley-uploads/x.jpg", nil, "", http.StatusMethodNotAllowed},
		{"GET", "/alder-valley-uploads/", nil, "", http.StatusNotImplemented},
	} {
		if a := c.send(tc.method, c.URL()+tc.path, tc.header, []byte(tc.body)); a.status != tc.status {
			t.Errorf("%s %s: %d %s, want %d", tc.method, tc.path, a.status, a.body, tc.status)
		}
	}
	if x, y := c.get("/alder-valley-uploads/x.jpg", nil).body, c.get("/alder-valley-uploads/y.jpg", nil).body; x != "plain" || y != "abcde" {
		t.Errorf("written were %q and %q", x, y)
	}
	if a := c.get("/alder-valley-uploads/?list-type=2", nil); strings.Contains(a.body, "z.jpg") || !strings.Contains(a.body, "y.jpg") {
		t.Errorf("listed: %s", a.body)
	}
}
