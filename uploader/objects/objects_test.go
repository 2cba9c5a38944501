package objects

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"darwin-uploader/uploader/fault"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const planted = "PLANTED-secret-0123456789"

// provider is a stand-in for a provider's server.
type provider struct {
	*httptest.Server
	mu   sync.Mutex
	seen []*http.Request
	put  []byte
}

func serve(t *testing.T, handler func(p *provider, w http.ResponseWriter, r *http.Request)) (*provider, *http.Transport) {
	t.Helper()
	p := &provider{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.seen = append(p.seen, r)
		p.mu.Unlock()
		handler(p, w, r)
	}))
	transport := &http.Transport{}
	t.Cleanup(func() { transport.CloseIdleConnections(); p.Close() })
	return p, transport
}

func all(t *testing.T, store Store, prefix string, recursive bool) (keys []string) {
	t.Helper()
	for o, err := range store.List(t.Context(), prefix, recursive) {
		if err != nil {
			t.Fatal(err)
		}
		if o.Folder != strings.HasSuffix(o.Key, "/") {
			t.Errorf("listed %+v", o)
		}
		keys = append(keys, fmt.Sprintf("%s %d", o.Key, o.Size))
	}
	return keys
}

// azureServer answers as Azure documents it, for the container box.
func azureServer(p *provider, w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	w.Header().Set("Content-Type", "application/xml")
	blob := func(name string, size int) string {
		return fmt.Sprintf("<Blob><Name>%s</Name><Properties><Last-Modified>Mon, 01 Jun 2026 10:00:00 GMT</Last-Modified><Content-Length>%d</Content-Length></Properties></Blob>", name, size)
	}
	page := func(inside, next string) {
		_, _ = fmt.Fprintf(w, `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ContainerName="box"><Blobs>%s</Blobs><NextMarker>%s</NextMarker></EnumerationResults>`, inside, next)
	}
	switch {
	case r.URL.Path == "/box" && q.Get("comp") == "list" && q.Get("delimiter") == "/":
		page("<BlobPrefix><Name>in/sub/</Name></BlobPrefix>"+blob("in/a.jpg", 3), "")
	case r.URL.Path == "/box" && q.Get("comp") == "list" && q.Get("marker") == "":
		page(blob("in/a.jpg", 3), "more")
	case r.URL.Path == "/box" && q.Get("comp") == "list":
		page(blob("in/sub/b.jpg", 4), "")
	case r.URL.Path == "/box/in/a.jpg" && r.Method == http.MethodHead:
		w.Header().Set("Content-Length", "3")
		w.Header().Set("Last-Modified", "Mon, 01 Jun 2026 10:00:00 GMT")
	case r.URL.Path == "/box/in/a.jpg" && r.Header.Get("x-ms-range") == "bytes=1-2":
		w.WriteHeader(http.StatusPartialContent)
		_, _ = io.WriteString(w, "bc")
	case r.URL.Path == "/box/in/a.jpg" && r.Method == http.MethodGet:
		w.Header().Set("x-ms-error-code", "InvalidRange")
		w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
	case r.URL.Path == "/box/t.jpg" && r.Method == http.MethodPut:
		p.put, _ = io.ReadAll(r.Body)
		w.WriteHeader(http.StatusCreated)
	case r.URL.Path == "/box/forbidden":
		w.Header().Set("x-ms-error-code", "AuthorizationPermissionMismatch")
		w.WriteHeader(http.StatusForbidden)
	default:
		w.Header().Set("x-ms-error-code", "BlobNotFound")
		w.WriteHeader(http.StatusNotFound)
	}
}

func TestAzureIsListedReadAndWritten(t *testing.T) {
	for name, creds := range map[string]Credentials{
		"the account's key": {AccountKey: base64.StdEncoding.EncodeToString([]byte(planted))}, "a signature": {SAS: "?sv=1&sig=" + planted},
	} {
		t.Run(name, func(t *testing.T) {
			p, transport := serve(t, azureServer)
			store, err := Open(t.Context(), Config{Provider: Azure, Bucket: "account", Container: "box", Endpoint: p.URL, Credentials: &creds, Transport: transport})
			if err != nil {
				t.Fatal(err)
			}
			if got := all(t, store, "in/", true); !slices.Equal(got, []string{"in/a.jpg 3", "in/sub/b.jpg 4"}) {
				t.Errorf("all: %q", got)
			}
			if got := all(t, store, "in/", false); !slices.Equal(got, []string{"in/sub/ 0", "in/a.jpg 3"}) {
				t.Errorf("one level: %q", got)
			}
			if o, err := store.Stat(t.Context(), "in/a.jpg"); err != nil || o.Size != 3 || o.Modified.IsZero() {
				t.Errorf("described as %+v, %v", o, err)
			}
			if got, err := store.Read(t.Context(), "in/a.jpg", 1, 2); err != nil || string(got) != "bc" {
				t.Errorf("read %q, %v", got, err)
			}
			if got, err := store.Read(t.Context(), "in/a.jpg", 9, 2); err != nil || len(got) != 0 {
				t.Errorf("read %q, %v beyond the end", got, err)
			}
			if err := store.Write(t.Context(), "t.jpg", "image/jpeg", []byte("small")); err != nil || string(p.put) != "small" {
				t.Errorf("wrote %q, %v", p.put, err)
			}
			if _, err := store.Stat(t.Context(), "forbidden"); fault.KindOf(err) != fault.Permission {
				t.Errorf("forbidden: %v", err)
			}
			_, err = store.Read(t.Context(), "gone", 0, 5)
			if fault.KindOf(err) != fault.Missing || strings.Contains(fmt.Sprintf("%v %+v", err, fault.Of(err)), planted) {
				t.Errorf("missing: %v", err)
			}
		})
	}
}

// googleServer answers as the XML API does.
func googleServer(p *provider, w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer token-of-google" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	switch {
	case r.URL.Path == "/pics/" && r.URL.Query().Get("list-type") == "2":
		w.Header().Set("Content-Type", "application/xml")
		_, _ = io.WriteString(w, `<?xml version="1.0"?><ListBucketResult><Name>pics</Name><IsTruncated>false</IsTruncated>
			<Contents><Key>a.jpg</Key><Size>7</Size><LastModified>2026-06-01T10:00:00.000Z</LastModified></Contents></ListBucketResult>`)
	case r.URL.Path == "/pics/a.jpg":
		w.Header().Set("Last-Modified", "Mon, 01 Jun 2026 10:00:00 GMT")
		w.WriteHeader(http.StatusPartialContent)
		_, _ = io.WriteString(w, "content")
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func TestGoogleIsReadWithATokenOfItsOwn(t *testing.T) {
	p, transport := serve(t, func(p *provider, w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/token" {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"access_token":"token-of-google","token_type":"Bearer","expires_in":3600}`)
			return
		}
		googleServer(p, w, r)
	})
	login := fmt.Sprintf(`{"type":"authorized_user","client_id":"c","client_secret":%q,"refresh_token":%q,"token_uri":%q}`, planted, planted, p.URL+"/token")
	file := filepath.Join(t.TempDir(), "login.json")
	if err := os.WriteFile(file, []byte(login), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOOGLE_APPLICATION_CREDENTIALS", file)
	// The login names where tokens come from only for the library's own tests;
	// a transport brings the request here all the same.
	redirected := roundTrip(func(r *http.Request) (*http.Response, error) {
		if strings.Contains(r.URL.Host, "googleapis") {
			r.URL.Scheme, r.URL.Host, r.URL.Path = "http", strings.TrimPrefix(p.URL, "http://"), "/token"
		}
		return transport.RoundTrip(r)
	})
	store, err := Open(t.Context(), Config{Provider: Google, Bucket: "pics", Endpoint: p.URL, Transport: redirected})
	if err != nil {
		t.Fatal(err)
	}
	if got := all(t, store, "", true); !slices.Equal(got, []string{"a.jpg 7"}) {
		t.Errorf("listed %q", got)
	}
	if got, err := store.Read(t.Context(), "a.jpg", 0, 7); err != nil || string(got) != "content" {
		t.Errorf("read %q, %v", got, err)
	}
	if _, err := store.Read(t.Context(), "gone.jpg", 0, 7); fault.KindOf(err) != fault.Missing {
		t.Errorf("missing: %v", err)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestWithoutCredentialsThatIsSaid(t *testing.T) {
	t.Setenv("GOOGLE_APPLICATION_CREDENTIALS", filepath.Join(t.TempDir(), "none.json"))
	for name, cfg := range map[string]Config{
		"Google":               {Provider: Google, Bucket: "b"},
		"Google, a wrong file": {Provider: Google, Bucket: "b", Credentials: &Credentials{JSON: []byte(`{"type":"external_account","x":"` + planted + `"}`)}},
		"Azure, a wrong key":   {Provider: Azure, Bucket: "b", Credentials: &Credentials{AccountKey: "not base64 " + planted}},
	} {
		_, err := Open(t.Context(), cfg)
		if e := fault.Of(err); fault.KindOf(err) != fault.Key || !strings.Contains(e.What, "no credentials for") || strings.Contains(fmt.Sprintf("%v%+v", err, e), planted) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWrongAddressesAreRefused(t *testing.T) {
	for _, address := range []string{"minio.example:9000", "ftp://x", "http://example.com", "https://user:pw@example.com", "https://example.com/path", "://"} {
		if _, err := Open(t.Context(), Config{Provider: S3, Bucket: "b", Endpoint: address}); fault.KindOf(err) != fault.Usage || strings.Contains(err.Error(), "pw") {
			t.Errorf("%q: %v", address, err)
		}
	}
	if _, err := Open(t.Context(), Config{Provider: S3}); fault.KindOf(err) != fault.Usage {
		t.Errorf("no bucket: %v", err)
	}
	for _, address := range []string{"http://localhost:9000", "http://127.0.0.1:9000", "http://[::1]:9000", "https://minio.example:9000/"} {
		if _, err := Open(t.Context(), Config{Provider: S3, Bucket: "b", Endpoint: address}); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestNoPrintingShowsCredentials(t *testing.T) {
	cfg := Config{Provider: S3, Bucket: "b", Credentials: &Credentials{AccessKey: planted, Secret: planted, SAS: planted, AccountKey: planted, JSON: []byte(planted)}}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		if text := fmt.Sprintf(verb, cfg); strings.Contains(text, "PLANTED") {
			t.Errorf("%s shows %s", verb, text)
		}
	}
	if text := cfg.LogValue().String(); strings.Contains(text, "PLANTED") {
		t.Errorf("the log shows %s", text)
	}
}

func TestAnswersOfS3BecomeFaults(t *testing.T) {
	for answer, want := range map[string]fault.Kind{
		"403 AccessDenied": fault.Permission, "403 InvalidAccessKeyId": fault.Key, "403 SignatureDoesNotMatch": fault.Key, "400 ExpiredToken": fault.Key,
		"404 NoSuchKey": fault.Missing, "404 NoSuchBucket": fault.Missing, "400 Nonsense": fault.Unexpected, "501 NotImplemented": fault.Unexpected,
	} {
		status, code, _ := strings.Cut(answer, " ")
		p, transport := serve(t, func(_ *provider, w http.ResponseWriter, _ *http.Request) {
			var n int
			_, _ = fmt.Sscan(status, &n)
			w.Header().Set("Content-Type", "application/xml")
			w.WriteHeader(n)
			_, _ = fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s</Message></Error>", code, planted)
		})
		store, err := Open(t.Context(), Config{Provider: S3, Bucket: "bucket", Region: "x", Endpoint: p.URL, Transport: transport, Credentials: &Credentials{AccessKey: "a", Secret: planted}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = store.Read(t.Context(), "k", 0, 1)
		if e := fault.Of(err); fault.KindOf(err) != want || e.Do == "" || strings.Contains(e.Error()+e.Detail, planted) {
			t.Errorf("%s: %v (%v, %s)", answer, err, fault.KindOf(err), e.Detail)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := store.Stat(ctx, "k"); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	}
}

func TestSearchFindsAllWordsInAnyCase(t *testing.T) {
	p, transport := serve(t, azureServer)
	store, err := Open(t.Context(), Config{Provider: Azure, Bucket: "account", Container: "box", Endpoint: p.URL, Credentials: &Credentials{SAS: "sig=x"}, Transport: transport})
	if err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string][]string{"": {"in/a.jpg", "in/sub/b.jpg"}, "SUB jpg": {"in/sub/b.jpg"}, "c": nil} {
		var got []string
		for o, err := range Search(t.Context(), store, "in/", words) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, o.Key)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %q", words, got)
		}
	}
	p.Close()
	for _, err := range Search(t.Context(), store, "in/", "") {
		if fault.KindOf(err) != fault.Network {
			t.Errorf("a bucket that does not answer: %v", err)
		}
	}
}

func TestABucketThatWantsCredentialsIsToldApartFromOneThatRefusesThem(t *testing.T) {
	p, transport := serve(t, func(_ *provider, w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/role" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, "<Error><Code>AccessDenied</Code></Error>")
	})
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "MINIO_ROOT_USER", "MINIO_ACCESS_KEY", "AWS_PROFILE"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(t.TempDir(), "none"))
	t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", p.URL+"/role")
	store, err := Open(t.Context(), Config{Provider: S3, Bucket: "bucket", Region: "x", Endpoint: p.URL, Transport: transport})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Read(t.Context(), "k", 0, 1); fault.KindOf(err) != fault.Key || !strings.Contains(err.Error(), "There are no credentials for this bucket") {
		t.Errorf("without credentials: %v", err)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "somebody")
	t.Setenv("AWS_SECRET_ACCESS_KEY", planted)
	if store, err = Open(t.Context(), Config{Provider: S3, Bucket: "bucket", Region: "x", Endpoint: p.URL, Transport: transport}); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Read(t.Context(), "k", 0, 1); fault.KindOf(err) != fault.Permission {
		t.Errorf("with credentials that may not: %v", err)
	}
}
