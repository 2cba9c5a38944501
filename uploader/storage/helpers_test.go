package storage

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sandbox/bucket"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// file is a body that counts how it is opened and closed.
type file struct {
	content []byte
	size    int64 // what is promised; -1: the content's length
	opened  atomic.Int32
	closed  atomic.Int32
}

func newFile(n int) *file {
	return &file{content: bytes.Repeat([]byte("0123456789abcdef"), n/16+1)[:n], size: -1}
}

func (f *file) body() Body {
	size := f.size
	if size < 0 {
		size = int64(len(f.content))
	}
	return Body{Name: "picture.jpg", Size: size, Open: func() (io.ReadCloser, error) {
		f.opened.Add(1)
		return &openFile{Reader: bytes.NewReader(f.content), f: f}, nil
	}}
}

type openFile struct {
	io.Reader
	f *file
}

func (o *openFile) Close() error { o.f.closed.Add(1); return nil }

// expectClosed checks that the file was opened once and is closed now.
func (f *file) expectClosed(t *testing.T) {
	t.Helper()
	if opened, closed := f.opened.Load(), f.closed.Load(); opened != 1 || closed != 1 {
		t.Errorf("opened %d times, closed %d times, want once each", opened, closed)
	}
}

// meter sums up what progress told, and notices calls after the end.
type meter struct {
	mu    sync.Mutex
	sum   int64
	calls int
	over  bool
	late  bool
}

func (m *meter) add(n int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sum += n
	m.calls++
	m.late = m.late || m.over
}

func (m *meter) end() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.over = true
	return m.sum
}

func newClient(t testing.TB, cfg Config) *Client {
	t.Helper()
	c := New(cfg)
	t.Cleanup(c.Close)
	return c
}

// send sends f and returns the fault, nil for a success.
func send(t testing.TB, c *Client, to Target, b Body) (Stored, *fault.Error) {
	t.Helper()
	stored, err := c.Send(t.Context(), to, b, nil)
	if err == nil {
		return stored, nil
	}
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		t.Fatalf("the error is a %T, not a *fault.Error: %v", err, err)
	}
	return stored, f
}

// expectFault sends f and checks the kind of what goes wrong.
func expectFault(t *testing.T, c *Client, to Target, f *file, want fault.Kind) *fault.Error {
	t.Helper()
	_, got := send(t, c, to, f.body())
	if got == nil {
		t.Fatalf("stored, want a fault of kind %v", want)
	}
	if got.Kind != want {
		t.Fatalf("fault of kind %v (%s, %v), want %v", got.Kind, got.Detail, got.Err, want)
	}
	if f.opened.Load() > 0 {
		f.expectClosed(t)
	}
	return got
}

// shape is one of the two kinds of permission.
type shape struct {
	name   string
	status int // of storage's success
	target func(b *bucket.Bucket, base *url.URL, key string, lifetime time.Duration) Target
}

var shapes = []shape{
	{"form", http.StatusCreated, func(b *bucket.Bucket, base *url.URL, key string, lifetime time.Duration) Target {
		endpoint, fields := b.SignForm(base, key, lifetime)
		return Target{URL: base.Scheme + ":" + endpoint, Fields: fields}
	}},
	{"PUT", http.StatusOK, func(b *bucket.Bucket, base *url.URL, key string, lifetime time.Duration) Target {
		return Target{URL: b.SignPut(base, key, lifetime)}
	}},
}

// targetOf makes a Target of either shape for a server that verifies nothing.
func targetOf(shape, address string) Target {
	if shape == "PUT" {
		return Target{URL: address + "/bucket/key?X-Amz-Signature=0123456789abcdef0123456789abcdef"}
	}
	return Target{URL: address + "/bucket", Fields: map[string]string{
		"key": "key", "policy": "eyJjb25kaXRpb25zIjpbXX0=", "X-amz-signature": "0123456789abcdef0123456789abcdef",
	}}
}

func startServer(t testing.TB, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// startRaw serves connections by hand, for what no HTTP server does.
func startRaw(t testing.TB, serve func(conn *net.TCPConn, r *bufio.Reader)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() {
				defer conn.Close()
				serve(conn.(*net.TCPConn), bufio.NewReader(conn))
			})
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		wg.Wait()
	})
	return "http://" + l.Addr().String()
}

// roundTripper is a transport made of a function.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func response(status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader([]byte(body))),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, ContentLength: int64(len(body)),
	}
}

// info is a fs.FileInfo of a size and a time.
type info struct {
	size int64
	time time.Time
}

func (i info) Name() string       { return "picture.jpg" }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return 0o600 }
func (i info) ModTime() time.Time { return i.time }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }
