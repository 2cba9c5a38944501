package bucket

import (
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// MaxObject is the largest body that one request may carry: 5 GiB, as in S3.
const MaxObject = 5 << 30

// Config says what the bucket is called, who may write, and where bodies go.
// Every field may be left empty.
type Config struct {
	Dir       string           // folder for bodies, made if it is missing; "": bodies are hashed and discarded
	Clock     func() time.Time // nil: time.Now
	Secret    string           // "": a random one for this bucket
	AccessKey string           // "": SANDBOXACCESSKEY
	Region    string           // "": eu-west-1
	Name      string           // "": darwin-sandbox
}

// Bucket is one bucket. Its URL is path-style: /<name>/<key>.
type Bucket struct {
	dir       string
	clock     func() time.Time
	secret    string
	accessKey string
	region    string
	name      string

	mu      sync.Mutex
	objects map[string]Object
	closed  bool
}

// Object is what the bucket holds under a key.
type Object struct {
	Key    string
	Size   int64  // bytes
	SHA256 string // hex
	MD5    string // hex
	Stored time.Time
	Puts   int // how often the key was stored, at least 1
}

// New makes an empty bucket.
func New(cfg Config) (*Bucket, error) {
	b := &Bucket{
		dir:       cfg.Dir,
		clock:     cfg.Clock,
		secret:    orElse(cfg.Secret, rand.Text()),
		accessKey: orElse(cfg.AccessKey, "SANDBOXACCESSKEY"),
		region:    orElse(cfg.Region, "eu-west-1"),
		name:      orElse(cfg.Name, "darwin-sandbox"),
		objects:   map[string]Object{},
	}
	if b.clock == nil {
		b.clock = time.Now
	}
	if strings.ContainsAny(b.name+b.region+b.accessKey, "/?#% ") {
		return nil, fmt.Errorf("bucket: name, region and access key are plain words without slashes or spaces")
	}
	if b.dir != "" {
		if err := os.MkdirAll(b.dir, 0o700); err != nil {
			return nil, fmt.Errorf("bucket: making the folder for bodies: %w", err)
		}
	}
	return b, nil
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// Name is the bucket's name, the first element of its URLs' path.
func (b *Bucket) Name() string { return b.name }

// ServeHTTP answers requests for /<name> (form POST) and /<name>/<key>
// (presigned PUT). The path must be the one that was signed: mount the bucket
// without stripping a prefix.
func (b *Bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	obj, f := b.receive(r)
	if f != nil {
		f.write(w, r)
		return
	}
	answer(w, r, b.name, obj)
}

// receive verifies and stores one request.
func (b *Bucket) receive(r *http.Request) (stored, *failure) {
	if b.isClosed() {
		return stored{}, fail(http.StatusServiceUnavailable, "ServiceUnavailable", "The bucket is closed.")
	}
	name, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if name != b.name {
		return stored{}, fail(http.StatusNotFound, "NoSuchBucket", "The specified bucket does not exist")
	}
	switch {
	case r.Method == http.MethodPost && key == "":
		return b.receiveForm(r)
	case r.Method == http.MethodPut && key != "":
		return b.receivePut(r, key)
	}
	return stored{}, fail(http.StatusMethodNotAllowed, "MethodNotAllowed",
		"The specified method is not allowed against this resource.")
}

// Object is what is stored under key.
func (b *Bucket) Object(key string) (Object, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	o, ok := b.objects[key]
	return o, ok
}

// Open reads the body stored under key. It is fs.ErrNotExist when there is
// none, and when the bucket discards bodies.
func (b *Bucket) Open(key string) (io.ReadCloser, error) {
	return b.open(key)
}

// Close refuses further requests. Stored bodies stay where they are.
func (b *Bucket) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	return nil
}

func (b *Bucket) isClosed() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.closed
}
