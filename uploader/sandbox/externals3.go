package sandbox

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"darwin-uploader/uploader/fault"
)

// s3Patience is how long one look into a bucket may take.
const s3Patience = 10 * time.Second

// S3 is a bucket of an S3-compatible server, and who may read it.
type S3 struct {
	Endpoint          string // its address, such as http://127.0.0.1:7070
	Region, Bucket    string
	AccessKey, Secret string
}

// Has looks into the bucket: it is Storage.Has for a storage that lies there.
// What cannot be read, for whatever reason, is not there for Darwin either.
func (b S3) Has() (func(key string) bool, error) {
	u, err := url.Parse(b.Endpoint)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" && u.Path != "/" || u.RawQuery != "" {
		return nil, notS3(b.Endpoint, err)
	}
	client, err := minio.New(u.Host, &minio.Options{
		Creds: credentials.NewStaticV4(b.AccessKey, b.Secret, ""), Secure: u.Scheme == "https", Region: b.Region, MaxRetries: 1,
		Transport: &http.Transport{DisableKeepAlives: true}, // nothing is left to be closed
	})
	if err != nil {
		return nil, notS3(b.Endpoint, err)
	}
	return func(key string) bool {
		ctx, cancel := context.WithTimeout(context.Background(), s3Patience)
		defer cancel()
		_, err := client.StatObject(ctx, b.Bucket, key, minio.StatObjectOptions{})
		return err == nil
	}, nil
}

func notS3(address string, err error) error {
	e := &fault.Error{
		Kind: fault.Usage, What: "The address of the storage's server is not one.", Do: "Write it as in http://127.0.0.1:7070.", Detail: address,
	}
	if err != nil {
		e.Detail, e.Err = err.Error(), err
	}
	return e
}
