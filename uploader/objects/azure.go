package objects

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"net/http"
	"net/url"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blockblob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
)

type azure struct {
	client *container.Client
	bucket string // for sentences
}

func openAzure(cfg Config) (Store, error) {
	address := cfg.Endpoint
	if address == "" {
		address = "https://" + cfg.Bucket + ".blob.core.windows.net"
	}
	if _, _, err := endpoint(address); err != nil {
		return nil, err
	}
	address += "/" + url.PathEscape(cmp.Or(cfg.Container, "data"))
	opts := &container.ClientOptions{ClientOptions: azcore.ClientOptions{
		Transport: &http.Client{Transport: cfg.Transport},
		Retry:     policy.RetryOptions{MaxRetries: 3, RetryDelay: 200 * time.Millisecond, MaxRetryDelay: 5 * time.Second},
	}}
	client, err := azureClient(cfg, address, opts)
	if err != nil {
		return nil, noCredentials("Azure", "Sign in with az login, or enter the account's key or a shared access signature.")
	}
	return &azure{client: client, bucket: cfg.Bucket + "/" + cmp.Or(cfg.Container, "data")}, nil
}

func azureClient(cfg Config, address string, opts *container.ClientOptions) (*container.Client, error) {
	switch c := cfg.Credentials; {
	case c == nil:
		token, err := azidentity.NewDefaultAzureCredential(&azidentity.DefaultAzureCredentialOptions{ClientOptions: opts.ClientOptions})
		if err != nil {
			return nil, err
		}
		return container.NewClient(address, token, opts)
	case c.SAS != "":
		sas := c.SAS
		if sas[0] == '?' {
			sas = sas[1:]
		}
		return container.NewClientWithNoCredential(address+"?"+sas, opts)
	default:
		key, err := container.NewSharedKeyCredential(cfg.Bucket, c.AccountKey)
		if err != nil {
			return nil, err
		}
		return container.NewClientWithSharedKeyCredential(address, key, opts)
	}
}

func (a *azure) List(ctx context.Context, prefix string, recursive bool) iter.Seq2[Object, error] {
	if recursive {
		return a.flat(ctx, prefix)
	}
	return func(yield func(Object, error) bool) {
		pages := a.client.NewListBlobsHierarchyPager("/", &container.ListBlobsHierarchyOptions{Prefix: &prefix})
		for pages.More() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				yield(Object{}, a.explain(ctx, err, prefix))
				return
			}
			if page.Segment == nil {
				continue
			}
			for _, folder := range page.Segment.BlobPrefixes {
				if folder.Name != nil && !yield(Object{Key: *folder.Name, Folder: true}, nil) {
					return
				}
			}
			for _, item := range page.Segment.BlobItems {
				if !yield(objectOf(item), nil) {
					return
				}
			}
		}
	}
}

func (a *azure) flat(ctx context.Context, prefix string) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		pages := a.client.NewListBlobsFlatPager(&container.ListBlobsFlatOptions{Prefix: &prefix})
		for pages.More() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				yield(Object{}, a.explain(ctx, err, prefix))
				return
			}
			if page.Segment == nil {
				continue
			}
			for _, item := range page.Segment.BlobItems {
				if !yield(objectOf(item), nil) {
					return
				}
			}
		}
	}
}

func objectOf(item *container.BlobItem) Object {
	var o Object
	if item.Name != nil {
		o.Key = *item.Name
	}
	if p := item.Properties; p != nil {
		if p.ContentLength != nil {
			o.Size = *p.ContentLength
		}
		if p.LastModified != nil {
			o.Modified = *p.LastModified
		}
	}
	return o
}

func (a *azure) Read(ctx context.Context, key string, offset, length int64) ([]byte, error) {
	if length <= 0 {
		return nil, nil
	}
	res, err := a.client.NewBlobClient(key).DownloadStream(ctx, &blob.DownloadStreamOptions{Range: blob.HTTPRange{Offset: offset, Count: length}})
	if err != nil {
		if no, ok := errors.AsType[*azcore.ResponseError](err); ok && no.StatusCode == http.StatusRequestedRangeNotSatisfiable {
			return nil, nil
		}
		return nil, a.explain(ctx, err, key)
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(res.Body, length))
	if err != nil {
		return nil, a.explain(ctx, err, key)
	}
	return data, nil
}

func (a *azure) Stat(ctx context.Context, key string) (Object, error) {
	p, err := a.client.NewBlobClient(key).GetProperties(ctx, nil)
	if err != nil {
		return Object{}, a.explain(ctx, err, key)
	}
	o := Object{Key: key}
	if p.ContentLength != nil {
		o.Size = *p.ContentLength
	}
	if p.LastModified != nil {
		o.Modified = *p.LastModified
	}
	return o, nil
}

func (a *azure) Write(ctx context.Context, key, contentType string, body []byte) error {
	_, err := a.client.NewBlockBlobClient(key).UploadBuffer(ctx, body, &blockblob.UploadBufferOptions{
		HTTPHeaders: &blob.HTTPHeaders{BlobContentType: &contentType},
	})
	if err != nil {
		return a.explain(ctx, err, key)
	}
	return nil
}

func (a *azure) explain(ctx context.Context, err error, what string) error {
	if no, ok := errors.AsType[*azcore.ResponseError](err); ok {
		return explain(ctx, err, a.bucket, what, no.StatusCode, no.ErrorCode)
	}
	return explain(ctx, err, a.bucket, what, 0, "")
}
