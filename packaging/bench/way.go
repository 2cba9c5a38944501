package main

import (
	"context"
	"io"
	"net"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// chunk is how many bytes pass a slow line at once.
const chunk = 4 << 10

// narrowing makes every connection take so many bytes a second, 0 for any.
type narrowing struct {
	net.Listener
	perConn int
}

func (l narrowing) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil || l.perConn == 0 {
		return conn, err
	}
	small(conn)
	return &narrow{conn, rate.NewLimiter(rate.Limit(l.perConn), 64<<10)}, nil
}

// small keeps the kernel from taking much that has not passed yet, so that a
// sender feels what a real line would make it feel.
func small(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetReadBuffer(32 << 10)
	}
}

type narrow struct {
	net.Conn
	rate *rate.Limiter
}

func (c *narrow) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p[:min(len(p), 32<<10)])
	if n > 0 {
		_ = c.rate.WaitN(context.Background(), n)
	}
	return n, err
}

// line is a slow and long way that all connections share. Bytes towards the
// server queue up for it; answers are only late. Lost packets and the slow start
// of TCP are not played.
type line struct {
	net.Listener
	to   string
	rate *rate.Limiter
	half time.Duration // of a round trip

	mu    sync.Mutex
	conns map[net.Conn]bool
}

func newLine(to string, perSecond int, trip time.Duration) (*line, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	v := &line{
		Listener: l, to: to, rate: rate.NewLimiter(rate.Limit(perSecond), 2*chunk), half: trip / 2,
		conns: map[net.Conn]bool{},
	}
	go v.serve()
	return v, nil
}

func (l *line) serve() {
	for {
		near, err := l.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", l.to)
		if err != nil {
			_ = near.Close()
			continue
		}
		small(near)
		l.mu.Lock()
		l.conns[near], l.conns[far] = true, true
		l.mu.Unlock()
		begun := time.Now().Add(2 * l.half) // the handshake
		go l.carry(far, near, l.rate, begun)
		go l.carry(near, far, nil, begun)
	}
}

// close cuts what is still connected.
func (l *line) close() {
	_ = l.Listener.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	for conn := range l.conns {
		_ = conn.Close()
	}
}

type packet struct {
	data []byte
	due  time.Time
}

// carry brings what one side says to the other.
func (l *line) carry(to, from net.Conn, through *rate.Limiter, begun time.Time) {
	// As much as is on its way within half of a round trip, and a little.
	packets := make(chan packet, 64)
	go func() {
		for p := range packets {
			time.Sleep(time.Until(p.due))
			if _, err := to.Write(p.data); err != nil {
				_ = from.Close()
			}
		}
		_ = to.Close()
		l.mu.Lock()
		delete(l.conns, to)
		l.mu.Unlock()
	}()
	defer close(packets)
	time.Sleep(time.Until(begun))
	for {
		buf := make([]byte, chunk)
		n, err := io.ReadAtLeast(from, buf, 1)
		if err != nil {
			return
		}
		if through != nil {
			_ = through.WaitN(context.Background(), n)
		}
		packets <- packet{buf[:n], time.Now().Add(l.half)}
	}
}
