package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/fault"
)

func TestV2UploadArrivesWholeAndIsProcessedByTheClock(t *testing.T) {
	c := start(t, Config{ProcessAfter: 3 * time.Second})
	body := []byte(strings.Repeat("fox", 1000))
	upload := c.registerOne("fox.jpg", "night/")
	if it := c.item("camera-traps-2026", "fox.jpg"); it.Status != "uploading" || it.Folder != "/night" {
		t.Errorf("after registration: %+v", it)
	}
	url := c.signURL(upload)
	if a := c.confirmV2(upload); a.status != http.StatusUnprocessableEntity {
		t.Errorf("confirm before the bytes: %d, want 422", a.status)
	}
	if a := c.put(url, body); a.status != http.StatusOK {
		t.Fatalf("store: %d %s", a.status, a.body)
	}
	for range 2 {
		if a := c.confirmV2(upload); a.status != http.StatusOK {
			t.Fatalf("confirm: %d %s", a.status, a.body)
		}
	}
	it := c.item("camera-traps-2026", "fox.jpg")
	sum := sha256.Sum256(body)
	if it.Status != "processing" || it.Size != 3000 || it.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("after confirmation: %+v", it)
	}
	if it.Registrations != 1 || it.Signs != 1 || it.Stores != 1 || it.Confirms != 2 {
		t.Errorf("counts: %+v, want 1 registration, 1 sign, 1 store, 2 confirms", it)
	}
	c.clock.advance(3 * time.Second)
	if it := c.item("camera-traps-2026", "fox.jpg"); it.Status != "complete" {
		t.Errorf("after processing: %s, want complete", it.Status)
	}
}

func TestV1UploadByFormAndByURL(t *testing.T) {
	for _, quirk := range []bool{false, true} {
		c := start(t, Config{Quirks: Quirks{V1SignURL: quirk}})
		a := c.api("PUT", registerV1, `{"items":[{"filename":"a.jpg","path":"cats","tags":["deer",{"bedroom":"{\"x\":1}"}]}]}`)
		if want := `{"items":[{"dataset_item_id":5601,"filename":"a.jpg","path":"/cats"}],"blocked_items":[]}`; a.body != want {
			t.Fatalf("register:\n%s, want\n%s", a.body, want)
		}
		signed := c.api("GET", "/api/dataset_items/5601/sign_upload", "").value(t)
		var stored answer
		if quirk {
			stored = c.put(signed["upload_url"].(string), []byte("meow"))
		} else {
			endpoint := signed["postEndpoint"].(string)
			if !strings.HasPrefix(endpoint, "//127.0.0.1:") {
				t.Errorf("endpoint %q is not protocol-relative", endpoint)
			}
			stored = c.form(endpoint, signed["signature"].(map[string]any), []byte("meow"))
		}
		if stored.status/100 != 2 {
			t.Fatalf("store: %d %s", stored.status, stored.body)
		}
		if a := c.api("PUT", "/api/dataset_items/5601/confirm_upload", "{}"); a.status != http.StatusOK {
			t.Fatalf("confirm: %d %s", a.status, a.body)
		}
		it := c.item("old-archive", "a.jpg")
		if it.ID != "5601" || it.Status != "new" || it.Size != 4 || it.Stores != 1 || it.Confirms != 1 {
			t.Errorf("item: %+v", it)
		}
		if it.Tags["bedroom"] != `{"x":1}` || len(it.Tags) != 2 {
			t.Errorf("tags: %v", it.Tags)
		}
	}
}

func TestV1QuirksOfTheAnswers(t *testing.T) {
	c := start(t, Config{Quirks: Quirks{V1NoPath: true, V1PluralTags: true, NoVersion: true, NoTeams: true}})
	a := c.api("PUT", registerV1, `{"items":[{"filename":"a.jpg","path":"cats"},{"filename":"b.jpg","tags":["zebra"]}]}`)
	if strings.Contains(a.body, `"path"`) || !strings.Contains(a.body, `"UNKNOWN_TAGS"`) {
		t.Errorf("register: %s", a.body)
	}
	if a := c.api("GET", "/api/users/token_info", ""); strings.Contains(a.body, `"teams"`) {
		t.Errorf("token_info: %s", a.body)
	}
	var all []map[string]any
	if err := json.Unmarshal([]byte(c.api("GET", "/api/datasets", "").body), &all); err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if _, has := d["version"]; has == (d["slug"] == "old-archive") {
			t.Errorf("%v: version given: %v", d["slug"], has)
		}
	}
}

func TestTokenInfoNamesTheTeamAndDatasetsAreListed(t *testing.T) {
	c := start(t, Config{})
	info := c.api("GET", "/api/users/token_info", "").value(t)
	if got := info["selected_team"].(map[string]any)["slug"]; got != "alder-valley-wildlife" {
		t.Errorf("team %v", got)
	}
	var all []struct {
		ID      int64
		Name    string
		Slug    string
		Version int
		Items   *int `json:"num_items"`
	}
	if err := json.Unmarshal([]byte(c.api("GET", "/api/datasets", "").body), &all); err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"camera-traps-2026": 2, "nest-boxes": 2, "old-archive": 1, "radiographs": 2}
	for _, d := range all {
		if want[d.Slug] != d.Version {
			t.Errorf("%s has version %d, want %d", d.Slug, d.Version, want[d.Slug])
		}
	}
	if len(all) != len(want) {
		t.Errorf("%d datasets, want %d", len(all), len(want))
	}
}

func TestDatasetsAreMadeFoundAndArchived(t *testing.T) {
	c := start(t, Config{Bare: true})
	made := c.api("POST", "/api/datasets", `{"name":"Pond & Reeds (east)"}`)
	if v := made.value(t); v["slug"] != "pond--reeds-east" || v["version"] != 2.0 {
		t.Errorf("made: %s", made.body)
	}
	again := c.api("POST", "/api/datasets", `{"name":"Pond & Reeds (east)"}`)
	if want := `{"errors":{"name":["has already been taken"]}}`; again.status != 422 || again.body != want {
		t.Errorf("taken name: %d %s", again.status, again.body)
	}
	if a := c.api("POST", "/api/datasets", `{"name":" "}`); a.status != 422 {
		t.Errorf("blank name: %d", a.status)
	}
	if a := c.api("GET", "/api/datasets/501", ""); a.status != 200 || a.value(t)["id"] != 501.0 {
		t.Errorf("get: %d %s", a.status, a.body)
	}
	if a := c.api("PUT", "/api/datasets/501/archive", "{}"); a.value(t)["archived"] != true {
		t.Errorf("archive: %s", a.body)
	}
	for _, call := range [][2]string{{"GET", "/api/datasets/999"}, {"PUT", "/api/datasets/999/archive"}} {
		if a := c.api(call[0], call[1], ""); a.status != 404 {
			t.Errorf("%v: %d, want 404", call, a.status)
		}
	}
}

func TestStartRefusesAddressesThatOthersCanReach(t *testing.T) {
	for _, addr := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:0", "example.com:0", "127.0.0.1"} {
		s, err := Start(addr, Config{})
		if err == nil {
			_ = s.Close()
			t.Errorf("Start(%q) succeeded", addr)
		} else if fault.KindOf(err) != fault.Usage {
			t.Errorf("Start(%q): kind %v, want usage", addr, fault.KindOf(err))
		}
	}
}

func TestTheRequestLogHoldsNoSecrets(t *testing.T) {
	c := start(t, Config{})
	c.upload("fox.jpg", "/", []byte("fox"))
	log := c.Requests()
	var calls []Call
	for _, r := range log {
		calls = append(calls, r.Call)
		if r.Status != 200 || r.From == "" {
			t.Errorf("entry %+v", r)
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{c.Key(), "Signature", "Amz"} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%q in the log: %s", secret, text)
			}
		}
	}
	want := []Call{Register, Sign, Store, Confirm}
	if len(calls) != len(want) {
		t.Fatalf("calls %v, want %v", calls, want)
	}
	for i := range want {
		if calls[i] != want[i] {
			t.Errorf("call %d is %v, want %v", i, calls[i], want[i])
		}
	}
	if log[0].Items != 1 || log[2].Item != "fox.jpg" || log[2].Body != 3 {
		t.Errorf("details: %+v", log)
	}
}
