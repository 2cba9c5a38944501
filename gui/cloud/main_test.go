package cloud

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"go.uber.org/goleak"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/objects"
	"darwin-uploader/uploader/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is how long a test waits for something that takes milliseconds.
const patience = 30 * time.Second

// rig is a Cloud import place before a practice Darwin, whose main thread is
// the test itself.
type rig struct {
	testing.TB
	*View
	sandbox *sandbox.Sandbox
	client  *darwin.Client
	posted  chan func()
}

// newRig makes a place; server is an address to use instead of the sandbox's
// own, and record is kept by the caller.
func newRig(t testing.TB, server string, record func() (*ledger.Ledger, error)) *rig {
	t.Helper()
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() })
	anyKey(sb)
	return newRigAt(t, sb, server, record)
}

func newRigAt(t testing.TB, sb *sandbox.Sandbox, server string, record func() (*ledger.Ledger, error)) *rig {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
	r := prepared(t, sb, server, record)
	looktest.Window(t, r.View, fyne.NewSize(1092, 696))
	return r
}

// anyKey lets the demo's storages have every object that is asked for.
func anyKey(sb *sandbox.Sandbox) {
	sb.AddStorage(sandbox.Storage{Name: "team-uploads", Provider: "aws", Bucket: "alder-valley-uploads", Region: "eu-west-1", Default: true})
	sb.AddStorage(sandbox.Storage{Name: "field-archive", Provider: "aws", Bucket: "alder-valley-archive", Region: "eu-west-1", ReadOnly: true})
}

// bucket opens the buckets of the sandbox, which take any credentials.
func bucket(ctx context.Context, s darwin.StorageInfo, endpoint string) (objects.Store, func(), error) {
	way := darwin.NewTransport()
	store, err := objects.Open(ctx, objects.Config{
		Provider: objects.S3, Bucket: s.Bucket, Region: s.Region, Endpoint: endpoint, Transport: way,
		Credentials: &objects.Credentials{AccessKey: "any", Secret: "thing"},
	})
	return store, way.CloseIdleConnections, err
}

// prepared is a rig outside of any window.
func prepared(t testing.TB, sb *sandbox.Sandbox, server string, record func() (*ledger.Ledger, error)) *rig {
	t.Helper()
	if server == "" {
		server = sb.URL()
	}
	address, err := darwin.ParseServer(server)
	if err != nil {
		t.Fatal(err)
	}
	client, err := darwin.New(darwin.Config{Server: address, Key: sb.Key(), UserAgent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdle)
	r := &rig{TB: t, sandbox: sb, client: client, posted: make(chan func(), 100_000)}
	r.View = New(t.Context(), Deps{
		Post: func(f func()) { r.posted <- f }, Darwin: client, Server: client.Server(), Team: "alder-valley-wildlife", Account: "a", Record: record, Bucket: bucket, Endpoint: sb.URL(),
	})
	t.Cleanup(r.Close)
	return r
}

// keep is a record of imports in a folder, closed with the test.
func keep(t testing.TB, dir string) func() (*ledger.Ledger, error) {
	t.Helper()
	book, err := ledger.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return func() (*ledger.Ledger, error) { return book, nil }
}

// until plays the main thread until a condition holds.
func (r *rig) until(what string, holds func() bool) {
	r.Helper()
	late := time.After(patience)
	for !holds() {
		select {
		case f := <-r.posted:
			f()
		case <-late:
			r.Fatalf("waited in vain: %s (%q, %q)", what, r.middle.notice.Text(), r.bar.title.Text())
		}
	}
}

// open shows the place with a dataset and waits for the storages.
func (r *rig) open(dataset, storage string) *rig {
	r.Helper()
	all, err := r.client.Datasets(context.Background())
	if err != nil {
		r.Fatal(err)
	}
	for i := range all {
		if all[i].Slug == dataset {
			r.SetDataset(&all[i])
		}
	}
	r.Shown(true)
	r.until("storages and tags", func() bool { return !r.asking && r.storages != nil && r.classes != nil })
	for i, s := range r.storages {
		if s.Name == storage {
			r.chooseStorage(i)
		}
	}
	return r
}

// settled waits until what is chosen was looked over, and its rows are read.
func (r *rig) settled() {
	r.Helper()
	r.until("a draft", func() bool { return r.planning == nil && !r.middle.table.pages.asking && len(r.posted) == 0 })
}

// imported waits for the end of the import and of Darwin's processing.
func (r *rig) imported() {
	r.Helper()
	r.until("the end", func() bool { return r.run != nil && !r.run.under && !r.run.follows })
}

func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
