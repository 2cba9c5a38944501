package bucket

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// expectEmpty checks that nothing is left in the folder for bodies.
func expectEmpty(t *testing.T, b *Bucket) {
	t.Helper()
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 0 {
		t.Errorf("%d files are left behind, %q among them", len(entries), entries[0].Name())
	}
}

func TestABodyStoredAgainReplacesTheFirstAndIsCounted(t *testing.T) {
	b, clock := newTest(t, Config{Dir: t.TempDir()})
	for i, content := range []string{"first", "second"} {
		clock.now = noon.Add(time.Duration(i) * time.Minute)
		serve(t, b, putRequest(b.SignPut(base, key, time.Hour), content))
	}
	sum := sha256.Sum256([]byte("second"))
	o, _ := b.Object(key)
	if o.Puts != 2 || o.SHA256 != hex.EncodeToString(sum[:]) || !o.Stored.Equal(clock.now) {
		t.Errorf("object %+v", o)
	}
	if got := readObject(t, b, key); string(got) != "second" {
		t.Errorf("stored %q", got)
	}
	if entries, _ := os.ReadDir(b.dir); len(entries) != 1 {
		t.Errorf("%d files, want 1", len(entries))
	}
}

func TestWithoutAFolderBodiesAreHashedAndDiscarded(t *testing.T) {
	b, _ := newTest(t, Config{})
	serve(t, b, putRequest(b.SignPut(base, key, time.Hour), "the bytes"))
	if o, ok := b.Object(key); !ok || o.Size != 9 || o.SHA256 == "" {
		t.Errorf("object %+v, %v", o, ok)
	}
	if _, err := b.Open(key); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open gives %v, want fs.ErrNotExist", err)
	}
	if _, err := b.Open("never stored"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open of an unknown key gives %v, want fs.ErrNotExist", err)
	}
}

func TestAClosedBucketTakesNothing(t *testing.T) {
	b, _ := newTest(t, Config{})
	address := b.SignPut(base, key, time.Hour)
	_ = b.Close()
	expectRefusal(t, b, putRequest(address, "x"), key, 503, "ServiceUnavailable")
}

func TestABodyThatCannotBeKeptIsAnInternalErrorWithoutPaths(t *testing.T) {
	dir := t.TempDir() + "/gone"
	b, _ := newTest(t, Config{Dir: dir})
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	r := putRequest(b.SignPut(base, key, time.Hour), "x")
	w, code := serve(t, b, r)
	if code != "InternalError" || strings.Contains(w.Body.String(), dir) {
		t.Errorf("answered %s\n%s", code, w.Body)
	}
}

func TestNamesThatWouldNotFitAURLAreRefused(t *testing.T) {
	for _, cfg := range []Config{{Name: "a/b"}, {Region: "a b"}, {AccessKey: "a?b"}} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%+v was taken", cfg)
		}
	}
}

func TestManyUploadsAtOnceAreKeptApart(t *testing.T) {
	b, err := New(Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(b)
	defer server.Close()
	base, _ := url.Parse(server.URL)
	const keys, times = 8, 4
	var wg sync.WaitGroup
	for i := range keys * times {
		wg.Go(func() {
			k := fmt.Sprint("k", i%keys)
			r, _ := http.NewRequest(http.MethodPut, b.SignPut(base, k, time.Hour), strings.NewReader(strings.Repeat(k, 10_000)))
			resp, err := server.Client().Do(r)
			if err != nil {
				t.Error(err)
				return
			}
			_ = resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				t.Errorf("answered %d", resp.StatusCode)
			}
		})
	}
	wg.Wait()
	for i := range keys {
		k := fmt.Sprint("k", i)
		if o, _ := b.Object(k); o.Puts != times {
			t.Errorf("%s was stored %d times, want %d", k, o.Puts, times)
		}
		if got := readObject(t, b, k); string(got) != strings.Repeat(k, 10_000) {
			t.Errorf("%s holds another body", k)
		}
	}
}

func TestAClientThatLeavesInTheMiddleStoresNothing(t *testing.T) {
	b, err := New(Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(served)
		b.ServeHTTP(w, r)
	}))
	defer server.Close()
	base, _ := url.Parse(server.URL)
	u, _ := url.Parse(b.SignPut(base, key, time.Hour))
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "PUT %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 1000\r\n\r\n%s", u.RequestURI(), u.Host, strings.Repeat("x", 999))
	_ = conn.(*net.TCPConn).CloseWrite()
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = conn.Close()
	<-served
	if _, ok := b.Object(key); ok || resp.StatusCode != 400 {
		t.Errorf("stored %v, answered %d", ok, resp.StatusCode)
	}
	expectEmpty(t, b)
}
