package sandbox

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// piped runs f with a sandbox in a bubble.
func piped(t *testing.T, cfg Config, f func(c *client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s, dial, err := StartPiped(cfg)
		if err != nil {
			t.Fatal(err)
		}
		tr := &http.Transport{DialContext: dial}
		f(&client{t: t, Sandbox: s, http: &http.Client{Transport: tr}})
		tr.CloseIdleConnections()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestFaultsTakeTheBubblesTime(t *testing.T) {
	piped(t, Config{ProcessAfter: time.Hour}, func(c *client) {
		began := time.Now()
		remove := c.Inject(Fault{Call: Register, Latency: 10 * time.Minute})
		upload := c.registerOne("fox.jpg", "/")
		remove()
		if took := time.Since(began); took != 10*time.Minute {
			c.t.Errorf("latency took %v, want 10 minutes", took)
		}
		url := c.signURL(upload)
		began = time.Now()
		c.Inject(Fault{Call: Store, BytesPerSecond: 1000})
		if a := c.put(url, make([]byte, 60_000)); a.status != 200 {
			c.t.Errorf("store: %d %s %v", a.status, a.body, a.err)
		}
		if took := time.Since(began).Round(time.Second); took != time.Minute {
			c.t.Errorf("60 kB at 1 kB a second took %v", took)
		}
		if a := c.confirmV2(upload); a.status != 200 {
			c.t.Errorf("confirm: %d", a.status)
		}
		time.Sleep(time.Hour - time.Nanosecond) // the bubble's
		if it := c.item("camera-traps-2026", "fox.jpg"); it.Status != "processing" {
			c.t.Errorf("just before the hour: %s", it.Status)
		}
		time.Sleep(time.Nanosecond)
		if it := c.item("camera-traps-2026", "fox.jpg"); it.Status != "complete" {
			c.t.Errorf("after the hour: %s", it.Status)
		}
	})
}

func TestAStalledBodyStopsMoving(t *testing.T) {
	piped(t, Config{}, func(c *client) {
		url := c.signURL(c.registerOne("fox.jpg", "/"))
		c.Inject(Fault{Call: Store, Stall: true, StallAfter: 5000})
		sent := &meter{Reader: bytes.NewReader(make([]byte, 1<<20))}
		ctx, leave := context.WithTimeout(c.t.Context(), 30*time.Second)
		defer leave()
		req, err := http.NewRequestWithContext(ctx, "PUT", url, io.NopCloser(sent))
		if err != nil {
			c.t.Fatal(err)
		}
		req.ContentLength = 1 << 20
		if _, err := c.http.Do(req); !errors.Is(err, context.DeadlineExceeded) {
			c.t.Errorf("ended with %v", err)
		}
		synctest.Wait()
		if sent.n > 100_000 {
			c.t.Errorf("%d bytes left the client before it stalled", sent.n)
		}
		if it := c.item("camera-traps-2026", "fox.jpg"); it.Stores != 0 {
			c.t.Error("something was stored")
		}
	})
}

type meter struct {
	*bytes.Reader
	n int
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	m.n += n
	return n, err
}

func (m *meter) WriteTo(io.Writer) (int64, error) { panic("not used") }

func TestDialAfterCloseFails(t *testing.T) {
	piped(t, Config{}, func(c *client) {
		if err := c.Close(); err != nil {
			c.t.Error(err)
		}
		if a := c.api("GET", "/api/datasets", ""); a.err == nil {
			c.t.Errorf("answered %d", a.status)
		}
	})
}

func TestTheItemLimitBlocksWhatIsBeyondIt(t *testing.T) {
	c := start(t, Config{ItemLimit: 2})
	c.registerOne("a.jpg", "/")
	got := blockedReasons(t, c.api("POST", registerV2, `{"dataset_slug":"nest-boxes","items":[{"name":"b.jpg"},{"name":"c.jpg"}]}`))
	if len(got) != 1 || got["c.jpg"] != "ITEM_COUNT_LIMIT_EXCEEDED" {
		t.Errorf("blocked %v, want c.jpg by the limit", got)
	}
}

func TestTheQuotaFaultHasTheApisShape(t *testing.T) {
	c := start(t, Config{})
	c.Inject(Quota())
	a := c.api("POST", registerV2, one("a.jpg", "/"))
	if a.status != 429 || a.body != `{"errors":{"code":"INSUFFICIENT_REMAINING_STORAGE"}}` {
		t.Errorf("%d %s", a.status, a.body)
	}
}
