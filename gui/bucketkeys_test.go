package gui

import (
	"bytes"
	"encoding/base64"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/cloud"
	"darwin-uploader/gui/session"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/settings"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/objects"
	"darwin-uploader/uploader/sandbox"
)

const plantedSecret = "planted-bucket-secret"

// secretly is a window that works with an account, whose log and settings can
// be looked through.
type secretly struct {
	*stage
	log    *lines
	hidden *lines
	keys   *bucketKeys
	dir    string // of the settings
}

// lines takes what is written, from any goroutine.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) has(words string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Contains(l.text.String(), words)
}

func newSecretly(t *testing.T) *secretly {
	t.Helper()
	s := &secretly{log: &lines{}, hidden: &lines{}, dir: t.TempDir()}
	s.stage = newStage(t, func(o *Options, c *chain) {
		account, err := session.Whose(t.Context(), os.Getenv("DARWIN_BASE_URL"), sandbox.DemoKey, "test", session.NewWays())
		if err != nil {
			t.Fatal(err)
		}
		c.keys[account.ID] = sandbox.DemoKey
		if o.Settings, err = settings.Open(s.dir); err != nil {
			t.Fatal(err)
		}
		if err := o.Settings.Update(func(v *settings.Settings) { v.PutAccount(account); v.Current = account.ID }); err != nil {
			t.Fatal(err)
		}
		o.Log = slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		o.Hide = func(secrets ...string) { _, _ = s.hidden.Write([]byte(strings.Join(secrets, "\n"))) }
	})
	s.untilDatasetsAreThere()
	s.keys = &bucketKeys{s.window, s.place.Account()}
	return s
}

// onDisk says whether any file below a folder has the words in it.
func onDisk(t *testing.T, dir, words string) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		found = found || bytes.Contains(content, []byte(words))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func archiveOf(s *stage) (storage darwin.StorageInfo, endpoint string) {
	return darwin.StorageInfo{Name: "field-archive", Provider: "aws", Bucket: "alder-valley-archive", Region: "eu-west-1", ReadOnly: true}, s.sandbox.URL()
}

func TestCredentialsForABucketAreInTheKeychainAndNowhereElse(t *testing.T) {
	s := newSecretly(t)
	storage, endpoint := archiveOf(s.stage)
	s.wayReady(t.Context())
	c := objects.Credentials{AccessKey: "AKIARIGHT", Secret: plantedSecret}
	if s.keys.Kept(storage, endpoint) != cloud.NotKept {
		t.Fatal("there are some already")
	}
	store, release, err := s.keys.Try(t.Context(), storage, endpoint, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range store.List(t.Context(), "", false) {
		if err != nil {
			t.Fatal(err)
		}
	}
	release()
	if err := s.keys.Keep(t.Context(), storage, endpoint, c); err != nil || s.keys.Kept(storage, endpoint) != cloud.InKeychain {
		t.Fatalf("kept is %v, %v", s.keys.Kept(storage, endpoint), err)
	}
	id := s.keys.id(storage, endpoint)
	if value, err := s.chain.Get(id); err != nil || !strings.Contains(value, plantedSecret) {
		t.Errorf("the keychain has nothing: %v", err)
	}
	if s.keys.Kept(storage, "") != cloud.NotKept {
		t.Error("they would be used with another server, too")
	}
	got, err := s.keys.of(t.Context(), storage, endpoint)
	if err != nil || got == nil || got.AccessKey != c.AccessKey || got.Secret != c.Secret {
		t.Errorf("others come back: %v", err)
	}
	if !s.hidden.has(plantedSecret) || s.log.has(plantedSecret) {
		t.Error("the log could show the secret")
	}
	for _, words := range []string{plantedSecret, base64.StdEncoding.EncodeToString([]byte(plantedSecret))} {
		if onDisk(t, s.dir, words) {
			t.Error("a file has the secret")
		}
	}
	if !onDisk(t, s.dir, id) {
		t.Error("where it is kept is not noted")
	}

	if err := s.keys.Forget(t.Context(), storage, endpoint); err != nil || s.keys.Kept(storage, endpoint) != cloud.NotKept {
		t.Errorf("they are still there: %v", err)
	}
	if _, err := s.chain.Get(id); err == nil || onDisk(t, s.dir, id) {
		t.Error("something of it is left")
	}
	if c, err := s.keys.of(t.Context(), storage, endpoint); c != nil || err != nil {
		t.Errorf("without them it is not the computer's own sign-in: %v", err)
	}
}

func TestCredentialsForBucketsGoWithTheAccount(t *testing.T) {
	s := newSecretly(t)
	storage, endpoint := archiveOf(s.stage)
	for _, at := range []string{endpoint, "https://minio.example"} {
		if err := s.keys.Keep(t.Context(), storage, at, objects.Credentials{AccessKey: "a", Secret: plantedSecret}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.remove(s.place.Account()); err != nil {
		t.Fatal(err)
	}
	s.until("the welcome", func() bool { return s.welcome != nil && s.place == nil })
	if len(s.chain.keys) > 0 || len(s.o.Settings.Get().BucketKeys) > 0 {
		t.Errorf("%d keys are left in the keychain", len(s.chain.keys))
	}
}

func TestWithoutAKeychainCredentialsHoldForThisRun(t *testing.T) {
	s := newSecretly(t)
	storage, endpoint := archiveOf(s.stage)
	s.chain.mu.Lock()
	s.chain.broken = true
	s.chain.mu.Unlock()
	c := objects.Credentials{AccessKey: "a", Secret: plantedSecret}
	if err := s.keys.Keep(t.Context(), storage, endpoint, c); err != nil || s.keys.Kept(storage, endpoint) != cloud.ThisRunOnly {
		t.Fatalf("kept is %v, %v", s.keys.Kept(storage, endpoint), err)
	}
	if got, err := s.keys.of(t.Context(), storage, endpoint); err != nil || got == nil || got.Secret != plantedSecret {
		t.Errorf("they do not hold: %v", err)
	}
	if len(s.o.Settings.Get().BucketKeys) > 0 || onDisk(t, s.dir, plantedSecret) {
		t.Error("the settings have something of it")
	}
	if err := s.keys.Forget(t.Context(), storage, endpoint); err != nil || s.keys.Kept(storage, endpoint) != cloud.NotKept {
		t.Errorf("they are still there: %v", err)
	}
}

func TestAKeychainThatDoesNotAnswerIsToldAndOneWithoutThemIsNotAskedAgain(t *testing.T) {
	s := newSecretly(t)
	storage, endpoint := archiveOf(s.stage)
	id := s.keys.id(storage, endpoint)
	note := func() { s.keys.note(func(v *settings.Settings) { v.KeepBucketKey(s.keys.account, id) }) }
	note()
	s.chain.mu.Lock()
	s.chain.broken = true
	s.chain.mu.Unlock()
	if _, _, err := s.bucket(s.keys)(t.Context(), storage, endpoint); fault.KindOf(err) != fault.Keychain {
		t.Errorf("it says %v", err)
	}
	s.chain.mu.Lock()
	s.chain.broken = false
	s.chain.mu.Unlock()
	if c, err := s.keys.of(t.Context(), storage, endpoint); c != nil || err != nil || s.keys.Kept(storage, endpoint) != cloud.NotKept {
		t.Errorf("it says %v, and is kept as %v", err, s.keys.Kept(storage, endpoint))
	}
}

func TestCredentialsAreNeverSentUnprotected(t *testing.T) {
	s := newSecretly(t)
	storage, _ := archiveOf(s.stage)
	for _, provider := range []string{"aws", "azure", "gcp"} {
		storage.Provider = provider
		c := objects.Credentials{AccessKey: "a", Secret: plantedSecret, SAS: "sig=" + plantedSecret}
		if _, _, err := s.keys.Try(t.Context(), storage, "http://minio.example:9000", c); fault.KindOf(err) != fault.Usage || strings.Contains(err.Error(), plantedSecret) {
			t.Errorf("%s says %v", provider, err)
		}
	}
}

// fieldOf is the field of Cloud import that has the label, nil if none has.
func (s *stage) fieldOf(label string) *widgets.Field {
	for _, o := range test.LaidOutObjects(s.shell.cloud) {
		if f, ok := o.(*widgets.Field); ok && f.Visible() && strings.HasPrefix(f.AccessibilityLabel(), label) {
			return f
		}
	}
	return nil
}

func TestABucketIsSignedInToAndEveryoneElseIsToldNothing(t *testing.T) {
	// The computer's own sign-in is one that the bucket does not take.
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIANOBODY")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "thing")
	s := newSecretly(t)
	to, err := url.Parse(s.sandbox.URL())
	if err != nil {
		t.Fatal(err)
	}
	wire := &lines{}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }}
	buckets := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = wire.Write([]byte(r.URL.String() + r.Header.Get("Authorization") + "\n"))
		if !strings.Contains(r.Header.Get("Authorization"), "Credential=AKIARIGHT/") {
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte("<Error><Code>InvalidAccessKeyId</Code></Error>"))
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(buckets.Close)
	s.goTo(cloudPlace)()
	s.until("the storages", func() bool { return s.inCloud("team-uploads") != nil })
	tap := func(words string) {
		s.until(words, func() bool { return s.inCloud(words) != nil })
		s.inCloud(words).(fyne.Tappable).Tapped(&fyne.PointEvent{})
	}
	s.shell.cloud.FocusSearch() // that is where one browses
	server := s.fieldOf("https://minio.example:9000")
	server.SetText(buckets.URL)
	server.OnSubmitted(buckets.URL)
	s.until("the refusal", func() bool { return s.inCloud("Look again") != nil })
	tap("Sign in to the bucket")
	s.fieldOf("Access key ID").SetText("AKIARIGHT")
	s.fieldOf("Secret access key").SetText(plantedSecret)
	tap("Sign in")
	s.until("the bucket", func() bool { return s.inCloud("Change the sign-in") != nil && s.inCloud("Sign in") == nil })
	s.until("the folders", func() bool { return s.inCloud("Look again") == nil && s.inCloud("Looking into the bucket.") == nil })
	kept := 0
	s.chain.mu.Lock()
	defer s.chain.mu.Unlock()
	for id, value := range s.chain.keys {
		if strings.Contains(value, plantedSecret) && strings.Contains(id, "/bucket/") {
			kept++
		}
	}
	if kept != 1 || !wire.has("Credential=AKIARIGHT/") {
		t.Errorf("the keychain has %d secrets", kept)
	}
	if wire.has(plantedSecret) || s.log.has(plantedSecret) || onDisk(t, s.dir, plantedSecret) {
		t.Error("the secret is where it does not belong")
	}
}
