package sandbox

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

const directUpload = team + "/direct_upload"

// slotOf is the JSON of a slot with more fields.
func slotOf(file, more string) string {
	return fmt.Sprintf(`{"slot_name":"0","file_name":%q%s}`, file, more)
}

func withFile(content string) string {
	return fmt.Sprintf(`,"file_content":%q`, base64.StdEncoding.EncodeToString([]byte(content)))
}

func directOf(items ...string) string {
	return `{"dataset_slug":"camera-traps-2026","items":[` + strings.Join(items, ",") + `]}`
}

func itemOf(name string, slots ...string) string {
	return fmt.Sprintf(`{"name":%q,"path":"/cats","slots":[%s]}`, name, strings.Join(slots, ","))
}

func TestADirectUploadRegistersStoresAndConfirms(t *testing.T) {
	c := start(t, Config{ProcessAfter: 3 * time.Second})
	a := c.api("POST", directUpload, directOf(
		itemOf("a.jpg", slotOf("a.jpg", withFile("meow")+`,"tags":["deer"]`)),
		itemOf("b.mp4", slotOf("b.mp4", withFile("purr")+`,"fps":"native","as_frames":true,"type":"video"`)),
	))
	if a.status != http.StatusOK || strings.Count(a.body, `"upload_id"`) != 2 || !strings.Contains(a.body, `"blocked_items":[]`) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	sum := sha256.Sum256([]byte("meow"))
	it := c.item("camera-traps-2026", "a.jpg")
	if it.Status != "processing" || it.SHA256 != hex.EncodeToString(sum[:]) || it.Folder != "/cats" || it.Type != "image" || len(it.Tags) != 1 {
		t.Errorf("%+v", it)
	}
	if it.Registrations != 1 || it.Signs != 0 || it.Stores != 1 || it.Confirms != 1 {
		t.Errorf("counts: %+v", it)
	}
	if it := c.item("camera-traps-2026", "b.mp4"); it.FPS != "native" || !it.AsFrames || it.Size != 4 {
		t.Errorf("%+v", it)
	}
	c.clock.advance(3 * time.Second)
	if it := c.item("camera-traps-2026", "a.jpg"); it.Status != "complete" {
		t.Errorf("after processing: %s", it.Status)
	}
}

func TestADirectUploadIsCheckedToTheLetter(t *testing.T) {
	file := withFile("x")
	for name, tc := range map[string]struct {
		body   string
		status int
	}{
		"as it should be":        {directOf(itemOf("a.jpg", slotOf("a.jpg", file))), 200},
		"all that is known":      {`{"dataset_slug":"camera-traps-2026","options":{"force_tiling":false},"items":[{"name":"a.jpg","path":"/","description":"d","layout":null,"tags":[],"slots":[` + slotOf("a.jpg", file+`,"metadata":{},"extract_views":false`) + `]}]}`, 200},
		"no JSON":                {`{`, 400},
		"two bodies":             {directOf(itemOf("a.jpg", slotOf("a.jpg", file))) + `{}`, 400},
		"no items":               {directOf(), 422},
		"no slots":               {directOf(`{"name":"a.jpg","path":"/"}`), 422},
		"no content":             {directOf(itemOf("a.jpg", slotOf("a.jpg", ""))), 422},
		"empty content":          {directOf(itemOf("a.jpg", slotOf("a.jpg", `,"file_content":""`))), 422},
		"content and an address": {directOf(itemOf("a.jpg", slotOf("a.jpg", file+`,"file_url":"https://x"`))), 422},
		"content without an end": {directOf(itemOf("a.jpg", slotOf("a.jpg", `,"file_content":"eA"`))), 422},
		"content with a line":    {directOf(itemOf("a.jpg", slotOf("a.jpg", `,"file_content":"eA\n=="`))), 422},
		"content of addresses":   {directOf(itemOf("a.jpg", slotOf("a.jpg", `,"file_content":"__8="`))), 422},
		"loose ends":             {directOf(itemOf("a.jpg", slotOf("a.jpg", `,"file_content":"eB=="`))), 422},
		"content of no text":     {directOf(itemOf("a.jpg", slotOf("a.jpg", `,"file_content":7`))), 422},
		"an unknown field":       {directOf(itemOf("a.jpg", slotOf("a.jpg", file+`,"file_contents":"eA=="`))), 422},
		"an unknown item field":  {directOf(`{"name":"a.jpg","folder":"/"}`), 422},
		"an unknown type":        {directOf(itemOf("a.jpg", slotOf("a.jpg", file+`,"type":"picture"`))), 422},
		"a type to guess":        {directOf(itemOf("a", slotOf("a", file))), 422},
		"a slash":                {directOf(itemOf("a/b.jpg", slotOf("b.jpg", file))), 422},
		"one slot twice":         {directOf(itemOf("a.jpg", slotOf("a.jpg", file), slotOf("a.jpg", file))), 422},
		"no dataset":             {strings.Replace(directOf(itemOf("a.jpg", slotOf("a.jpg", file))), "camera-traps-2026", "nobodys", 1), 404},
		"a dataset of version 1": {strings.Replace(directOf(itemOf("a.jpg", slotOf("a.jpg", file))), "camera-traps-2026", "old-archive", 1), 422},
		"too much":               {directOf(itemOf("a.jpg", slotOf("a.jpg", withFile(strings.Repeat("x", 22_500_000))))), 413},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, Config{})
			if a := c.api("POST", directUpload, tc.body); a.status != tc.status {
				t.Errorf("%d %s, want %d", a.status, a.body, tc.status)
			}
			if n := len(c.Items("camera-traps-2026")); (n == 1) != (tc.status == 200) {
				t.Errorf("there are %d items", n)
			}
		})
	}
}

func TestItemsOfADirectUploadAreBlockedOneByOne(t *testing.T) {
	c := start(t, Config{})
	c.registerOne("old.jpg", "/cats")
	a := c.api("POST", directUpload, directOf(
		itemOf("new.jpg", slotOf("new.jpg", withFile("1"))), itemOf("old.jpg", slotOf("old.jpg", withFile("2"))),
		itemOf("tag.jpg", slotOf("tag.jpg", withFile("3")+`,"tags":["no such tag"]`)), itemOf("far.jpg", slotOf("far.jpg", `,"file_url":"https://example.org/far.jpg"`)),
	))
	for _, word := range []string{`"ALREADY_EXISTS"`, `"UNKNOWN_TAGS"`, `"FILE_UPLOAD_FAILED"`} {
		if strings.Count(a.body, word) != 1 {
			t.Errorf("%d %s has not one %s", a.status, a.body, word)
		}
	}
	if n := len(c.Items("camera-traps-2026")); n != 2 {
		t.Errorf("there are %d items", n)
	}
	if it := c.item("camera-traps-2026", "old.jpg"); it.Stores != 0 || it.Status != "uploading" {
		t.Errorf("the old item was touched: %+v", it)
	}
}

func TestADirectUploadMayForgetTheBytesOrRewriteItsAnswer(t *testing.T) {
	c := start(t, Config{Quirks: Quirks{DirectWithoutBytes: true}})
	c.Inject(Fault{Call: DirectUpload, Rewrite: func([]byte) []byte { return []byte("no") }})
	if a := c.api("POST", directUpload, directOf(itemOf("a.jpg", slotOf("a.jpg", withFile("1"))))); a.status != 200 || a.body != "no" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if it := c.item("camera-traps-2026", "a.jpg"); it.Status != "uploading" || it.Stores != 0 {
		t.Errorf("%+v", it)
	}
}

func TestTheLimitOfRequestsHoldsForAnyMinute(t *testing.T) {
	c := start(t, Config{RequestsPerMinute: 3})
	ask := func(want int, after time.Duration, retry int) {
		t.Helper()
		c.clock.advance(after)
		a := c.api("GET", "/api/datasets", "")
		got, _ := strconv.Atoi(a.header.Get("Retry-After"))
		if a.status != want || got != retry {
			t.Errorf("%d, to be repeated after %d s; want %d, %d", a.status, got, want, retry)
		}
	}
	ask(200, 0, 0)
	ask(200, 20*time.Second, 0)
	ask(200, 20*time.Second, 0)
	ask(429, 10500*time.Millisecond, 10)
	ask(429, 0, 10)
	ask(200, 10*time.Second, 0) // the first has left the minute
	ask(429, time.Second, 19)
	ask(200, 20*time.Second, 0)
	if a := c.send("GET", c.URL()+"/api/datasets", nil, nil); a.status != 401 {
		t.Errorf("without the key: %d", a.status)
	}
	if a := c.send("GET", c.URL()+"/", nil, nil); a.status != 200 {
		t.Errorf("the page counts: %d", a.status)
	}
}

func TestTheMinuteMayBeShorter(t *testing.T) {
	c := start(t, Config{RequestsPerMinute: 1, Minute: 2 * time.Second})
	for i, want := range []int{200, 429, 200} {
		if a := c.api("GET", "/api/datasets", ""); a.status != want {
			t.Errorf("request %d: %d, want %d", i, a.status, want)
		}
		c.clock.advance(time.Second)
	}
}
