package sandbox

import (
	"slices"
	"sync"
	"time"
)

// Request is one request that the sandbox has seen the end of.
type Request struct {
	Call   Call
	Method string
	Route  string        // the pattern that took it, without ids; never a query
	Item   string        // name of the item that it was about, "" if none or several
	Items  int           // how many items it registered or named in its body
	Status int           // 0: the sandbox cut the connection instead of answering
	Body   int64         // bytes of its body that were read
	From   string        // the connection's other end
	Began  time.Time     // by Config.Clock
	Took   time.Duration // real time
}

// The log forgets its older half when it has grown to this many entries, so
// that a demo may run for days.
const maxLog = 1 << 18

type requestLog struct {
	mu   sync.Mutex
	seen []Request
}

func (l *requestLog) add(r Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.seen) >= maxLog {
		l.seen = append(l.seen[:0], l.seen[maxLog/2:]...)
	}
	l.seen = append(l.seen, r)
}

// Requests gives the requests in the order in which they ended. It holds no
// key, no query and no body.
func (s *Sandbox) Requests() []Request {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return slices.Clone(s.log.seen)
}
