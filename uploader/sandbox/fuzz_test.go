package sandbox

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"darwin-uploader/uploader/sandbox/bucket"
)

// Whatever a registration says, the answer is JSON of a known status, and
// every item that was asked for is answered for.
func fuzzRegister(f *testing.F, method, path string) {
	objects, err := bucket.New(bucket.Config{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		s := &Sandbox{cfg: withDefaults(Config{}), objects: objects}
		s.state.init(s.cfg)
		s.addDemo()
		req := httptest.NewRequest(method, path, strings.NewReader(body))
		req.Header.Set("Authorization", "ApiKey "+s.Key())
		rec := httptest.NewRecorder()
		s.routes().ServeHTTP(rec, req)

		var answer struct {
			Items   []json.RawMessage `json:"items"`
			Blocked []json.RawMessage `json:"blocked_items"`
			Errors  json.RawMessage   `json:"errors"`
		}
		if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
			t.Fatalf("%d: not JSON: %q", rec.Code, rec.Body.String())
		}
		made := len(s.Items("camera-traps-2026")) + len(s.Items("old-archive"))
		switch rec.Code {
		case http.StatusOK:
			asked := s.Requests()[0].Items
			if n := len(answer.Items) + len(answer.Blocked); n < asked || made > asked {
				t.Errorf("%d items asked for, %d answered for, %d made", asked, n, made)
			}
		case http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity:
			if answer.Errors == nil || made != 0 {
				t.Errorf("%d: %s, %d items made", rec.Code, rec.Body.String(), made)
			}
		default:
			t.Errorf("status %d", rec.Code)
		}
	})
}

func FuzzRegisterV2(f *testing.F) {
	for _, seed := range []string{
		one("fox.jpg", "/night"), ``, `null`, `{"dataset_slug":"camera-traps-2026","items":[null]}`,
		`{"dataset_slug":"camera-traps-2026","items":[{"name":"a.mp4","slots":[{"slot_name":"0","file_name":"a.mp4","fps":"native","tags":{"weather":"x"}},{"slot_name":"1","file_name":"b.jpg","tags":["zebra"]}]}]}`,
		`{"dataset_slug":"camera-traps-2026","items":[{"name":"é.png","path":"//a/../b//"},{"name":"é.png","path":"a/../b"}]}`,
	} {
		f.Add(seed)
	}
	fuzzRegister(f, "POST", registerV2)
}

func FuzzRegisterV1(f *testing.F) {
	f.Add(`{"items":[{"filename":"a.jpg","path":"cats","tags":["deer",{"bedroom":"{}"}]},{"filename":"a.jpg","path":"/cats/"}]}`)
	f.Add(`{"items":[{"filename":"cam.mp4","fps":12.5,"as_frames":true,"type":"video"}]}`)
	fuzzRegister(f, "PUT", registerV1)
}

// The worked examples of the import guide, as a client puts them on the wire.
func TestTheGuidesExamplesAreTaken(t *testing.T) {
	for name, want := range map[string]int{"example-1-images.json": 10, "example-2-videos.json": 2} {
		body, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "examples", name))
		if err != nil {
			t.Skip("the guide's examples are not beside the repository")
		}
		c := start(t, Config{})
		a := c.api("PUT", registerV1, string(body))
		if n := len(c.Items("old-archive")); a.status != 200 || n != want || !strings.Contains(a.body, `"blocked_items":[]`) {
			t.Errorf("%s: %d with %d items: %s", name, a.status, n, a.body)
		}
	}
}
