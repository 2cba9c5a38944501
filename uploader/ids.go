package uploader

import "sync"

// ids is a set of items' ids. Safe for concurrent use.
type ids struct {
	mu   sync.Mutex
	have map[string]bool
}

func (s *ids) add(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.have == nil {
		s.have = map[string]bool{}
	}
	s.have[id] = true
}

func (s *ids) has(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.have[id]
}
