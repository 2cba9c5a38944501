package external

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/sandbox"
)

func TestMain(m *testing.M) {
	if os.Getenv(childWord) != "" {
		os.Exit(child())
	}
	goleak.VerifyTestMain(m)
}

// fast is a clock that runs faster than the real one.
type fast struct {
	began  time.Time
	factor float64
}

func (f fast) Now() time.Time {
	return f.began.Add(time.Duration(float64(time.Since(f.began)) * f.factor)).Round(0)
}

func (f fast) Sleep(ctx context.Context, d time.Duration) error {
	return realClock{}.Sleep(ctx, time.Duration(float64(d)/f.factor))
}

// stepped is a clock on which sleeping takes no time.
type stepped struct {
	mu  sync.Mutex
	now time.Time
}

func (s *stepped) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *stepped) Sleep(ctx context.Context, d time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(max(d, 0))
	return ctx.Err()
}

// rig is a sandbox with its client and a ledger.
type rig struct {
	*testing.T
	sandbox *sandbox.Sandbox
	client  *darwin.Client
	ledger  *ledger.Ledger
	clock   fast
	slug    string
	dataset darwin.Dataset
	storage darwin.StorageInfo
	rules   Rules
	cfg     Config
}

// newRig has a dataset of version 2 and a storage that Darwin may write to.
func newRig(t *testing.T) *rig {
	t.Helper()
	return newRigAt(t, 600)
}

// newRigAt is newRig with a clock so many times faster than the real one.
func newRigAt(t *testing.T, factor float64) *rig {
	t.Helper()
	r := &rig{T: t, clock: fast{time.Now(), factor}}
	var err error
	r.sandbox, err = sandbox.Start("127.0.0.1:0", sandbox.Config{Clock: r.clock.Now})
	r.check(err)
	t.Cleanup(func() { _ = r.sandbox.Close() })
	address, err := url.Parse(r.sandbox.URL())
	r.check(err)
	r.client, err = darwin.New(darwin.Config{Server: address, Key: r.sandbox.Key(), Timeout: 20 * time.Second})
	r.check(err)
	t.Cleanup(r.client.CloseIdle)
	r.ledger, err = ledger.Open(t.TempDir())
	r.check(err)
	t.Cleanup(func() { _ = r.ledger.Close() })
	r.sandbox.AddStorage(sandbox.Storage{Name: "team-uploads", Provider: "aws", Bucket: "alder-valley-uploads", Default: true})
	r.into("camera-traps-2026", "team-uploads")
	return r
}

// into chooses the dataset and the storage.
func (r *rig) into(dataset, storage string) {
	r.Helper()
	all, err := r.client.Datasets(r.Context())
	r.check(err)
	r.dataset = all[slices.IndexFunc(all, func(d darwin.Dataset) bool { return d.Slug == dataset })]
	storages, err := r.client.Storages(r.Context(), "")
	r.check(err)
	r.storage = storages[slices.IndexFunc(storages, func(s darwin.StorageInfo) bool { return s.Name == storage })]
	r.slug = dataset
	r.rules = Rules{Root: Root{Storage: r.storage}, Version: r.dataset.Version}
	r.cfg = Config{Ledger: r.ledger, API: r.client.External(r.dataset, r.storage), Clock: r.clock}
}

func (r *rig) check(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func numbered(n int) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = fmt.Sprintf("shots/%05d.jpg", i)
	}
	return keys
}

func (r *rig) plan(keys ...string) Import {
	r.Helper()
	i, err := Plan(r.Context(), r.ledger, About{Dataset: r.dataset, Storage: r.storage, From: "test"}, r.rules, Keys(keys), nil, nil)
	r.check(err)
	return i
}

// run registers to the end.
func (r *rig) run(id int64) Snapshot {
	r.Helper()
	run, err := Start(r.Context(), r.cfg, id)
	r.check(err)
	<-run.Done()
	return run.Snapshot()
}

// wantOnce wants n items in the dataset, each of which was asked for once.
func (r *rig) wantOnce(n int) {
	r.Helper()
	items := r.sandbox.Items(r.slug)
	if len(items) != n {
		r.Errorf("the dataset has %d items, want %d", len(items), n)
	}
	for _, item := range items {
		if item.Registrations != 1 {
			r.Errorf("%s was registered %d times", item.Name, item.Registrations)
		}
	}
}

func (r *rig) rows(id int64) []ledger.Row {
	r.Helper()
	rows, err := r.ledger.Rows(r.Context(), id, -1, 1_000_000)
	r.check(err)
	return rows
}

// detour is an API that tests step into.
type detour struct {
	darwin.External
	mu       sync.Mutex
	sizes    []int
	register func(items []darwin.ExternalItem) error
}

func (d *detour) Register(ctx context.Context, items []darwin.ExternalItem) (darwin.Registration, error) {
	d.mu.Lock()
	d.sizes = append(d.sizes, len(items))
	register := d.register
	d.mu.Unlock()
	if register != nil {
		if err := register(items); err != nil {
			return darwin.Registration{}, err
		}
	}
	return d.External.Register(ctx, items)
}

// cutOff stops a run while Darwin works on a request. What has left by then
// gets there, at once, and its answer is lost; nothing leaves afterwards.
type cutOff struct {
	darwin.External
	mu    sync.Mutex
	after int // requests that leave
	stop  context.CancelFunc
}

func (c *cutOff) Register(ctx context.Context, items []darwin.ExternalItem) (darwin.Registration, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return darwin.Registration{}, err
	}
	if c.after--; c.after == 0 {
		c.stop()
	}
	answer, err := c.External.Register(context.WithoutCancel(ctx), items)
	if err == nil {
		err = ctx.Err()
	}
	return answer, err
}
