package objects

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

type s3 struct {
	client *minio.Core
	bucket string
	signed func() bool // says whether there are credentials; nil where others than S3's count
}

// rolePatience is how long the machine's role may take to answer: on most
// computers there is none, and nobody answers.
const rolePatience = 2 * time.Second

func openS3(cfg Config) (Store, error) {
	role := &credentials.IAM{Client: &http.Client{Timeout: rolePatience, Transport: &http.Transport{DisableKeepAlives: true}}}
	creds := credentials.NewChainCredentials([]credentials.Provider{
		&credentials.EnvAWS{}, &credentials.EnvMinio{}, &credentials.FileAWSCredentials{Profile: os.Getenv("AWS_PROFILE")}, role,
	})
	if c := cfg.Credentials; c != nil {
		creds = credentials.NewStaticV4(c.AccessKey, c.Secret, c.Session)
	}
	host, secure, err := endpoint(cmp.Or(cfg.Endpoint, "https://s3.amazonaws.com"))
	if err != nil {
		return nil, err
	}
	store, err := newS3(cfg, host, secure, creds, cfg.Transport)
	if err == nil {
		store.signed = func() bool {
			found, err := creds.GetWithContext(store.client.CredContext())
			return err == nil && found.AccessKeyID != ""
		}
	}
	return store, err
}

func newS3(cfg Config, host string, secure bool, creds *credentials.Credentials, transport http.RoundTripper) (*s3, error) {
	core, err := minio.NewCore(host, &minio.Options{
		Creds: creds, Secure: secure, Region: cfg.Region, Transport: transport,
		MaxRetries: 3, BucketLookup: minio.BucketLookupAuto,
	})
	if err != nil {
		return nil, usage("The address of the bucket is not one.", "Write the server's address as in https://minio.example:9000.")
	}
	return &s3{client: core, bucket: cfg.Bucket}, nil
}

// endpoint takes an address apart. Without TLS only this computer is spoken to.
func endpoint(address string) (host string, secure bool, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" || u.Path != "" && u.Path != "/" {
		return "", false, usage("The address of the bucket's server is not one.", "Write it as in https://minio.example:9000.")
	}
	if u.Scheme == "http" {
		if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return "", false, usage("The address of the bucket's server begins with http, which anybody on the way can read.", "Write it with https.")
		}
	}
	return u.Host, u.Scheme == "https", nil
}

func (s *s3) List(ctx context.Context, prefix string, recursive bool) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		for o := range s.client.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: recursive, MaxKeys: 1000}) {
			if o.Err != nil {
				yield(Object{}, s.explain(ctx, o.Err, prefix))
				return
			}
			object := Object{Key: o.Key, Size: o.Size, Modified: o.LastModified}
			if !recursive && len(o.Key) > 0 && o.Key[len(o.Key)-1] == '/' && o.Key != prefix && o.LastModified.IsZero() {
				object.Folder = true
			}
			if !yield(object, nil) {
				return
			}
		}
	}
}

func (s *s3) Read(ctx context.Context, key string, offset, length int64) ([]byte, error) {
	if length <= 0 {
		return nil, nil
	}
	var opts minio.GetObjectOptions
	if err := opts.SetRange(offset, offset+length-1); err != nil {
		return nil, usage("This part of an object cannot be read.", "")
	}
	body, _, _, err := s.client.GetObject(ctx, s.bucket, key, opts)
	if err != nil {
		if beyond(err) {
			return nil, nil
		}
		return nil, s.explain(ctx, err, key)
	}
	defer func() { _ = body.Close() }()
	data, err := io.ReadAll(io.LimitReader(body, length))
	if err != nil {
		return nil, s.explain(ctx, err, key)
	}
	return data, nil
}

// beyond says that a range begins where the object has ended.
func beyond(err error) bool {
	var no minio.ErrorResponse
	return errors.As(err, &no) && (no.StatusCode == http.StatusRequestedRangeNotSatisfiable || no.Code == "InvalidRange")
}

func (s *s3) Stat(ctx context.Context, key string) (Object, error) {
	info, err := s.client.StatObject(ctx, s.bucket, key, minio.StatObjectOptions{})
	if err != nil {
		return Object{}, s.explain(ctx, err, key)
	}
	return Object{Key: key, Size: info.Size, Modified: info.LastModified}, nil
}

func (s *s3) Write(ctx context.Context, key, contentType string, body []byte) error {
	_, err := s.client.Client.PutObject(ctx, s.bucket, key, bytes.NewReader(body), int64(len(body)),
		minio.PutObjectOptions{ContentType: contentType, DisableMultipart: true})
	if err != nil {
		return s.explain(ctx, err, key)
	}
	return nil
}

func (s *s3) explain(ctx context.Context, err error, what string) error {
	var no minio.ErrorResponse
	if errors.As(err, &no) && no.Code != "" {
		if no.StatusCode == http.StatusForbidden && s.signed != nil && !s.signed() {
			return noCredentials("this bucket", "Sign in with the provider's own program, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or enter credentials.")
		}
		return explain(ctx, err, s.bucket, what, no.StatusCode, no.Code)
	}
	return explain(ctx, err, s.bucket, what, 0, "")
}
