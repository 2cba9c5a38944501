package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/fault"
)

// The buckets of another sandbox stand for a server's; the real one is tried in
// the conformance module of the package objects.
func TestAStorageMayLieOverAnS3Server(t *testing.T) {
	server, c := start(t, Config{}), start(t, Config{ProcessAfter: time.Minute})
	has, err := S3{Endpoint: server.URL(), Region: "eu-west-1", Bucket: "alder-valley-archive", AccessKey: "any", Secret: "thing"}.Has()
	if err != nil {
		t.Fatal(err)
	}
	c.AddStorage(Storage{Name: "field-archive", Provider: "aws", Bucket: "alder-valley-archive", ReadOnly: true, Has: has})
	item := func(name, key, thumbnail string) string {
		return fmt.Sprintf(`{"name":%q,"path":"/","type":"image","storage_key":%q,"storage_thumbnail_key":%q,"width":8,"height":6}`, name, key, thumbnail)
	}
	const key, small = "originals/river/IMG_0001.jpg", "thumbnails/river/IMG_0001.jpg"
	a := c.api("POST", existingReadOnly, externalBody("field-archive",
		item("a.jpg", key, small), item("case.jpg", "originals/river/img_0001.jpg", small), item("small.jpg", key, "gone.jpg")))
	if a.status != http.StatusOK || strings.Contains(a.body, "reason") {
		t.Fatalf("%d %s", a.status, a.body)
	}
	c.clock.advance(time.Hour)
	for name, want := range map[string]string{"a.jpg": complete, "case.jpg": failed, "small.jpg": failed} {
		if got := c.item("camera-traps-2026", name).Status; got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

func TestAnAddressThatIsNoS3ServersIsRefused(t *testing.T) {
	for _, address := range []string{"", "127.0.0.1:7070", "s3://bucket", "http://", "http://127.0.0.1:7070/path?x"} {
		has, err := S3{Endpoint: address, Bucket: "b"}.Has()
		if e := fault.Of(err); has != nil || err == nil || e.Kind != fault.Usage || e.Do == "" {
			t.Errorf("%q gives %v", address, err)
		}
	}
	has, err := S3{Endpoint: "http://127.0.0.1:1", Bucket: "b", AccessKey: "a", Secret: "b"}.Has()
	if err != nil || has("a.jpg") {
		t.Errorf("where nobody answers everything is there: %v", err)
	}
}
