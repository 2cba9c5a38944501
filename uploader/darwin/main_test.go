package darwin

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"darwin-uploader/uploader/fault"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// testKey has the shape of a real key and opens nothing.
const testKey = "PLANTED.0123456789abcdefPLANTEDabcdef012"

// seen is one request as the server got it.
type seen struct {
	method, path, query, auth, accept, contentType, agent, body string
}

// server is a Darwin that gives fixed answers and remembers what it was asked.
type server struct {
	*httptest.Server
	mu   sync.Mutex
	seen []seen
}

func (s *server) requests() []seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]seen(nil), s.seen...)
}

func (s *server) last(t *testing.T) seen {
	t.Helper()
	all := s.requests()
	if len(all) == 0 {
		t.Fatal("the server was asked nothing")
	}
	return all[len(all)-1]
}

func serve(t *testing.T, handler http.HandlerFunc) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(strings.NewReader(string(body))) // once more, for the handler
		s.mu.Lock()
		s.seen = append(s.seen, seen{
			r.Method, r.URL.EscapedPath(), r.URL.RawQuery, r.Header.Get("Authorization"), r.Header.Get("Accept"),
			r.Header.Get("Content-Type"), r.Header.Get("User-Agent"), string(body),
		})
		s.mu.Unlock()
		handler(w, r)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.Start()
	t.Cleanup(s.Close)
	return s
}

// answers serves bodies by "METHOD /path"; anything else is a 404.
func answers(t *testing.T, bodies map[string]string) *server {
	t.Helper()
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, ok := bodies[r.Method+" "+r.URL.Path]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = io.WriteString(w, body)
	})
}

// always serves one answer to everything.
func always(t *testing.T, status int, body string, headers ...string) *server {
	t.Helper()
	return serve(t, func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}

func newClient(t *testing.T, address string, change ...func(*Config)) *Client {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	cfg := Config{Server: u, Key: testKey, Timeout: 20 * time.Second}
	for _, f := range change {
		f(&cfg)
	}
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdle)
	return c
}

func (s *server) client(t *testing.T, change ...func(*Config)) *Client {
	t.Helper()
	return newClient(t, s.URL, change...)
}

// asFault wants err to be a fault of this kind with sentences for a person.
func asFault(t *testing.T, err error, kind fault.Kind) *fault.Error {
	t.Helper()
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		t.Fatalf("got %T %v, want a fault", err, err)
	}
	if e.Kind != kind {
		t.Fatalf("kind %v (%v; %v), want %v", e.Kind, e, e.Detail, kind)
	}
	for _, s := range []string{e.What, e.Safe, e.Do} {
		if s != "" && (!strings.HasSuffix(s, ".") || strings.Contains(s, "..") || strings.Contains(s, "!")) {
			t.Errorf("%q is not one plain sentence", s)
		}
		for _, bad := range []string{"lease", "HTTP", "JSON"} {
			if strings.Contains(s, bad) {
				t.Errorf("%q speaks of %q", s, bad)
			}
		}
	}
	if e.What == "" {
		t.Error("the fault does not say what happened")
	}
	return e
}

func wantEqual[T any](t *testing.T, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func wantJSON(t *testing.T, got, want string) {
	t.Helper()
	var g, w any
	if err := json.Unmarshal([]byte(got), &g); err != nil {
		t.Fatalf("%v in %s", err, got)
	}
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatalf("%v in %s", err, want)
	}
	if !reflect.DeepEqual(g, w) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

var (
	datasetV1 = Dataset{ID: 7, Slug: "old", TeamSlug: "alder", Version: 1}
	datasetV2 = Dataset{ID: 8, Slug: "new", TeamSlug: "alder", Version: 2}
	uploadV1  = Upload{"5600", "5600"}
	uploadV2  = Upload{"018c-item", "0bb8-upload"}
)

// everyCall is each call of the API, by name.
var everyCall = map[string]func(context.Context, *Client) error{
	"token info": func(ctx context.Context, c *Client) error { _, err := c.TokenInfo(ctx); return err },
	"datasets":   func(ctx context.Context, c *Client) error { _, err := c.Datasets(ctx); return err },
	"dataset":    func(ctx context.Context, c *Client) error { _, err := c.Dataset(ctx, 7); return err },
	"create dataset": func(ctx context.Context, c *Client) error {
		_, err := c.CreateDataset(ctx, "Animals")
		return err
	},
	"tag classes": func(ctx context.Context, c *Client) error { _, err := c.TagClasses(ctx, "alder"); return err },
	"create tag class": func(ctx context.Context, c *Client) error {
		_, err := c.CreateTagClass(ctx, "alder", NewTagClass{Name: "deer"})
		return err
	},
	"link tag class": func(ctx context.Context, c *Client) error {
		_, err := c.LinkTagClass(ctx, TagClass{ID: 5}, 7)
		return err
	},
	"register v1": func(ctx context.Context, c *Client) error {
		_, err := c.Uploads(datasetV1).Register(ctx, []NewItem{{Name: "a.jpg"}})
		return err
	},
	"register v2": func(ctx context.Context, c *Client) error {
		_, err := c.Uploads(datasetV2).Register(ctx, []NewItem{{Name: "a.jpg"}})
		return err
	},
	"direct upload": func(ctx context.Context, c *Client) error {
		_, err := c.Direct(datasetV2).Upload(ctx, []DirectItem{{NewItem{Name: "a.jpg"}, []byte("a")}}, Flow{})
		return err
	},
	"sign v1": func(ctx context.Context, c *Client) error {
		_, err := c.Uploads(datasetV1).Sign(ctx, uploadV1)
		return err
	},
	"sign v2": func(ctx context.Context, c *Client) error {
		_, err := c.Uploads(datasetV2).Sign(ctx, uploadV2)
		return err
	},
	"find v1": func(ctx context.Context, c *Client) error {
		_, err := c.Uploads(datasetV1).Find(ctx, []Place{{Name: "a.jpg"}})
		return err
	},
	"find v2": func(ctx context.Context, c *Client) error {
		_, err := c.Uploads(datasetV2).Find(ctx, []Place{{Name: "a.jpg"}})
		return err
	},
	"storages": func(ctx context.Context, c *Client) error { _, err := c.Storages(ctx, "alder"); return err },
	"states v1": func(ctx context.Context, c *Client) error {
		_, err := c.Listing(datasetV1).States(ctx, []string{"5600"})
		return err
	},
	"states v2": func(ctx context.Context, c *Client) error {
		_, err := c.Listing(datasetV2).States(ctx, []string{"018c-item"})
		return err
	},
	"remove v1": func(ctx context.Context, c *Client) error { return c.Listing(datasetV1).Remove(ctx, []string{"5600"}) },
	"remove v2": func(ctx context.Context, c *Client) error {
		return c.Listing(datasetV2).Remove(ctx, []string{"018c-item"})
	},
	"confirm v1": func(ctx context.Context, c *Client) error { return c.Uploads(datasetV1).Confirm(ctx, uploadV1) },
	"confirm v2": func(ctx context.Context, c *Client) error { return c.Uploads(datasetV2).Confirm(ctx, uploadV2) },
}
