//go:build unix

package process

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"darwin-uploader/uploader/sandbox"
)

// plantedKey has the shape of a real one.
const plantedKey = "PLANTED.k3y0planted0k3y0planted0k3y0pla"

// gossip stands between the program and its Darwin and storage. It knows every
// permission that Darwin gives away, and again and again answers with all the
// secrets of the request that it was asked with.
type gossip struct {
	*testing.T
	real  *url.URL
	proxy *httputil.ReverseProxy

	mu      sync.Mutex
	calls   int
	secrets map[string]string // value to its name
}

// startGossip gives the address that stands for the sandbox's.
func startGossip(t *testing.T, s *sandbox.Sandbox) (g *gossip, address string) {
	real := must2(url.Parse(s.URL()))(t)
	g = &gossip{T: t, real: real, secrets: map[string]string{}}
	g.keep("the key", s.Key())
	g.keep("the key's second part", strings.SplitN(s.Key(), ".", 2)[1])
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	g.proxy = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { // the host is part of what is signed
			r.SetURL(real)
			r.Out.Host = real.Host
		},
		ErrorLog:       log.New(io.Discard, "", 0),
		ModifyResponse: func(res *http.Response) error { return g.listen(res, server.URL) },
	}
	return g, server.URL
}

func must2[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T { return must(t, x, err) }
}

// keep takes note of a secret, if it is long enough to be one.
func (g *gossip) keep(name, secret string) {
	if len(secret) < 12 {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for form, text := range map[string]string{
		"": secret, " in an address": url.QueryEscape(secret), " in base64": base64.StdEncoding.EncodeToString([]byte(secret)), " in hexadecimal": hex.EncodeToString([]byte(secret)),
	} {
		g.secrets[text] = name + form
	}
}

// listen takes note of what an answer gives away, and makes storage's address
// this one.
func (g *gossip) listen(res *http.Response, own string) error {
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	body = bytes.ReplaceAll(body, []byte(g.real.String()), []byte(own))
	var answer any
	if json.Unmarshal(body, &answer) == nil {
		g.take("", answer)
	}
	res.Body = io.NopCloser(bytes.NewReader(body))
	res.ContentLength = int64(len(body))
	res.Header.Set("Content-Length", fmt.Sprint(len(body)))
	return nil
}

func (g *gossip) take(name string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			g.take(k, x)
		}
	case []any:
		for _, x := range v {
			g.take(name, x)
		}
	case string:
		if u, err := url.Parse(v); err == nil && u.RawQuery != "" && u.Host != "" {
			g.keep("a signed address's query", u.RawQuery)
			for k := range u.Query() {
				if strings.Contains(strings.ToLower(k), "signature") || strings.Contains(strings.ToLower(k), "credential") {
					g.keep(k, u.Query().Get(k))
				}
			}
		}
		if n := strings.ToLower(name); strings.Contains(n, "signature") || strings.Contains(n, "policy") || strings.Contains(n, "credential") {
			g.keep(name, v)
		}
	}
}

func (g *gossip) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	g.calls++
	n := g.calls
	g.mu.Unlock()
	if n > 6 && n%4 == 0 {
		g.tell(w, r, n/4)
		return
	}
	g.proxy.ServeHTTP(w, r)
}

// tell answers with everything that the request held.
func (g *gossip) tell(w http.ResponseWriter, r *http.Request, n int) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 4<<10))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	_, _ = io.Copy(io.Discard, r.Body)
	all := fmt.Sprintf("%s %s %s %v %s", r.Host, r.URL, r.URL.Query(), r.Header, body)
	said, err := json.Marshal(map[string]any{"errors": map[string]any{"detail": []string{all}, "code": r.Header.Get("Authorization")}, "message": all})
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("X-Request-Id", r.Header.Get("Authorization"))
	w.Header().Set("Location", r.URL.String())
	switch n % 8 {
	case 0, 1:
		w.WriteHeader(http.StatusInternalServerError)
	case 2:
		panic(http.ErrAbortHandler)
	case 3:
		w.WriteHeader(http.StatusUnprocessableEntity)
	case 4:
		w.WriteHeader(http.StatusTooManyRequests)
	case 5:
		w.WriteHeader(http.StatusFound)
	case 6:
		w.WriteHeader(http.StatusOK) // and not what anybody expects
	case 7:
		w.WriteHeader(http.StatusNotFound)
	}
	_, _ = w.Write(said)
}

// silence fails if a text or a file shows a secret.
func (g *gossip) silence(where string, content []byte) {
	g.Helper()
	g.mu.Lock()
	defer g.mu.Unlock()
	for secret, name := range g.secrets {
		if i := bytes.Index(content, []byte(secret)); i >= 0 {
			g.Errorf("%s holds %s: ...%s...", where, name, content[max(0, i-80):i+8])
			return
		}
	}
}

// silentFiles looks into every file below the folders, byte for byte, and gives
// their names.
func (g *gossip) silentFiles(folders ...string) (names []string) {
	g.Helper()
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			names = append(names, d.Name())
			g.silence(d.Name(), content)
			return nil
		})
		if err != nil {
			g.Error(err)
		}
	}
	return names
}

func TestNoSecretIsWrittenOrSaidWhateverGoesWrongAtAnyLevelOfTheLog(t *testing.T) {
	for level, slugs := range map[string][]string{"debug": {v1, v2}, "info": {v1}, "warn": {v2}, "error": {v1}, "off": {v2}} {
		for _, slug := range slugs {
			t.Run(level+" "+slug, func(t *testing.T) {
				s := startDarwin(t, sandbox.Config{Key: plantedKey})
				g, address := startGossip(t, s)
				dir, home, paper := filepath.Join(t.TempDir(), "May"), openFolder(t), t.TempDir()
				for i := range 30 {
					write(t, filepath.Join(dir, fmt.Sprintf("%02d.jpg", i)), fmt.Appendf(jpegFile(t), "%d", i))
				}
				run := func(args ...string) ended {
					start := uploadTo(s, append([]string{"--log-level", level, "--no-direct", "-d", slug}, args...)...)
					start.env = append(start.env, "DARWIN_BASE_URL="+address, "DARWIN_UPLOADER_HOME="+home)
					end := launch(t, start).wait()
					g.silence("the result", []byte(end.out))
					g.silence("what it says", []byte(end.err))
					return end
				}
				run("--receipt", filepath.Join(paper, "r.csv"), "--wait", "0s", dir)
				run("--receipt", filepath.Join(paper, "r.json"), "--wait", "0s", "--json", "--resume")
				names := g.silentFiles(home, paper)
				if g.calls < 40 || len(g.secrets) < 40 {
					t.Errorf("only %d requests and %d secrets were seen", g.calls, len(g.secrets))
				}
				for _, want := range []string{"journal.db", "r.csv"} {
					if !strings.Contains(strings.Join(names, " "), want) {
						t.Errorf("there is no %s, only %v", want, names)
					}
				}
				logged := strings.Contains(strings.Join(names, " "), "darwin-uploader.log")
				if want, sure := map[string]bool{"debug": true, "info": true, "warn": true, "off": false}[level]; sure && logged != want {
					t.Errorf("at level %s there is a log: %v", level, logged)
				}
			})
		}
	}
}

func TestACrashLeavesNoSecretBehindAndTheNextStartTellsOfIt(t *testing.T) {
	for _, slug := range []string{v1, v2} {
		t.Run(slug, func(t *testing.T) {
			s := startDarwin(t, sandbox.Config{Key: plantedKey})
			g, address := startGossip(t, s)
			remove := s.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true, After: 3})
			dir, home := filepath.Join(t.TempDir(), "May"), openFolder(t)
			for i := range 20 {
				write(t, filepath.Join(dir, fmt.Sprintf("%02d.jpg", i)), fmt.Appendf(jpegFile(t), "%d", i))
			}
			run := func(args ...string) *process {
				start := uploadTo(s, append([]string{"--log-level", "debug", "--no-direct", "-d", slug}, args...)...)
				start.env = append(start.env, "DARWIN_BASE_URL="+address, "DARWIN_UPLOADER_HOME="+home, "GOTRACEBACK=system")
				return launch(t, start)
			}
			p := run(dir)
			eventually(t, "files are being sent", func() bool {
				n := 0
				for _, item := range s.Items(slug) {
					n += item.Signs
				}
				return n > 8
			})
			p.signal(syscall.SIGABRT) // as when the program crashes: it tells where each goroutine is
			end := p.wait()
			if end.code == 0 || !strings.Contains(end.err, "goroutine ") {
				t.Fatalf("it did not crash: exit %d, %s", end.code, end.err)
			}
			g.silence("what it says", []byte(end.err))
			names := strings.Join(g.silentFiles(home), " ")
			if !strings.Contains(names, "journal.db-wal") || !strings.Contains(names, "crash.txt") {
				t.Errorf("it leaves %s", names)
			}
			if dump := must2(os.ReadFile(filepath.Join(home, "logs", "crash.txt")))(t); !bytes.Contains(dump, []byte("goroutine ")) {
				t.Errorf("the crash is told as %q", dump)
			}
			remove()
			end = run("--resume").wait()
			const told = "Darwin Uploader ended unexpectedly the last time. What it left behind for support: "
			if !strings.HasPrefix(end.err, told+filepath.Join(home, "logs", "crash-")) {
				t.Errorf("the next start says %q", end.err)
			}
			g.silence("what it says", []byte(end.err))
			g.silentFiles(home)
			if end := run("--resume").wait(); strings.Contains(end.err, told) {
				t.Errorf("it tells of the crash again: %q", end.err)
			}
		})
	}
}
