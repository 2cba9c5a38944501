package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a clock that tests move by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// client is a plain HTTP client of one sandbox.
type client struct {
	t *testing.T
	*Sandbox
	http  *http.Client
	clock *clock
}

func start(t *testing.T, cfg Config) *client {
	t.Helper()
	c := &client{t: t, clock: newClock()}
	if cfg.Clock == nil {
		cfg.Clock = c.clock.Now
	}
	s, err := Start("127.0.0.1:0", cfg)
	if err != nil {
		t.Fatal(err)
	}
	c.Sandbox = s
	c.http = &http.Client{Transport: &http.Transport{}}
	t.Cleanup(func() {
		c.http.CloseIdleConnections()
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return c
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
	err    error
}

func (a answer) value(t *testing.T) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("answer %d is not a JSON object: %v\n%s", a.status, err, a.body)
	}
	return v
}

func (c *client) send(method, url string, header http.Header, body []byte) answer {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if header != nil {
		req.Header = header
	}
	res, err := c.http.Do(req)
	if err != nil {
		return answer{err: err}
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, string(raw), err}
}

// api calls the API with the key.
func (c *client) api(method, path, body string) answer {
	c.t.Helper()
	return c.send(method, c.URL()+path, http.Header{"Authorization": {"ApiKey " + c.Key()}}, []byte(body))
}

const (
	team       = "/api/v2/teams/alder-valley-wildlife/items"
	registerV2 = team + "/register_upload"
	registerV1 = "/api/teams/alder-valley-wildlife/datasets/old-archive/data"
)

// one is the V2 registration of one plain image.
func one(name, folder string) string {
	return fmt.Sprintf(`{"dataset_slug":"camera-traps-2026","items":[{"name":%q,"path":%q,"slots":[{"slot_name":"0","file_name":%q}]}]}`,
		name, folder, name)
}

// registerOne registers an image by V2 and gives its upload.
func (c *client) registerOne(name, folder string) (upload string) {
	c.t.Helper()
	a := c.api("POST", registerV2, one(name, folder))
	if a.status != http.StatusOK {
		c.t.Fatalf("register %s: %d %s", name, a.status, a.body)
	}
	var v struct {
		Items []struct {
			Slots []struct {
				Upload string `json:"upload_id"`
			}
		}
	}
	if err := json.Unmarshal([]byte(a.body), &v); err != nil || len(v.Items) != 1 {
		c.t.Fatalf("register %s: %v %s", name, err, a.body)
	}
	return v.Items[0].Slots[0].Upload
}

func (c *client) signURL(upload string) string {
	c.t.Helper()
	a := c.api("GET", team+"/uploads/"+upload+"/sign", "")
	if a.status != http.StatusOK {
		c.t.Fatalf("sign: %d %s %v", a.status, a.body, a.err)
	}
	url, _ := a.value(c.t)["upload_url"].(string)
	return url
}

func (c *client) put(url string, body []byte) answer {
	c.t.Helper()
	return c.send("PUT", url, nil, body)
}

func (c *client) confirmV2(upload string) answer {
	c.t.Helper()
	return c.api("POST", team+"/uploads/"+upload+"/confirm", "{}")
}

// upload does all four steps of V2.
func (c *client) upload(name, folder string, body []byte) (upload string) {
	c.t.Helper()
	upload = c.registerOne(name, folder)
	if a := c.put(c.signURL(upload), body); a.status != http.StatusOK {
		c.t.Fatalf("store: %d %s %v", a.status, a.body, a.err)
	}
	if a := c.confirmV2(upload); a.status != http.StatusOK {
		c.t.Fatalf("confirm: %d %s %v", a.status, a.body, a.err)
	}
	return upload
}

// form posts a V1 form with the file last.
func (c *client) form(endpoint string, fields map[string]any, body []byte) answer {
	c.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, v := range fields {
		if err := w.WriteField(name, v.(string)); err != nil {
			c.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", "x.jpg")
	if err != nil {
		c.t.Fatal(err)
	}
	_, _ = part.Write(body)
	_ = w.Close()
	return c.send("POST", "http:"+endpoint, http.Header{"Content-Type": {w.FormDataContentType()}}, b.Bytes())
}

// item finds an item by its name in a dataset.
func (c *client) item(slug, name string) Item {
	c.t.Helper()
	for _, it := range c.Items(slug) {
		if it.Name == name {
			return it
		}
	}
	c.t.Fatalf("no item %q in %s", name, slug)
	return Item{}
}
