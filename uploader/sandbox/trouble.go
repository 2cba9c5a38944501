package sandbox

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

type connKey struct{} // of a connection in its requests' context

// around does one exchange with the faults that hit it.
func (fs *faults) around(s *Sandbox, x *exchange, h handler) {
	hit := fs.hit(x.entry.Call, x.entry.Item)
	if len(hit) == 0 {
		h(x)
		return
	}
	f := merge(hit)
	if !s.wait(x.r.Context(), f.Latency) {
		cut(x)
	}
	slow(s, x, hit)
	switch {
	case f.Cut:
		_, _ = io.CopyN(io.Discard, x.r.Body, f.CutAfter)
		cut(x)
	case f.Stall:
		if x.entry.Call == Store {
			_, _ = io.CopyN(io.Discard, x.r.Body, f.StallAfter)
		} else {
			_, _ = io.Copy(io.Discard, x.r.Body)
		}
		stall(s, x)
	case f.Status != 0:
		refuse(x, f)
	default:
		x.expired = f.Expire
		if f.LoseReply || f.CutReply {
			withoutReply(x, h, f.CutReply)
			return
		}
		if f.Rewrite != nil {
			rewritten(x, h, f.Rewrite)
			return
		}
		h(x)
	}
}

// wait pauses for d. It is false if the client left or the sandbox closed.
func (s *Sandbox) wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
	case <-s.closing.Done():
	}
	return false
}

// cut ends the exchange with a reset of the connection. It does not return.
func cut(x *exchange) {
	x.reset = true
	panic(http.ErrAbortHandler)
}

// reset closes a connection so that the client sees a reset instead of an
// orderly end.
func reset(r *http.Request) {
	if c, ok := r.Context().Value(connKey{}).(*net.TCPConn); ok {
		_ = c.SetLinger(0)
		_ = c.Close()
	}
}

// stall holds the connection. If the body was read to its end, it sees the
// client leave. If not, it cannot: the client's goodbye queues up behind the
// bytes that nobody reads, and the connection is held until Close.
func stall(s *Sandbox, x *exchange) {
	select {
	case <-x.r.Context().Done():
	case <-s.closing.Done():
	}
	cut(x)
}

// refuse answers with the fault's status. Before that it reads the body, as a
// server does that decides after the upload; a client that is still writing
// would otherwise see a broken connection instead of the answer.
func refuse(x *exchange, f Fault) {
	if !f.Early {
		_, _ = io.Copy(io.Discard, x.r.Body)
	}
	h := x.w.Header()
	if f.RetryAfter != "" {
		h.Set("Retry-After", f.RetryAfter)
	}
	kind := "application/json; charset=utf-8"
	if x.entry.Call == Store {
		kind = "application/xml"
	}
	h.Set("Content-Type", kind)
	x.w.WriteHeader(f.Status)
	_, _ = io.WriteString(x.w, f.Body)
}

// withoutReply lets h do its work and keeps the answer, or its second half,
// from the client.
func withoutReply(x *exchange, h handler, half bool) {
	kept := &keptReply{header: http.Header{}, status: http.StatusOK}
	real := x.w
	x.w, x.lost = kept, !half
	h(x)
	if half {
		for name, values := range kept.header {
			real.Header()[name] = values
		}
		real.Header().Set("Content-Length", strconv.Itoa(max(kept.body.Len(), 2)))
		real.WriteHeader(kept.status)
		_, _ = real.Write(kept.body.Bytes()[:kept.body.Len()/2])
		_ = http.NewResponseController(real).Flush()
		panic(http.ErrAbortHandler) // an orderly end, or the half would be lost with the rest
	}
	cut(x)
}

// rewritten lets h do its work and answers something else.
func rewritten(x *exchange, h handler, rewrite func([]byte) []byte) {
	kept := &keptReply{header: http.Header{}, status: http.StatusOK}
	real := x.w
	x.w = kept
	h(x)
	for name, values := range kept.header {
		real.Header()[name] = values
	}
	real.WriteHeader(kept.status)
	_, _ = real.Write(rewrite(kept.body.Bytes()))
}

type keptReply struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *keptReply) Header() http.Header         { return k.header }
func (k *keptReply) WriteHeader(status int)      { k.status = status }
func (k *keptReply) Write(p []byte) (int, error) { return k.body.Write(p) }

// A small receive buffer lets a bandwidth limit be felt by the client early
// instead of after megabytes in the kernel.
const slowBuffer = 32 << 10

// slow limits the rate at which the body is read.
func slow(s *Sandbox, x *exchange, hit []*injected) {
	var paces []*paced
	for _, in := range hit {
		if in.BytesPerSecond > 0 {
			paces = append(paces, &paced{pace: &pace{}, rate: in.BytesPerSecond})
		}
		if in.TotalBytesPerSecond > 0 {
			paces = append(paces, &paced{pace: &in.pace, rate: in.TotalBytesPerSecond})
		}
	}
	if len(paces) == 0 {
		return
	}
	if c, ok := x.r.Context().Value(connKey{}).(*net.TCPConn); ok {
		_ = c.SetReadBuffer(slowBuffer)
	}
	x.r.Body = &slowBody{ReadCloser: x.r.Body, s: s, ctx: x.r.Context(), paces: paces}
}

// pace spaces bytes out in time; requests may share one.
type pace struct {
	mu   sync.Mutex
	free time.Time // when the next byte may be read
}

type paced struct {
	*pace
	rate int64 // bytes per second
}

// take books n bytes and says how long to wait for them.
func (p *paced) take(n int) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if p.free.Before(now) {
		p.free = now
	}
	p.free = p.free.Add(time.Duration(float64(n) / float64(p.rate) * float64(time.Second)))
	return p.free.Sub(now)
}

type slowBody struct {
	io.ReadCloser
	s     *Sandbox
	ctx   context.Context
	paces []*paced
}

func (b *slowBody) Read(p []byte) (int, error) {
	for _, pc := range b.paces { // steps of a twentieth of a second at most
		p = p[:min(int64(len(p)), max(1, pc.rate/20))]
	}
	n, err := b.ReadCloser.Read(p)
	for _, pc := range b.paces {
		if n > 0 && !b.s.wait(b.ctx, pc.take(n)) {
			return n, io.ErrUnexpectedEOF
		}
	}
	return n, err
}
