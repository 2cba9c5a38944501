package sandbox

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestEveryCallButTheListOfClassesNeedsTheKey(t *testing.T) {
	c := start(t, Config{Key: "ABCDEFG.0123456789abcdef0123456789abcdef"})
	calls := []string{
		"GET /api/users/token_info", "GET /api/datasets", "POST /api/datasets", "GET /api/datasets/501",
		"PUT /api/datasets/501/archive", "POST /api/teams/alder-valley-wildlife/annotation_classes",
		"POST /api/annotation_classes", "PUT /api/annotation_classes/505", "PUT " + registerV1,
		"GET /api/dataset_items/1/sign_upload", "PUT /api/dataset_items/1/confirm_upload",
		"POST /api/datasets/503/items", "DELETE /api/teams/alder-valley-wildlife/datasets/old-archive/items",
		"POST " + registerV2, "GET " + team + "/uploads/x/sign", "POST " + team + "/uploads/x/confirm",
		"GET " + team, "GET " + team + "/status_counts", "GET " + team + "/x", "DELETE " + team,
	}
	for _, call := range calls {
		method, path, _ := strings.Cut(call, " ")
		for _, auth := range []string{"", "ApiKey wrong", "Bearer " + c.Key(), c.Key()} {
			if a := c.send(method, c.URL()+path, http.Header{"Authorization": {auth}}, []byte("{}")); a.status != 401 {
				t.Errorf("%s with %q: %d, want 401", call, auth, a.status)
			}
		}
	}
	classes := "/api/teams/alder-valley-wildlife/annotation_classes?include_tags=true"
	if a := c.send("GET", c.URL()+classes, nil, nil); a.status != 200 || a.body != `{"annotation_classes":[],"type_counts":[]}` {
		t.Errorf("classes without a key: %d %s", a.status, a.body)
	}
	if a := c.api("GET", classes, ""); !strings.Contains(a.body, `"pine marten"`) {
		t.Errorf("classes with the key: %d %s", a.status, a.body)
	}
}

func TestRegistrationsOfTheWrongShapeAreRefusedWhole(t *testing.T) {
	slots := func(inside string) string {
		return `{"dataset_slug":"nest-boxes","items":[{"name":"ok.jpg","slots":[{"slot_name":"0","file_name":"ok.jpg"}]},{"name":"a.jpg",` + inside + `}]}`
	}
	slot := func(inside string) string {
		return slots(`"slots":[{"slot_name":"0","file_name":"a.jpg",` + inside + `}]`)
	}
	many := `{"dataset_slug":"nest-boxes","items":[` + strings.TrimSuffix(strings.Repeat(`{"name":"a.jpg"},`, 501), ",") + `]}`
	v2 := map[string]struct {
		body   string
		status int
		says   string
	}{
		"not JSON":              {`{"items":`, 400, "Bad Request"},
		"two values":            {one("a.jpg", "/") + "{}", 400, "Bad Request"},
		"an array":              {`[]`, 422, "body"},
		"no dataset":            {`{"items":[{"name":"a.jpg"}]}`, 404, "Not Found"},
		"unknown dataset":       {`{"dataset_slug":"ponds","items":[{"name":"a.jpg"}]}`, 404, "Not Found"},
		"version 1":             {`{"dataset_slug":"old-archive","items":[{"name":"a.jpg"}]}`, 422, "dataset"},
		"no items":              {`{"dataset_slug":"nest-boxes","items":[]}`, 422, "items"},
		"too many":              {many, 422, "at most 500"},
		"items is text":         {`{"dataset_slug":"nest-boxes","items":"a.jpg"}`, 422, "items"},
		"no name":               {`{"dataset_slug":"nest-boxes","items":[{"slots":[{"slot_name":"0","file_name":"a.jpg"}]}]}`, 422, "name"},
		"blank name":            {one(" ", "/"), 422, "blank"},
		"slash in the name":     {one("a/b.jpg", "/"), 422, "slash"},
		"no slots":              {slots(`"slots":[]`), 422, "slots"},
		"no slot name":          {slots(`"slots":[{"file_name":"a.jpg"}]`), 422, "slot_name"},
		"no file name":          {slots(`"slots":[{"slot_name":"0"}]`), 422, "file_name"},
		"two slots of one name": {slots(`"slots":[{"slot_name":"0","file_name":"a.jpg"},{"slot_name":"0","file_name":"b.jpg"}]`), 422, "slot_name"},
		"unknown type":          {slot(`"type":"sculpture"`), 422, "type"},
		"type not told":         {slots(`"slots":[{"slot_name":"0","file_name":"scan"}]`), 422, "type"},
		"fps below zero":        {slot(`"fps":-1`), 422, "fps"},
		"fps another word":      {slot(`"fps":"fast"`), 422, "fps"},
		"as_frames as text":     {slot(`"as_frames":"true"`), 422, "as_frames"},
		"tags as number":        {slot(`"tags":7`), 422, "tags"},
		"tags as V1 writes":     {slot(`"tags":[{"bedroom":"x"}]`), 422, "tags"},
		"tag text null":         {slot(`"tags":{"bedroom":null}`), 422, "tags"},
	}
	for name, tc := range v2 {
		t.Run("V2 "+name, func(t *testing.T) {
			c := start(t, Config{})
			a := c.api("POST", registerV2, tc.body)
			if a.status != tc.status || !strings.Contains(a.body, tc.says) || !strings.Contains(a.body, `"errors"`) {
				t.Errorf("%d %s, want %d with %q", a.status, a.body, tc.status, tc.says)
			}
			if n := len(c.Items("nest-boxes")); n != 0 {
				t.Errorf("%d items were made", n)
			}
		})
	}
	v1 := map[string]struct {
		body   string
		status int
	}{
		"not JSON":           {`items`, 400},
		"no items":           {`{}`, 422},
		"no name":            {`{"items":[{"path":"/"}]}`, 422},
		"slash in the name":  {`{"items":[{"filename":"a/b.jpg"}]}`, 422},
		"tags as V2 writes":  {`{"items":[{"filename":"a.jpg","tags":{"bedroom":"x"}}]}`, 422},
		"two keys in a tag":  {`{"items":[{"filename":"a.jpg","tags":[{"bedroom":"x","observer":"y"}]}]}`, 422},
		"tag null":           {`{"items":[{"filename":"a.jpg","tags":[null]}]}`, 422},
		"foreign storage":    {`{"storage_name":"s3","items":[{"filename":"a.jpg"}]}`, 404},
		"unknown type":       {`{"items":[{"filename":"a.jpg","type":"cloud"}]}`, 422},
		"fps an object":      {`{"items":[{"filename":"a.mp4","fps":{}}]}`, 422},
		"items is an object": {`{"items":{}}`, 422},
	}
	for name, tc := range v1 {
		t.Run("V1 "+name, func(t *testing.T) {
			c := start(t, Config{})
			if a := c.api("PUT", registerV1, tc.body); a.status != tc.status {
				t.Errorf("%d %s, want %d", a.status, a.body, tc.status)
			}
			if n := len(c.Items("old-archive")); n != 0 {
				t.Errorf("%d items were made", n)
			}
		})
	}
}

func TestWrongTeamDatasetOrVersionIsNotFoundOrInvalid(t *testing.T) {
	c := start(t, Config{})
	v1 := `{"items":[{"filename":"a.jpg"}]}`
	upload := c.registerOne("a.jpg", "/")
	for _, tc := range []struct {
		method, path, body string
		want               int
	}{
		{"POST", "/api/v2/teams/other/items/register_upload", one("b.jpg", "/"), 404},
		{"PUT", "/api/teams/other/datasets/old-archive/data", v1, 404},
		{"PUT", "/api/teams/alder-valley-wildlife/datasets/ponds/data", v1, 404},
		{"PUT", "/api/teams/alder-valley-wildlife/datasets/nest-boxes/data", v1, 422},
		{"GET", "/api/v2/teams/other/items/uploads/" + upload + "/sign", "", 404},
		{"GET", "/api/dataset_items/" + upload + "/sign_upload", "", 404},
		{"PUT", "/api/dataset_items/" + upload + "/confirm_upload", "{}", 404},
		{"PUT", "/api/dataset_items/7/confirm_upload", "{}", 404},
		{"POST", team + "/uploads/none/confirm", "{}", 404},
		{"POST", team + "/uploads/" + upload + "/confirm", "{", 400},
		{"GET", team + "/uploads/none/sign", "", 404},
		{"GET", team + "/none", "", 404},
		{"GET", "/api/v2/teams/other/items", "", 404},
		{"GET", "/api/v2/teams/other/items/status_counts", "", 404},
		{"DELETE", "/api/v2/teams/other/items", `{"filters":{"item_ids":["x"]}}`, 404},
		{"DELETE", "/api/teams/other/datasets/old-archive/items", `{"filter":{"dataset_item_ids":[1]}}`, 404},
		{"GET", "/api/teams/other/annotation_classes", "", 404},
		{"POST", "/api/teams/other/annotation_classes", `{"name":"x","annotation_types":["tag"]}`, 404},
		{"PUT", "/api/annotation_classes/9", `{}`, 404},
		{"POST", "/api/datasets/999/items", `{}`, 404},
		{"POST", "/api/datasets/501/items", `{}`, 422},
		{"GET", "/api/nothing", "", 404},
		{"PATCH", "/api/datasets", "", 404},
	} {
		if a := c.api(tc.method, tc.path, tc.body); a.status != tc.want {
			t.Errorf("%s %s: %d, want %d", tc.method, tc.path, a.status, tc.want)
		}
	}
}

// blockedReasons gives the reasons of a V2 answer by item name.
func blockedReasons(t *testing.T, a answer) map[string]string {
	t.Helper()
	var v struct {
		Blocked []struct {
			Name  string
			Slots []struct{ Reason string }
		} `json:"blocked_items"`
	}
	if err := json.Unmarshal([]byte(a.body), &v); err != nil || a.status != 200 {
		t.Fatalf("%d %s %v", a.status, a.body, err)
	}
	out := map[string]string{}
	for _, b := range v.Blocked {
		out[b.Name] = b.Slots[0].Reason
	}
	return out
}

func TestTagsAreJudged(t *testing.T) {
	c := start(t, Config{})
	item := func(name, tags string) string {
		return fmt.Sprintf(`{"name":%q,"slots":[{"slot_name":"0","file_name":%q,"tags":%s}]}`, name, name, tags)
	}
	a := c.api("POST", registerV2, `{"dataset_slug":"nest-boxes","items":[`+strings.Join([]string{
		item("list.jpg", `["fox","weather"]`), item("none.jpg", `[]`), item("null.jpg", `null`),
		item("text.jpg", `{"weather":"rain","fox":""}`),
		item("new.jpg", `["zebra"]`), item("newtext.jpg", `{"zebra":"x","fox":"y"}`), item("notext.jpg", `{"fox":"red"}`),
	}, ",")+`]}`)
	got := blockedReasons(t, a)
	want := map[string]string{"new.jpg": "UNKNOWN_TAGS", "newtext.jpg": "UNKNOWN_TAGS", "notext.jpg": "MISSING_TEXT_FOR_TAG"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("V2 blocked %v, want %v", got, want)
	}
	if it := c.item("nest-boxes", "text.jpg"); it.Tags["weather"] != "rain" || len(it.Tags) != 2 {
		t.Errorf("tags %v", it.Tags)
	}
	v1 := c.api("PUT", registerV1, `{"items":[{"filename":"new.jpg","path":"x","tags":["fox","zebra"]},{"filename":"notext.jpg","tags":[{"fox":"red"}]}]}`)
	if want := `{"items":[],"blocked_items":[{"filename":"new.jpg","path":"/x","reason":"UNKNOWN_TAG"},{"filename":"notext.jpg","path":"/","reason":"MISSING_TEXT_FOR_TAG"}]}`; v1.body != want {
		t.Errorf("V1:\n%s, want\n%s", v1.body, want)
	}
	if a := c.api("POST", "/api/teams/17/annotation_classes", `{"name":"zebra","annotation_type_ids":[1]}`); a.status != 200 {
		t.Fatalf("create: %s", a.body)
	}
	if got := blockedReasons(t, c.api("POST", registerV2, `{"dataset_slug":"nest-boxes","items":[`+item("new.jpg", `["zebra"]`)+`]}`)); len(got) != 0 {
		t.Errorf("after the class was made: %v", got)
	}
}

func TestLinkedTagsOnlyAsksForTheLink(t *testing.T) {
	c := start(t, Config{Quirks: Quirks{LinkedTagsOnly: true}})
	body := `{"dataset_slug":"radiographs","items":[{"name":"a.jpg","tags":["fox"]}]}`
	if got := blockedReasons(t, c.api("POST", registerV2, body)); got["a.jpg"] != "UNKNOWN_TAGS" {
		t.Errorf("blocked %v", got)
	}
}

func TestDuplicatesAreBlockedAndNewSlotsJoin(t *testing.T) {
	c := start(t, Config{})
	c.registerOne("fox.jpg", "/night")
	again := `{"name":"fox.jpg","path":"night","slots":[{"slot_name":"0","file_name":"other.jpg"}]}`
	elsewhere := `{"name":"fox.jpg","slots":[{"slot_name":"0","file_name":"fox.jpg"}]}`
	a := c.api("POST", registerV2, `{"dataset_slug":"camera-traps-2026","items":[`+strings.Join([]string{again, elsewhere, elsewhere}, ",")+`]}`)
	var v struct {
		Items, Blocked []struct{ ID, Path string }
	}
	if err := json.Unmarshal([]byte(strings.Replace(a.body, "blocked_items", "blocked", 1)), &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Items) != 1 || len(v.Blocked) != 2 || v.Blocked[0].Path != "/night" || v.Blocked[1].ID != v.Items[0].ID {
		t.Errorf("answer: %s", a.body)
	}
	if n := len(c.Items("camera-traps-2026")); n != 2 {
		t.Errorf("%d items, want 2", n)
	}
	if it := c.Items("camera-traps-2026")[0]; it.Registrations != 2 {
		t.Errorf("the first item was named %d times, want 2", it.Registrations)
	}
	joined := c.api("POST", registerV2, `{"dataset_slug":"camera-traps-2026","items":[{"name":"fox.jpg","slots":[
		{"slot_name":"0","file_name":"fox.jpg"},{"slot_name":"1","file_name":"back.jpg"}]}]}`)
	if !strings.Contains(joined.body, `"slot_name":"1","upload_id"`) || !strings.Contains(joined.body, `"slot_name":"0","reason":"ALREADY_EXISTS"`) {
		t.Errorf("a new slot of an existing item: %s", joined.body)
	}
	if it := c.Items("camera-traps-2026")[1]; it.Files != 2 {
		t.Errorf("%d files, want 2", it.Files)
	}
	v1 := `{"items":[{"filename":"a.jpg","path":"/x/"},{"filename":"a.jpg","path":"x"}]}`
	if a := c.api("PUT", registerV1, v1); !strings.Contains(a.body, `"blocked_items":[{"dataset_item_id":5603,"filename":"a.jpg","path":"/x","reason":"ALREADY_EXISTS"}]`) {
		t.Errorf("V1: %s", a.body)
	}
}

func TestVideosKeepTheirFrameRate(t *testing.T) {
	c := start(t, Config{})
	a := c.api("POST", registerV2, `{"dataset_slug":"nest-boxes","items":[{"name":"a.mp4","slots":[{"slot_name":"0","file_name":"a.mp4","fps":"native"}]},
		{"name":"b.bin","type":"video","fps":29.97,"as_frames":true},{"name":"c.NII.GZ"},{"name":"d.pdf","fps":0}]}`)
	if a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	items := c.Items("nest-boxes")
	for i, want := range []struct {
		kind, fps string
		frames    bool
	}{{"video", "native", false}, {"video", "29.97", true}, {"dicom", "", false}, {"pdf", "0", false}} {
		if it := items[i]; it.Type != want.kind || it.FPS != want.fps || it.AsFrames != want.frames {
			t.Errorf("%s: %s %q %v, want %+v", it.Name, it.Type, it.FPS, it.AsFrames, want)
		}
	}
}

func TestClassesAreMadeOnceAndLinkedByReplacing(t *testing.T) {
	c := start(t, Config{Bare: true})
	nests, ponds := c.AddDataset("Nests", 2), c.AddDataset("Ponds", 2)
	if nests != "nests" || ponds != "ponds" {
		t.Fatal(nests, ponds)
	}
	path := "/api/teams/" + c.cfg.Team.Slug + "/annotation_classes"
	made := c.api("POST", path, `{"name":"owl","annotation_types":["tag","text"],"metadata":{"_color":"auto"},"datasets":[{"id":501}],"description":null,"images":[]}`)
	v := made.value(t)
	if made.status != 200 || fmt.Sprint(v["annotation_types"]) != "[tag text]" || fmt.Sprint(v["datasets"]) != "[map[id:501]]" {
		t.Fatalf("made: %d %s", made.status, made.body)
	}
	if colour := v["metadata"].(map[string]any)["_color"].(string); !strings.HasPrefix(colour, "rgba(") {
		t.Errorf("colour %q", colour)
	}
	if a := c.api("POST", "/api/annotation_classes", `{"name":"owl","annotation_type_ids":[1],"dataset_id":501}`); a.status != 422 || !strings.Contains(a.body, "already exists") {
		t.Errorf("again: %d %s", a.status, a.body)
	}
	for _, bad := range []string{`{"annotation_types":["tag"]}`, `{"name":"x"}`, `{"name":"x","annotation_types":["text"]}`, `{"name":"x","annotation_types":["tag","polygon"]}`,
		`{"name":"x","annotation_types":["smell"]}`, `{"name":"x","annotation_types":["tag"],"datasets":[{"id":9}]}`, `{"name":7}`} {
		if a := c.api("POST", path, bad); a.status != 422 {
			t.Errorf("%s: %d, want 422", bad, a.status)
		}
	}
	id := fmt.Sprint(v["id"])
	linked := c.api("PUT", "/api/annotation_classes/"+id, `{"id":`+id+`,"datasets":[{"id":502}]}`)
	if got := fmt.Sprint(linked.value(t)["datasets"]); got != "[map[id:502]]" {
		t.Errorf("datasets %s: the list does not replace", got)
	}
	for _, bad := range []string{`{"id":1,"datasets":[]}`, `{"datasets":[{"id":77}]}`} {
		if a := c.api("PUT", "/api/annotation_classes/"+id, bad); a.status != 422 {
			t.Errorf("%s: %d, want 422", bad, a.status)
		}
	}
	if a := c.api("GET", path, ""); strings.Contains(a.body, "owl") {
		t.Error("tags are listed without include_tags")
	}
}

func TestListsFilterAndPage(t *testing.T) {
	c := start(t, Config{ProcessAfter: time.Minute})
	c.fill("camera-traps-2026", 7)
	done := c.upload("done.jpg", "/late", []byte("x"))
	c.clock.advance(time.Minute)
	list := func(q string) (names []string, next string) {
		a := c.api("GET", team+"?"+q, "")
		var v struct {
			Items []struct{ Name string }
			Page  struct {
				Count int
				Next  string
			}
		}
		if err := json.Unmarshal([]byte(a.body), &v); err != nil || a.status != 200 || v.Page.Count != len(v.Items) {
			t.Fatalf("%s: %d %s", q, a.status, a.body)
		}
		for _, it := range v.Items {
			names = append(names, it.Name)
		}
		return names, v.Page.Next
	}
	id := c.item("camera-traps-2026", "done.jpg").ID
	for q, want := range map[string]int{
		"": 8, "dataset_ids[]=501": 8, "dataset_ids=501": 8, "dataset_ids[]=502": 0, "item_names[]=done.jpg": 1, "item_paths[]=late/": 1,
		"item_paths[]=/0": 7, "statuses[]=new": 1, "statuses[]=complete": 1, "statuses[]=uploading": 7, "item_ids[]=" + id: 1,
		"item_names[]=done.jpg&item_names[]=img_00003.jpg": 2, "item_names[]=none": 0,
	} {
		if names, _ := list(q); len(names) != want {
			t.Errorf("%s: %v, want %d", q, names, want)
		}
	}
	var all []string
	for from := ""; ; {
		names, next := list("page[size]=3" + from)
		all = append(all, names...)
		if next == "" {
			break
		}
		from = "&" + url.Values{"page[from]": {next}}.Encode()
	}
	if len(all) != 8 || all[7] != "done.jpg" {
		t.Errorf("pages of three give %v", all)
	}
	for _, bad := range []string{"page[size]=0", "page[size]=x", "page[size]=9999", "page[from]=x"} {
		if a := c.api("GET", team+"?"+bad, ""); a.status != 422 {
			t.Errorf("%s: %d", bad, a.status)
		}
	}
	v := c.api("GET", team+"/"+id, "").value(t)
	slot := v["slots"].([]any)[0].(map[string]any)
	if v["processing_status"] != "complete" || v["status"] != "new" || len(v["uploads"].([]any)) != 0 || slot["size_bytes"] != 1.0 || slot["upload_id"] != done {
		t.Errorf("item: %v", v)
	}
	if a := c.api("GET", team+"/status_counts?dataset_ids[]=501", ""); a.body != `{"simple_counts":[{"status":"uploading","item_count":7},{"status":"new","item_count":1}]}` {
		t.Errorf("counts: %s", a.body)
	}
}

func TestV1ListAndDelete(t *testing.T) {
	c := start(t, Config{})
	c.fill("old-archive", 5)
	list := func(q, body string) map[string]any { return c.api("POST", "/api/datasets/503/items"+q, body).value(t) }
	v := list("?page[size]=3", `{"filter":{},"sort":{}}`)
	next := v["metadata"].(map[string]any)["next"]
	if len(v["items"].([]any)) != 3 || next == nil {
		t.Fatalf("first page: %v", v)
	}
	v = list("?page[size]=3&page[from]="+next.(string), `{}`)
	if len(v["items"].([]any)) != 2 || v["metadata"].(map[string]any)["next"] != nil {
		t.Errorf("second page: %v", v)
	}
	v = list("", `{"filter":{"filenames":["img_00002.jpg"],"path":"0","statuses":["uploading"],"dataset_item_ids":[5603]}}`)
	if len(v["items"].([]any)) != 1 {
		t.Errorf("filtered: %v", v)
	}
	path := "/api/teams/alder-valley-wildlife/datasets/old-archive/items"
	if a := c.api("DELETE", path, `{"filter":{"dataset_item_ids":[5603,5604,1]}}`); a.status != 200 || len(c.Items("old-archive")) != 3 {
		t.Errorf("delete: %d %s", a.status, a.body)
	}
	if a := c.api("DELETE", path, `{}`); a.status != 422 {
		t.Errorf("delete without a filter: %d", a.status)
	}
}

func TestDeletedItemsMakeRoomForTheSameName(t *testing.T) {
	c := start(t, Config{})
	upload := c.registerOne("fox.jpg", "/")
	id := c.item("camera-traps-2026", "fox.jpg").ID
	if a := c.api("DELETE", team, `{"filters":{}}`); a.status != 422 {
		t.Errorf("without a filter: %d", a.status)
	}
	if a := c.api("DELETE", team, `{"filters":{"dataset_ids":[501],"item_ids":["`+id+`"]}}`); a.status != 200 {
		t.Fatalf("delete: %d %s", a.status, a.body)
	}
	if a := c.api("GET", team+"/uploads/"+upload+"/sign", ""); a.status != 404 {
		t.Errorf("the deleted upload can be signed: %d", a.status)
	}
	if again := c.registerOne("fox.jpg", "/"); again == upload {
		t.Error("the new item has the old upload id")
	}
}

func TestBodiesAreLimitedAndMayBeCompressed(t *testing.T) {
	c := start(t, Config{})
	pack := func(body []byte) []byte {
		var b bytes.Buffer
		w := zlib.NewWriter(&b)
		_, _ = w.Write(body)
		_ = w.Close()
		return b.Bytes()
	}
	header := http.Header{"Authorization": {"ApiKey " + c.Key()}, "X-Darwin-Payload-Compression-Version": {"1"}}
	send := func(body []byte) int { return c.send("POST", c.URL()+registerV2, header.Clone(), body).status }
	if got := send(pack([]byte(one("a.jpg", "/")))); got != 200 {
		t.Errorf("compressed: %d", got)
	}
	if got := send([]byte("not zlib")); got != 400 {
		t.Errorf("not zlib: %d", got)
	}
	if got := send(pack(make([]byte, maxBody+1))); got != 413 {
		t.Errorf("a small body that unpacks to a huge one: %d, want 413", got)
	}
	if a := c.api("POST", registerV2, strings.Repeat(" ", maxBody+1)); a.err == nil && a.status != 413 {
		t.Errorf("a huge body: %d, want 413", a.status)
	}
}
