package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

const (
	existing         = team + "/register_existing"
	existingReadOnly = team + "/register_existing_readonly"
)

func externalBody(storage string, items ...string) string {
	return `{"dataset_slug":"camera-traps-2026","storage_slug":"` + storage + `","items":[` + strings.Join(items, ",") + `]}`
}

func object(name string) string {
	return fmt.Sprintf(`{"name":%q,"path":"/","storage_key":"pics/%s"}`, name, name)
}

func TestStoragesOfTheDemoAreAWritableAndAReadOnlyOne(t *testing.T) {
	c := start(t, Config{})
	a := c.api("GET", "/api/teams/alder-valley-wildlife/storage", "")
	want := `[{"name":"team-uploads","prefix":null,"readonly":false,"provider":"aws","default":true,"bucket":"alder-valley-uploads","region":"eu-west-1"},` +
		`{"name":"field-archive","prefix":null,"readonly":true,"provider":"aws","default":false,"bucket":"alder-valley-archive","region":"eu-west-1"}]`
	if a.status != http.StatusOK || a.body != want {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := c.api("GET", "/api/teams/other/storage", ""); a.status != http.StatusNotFound {
		t.Errorf("another team's storages: %d", a.status)
	}
}

func TestObjectsOfAWritableStorageBecomeItemsThatAreExternal(t *testing.T) {
	c := start(t, Config{ProcessAfter: time.Minute})
	c.AddStorage(Storage{Name: "team-uploads", Provider: "aws", Bucket: "b", Has: func(key string) bool { return key != "pics/gone.jpg" }})
	a := c.api("POST", existing, externalBody("team-uploads", object("a.jpg"), object("gone.jpg"),
		`{"name":"v.mp4","path":"cams","storage_key":"v.mp4","fps":10,"as_frames":"true","tags":{"weather":"rain"}}`))
	if a.status != http.StatusOK || strings.Contains(a.body, "reason") {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if it := c.item("camera-traps-2026", "v.mp4"); it.Folder != "/cams" || it.Storage != "team-uploads" || it.Key != "v.mp4" || it.Status != processing ||
		!it.AsFrames || it.FPS != "10" || it.Tags["weather"] != "rain" {
		t.Errorf("the video is %+v", it)
	}
	c.clock.advance(time.Hour)
	if a, gone := c.item("camera-traps-2026", "a.jpg").Status, c.item("camera-traps-2026", "gone.jpg").Status; a != complete || gone != failed {
		t.Errorf("what is there is %s, what is missing %s", a, gone)
	}
	list := c.api("GET", team+"?item_names[]=gone.jpg&item_names[]=a.jpg", "").body
	if !strings.Contains(list, `"is_external":true`) || !strings.Contains(list, "403 Forbidden when reading pics/gone.jpg") {
		t.Errorf("listed as %s", list)
	}
	if a := c.api("POST", existing, externalBody("team-uploads", object("a.jpg"))); !strings.Contains(a.body, alreadyExists) {
		t.Errorf("the same again: %s", a.body)
	}
}

func TestAReadOnlyStorageNeedsSizeAndThumbnail(t *testing.T) {
	c := start(t, Config{})
	full := `{"name":"a.jpg","path":"/","type":"image","storage_key":"a.jpg","storage_thumbnail_key":"t/a.jpg","width":8,"height":6}`
	for item, blocked := range map[string]bool{
		full: false,
		strings.Replace(full, `,"width":8`, "", 1):                                              true,
		strings.Replace(full, `"storage_thumbnail_key":"t/a.jpg",`, "", 1):                      true,
		strings.Replace(full, `"type":"image",`, "", 1):                                         true,
		`{"name":"v.mp4","type":"video","storage_key":"v.mp4","storage_thumbnail_key":"t.jpg"}`: true,
		`{"name":"w.mp4","type":"video","storage_key":"w.mp4","storage_thumbnail_key":"t.jpg","sections":[{"section_index":1,"width":8,"height":6,"storage_hq_key":"1.png"}]}`: false,
		`{"name":"x.mp4","slots":[{"slot_name":"0","file_name":"x.mp4","type":"video","storage_key":"x.mp4","storage_thumbnail_key":"t.jpg","width":8,"height":6,"native_fps":25,
			"visible_frames":9,"total_frames":9,"storage_sections_key_prefix":"s","storage_frames_manifest_key":"m.txt","hls_segments":{"high_quality":{"index":"i","bitrate":1}}}]}`: false,
	} {
		item = strings.Replace(item, "a.jpg", fmt.Sprint(len(item), ".jpg"), 1)
		a := c.api("POST", existingReadOnly, externalBody("field-archive", item))
		if a.status != http.StatusOK || strings.Contains(a.body, missingMetadata) != blocked {
			t.Errorf("%s: %d %s", item, a.status, a.body)
		}
	}
}

func TestRegistrationsFromAStorageThatAreWrongAreRefusedAsAWhole(t *testing.T) {
	c := start(t, Config{})
	many := strings.Repeat(object("a.jpg")+",", maxExternal) + object("b.jpg")
	for name, tc := range map[string]struct {
		path, body string
		status     int
	}{
		"unknown storage":      {existing, externalBody("elsewhere", object("a.jpg")), 404},
		"unknown dataset":      {existing, strings.Replace(externalBody("team-uploads", object("a.jpg")), "camera-traps-2026", "x", 1), 404},
		"too many":             {existing, externalBody("team-uploads", many), 400},
		"none":                 {existing, externalBody("team-uploads"), 400},
		"no key":               {existing, externalBody("team-uploads", `{"name":"a.jpg"}`), 400},
		"a name with a slash":  {existing, externalBody("team-uploads", `{"name":"a/b.jpg","storage_key":"a"}`), 400},
		"not JSON":             {existing, "{", 400},
		"read-only, not asked": {existing, externalBody("field-archive", object("a.jpg")), 400},
		"version 1 dataset":    {existing, strings.Replace(externalBody("team-uploads", object("a.jpg")), "camera-traps-2026", "old-archive", 1), 422},
		"frames out of order": {existingReadOnly, externalBody("field-archive",
			`{"name":"w.mp4","type":"video","storage_key":"w.mp4","sections":[{"section_index":2}]}`), 400},
		"a rate in the compact form": {existingReadOnly, externalBody("field-archive",
			`{"name":"w.mp4","slots":[{"slot_name":"0","file_name":"w.mp4","fps":5,"storage_key":"w.mp4","hls_segments":{}}]}`), 400},
	} {
		if a := c.api("POST", tc.path, tc.body); a.status != tc.status {
			t.Errorf("%s: %d %s, want %d", name, a.status, a.body, tc.status)
		}
	}
	if n := len(c.Items("camera-traps-2026")); n != 0 {
		t.Errorf("%d items came of it", n)
	}
}

func TestNoMoreThanAHundredRegistrationsAMinuteFromStorages(t *testing.T) {
	c := start(t, Config{})
	for i := range externalPerMinute {
		if a := c.api("POST", existing, externalBody("team-uploads", object(fmt.Sprint(i, ".jpg")))); a.status != http.StatusOK {
			t.Fatalf("request %d: %d %s", i+1, a.status, a.body)
		}
	}
	if a := c.api("POST", existing, externalBody("team-uploads", object("z.jpg"))); a.status != http.StatusTooManyRequests {
		t.Errorf("one more: %d", a.status)
	}
	c.clock.advance(time.Minute)
	if a := c.api("POST", existing, externalBody("team-uploads", object("z.jpg"))); a.status != http.StatusOK {
		t.Errorf("a minute later: %d", a.status)
	}
}

func TestVersion1RegistersFromAStorageByItsName(t *testing.T) {
	c := start(t, Config{})
	c.AddStorage(Storage{Name: "field-archive", Provider: "aws", Bucket: "b", ReadOnly: true})
	full := `{"filename":"a.jpg","path":"cats","key":"a.jpg","thumbnail_key":"t.jpg","width":8,"height":6,"tags":["shorthair"]}`
	body := func(storage, items string) string {
		return `{"storage_name":"` + storage + `","items":[` + items + `]}`
	}
	a := c.api("PUT", registerV1, body("field-archive", full+`,{"filename":"b.jpg","key":"b.jpg"},{"filename":"v.mp4","key":"v.mp4"}`))
	if a.status != http.StatusOK || strings.Count(a.body, missingMetadata) != 2 {
		t.Errorf("%d %s", a.status, a.body)
	}
	if it := c.item("old-archive", "a.jpg"); it.Key != "a.jpg" || it.Thumbnail != "t.jpg" || it.Width != 8 || it.Height != 6 || it.Folder != "/cats" || it.Status != "new" {
		t.Errorf("it became %+v", it)
	}
	if a := c.api("PUT", registerV1, body("elsewhere", full)); a.status != http.StatusNotFound {
		t.Errorf("unknown storage: %d", a.status)
	}
	if a := c.api("PUT", registerV1, body("team-uploads", `{"filename":"c.jpg"}`)); a.status != http.StatusBadRequest {
		t.Errorf("no key: %d", a.status)
	}
}
