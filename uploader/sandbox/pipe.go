package sandbox

import (
	"context"
	"net"
	"sync"
)

// Dial connects to a sandbox of StartPiped, whatever address it is given. It
// fits http.Transport.DialContext.
type Dial func(ctx context.Context, network, addr string) (net.Conn, error)

// StartPiped begins a sandbox that has no port: it is reached through dial
// only, over connections in memory. It is for tests with testing/synctest,
// where time stands still while a real connection is waited for. There a
// nil Config.Clock is the bubble's clock, and latency, bandwidth and stalls
// take the bubble's time.
//
// These connections keep nothing back: a byte has left when the sandbox has
// read it. What a reset is on a real connection is a closed one here.
func StartPiped(cfg Config) (*Sandbox, Dial, error) {
	l := &pipeListener{waiting: make(chan net.Conn), closed: make(chan struct{})}
	s, err := open(l, withDefaults(cfg))
	if err != nil {
		return nil, nil, err
	}
	return s, l.dial, nil
}

type pipeListener struct {
	waiting chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

func (l *pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	theirs, ours := net.Pipe()
	select {
	case l.waiting <- ours:
		return theirs, nil
	case <-l.closed:
		return nil, &net.OpError{Op: "dial", Net: "pipe", Err: net.ErrClosed}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept waits for the next dial.
func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.waiting:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close ends Accept and refuses further dials.
func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr is a loopback address that nobody listens at: URLs need one.
func (l *pipeListener) Addr() net.Addr {
	return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 9}
}
