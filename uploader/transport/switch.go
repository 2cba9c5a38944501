package transport

import (
	"net/http"
	"sync"
)

// Switch is a transport whose way can be changed while it is in use.
type Switch struct {
	fresh func() *http.Transport

	mu  sync.Mutex
	now *http.Transport
}

// NewSwitch makes a Switch that goes the way that its transports go by
// themselves, until Set. fresh makes a transport that nobody else uses.
func NewSwitch(fresh func() *http.Transport) *Switch {
	return &Switch{fresh: fresh, now: fresh()}
}

// Set lets requests from now on go the way of c. Those under way end on the
// old one. It reads c's certificate file; after an error, which is one of
// New's, nothing has changed.
func (s *Switch) Set(c Config) error {
	next := s.fresh()
	if err := c.Apply(next); err != nil {
		return err
	}
	s.mu.Lock()
	before := s.now
	s.now = next
	s.mu.Unlock()
	before.CloseIdleConnections()
	return nil
}

// RoundTrip is for http.Client.
func (s *Switch) RoundTrip(r *http.Request) (*http.Response, error) {
	return s.present().RoundTrip(r)
}

// CloseIdleConnections closes those that no request is using.
func (s *Switch) CloseIdleConnections() { s.present().CloseIdleConnections() }

func (s *Switch) present() *http.Transport {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}
