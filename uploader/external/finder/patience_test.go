package finder

import (
	"context"
	"sync"
	"testing"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
)

// outage is a bucket that is silent between two times, and its clock.
type outage struct {
	bucket
	from, until time.Duration
	kind        fault.Kind

	clock sync.Mutex
	now   time.Duration
}

func (o *outage) Now() time.Time {
	o.clock.Lock()
	defer o.clock.Unlock()
	return time.Unix(0, 0).Add(o.now)
}

func (o *outage) Sleep(ctx context.Context, d time.Duration) error {
	o.clock.Lock()
	defer o.clock.Unlock()
	o.now += d
	return ctx.Err()
}

func (o *outage) Read(ctx context.Context, key string, offset, length int64) ([]byte, error) {
	o.clock.Lock()
	silent := o.now >= o.from && o.now < o.until
	o.clock.Unlock()
	if silent {
		return nil, &fault.Error{Kind: o.kind, What: "The bucket does not answer.", Do: "Check the network."}
	}
	return o.bucket.Read(ctx, key, offset, length)
}

// find looks for the size of an object, now and after the bucket has become
// silent.
func (o *outage) find(t *testing.T, before bool) []*fault.Error {
	t.Helper()
	o.files = map[string][]byte{"a.png": encoded(t, "png", halves(4, 3)), "b.png": encoded(t, "png", halves(6, 5))}
	f := &Finder{Store: o, Clock: o, AtOnce: 1}
	if before {
		if found := f.Find(t.Context(), []*external.Item{{Key: "a.png", Name: "a.png"}}); found[0] != nil {
			t.Fatal(found[0])
		}
		o.now = o.from
	}
	item := &external.Item{Key: "b.png", Name: "b.png"}
	found := f.Find(t.Context(), []*external.Item{item})
	if found[0] == nil && item.Width != 6 {
		t.Errorf("found %+v", item)
	}
	return found
}

func TestABucketThatFallsSilentIsWaitedFor(t *testing.T) {
	o := &outage{from: time.Hour, until: time.Hour + 2*time.Minute, kind: fault.Network}
	if found := o.find(t, true); found[0] != nil || o.now < o.until || o.now > o.until+maxPause {
		t.Errorf("%v after %v", found[0], o.now-o.from)
	}
	o = &outage{from: time.Hour, until: 2 * time.Hour, kind: fault.Busy}
	if found := o.find(t, true); found[0] == nil || o.now-o.from < patience || o.now-o.from > patience+maxPause {
		t.Errorf("%v after %v", found[0], o.now-o.from)
	}
}

func TestABucketThatNeverAnsweredAndWrongCredentialsAreToldAtOnce(t *testing.T) {
	o := &outage{until: time.Hour, kind: fault.Network}
	if found := o.find(t, false); fault.KindOf(found[0]) != fault.Network || o.now != 0 {
		t.Errorf("%v after %v", found[0], o.now)
	}
	o = &outage{from: time.Hour, until: 2 * time.Hour, kind: fault.Key}
	if found := o.find(t, true); fault.KindOf(found[0]) != fault.Key || o.now != o.from {
		t.Errorf("%v after %v", found[0], o.now-o.from)
	}
}

// A million rows are not told one by one that the network is gone.
func TestAPlanEndsWhereTheBucketDoesNotAnswer(t *testing.T) {
	book, err := ledger.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	o := &outage{until: time.Hour, kind: fault.Network}
	_, err = external.Plan(t.Context(), book, external.About{}, external.Rules{Version: 2, Root: external.Root{Storage: darwin.StorageInfo{Name: "archive", Provider: "aws", ReadOnly: true}}},
		external.Keys([]string{"a.png", "b.png"}), &Finder{Store: o, Clock: o}, nil)
	if e := fault.Of(err); e.Kind != fault.Network || e.Error() != "The bucket does not answer. Nothing was sent. Check the network." {
		t.Errorf("it ended with %v", err)
	}
	if list, err := book.Imports(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("it left %+v, %v", list, err)
	}
}
