package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// fresh makes each request use its own connection: the standard client sends
// some requests again by itself if a kept connection breaks.
func (c *client) fresh() *client {
	c.http.Transport.(*http.Transport).DisableKeepAlives = true
	return c
}

func TestAStatusIsAnsweredInsteadOfTheWork(t *testing.T) {
	c := start(t, Config{})
	c.Inject(Fault{Call: Register, After: 1, Times: 2, Status: 429, RetryAfter: "7", Body: `{"errors":{"code":"X"}}`})
	var got []int
	for i := range 5 {
		a := c.api("POST", registerV2, one(fmt.Sprint(i, ".jpg"), "/"))
		got = append(got, a.status)
		if a.status == 429 && (a.header.Get("Retry-After") != "7" || a.body != `{"errors":{"code":"X"}}`) {
			t.Errorf("answer: %v %s", a.header, a.body)
		}
	}
	if fmt.Sprint(got) != "[200 429 429 200 200]" {
		t.Errorf("statuses %v", got)
	}
	if n := len(c.Items("camera-traps-2026")); n != 3 {
		t.Errorf("%d items, want 3", n)
	}
}

func TestARemovedFaultNoLongerHits(t *testing.T) {
	c := start(t, Config{})
	remove := c.Inject(Fault{Status: 503})
	if a := c.api("GET", "/api/datasets", ""); a.status != 503 {
		t.Errorf("%d, want 503", a.status)
	}
	if a := c.page("/"); a.status != 200 {
		t.Errorf("the page was hit by a fault for all calls: %d", a.status)
	}
	remove()
	remove()
	if a := c.api("GET", "/api/datasets", ""); a.status != 200 {
		t.Errorf("%d, want 200", a.status)
	}
}

func TestALostReplyHasDoneItsWork(t *testing.T) {
	c := start(t, Config{}).fresh()
	for _, f := range []Fault{{Call: Register, LoseReply: true}, {Call: Register, CutReply: true}} {
		remove := c.Inject(f)
		a := c.api("POST", registerV2, one(fmt.Sprint(f.CutReply, ".jpg"), "/"))
		if a.err == nil {
			t.Errorf("%+v: answer %d %q arrived", f, a.status, a.body)
		}
		if f.CutReply && (a.status != 200 || a.body == "" || !errors.Is(a.err, io.ErrUnexpectedEOF)) {
			t.Errorf("half an answer: %d %q %v", a.status, a.body, a.err)
		}
		remove()
	}
	if n := len(c.Items("camera-traps-2026")); n != 2 {
		t.Errorf("%d items, want 2", n)
	}
	upload := c.registerOne("fox.jpg", "/")
	url := c.signURL(upload)
	c.Inject(Fault{Call: Store, LoseReply: true, Times: 1})
	c.Inject(Fault{Call: Confirm, LoseReply: true, Times: 1})
	if a := c.put(url, []byte("fox")); a.err == nil {
		t.Errorf("store: answer %d arrived", a.status)
	}
	if a := c.confirmV2(upload); a.err == nil {
		t.Errorf("confirm: answer %d arrived", a.status)
	}
	if it := c.item("camera-traps-2026", "fox.jpg"); it.Stores != 1 || it.Confirms != 1 {
		t.Errorf("the work was not done: %+v", it)
	}
	if log := c.Requests(); log[len(log)-1].Status != 0 {
		t.Errorf("the log shows %d for a lost reply", log[len(log)-1].Status)
	}
}

func TestACutConnectionHasDoneNothing(t *testing.T) {
	c := start(t, Config{}).fresh()
	upload := c.registerOne("fox.jpg", "/")
	url := c.signURL(upload)
	body := []byte(strings.Repeat("x", 4<<20))
	for _, after := range []int64{0, 1 << 20, 100 << 20} {
		remove := c.Inject(Fault{Call: Store, Cut: true, CutAfter: after})
		if a := c.put(url, body); a.err == nil {
			t.Errorf("cut after %d: answer %d", after, a.status)
		}
		remove()
		log := c.Requests()
		last := log[len(log)-1]
		if want := min(after, int64(len(body))); last.Status != 0 || last.Body < want {
			t.Errorf("log: %+v, want at least %d bytes read", last, want)
		}
	}
	if it := c.item("camera-traps-2026", "fox.jpg"); it.Stores != 0 || it.Size != 0 {
		t.Errorf("something was stored: %+v", it)
	}
	if a := c.put(url, body); a.status != 200 {
		t.Errorf("afterwards: %d %v", a.status, a.err)
	}
}

func TestAStallEndsWhenTheClientLeavesOrTheSandboxCloses(t *testing.T) {
	c := start(t, Config{})
	c.Inject(Fault{Call: Datasets, Stall: true})
	c.Inject(Fault{Call: Store, Stall: true, StallAfter: 1 << 20})
	url := c.signURL(c.registerOne("fox.jpg", "/"))

	ctx, leave := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer leave()
	req, err := http.NewRequestWithContext(ctx, "GET", c.URL()+"/api/datasets", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.http.Do(req); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the stalled call ended with %v", err)
	}
	c.until(Datasets)

	var wg sync.WaitGroup
	wg.Go(func() {
		if a := c.put(url, make([]byte, 64<<20)); a.err == nil {
			t.Errorf("the stalled body got an answer: %d", a.status)
		}
	})
	c.whileRunning(Store)
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	wg.Wait()
	log := c.Requests()
	if last := log[len(log)-1]; last.Call != Store || last.Status != 0 || last.Body > 1<<20 {
		t.Errorf("last: %+v, want a store without an answer, at most 1 MiB read", last)
	}
}

// until waits until a call of this kind has ended.
func (c *client) until(call Call) {
	c.t.Helper()
	c.eventually("the end of "+call.String(), func() bool {
		for _, r := range c.Requests() {
			if r.Call == call {
				return true
			}
		}
		return false
	})
}

// whileRunning waits until a fault has hit a call of this kind.
func (c *client) whileRunning(call Call) {
	c.t.Helper()
	c.eventually("a hit on "+call.String(), func() bool {
		c.faults.mu.Lock()
		defer c.faults.mu.Unlock()
		for _, in := range c.faults.all {
			if in.Call == call && in.hits > 0 {
				return true
			}
		}
		return false
	})
}

func (c *client) eventually(what string, ok func() bool) {
	c.t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	patience := time.NewTimer(10 * time.Second)
	defer patience.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-patience.C:
			c.t.Fatalf("waited 10 s in vain for %s", what)
		}
	}
}

func TestSignaturesExpireByFaultAndByTheClock(t *testing.T) {
	c := start(t, Config{Lifetime: time.Minute})
	upload := c.registerOne("fox.jpg", "/")
	remove := c.Inject(Fault{Call: Sign, Expire: true})
	if a := c.put(c.signURL(upload), []byte("fox")); a.status != 403 || !strings.Contains(a.body, "expired") {
		t.Errorf("signed to be expired: %d %s", a.status, a.body)
	}
	if a := c.api("PUT", registerV1, `{"items":[{"filename":"a.jpg"}]}`); a.status != 200 {
		t.Fatal(a.body)
	}
	signed := c.api("GET", "/api/dataset_items/"+c.Items("old-archive")[0].ID+"/sign_upload", "").value(t)
	if a := c.form(signed["postEndpoint"].(string), signed["signature"].(map[string]any), []byte("x")); a.status != 403 || !strings.Contains(a.body, "expired") {
		t.Errorf("form signed to be expired: %d %s", a.status, a.body)
	}
	remove()
	url := c.signURL(upload)
	c.clock.advance(2 * time.Minute)
	if a := c.put(url, []byte("fox")); a.status != 403 {
		t.Errorf("after its lifetime: %d", a.status)
	}
	if a := c.put(c.signURL(upload), []byte("fox")); a.status != 200 {
		t.Errorf("signed again: %d %s", a.status, a.body)
	}
}

func TestAFaultCanBeForOneItem(t *testing.T) {
	c := start(t, Config{})
	c.Inject(Fault{Call: Store, Item: "b.jpg", Status: 503, Body: "<Error><Code>SlowDown</Code></Error>"})
	c.Inject(Fault{Call: Process, Item: "c.jpg", Body: "The picture is torn."})
	a := c.put(c.signURL(c.registerOne("a.jpg", "/")), []byte("a"))
	b := c.put(c.signURL(c.registerOne("b.jpg", "/")), []byte("b"))
	if a.status != 200 || b.status != 503 || b.header.Get("Content-Type") != "application/xml" {
		t.Errorf("statuses %d and %d, want 200 and 503", a.status, b.status)
	}
	c.upload("c.jpg", "/", []byte("c"))
	if it := c.item("camera-traps-2026", "c.jpg"); it.Status != "error" {
		t.Errorf("status %s, want error", it.Status)
	}
	if a := c.api("GET", team+"?item_names[]=c.jpg", ""); !strings.Contains(a.body, "The picture is torn.") {
		t.Errorf("list: %s", a.body)
	}
	if a := c.api("PUT", registerV1, `{"items":[{"filename":"v1.jpg"}]}`); a.status != 200 {
		t.Fatal(a.body)
	}
	c.Inject(Fault{Call: Store, Item: "v1.jpg", Status: 500})
	signed := c.api("GET", "/api/dataset_items/"+c.Items("old-archive")[0].ID+"/sign_upload", "").value(t)
	if a := c.form(signed["postEndpoint"].(string), signed["signature"].(map[string]any), []byte("x")); a.status != 500 {
		t.Errorf("a form is not known by its item: %d", a.status)
	}
}

func TestAConfirmedItemCanBeLostOrForgotten(t *testing.T) {
	c := start(t, Config{})
	c.Inject(Fault{Call: Process, Item: "gone.jpg", Drop: true})
	c.Inject(Fault{Call: Process, Item: "waits.jpg", Forget: true, Times: 1})
	c.Inject(Fault{Call: Process, After: 1, Times: 1, Body: "Torn."})
	c.upload("fine.jpg", "/", []byte("x"))
	c.upload("torn.jpg", "/", []byte("x"))
	c.upload("gone.jpg", "/", []byte("x"))
	waits := c.upload("waits.jpg", "/", []byte("x"))
	var got []string
	for _, it := range c.Items("camera-traps-2026") {
		got = append(got, it.Name+" "+it.Status+" "+it.Failure)
	}
	if want := "fine.jpg complete |torn.jpg error Torn.|waits.jpg uploading "; strings.Join(got, "|") != want {
		t.Errorf("there are %q, want %s", got, want)
	}
	if a := c.confirmV2(waits); a.status != 200 || c.item("camera-traps-2026", "waits.jpg").Status != "complete" {
		t.Errorf("confirmed once more: %d, %+v", a.status, c.item("camera-traps-2026", "waits.jpg"))
	}
}

func TestSeededFaultsHitTheSameItemsInAnyOrder(t *testing.T) {
	fate := func(seed uint64, backwards bool) string {
		in := &injected{Fault: Fault{Call: Store, Probability: 0.3, Seed: seed}, tries: map[string]uint64{}}
		fs := &faults{all: []*injected{in}}
		hits := make([]string, 60)
		for i := range hits {
			if backwards {
				i = len(hits) - 1 - i
			}
			for range 3 {
				hits[i] += fmt.Sprint(len(fs.hit(Store, fmt.Sprint(i))))
			}
		}
		return strings.Join(hits, " ")
	}
	if fate(1, false) != fate(1, true) {
		t.Error("the order of the items changes their fate")
	}
	if fate(1, false) == fate(2, false) {
		t.Error("another seed gives the same fate")
	}
	if n := strings.Count(fate(1, false), "1"); n < 30 || n > 80 {
		t.Errorf("%d of 180 were hit, want about 54", n)
	}
}

func TestLatencyAndBandwidthTakeTheirTime(t *testing.T) {
	c := start(t, Config{})
	remove := c.Inject(Fault{Call: Datasets, Latency: 30 * time.Millisecond})
	began := time.Now()
	if a := c.api("GET", "/api/datasets", ""); a.status != 200 || time.Since(began) < 30*time.Millisecond {
		t.Errorf("%d after %v, want at least 30 ms", a.status, time.Since(began))
	}
	remove()
	var urls []string
	for i := range 2 {
		urls = append(urls, c.signURL(c.registerOne(fmt.Sprint(i, ".jpg"), "/")))
	}
	for name, tc := range map[string]struct {
		fault Fault
		least time.Duration
	}{
		"each":     {Fault{BytesPerSecond: 1 << 20}, 90 * time.Millisecond},
		"together": {Fault{TotalBytesPerSecond: 1 << 20}, 190 * time.Millisecond},
	} {
		tc.fault.Call = Store
		remove := c.Inject(tc.fault)
		began := time.Now()
		var wg sync.WaitGroup
		for _, url := range urls {
			wg.Go(func() {
				if a := c.put(url, make([]byte, 1<<20/10)); a.status != 200 {
					t.Errorf("%s: %d %v", name, a.status, a.err)
				}
			})
		}
		wg.Wait()
		if took := time.Since(began); took < tc.least {
			t.Errorf("%s: took %v, want at least %v", name, took, tc.least)
		}
		remove()
	}
}

func TestEarlyRefusalsDoNotWaitForTheBody(t *testing.T) {
	c := start(t, Config{}).fresh()
	url := c.signURL(c.registerOne("fox.jpg", "/"))
	c.Inject(Fault{Call: Store, Status: 503, Early: true})
	c.put(url, make([]byte, 8<<20)) // the client sees the answer or a broken pipe
	log := c.Requests()
	if last := log[len(log)-1]; last.Status != 503 || last.Body != 0 {
		t.Errorf("log: %+v, want 503 and no body read", last)
	}
}

func TestCloseEndsEverythingTwice(t *testing.T) {
	c := start(t, Config{})
	c.Inject(Fault{Call: TokenInfo, Latency: time.Hour})
	done := make(chan answer)
	go func() { done <- c.api("GET", "/api/users/token_info", "") }()
	c.whileRunning(TokenInfo)
	if err := errors.Join(c.Close(), c.Close()); err != nil {
		t.Error(err)
	}
	if a := <-done; a.err == nil {
		t.Errorf("the waiting call was answered: %d", a.status)
	}
	if a := c.api("GET", "/api/datasets", ""); a.err == nil {
		t.Errorf("a closed sandbox answers: %d", a.status)
	}
}
