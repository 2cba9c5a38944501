package conformance

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"

	"darwin-uploader/uploader/sandbox/bucket"
)

// Both judges know the same bucket and the same writer.
const (
	bucketName = "conformance"
	accessKey  = "CONFORMANCEACCESS"
	secret     = "a secret that only this test knows"
	region     = "eu-west-1"
)

// judge is a storage that decides about uploads.
type judge struct {
	name string
	base *url.URL
	// content is what is stored under key; an error if nothing is.
	content func(key string) ([]byte, error)
}

func newBucket(t *testing.T, cfg bucket.Config) *bucket.Bucket {
	t.Helper()
	cfg.Name, cfg.AccessKey, cfg.Region = bucketName, accessKey, region
	if cfg.Secret == "" {
		cfg.Secret = secret
	}
	b, err := bucket.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

// startBucket is the project's own judge.
func startBucket(t *testing.T) judge {
	t.Helper()
	b := newBucket(t, bucket.Config{Dir: t.TempDir()})
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return judge{name: "sandbox bucket", base: base, content: func(key string) ([]byte, error) {
		r, err := b.Open(key)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return io.ReadAll(r)
	}}
}

// startGateway is the independent judge. Only one can run in a process.
func startGateway(t *testing.T) judge {
	t.Helper()
	// The gateway makes its root the working directory; Chdir puts it back.
	root := t.TempDir()
	t.Chdir(root)
	if err := os.Mkdir(filepath.Join(root, bucketName), 0o755); err != nil {
		t.Fatal(err)
	}
	sidecar, err := meta.NewSideCar(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	store, err := posix.New(root, sidecar, posix.PosixOpts{ForceNoTmpFile: true, NewDirPerm: 0o755})
	if err != nil {
		t.Fatal(err)
	}
	addr := freeAddress(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- embedgw.RunVersityGW(ctx, store, &embedgw.Config{
			RootUserAccess: accessKey, RootUserSecret: secret, Region: region,
			Ports: []string{addr}, MaxConnections: 100, MaxRequests: 100, MultipartMaxParts: 10_000,
			KeepAlive: true, Quiet: true, HealthPath: "/health",
		})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("the gateway ended with: %v", err)
		}
	})
	base := &url.URL{Scheme: "http", Host: addr}
	waitHealthy(t, base.JoinPath("health").String(), ended)
	return judge{name: "versitygw", base: base, content: func(key string) ([]byte, error) {
		return os.ReadFile(filepath.Join(root, bucketName, filepath.FromSlash(key)))
	}}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// waitHealthy returns when the gateway answers.
func waitHealthy(t *testing.T, address string, ended chan error) {
	t.Helper()
	client := &http.Client{Timeout: time.Second}
	defer client.CloseIdleConnections()
	deadline := time.After(20 * time.Second)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	last := fmt.Errorf("no answer")
	for {
		select {
		case err := <-ended:
			ended <- nil
			t.Fatalf("the gateway did not start: %v", err)
		case <-deadline:
			t.Fatalf("the gateway did not become healthy: %v", last)
		case <-tick.C:
		}
		resp, err := client.Get(address)
		if err != nil {
			last = err
			continue
		}
		_ = resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			return
		}
		last = fmt.Errorf("status %d", resp.StatusCode)
	}
}
