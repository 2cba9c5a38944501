package darwin

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"sync"
	"time"
)

// stream is a request's body that is written while it leaves: texts as they
// are, and between them files in base64. Its length is known beforehand.
//
// The transport may go on reading a body after the call has returned; shut
// ends that, so that whoever lent the files' bytes may use them again.
type stream struct {
	parts  []part
	length int64
	flow   Flow // by the parts' indexes

	ctx   context.Context // the call's, and what watches over it
	limit time.Duration
	watch *time.Timer

	mu   sync.Mutex
	over bool
}

// part is a text and the content that follows it.
type part struct{ text, content []byte }

func newStream(parts []part, flow Flow) *stream {
	s := &stream{parts: parts, flow: flow}
	for _, p := range parts {
		s.length += int64(len(p.text) + base64.StdEncoding.EncodedLen(len(p.content)))
	}
	return s
}

// within bounds a call: all of it, or how long nothing may move.
func (k call) within(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	if k.stream == nil {
		return context.WithTimeout(ctx, limit)
	}
	own, cancel := context.WithCancelCause(ctx)
	watch := time.AfterFunc(limit, func() { cancel(context.DeadlineExceeded) })
	k.stream.ctx, k.stream.limit, k.stream.watch = own, limit, watch
	return own, func() { watch.Stop(); cancel(nil) }
}

// shut returns when nothing is read any more; what is read later fails.
func (s *stream) shut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over, s.parts = true, nil
}

var errShut = errors.New("the request is over")

// reader is one reading of the stream from its beginning.
func (s *stream) reader() io.ReadCloser { return &streamReader{stream: s} }

type streamReader struct {
	*stream
	at     int    // the part
	done   int    // how much of its text and then of its content is out
	rest   []byte // encoded, and did not fit
	spare  [4]byte
	closed bool
}

// group is what base64 encodes at once.
const group = 3

func (r *streamReader) Read(p []byte) (n int, err error) {
	if pace := r.flow.Pace; pace != nil && len(p) > 0 {
		p = p[:min(len(p), pace.Portion())]
		r.watch.Stop()
		if err := pace.Wait(r.ctx, len(p)); err != nil {
			return 0, err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.over || r.closed {
		return 0, errShut
	}
	for n < len(p) {
		took, more := r.step(p[n:])
		n += took
		if !more {
			break
		}
	}
	r.watch.Reset(r.limit)
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// step puts out some bytes of the part that is next. more is false at the end.
func (r *streamReader) step(p []byte) (n int, more bool) {
	if len(r.rest) > 0 {
		n = copy(p, r.rest)
		r.rest = r.rest[n:]
		return n, true
	}
	if r.at == len(r.parts) {
		return 0, false
	}
	now := r.parts[r.at]
	if r.done < len(now.text) {
		n = copy(p, now.text[r.done:])
		r.done += n
		return n, true
	}
	content := now.content[r.done-len(now.text):]
	if len(content) == 0 {
		r.at, r.done = r.at+1, 0
		return 0, true
	}
	raw := min(len(content), len(p)/base64.StdEncoding.EncodedLen(group)*group)
	if raw == 0 { // no room for a whole group
		raw = min(len(content), group)
		base64.StdEncoding.Encode(r.spare[:], content[:raw])
		r.rest = r.spare[:]
	} else {
		n = base64.StdEncoding.EncodedLen(raw)
		base64.StdEncoding.Encode(p, content[:raw])
	}
	r.done += raw
	if r.flow.Sent != nil {
		r.flow.Sent(r.at, int64(raw))
	}
	return n, true
}

func (r *streamReader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	return nil
}
