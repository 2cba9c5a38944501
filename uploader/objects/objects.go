package objects

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"net/http"
	"time"

	"darwin-uploader/uploader/fault"
)

// Object is an object of a bucket, or, in a listing that is not recursive, a
// folder: the objects that share a prefix up to a slash.
type Object struct {
	Key      string // from the bucket's root, a folder's with a slash at its end
	Size     int64  // bytes
	Modified time.Time
	Folder   bool
}

// Store is one bucket (with Azure, one container). Errors are *fault.Error of
// kinds Missing, Permission, Key, Network, Busy or Unexpected, or the context's
// own.
type Store interface {
	// List gives the objects whose keys begin with prefix, in the order of
	// their keys; with recursive all of them, otherwise those up to the next
	// slash, and folders. It reads page after page (1,000 objects or more) as
	// the iteration goes on, and ends with the first error.
	List(ctx context.Context, prefix string, recursive bool) iter.Seq2[Object, error]

	// Read reads at most length bytes from offset on; fewer where the object
	// ends, none beyond that.
	Read(ctx context.Context, key string, offset, length int64) ([]byte, error)

	// Stat describes one object.
	Stat(ctx context.Context, key string) (Object, error)

	// Write writes a small object, whole or not at all, over one that is there.
	Write(ctx context.Context, key, contentType string, body []byte) error
}

// Provider is who keeps the bucket, in Darwin's words.
type Provider string

// The providers.
const (
	S3     Provider = "aws"
	Google Provider = "gcp"
	Azure  Provider = "azure"
)

// Credentials are the person's own. Which fields count depends on the provider.
type Credentials struct {
	AccessKey, Secret, Session string // S3; the first two also for Google's HMAC keys
	AccountKey, SAS            string // Azure: the account's key, or a signature for the container
	JSON                       []byte // Google: a service account's key file
}

// Config says which bucket. It shows itself without the credentials.
type Config struct {
	Provider  Provider
	Bucket    string // with Azure the account
	Container string // Azure only
	Region    string // S3 only; "": found out
	// Endpoint is the address of an S3-compatible server, such as
	// https://minio.example:9000; with the other providers of a stand-in for
	// tests. "": the provider's own. http is taken for this computer only.
	Endpoint    string
	Credentials *Credentials      // nil: the provider's standard chain
	Transport   http.RoundTripper // nil: one of its own
}

// String names the bucket and hides the credentials.
func (c Config) String() string { return fmt.Sprintf("objects.Config(%s %s)", c.Provider, c.Bucket) }

// Format makes every verb show what String shows.
func (c Config) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, c.String()) }

// LogValue shows in logs what String shows.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Open prepares the way to a bucket. It asks nobody yet, except that finding
// Google's credentials may read files.
func Open(ctx context.Context, cfg Config) (Store, error) {
	if cfg.Bucket == "" {
		return nil, usage("The storage names no bucket, so that this program cannot look into it.", "Write the keys into a sheet instead.")
	}
	if cfg.Transport == nil {
		cfg.Transport = http.DefaultTransport.(*http.Transport).Clone()
	}
	switch cfg.Provider {
	case Azure:
		return openAzure(cfg)
	case Google:
		return openGoogle(ctx, cfg)
	default:
		return openS3(cfg)
	}
}

func usage(what, do string) error {
	return &fault.Error{Kind: fault.Usage, What: what, Safe: "Nothing was sent.", Do: do}
}
