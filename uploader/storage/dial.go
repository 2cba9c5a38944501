package storage

import (
	"context"
	"net"
	"sync"
	"time"
)

// Limits of a connection.
const (
	dialLimit = 30 * time.Second
	keepAlive = 15 * time.Second
	// lastWord is how long a connection that takes no more bytes is still
	// listened to.
	lastWord = 2 * time.Second
)

// dial connects to storage, or to the proxy before it.
func dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: dialLimit, KeepAlive: keepAlive, Control: limitUnsent}
	conn, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &listener{Conn: conn, deaf: make(chan struct{})}, nil
}

// listener is a connection whose failing Write waits for the other side's last
// word. A server that refuses a request answers and closes while the body is
// still on its way; the write then breaks, often before the answer was read,
// and the transport would tell of a broken pipe and not of the refusal.
type listener struct {
	net.Conn
	once sync.Once
	deaf chan struct{} // closed when nothing more can be read
}

// Read notes when there is nothing more to come.
func (l *listener) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p)
	if err != nil {
		l.once.Do(func() { close(l.deaf) })
	}
	return n, err
}

// Write returns its error only when the answer had time to be read.
func (l *listener) Write(p []byte) (int, error) {
	n, err := l.Conn.Write(p)
	if err != nil {
		timer := time.NewTimer(lastWord)
		defer timer.Stop()
		select {
		case <-l.deaf:
		case <-timer.C:
		}
	}
	return n, err
}

// Close ends the listening, too.
func (l *listener) Close() error {
	l.once.Do(func() { close(l.deaf) })
	return l.Conn.Close()
}
