package conformance

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"

	"darwin-uploader/uploader/objects"
)

const (
	bucketName = "field-archive"
	otherName  = "team-uploads"
	accessKey  = "CONFORMANCEACCESS"
	secret     = "a secret that only this test knows"
	region     = "eu-west-1"
)

// gateway is versitygw with two buckets, which are folders below root.
type gateway struct {
	url  string
	root string
}

// start starts the gateway; only one can run in a process.
func start(t *testing.T) gateway {
	t.Helper()
	// The gateway makes its root the working directory; Chdir puts it back.
	root := t.TempDir()
	t.Chdir(root)
	for _, name := range []string{bucketName, otherName} {
		if err := os.Mkdir(filepath.Join(root, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	sidecar, err := meta.NewSideCar(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	store, err := posix.New(root, sidecar, posix.PosixOpts{ForceNoTmpFile: true, NewDirPerm: 0o755})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- embedgw.RunVersityGW(ctx, store, &embedgw.Config{
			RootUserAccess: accessKey, RootUserSecret: secret, Region: region,
			Ports: []string{address}, MaxConnections: 200, MaxRequests: 200, MultipartMaxParts: 10_000,
			KeepAlive: true, Quiet: true, HealthPath: "/health",
		})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("the gateway ended with: %v", err)
		}
	})
	g := gateway{url: "http://" + address, root: root}
	g.wait(t, ended)
	return g
}

// wait returns when the gateway answers.
func (g gateway) wait(t *testing.T, ended chan error) {
	t.Helper()
	client := &http.Client{Timeout: time.Second}
	defer client.CloseIdleConnections()
	deadline := time.After(20 * time.Second)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			ended <- nil
			t.Fatalf("the gateway did not start: %v", err)
		case <-deadline:
			t.Fatal("the gateway did not become healthy")
		case <-tick.C:
		}
		resp, err := client.Get(g.url + "/health")
		if err != nil {
			continue
		}
		_ = resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			return
		}
	}
}

// counted counts the bytes of answers.
type counted struct {
	http.RoundTripper
	mu    sync.Mutex
	bytes int64
}

func (c *counted) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := c.RoundTripper.RoundTrip(r)
	if err == nil && r.Method == http.MethodGet && res.ContentLength > 0 {
		c.mu.Lock()
		c.bytes += res.ContentLength
		c.mu.Unlock()
	}
	return res, err
}

func (g gateway) config(t *testing.T) (objects.Config, *counted) {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	c := &counted{RoundTripper: transport}
	return objects.Config{
		Provider: objects.S3, Bucket: bucketName, Region: region, Endpoint: g.url, Transport: c,
		Credentials: &objects.Credentials{AccessKey: accessKey, Secret: secret},
	}, c
}

// put writes a file behind the gateway's back.
func (g gateway) put(t *testing.T, bucket, key string, data []byte) {
	t.Helper()
	path := filepath.Join(g.root, bucket, filepath.FromSlash(key))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o644)); err != nil {
		t.Fatal(err)
	}
}
