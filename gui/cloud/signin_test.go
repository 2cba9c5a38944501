package cloud

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/objects"
)

// The access key that guarded buckets take, and its secret.
const (
	rightKey   = "AKIARIGHT"
	plantedKey = "planted-bucket-secret"
)

// guard stands before a sandbox's buckets and refuses whom it does not know.
func guard(t testing.TB, to string) (address string) {
	t.Helper()
	target, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Authorization"), "Credential="+rightKey+"/") {
			w.Header().Set("Content-Type", "application/xml")
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte(`<?xml version="1.0"?><Error><Code>InvalidAccessKeyId</Code></Error>`))
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	return front.URL
}

// purse keeps credentials in memory.
type purse struct {
	mu   sync.Mutex
	kept map[string]objects.Credentials
	as   Kept
}

func at(s darwin.StorageInfo, endpoint string) string { return s.Name + " " + endpoint }

func (p *purse) Kept(s darwin.StorageInfo, endpoint string) Kept {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.kept[at(s, endpoint)]; ok {
		return p.as
	}
	return NotKept
}

func (p *purse) Try(ctx context.Context, s darwin.StorageInfo, endpoint string, c objects.Credentials) (objects.Store, func(), error) {
	way := darwin.NewTransport()
	store, err := objects.Open(ctx, objects.Config{
		Provider: objects.S3, Bucket: s.Bucket, Region: s.Region, Endpoint: endpoint, Transport: way, Credentials: &c,
	})
	return store, way.CloseIdleConnections, err
}

func (p *purse) Keep(_ context.Context, s darwin.StorageInfo, endpoint string, c objects.Credentials) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kept[at(s, endpoint)] = c
	return nil
}

func (p *purse) Forget(_ context.Context, s darwin.StorageInfo, endpoint string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.kept, at(s, endpoint))
	return nil
}

// bucket opens buckets with what is kept, or with what nobody takes.
func (p *purse) bucket(ctx context.Context, s darwin.StorageInfo, endpoint string) (objects.Store, func(), error) {
	p.mu.Lock()
	c, ok := p.kept[at(s, endpoint)]
	p.mu.Unlock()
	if !ok {
		c = objects.Credentials{AccessKey: "AKIANOBODY", Secret: "thing"}
	}
	return p.Try(ctx, s, endpoint, c)
}

// guarded is a rig whose buckets want credentials.
func guarded(r *rig, as Kept) *purse {
	p := &purse{kept: map[string]objects.Credentials{}, as: as}
	r.deps.Access, r.deps.Bucket = p, p.bucket
	address := guard(r, r.sandbox.URL())
	r.deps.Endpoint, r.lookup.endpoint = address, address
	r.looking.server.SetText(address)
	return p
}

func (r *rig) browsed() *browser {
	r.Helper()
	r.middle.ways[byBrowsing].Tapped(nil)
	r.until("the bucket", func() bool { return !r.middle.browser.listing.asking })
	return r.middle.browser
}

func TestABucketThatRefusesIsSignedInToOnTheScreen(t *testing.T) {
	r := newRig(t, "", nil)
	p := guarded(r, InKeychain)
	r.open("camera-traps-2026", "field-archive")
	b := r.browsed()
	if b.listing.wrong == nil || !b.sign.Visible() {
		t.Fatalf("it says %v, and offers nothing", b.listing.wrong)
	}
	b.sign.Tapped(nil)
	f := r.signIn.form
	if !r.signIn.open || !f.box.Visible() || b.box.Visible() || !f.press.Disabled() || f.back.Visible() {
		t.Fatal("it does not ask for credentials")
	}
	f.key.SetText("AKIAWRONG")
	f.secret.SetText(plantedKey)
	f.press.Tapped(nil)
	r.until("an answer", func() bool { return !r.signIn.trying })
	if text := f.state.Text(); !strings.Contains(text, "does not accept these credentials") || !strings.Contains(text, "Nothing was changed.") ||
		strings.Contains(text, plantedKey) || len(p.kept) > 0 {
		t.Errorf("after wrong ones it says %q and has kept %d", text, len(p.kept))
	}
	f.key.SetText(" " + rightKey + " ")
	if f.state.Visible() {
		t.Error("it still says what was wrong")
	}
	f.press.Tapped(nil)
	r.until("the bucket", func() bool { return !r.signIn.open && !b.listing.asking && len(b.listing.listed) > 0 })
	if len(p.kept) != 1 || b.listing.wrong != nil || !b.box.Visible() || f.secret != nil {
		t.Errorf("%d are kept, the bucket says %v", len(p.kept), b.listing.wrong)
	}
	if text := r.looking.with.String(); !strings.Contains(text, "from the keychain") {
		t.Errorf("it says %q", text)
	}

	r.looking.sign.Tapped(nil)
	if f.secret.Text != "" || f.key.Text != "" || !f.back.Visible() {
		t.Error("what was typed is there again, or the way back is not")
	}
	f.back.Tapped(nil)
	r.until("the bucket", func() bool { return !r.signIn.open && !b.listing.asking })
	if len(p.kept) > 0 || b.listing.wrong == nil {
		t.Errorf("%d are kept, the bucket says %v", len(p.kept), b.listing.wrong)
	}
}

func TestWhatIsFoundInABucketThatRefusesOffersToSignIn(t *testing.T) {
	r := newRig(t, "", nil)
	guarded(r, ThisRunOnly)
	r.open("camera-traps-2026", "field-archive")
	r.looking.thumbnails.SetText("thumbnails")
	r.looking.check.SetChecked(true)
	r.middle.entry.SetText("originals/river/IMG_0001.jpg")
	r.settled()
	if r.wrong == nil || !r.middle.sign.Visible() || !r.middle.notice.Visible() {
		t.Fatalf("it says %v, and offers nothing", r.wrong)
	}
	r.middle.sign.Tapped(nil)
	f := r.signIn.form
	f.key.SetText(rightKey)
	f.secret.SetText(plantedKey)
	f.secret.OnSubmitted(f.secret.Text)
	r.until("a draft", func() bool { return !r.signIn.open && r.planning == nil && r.draft != nil })
	if text := r.looking.with.String(); r.wrong != nil || !strings.Contains(text, "until you close the window") {
		t.Errorf("it says %v and %q", r.wrong, text)
	}
}

func TestNothingIsKeptOfCredentialsThatSomebodyGivesUp(t *testing.T) {
	r := newRig(t, "", nil)
	p := guarded(r, InKeychain)
	r.open("camera-traps-2026", "field-archive")
	b := r.browsed()
	b.sign.Tapped(nil)
	f := r.signIn.form
	f.key.SetText(rightKey)
	f.secret.SetText(plantedKey)
	f.away.Tapped(nil)
	if r.signIn.open || f.secret != nil || len(p.kept) > 0 || !b.box.Visible() {
		t.Error("something of it is left")
	}
	b.sign.Tapped(nil)
	r.chooseStorage(0)
	if r.signIn.open {
		t.Error("it asks for credentials to a bucket that is not chosen any more")
	}
	r.until("the bucket", func() bool { return !b.listing.asking && r.planning == nil })
}

func TestEachProviderIsAskedForWhatItTakes(t *testing.T) {
	r := newRig(t, "", nil)
	p := guarded(r, InKeychain)
	r.open("camera-traps-2026", "field-archive")
	f := r.signIn.form
	for _, c := range []struct {
		provider, key, secret string
		want                  objects.Credentials
		wrong                 bool
	}{
		{provider: "aws", key: "a", secret: " b ", want: objects.Credentials{AccessKey: "a", Secret: "b"}},
		{provider: "gcp", key: "GOOG1", secret: "b", want: objects.Credentials{AccessKey: "GOOG1", Secret: "b"}},
		{provider: "azure", secret: "a2V5", want: objects.Credentials{AccountKey: "a2V5"}},
		{provider: "azure", secret: "?sv=1&sig=x%3D", want: objects.Credentials{SAS: "sv=1&sig=x%3D"}},
		{provider: "azure", secret: "https://a.blob.core.windows.net/box?sv=1&sig=x", want: objects.Credentials{SAS: "sv=1&sig=x"}},
		{provider: "azure", secret: "what is this", wrong: true},
	} {
		r.storages[r.storage].Provider = c.provider
		r.signIn.ask()
		if (f.key == nil) != (c.provider == "azure") || (f.session == nil) != (c.provider != "aws") || !f.secret.Password || f.secret.AccessibilityLabel() == "" {
			t.Errorf("%s is asked for something else", c.provider)
		}
		if f.key != nil {
			f.key.SetText(c.key)
		}
		f.secret.SetText(c.secret)
		got, wrong := f.credentials()
		if (wrong != "") != c.wrong || got.AccessKey != c.want.AccessKey || got.Secret != c.want.Secret || got.AccountKey != c.want.AccountKey || got.SAS != c.want.SAS {
			t.Errorf("%s with %q leads to other credentials, %q", c.provider, c.secret, wrong)
		}
		if c.wrong {
			f.press.Tapped(nil)
			if !strings.HasPrefix(f.state.Text(), wrong) || r.signIn.trying || len(p.kept) > 0 {
				t.Errorf("it says %q", f.state.Text())
			}
		}
	}
}
