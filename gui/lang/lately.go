package lang

import "sync"

// kept is how many texts lately keeps at least, of those that were asked for last.
const kept = 1000

// lately keeps what was translated last: the rows of a list ask for the same sentence each time they are drawn. When it is full, the
// older half goes. Any goroutine may use it; the zero value is empty.
type lately struct {
	mu         sync.Mutex
	fresh, old map[string]string
}

func (l *lately) get(text string) (string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if other, ok := l.fresh[text]; ok {
		return other, true
	}
	other, ok := l.old[text]
	if ok {
		l.add(text, other)
	}
	return other, ok
}

func (l *lately) put(text, other string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.add(text, other)
}

// add is for those who hold mu.
func (l *lately) add(text, other string) {
	if l.fresh == nil || len(l.fresh) >= kept {
		l.old, l.fresh = l.fresh, make(map[string]string, kept)
	}
	l.fresh[text] = other
}
