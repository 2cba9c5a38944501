package uploader_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/sandbox"
	"darwin-uploader/uploader/storage"
)

// cable is the network between an engine and its sandbox.
type cable struct {
	dial sandbox.Dial

	mu    sync.Mutex
	state cableState
	conns map[*wire]bool
	dials int // while it was not up
}

type cableState int

const (
	up   cableState = iota
	cut             // what is refused at once
	hole            // what vanishes without a word
)

// set makes the network be so. Whatever was connected before is lost.
func (c *cable) set(s cableState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state = s; s != cut {
		return
	}
	for w := range c.conns {
		_ = w.Conn.Close()
	}
}

func (c *cable) connect(ctx context.Context, network, addr string) (net.Conn, error) {
	c.mu.Lock()
	state := c.state
	if state != up {
		c.dials++
	}
	c.mu.Unlock()
	switch state {
	case cut:
		return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("network is unreachable")}
	case hole:
		<-ctx.Done()
		return nil, ctx.Err()
	}
	conn, err := c.dial(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	w := &wire{Conn: conn, cable: c, gone: make(chan struct{})}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.conns[w] = true
	return w, nil
}

// wire is a connection. Once it was in a hole it stays there.
type wire struct {
	net.Conn
	*cable
	once sync.Once
	gone chan struct{}
	void bool
}

func (w *wire) swallowed() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.void = w.void || w.state == hole
	return w.void
}

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	if w.swallowed() {
		<-w.gone
		return 0, net.ErrClosed
	}
	return n, err
}

func (w *wire) Write(p []byte) (int, error) {
	if w.swallowed() {
		<-w.gone
		return 0, net.ErrClosed
	}
	return w.Conn.Write(p)
}

func (w *wire) Close() error {
	w.once.Do(func() { close(w.gone) })
	w.mu.Lock()
	delete(w.conns, w)
	w.mu.Unlock()
	return w.Conn.Close()
}

// bubble is a rig whose time is the test's own and whose network can go.
type bubble struct {
	*rig
	net *cable
}

// inBubble runs f with default patience against a dataset of each version.
func inBubble(t *testing.T, cfg sandbox.Config, f func(b *bubble)) {
	t.Helper()
	inBoth(t, func(t *testing.T, slug string) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) { f(newBubble(t, slug, cfg)) })
	})
}

func newBubble(t *testing.T, slug string, cfg sandbox.Config) *bubble {
	t.Helper()
	sb, dial, err := sandbox.StartPiped(cfg)
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
	return &bubble{rigOn(t, slug, sb, api, storage.Config{Transport: objects}, uploader.Patience{}), c}
}

// big is a file that takes so long at the speed that slow gives.
func (b *bubble) big(name string, seconds int) uploader.Item {
	content := make([]byte, seconds*slowSpeed)
	for i := range content {
		content[i] = byte(i * i >> 3)
	}
	return b.file(name, content)
}

const slowSpeed = 10_000 // bytes per second

func (b *bubble) slow() (remove func()) {
	return b.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, BytesPerSecond: slowSpeed})
}

// after lets the bubble's time pass until everything rests.
func after(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// ended waits for the end, and says how long it took.
func (b *bubble) ended(batch *uploader.Batch) time.Duration {
	b.Helper()
	began := time.Now()
	select {
	case <-batch.Done():
	case <-time.After(24 * time.Hour):
		b.Fatalf("the batch does not end: %+v; %v", batch.Snapshot(), problems(batch))
	}
	return time.Since(began)
}
