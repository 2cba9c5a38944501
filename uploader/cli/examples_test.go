package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"darwin-uploader/uploader/sandbox"
)

// example is a worked example of Darwin's import guide and how a person brings
// it about: a command gives all its files the same folder and tags, so that an
// example with another tag on each file takes a command for each.
type example struct {
	file  string
	lines []exampleLine
	slugs map[int]string // dataset by version
}

type exampleLine struct{ folder, name, tag, text string }

func examples() []example {
	const at = `","captured_at":"2021-06-30 16:20:50.445865"}`
	return []example{
		{"example-1-images.json", []exampleLine{
			{"cats", "cat_1.jpg", "shorthair", ""}, {"cats", "cat_2.jpg", "ragdoll", ""}, {"cats", "cat_3.jpg", "persian", ""},
			{"cats", "cat_4.jpg", "sphynx", ""}, {"cats", "cat_5.jpg", "unknown", ""},
			{"dogs", "dog_1.jpg", "labrador", ""}, {"dogs", "dog_2.jpg", "unknown", ""}, {"dogs", "dog_3.jpg", "german-shepherd", ""},
			{"dogs", "dogs_4.jpg", "beagle", ""}, {"dogs", "dogs_5.jpg", "bulldog", ""},
		}, map[int]string{1: "old-archive", 2: "radiographs"}},
		{"example-2-videos.json", []exampleLine{
			{"", "cam_1.mp4", "bedroom", `{"camera_id":"A123` + at}, {"", "cam_2.mp4", "bedroom", `{"camera_id":"A124` + at},
		}, map[int]string{1: "old-archive", 2: "nest-boxes"}},
	}
}

// listener stands between the command and the sandbox's API and keeps the
// bodies of registrations.
type listener struct {
	mu     sync.Mutex
	bodies [][]byte
	paths  []string // that each of them went to
}

func listen(t *testing.T, to string) (*listener, string) {
	t.Helper()
	address, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	l, transport := &listener{}, &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	proxy := &httputil.ReverseProxy{Transport: transport, Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(address) }}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/data") || strings.Contains(r.URL.Path, "/items/register_existing") {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			l.mu.Lock()
			l.bodies, l.paths = append(l.bodies, body), append(l.paths, r.URL.Path)
			l.mu.Unlock()
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return l, server.URL
}

// registered is the body of one request with the items of all.
func (l *listener) registered(t *testing.T) map[string]any {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	all := map[string]any{}
	var items []any
	for _, body := range l.bodies {
		one := map[string]any{}
		if err := json.Unmarshal(body, &one); err != nil {
			t.Fatal(err)
		}
		items = append(items, one["items"].([]any)...)
		for k, v := range one {
			all[k] = v
		}
	}
	all["items"] = items
	return all
}

// bringAbout runs a command for each line of the example.
func (s *stage) bringAbout(slug string, x example) {
	s.Helper()
	dir := s.TempDir()
	for _, line := range x.lines {
		file := write(s.T, filepath.Join(dir, line.name), []byte(line.name))
		tag := line.tag
		if line.text != "" {
			tag += "=" + line.text
		}
		args := []string{"--dataset", slug, "--tag", tag}
		if line.folder != "" {
			args = append(args, "--path", line.folder)
		}
		if code := s.upload(append(args, file)...); code != ExitDone {
			s.Fatalf("%s: exit %d: %s%s", line.name, code, s.out.String(), s.errout.String())
		}
	}
}

func TestTheGuidesExamplesAreBroughtAboutInBothVersions(t *testing.T) {
	for _, x := range examples() {
		for _, slug := range x.slugs {
			t.Run(x.file+" into "+slug, func(t *testing.T) {
				s := newStage(t, sandbox.Config{})
				s.bringAbout(slug, x)
				items := s.sandbox.Items(slug)
				if len(items) != len(x.lines) {
					t.Fatalf("the dataset has %d items, want %d", len(items), len(x.lines))
				}
				for i, line := range x.lines {
					item, tags := items[i], map[string]string{line.tag: line.text}
					if item.Name != line.name || item.Folder != "/"+line.folder || !reflect.DeepEqual(item.Tags, tags) {
						t.Errorf("item %d is %s in %s with %v, want %+v", i, item.Name, item.Folder, item.Tags, line)
					}
				}
			})
		}
	}
}

func TestTheCommandsRegistrationsTogetherAreTheGuidesExamples(t *testing.T) {
	for _, x := range examples() {
		t.Run(x.file, func(t *testing.T) {
			// The reference requests lie beside the repository, if anywhere.
			reference, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "examples", x.file))
			if errors.Is(err, fs.ErrNotExist) {
				t.Skip("the reference requests are not beside the repository: ../shared/examples")
			}
			if err != nil {
				t.Fatal(err)
			}
			var want map[string]any
			if err := json.Unmarshal(reference, &want); err != nil {
				t.Fatal(err)
			}
			s := newStage(t, sandbox.Config{})
			l, address := listen(t, s.sandbox.URL())
			s.vars["DARWIN_BASE_URL"] = address
			s.bringAbout(x.slugs[1], x)
			if got := l.registered(t); !reflect.DeepEqual(got, want) {
				t.Errorf("registered\n%v\nwant\n%v", got, want)
			}
		})
	}
}
