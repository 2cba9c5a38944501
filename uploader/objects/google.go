package objects

import (
	"cmp"
	"context"
	"net/http"

	"github.com/minio/minio-go/v7/pkg/credentials"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/google"
)

// Google's storage speaks S3's language, too; with a token of Google's instead
// of a signature.
const (
	googleStorage = "https://storage.googleapis.com"
	googleScope   = "https://www.googleapis.com/auth/devstorage.read_write"
)

func openGoogle(ctx context.Context, cfg Config) (Store, error) {
	host, secure, err := endpoint(cmp.Or(cfg.Endpoint, googleStorage))
	if err != nil {
		return nil, err
	}
	cfg.Region = cmp.Or(cfg.Region, "auto")
	if c := cfg.Credentials; c != nil && c.AccessKey != "" {
		return newS3(cfg, host, secure, credentials.NewStaticV4(c.AccessKey, c.Secret, ""), cfg.Transport)
	}
	source, err := googleTokens(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return newS3(cfg, host, secure, credentials.NewStatic("", "", "", credentials.SignatureAnonymous),
		&oauth2.Transport{Source: source, Base: cfg.Transport})
}

func googleTokens(ctx context.Context, cfg Config) (oauth2.TokenSource, error) {
	// Tokens are fetched with the same transport, for as long as the store lives.
	ctx = context.WithValue(context.WithoutCancel(ctx), oauth2.HTTPClient, &http.Client{Transport: cfg.Transport})
	var found *google.Credentials
	var err error
	if c := cfg.Credentials; c != nil {
		found, err = google.CredentialsFromJSONWithType(ctx, c.JSON, google.ServiceAccount, googleScope)
	} else {
		found, err = google.FindDefaultCredentials(ctx, googleScope)
	}
	if err != nil {
		return nil, noCredentials("Google", "Sign in with gcloud auth application-default login, or name a key file of a service account.")
	}
	return found.TokenSource, nil
}
