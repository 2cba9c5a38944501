package uploader_test

import (
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/sandbox"
	"darwin-uploader/uploader/storage"
)

// dated makes Darwin's answers tell the time of a clock that jumps. (Which of
// two clocks is wrong, nobody can tell: to the engine it is as if this
// computer's had jumped the other way.)
type dated struct {
	http.RoundTripper
	clock func() time.Time
}

func (d dated) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := d.RoundTripper.RoundTrip(r)
	if err == nil {
		res.Header.Set("Date", d.clock().UTC().Format(http.TimeFormat))
	}
	return res, err
}

// CloseIdleConnections is how the client closes what it does not need.
func (d dated) CloseIdleConnections() { d.RoundTripper.(*http.Transport).CloseIdleConnections() }

func TestClocksThatJumpApartCostNoFileAndNoSense(t *testing.T) {
	for name, jumps := range map[string][]time.Duration{
		"an hour ahead": {time.Hour}, "an hour back": {-time.Hour}, "to and fro": {time.Hour, -time.Hour, 0}, "a day ahead": {24 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			inBoth(t, func(t *testing.T, slug string) {
				synctest.Test(t, func(t *testing.T) {
					var off atomic.Int64
					clock := func() time.Time { return time.Now().Add(time.Duration(off.Load())) }
					r := newJumping(t, slug, clock)
					for _, f := range []sandbox.Fault{
						{Call: sandbox.Store, BytesPerSecond: slowSpeed},
						{Call: sandbox.Store, Cut: true, CutAfter: 40, Probability: 0.1, Seed: 1},
						{Call: sandbox.Any, Status: 429, RetryAfter: "7", Probability: 0.05, Seed: 2},
						{Call: sandbox.Confirm, LoseReply: true, Probability: 0.1, Seed: 3},
						{Call: sandbox.Store, LoseReply: true, Probability: 0.1, Seed: 4},
					} {
						t.Cleanup(r.sandbox.Inject(f))
					}
					var items []uploader.Item
					for _, name := range []string{"a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg", "f.jpg"} {
						items = append(items, r.big(name, 60))
					}
					items = append(items, r.files(60)...)
					b := r.start(items...)
					for i := 0; ; i++ {
						after(time.Second)
						if i%10 == 5 && i/10 < len(jumps) {
							off.Store(int64(jumps[i/10]))
						}
						s := b.Snapshot()
						if s.Ended {
							break
						}
						if s.Left < 0 || s.Left > time.Hour && i > 4 || // before, there is little to judge by
							s.Speed < 0 || s.Speed > 1e9 || s.Elapsed < 0 || s.Sent < 0 || s.Sent > s.Bytes {
							t.Errorf("after %d s it says %+v", i, s)
						}
						if i > 3600 {
							t.Fatalf("it does not end: %+v; %v", s, problems(b))
						}
					}
					r.exactlyOnce(b, len(items))
				})
			})
		})
	}
}

func newJumping(t *testing.T, slug string, clock func() time.Time) *bubble {
	t.Helper()
	sb, dial, err := sandbox.StartPiped(sandbox.Config{Clock: clock, Lifetime: 30 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sb.Close(); err != nil {
			t.Error(err)
		}
	})
	c := &cable{dial: dial, conns: map[*wire]bool{}}
	api := &http.Transport{DialContext: c.connect, MaxIdleConnsPerHost: 32}
	objects := &http.Transport{DialContext: c.connect, MaxIdleConnsPerHost: 32}
	t.Cleanup(objects.CloseIdleConnections)
	return &bubble{rigOn(t, slug, sb, dated{api, clock}, storage.Config{Transport: objects}, uploader.Patience{}), c}
}
