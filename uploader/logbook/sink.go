package logbook

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// sink is the one way to the log's file: it redacts, and takes no failure
// amiss.
type sink struct {
	mu     sync.Mutex
	to     io.WriteCloser // nil after close
	hidden *strings.Replacer
	lost   int   // lines since the last that was kept
	err    error // why the last one was not kept
}

func newSink(to io.WriteCloser, problem error) *sink {
	return &sink{to: to, hidden: strings.NewReplacer(), err: problem}
}

// Write keeps one line, or counts it as lost. It never fails.
func (s *sink) Write(line []byte) (int, error) {
	text := s.redact(string(line))
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.to == nil {
		return len(line), nil
	}
	if s.lost > 0 {
		text = fmt.Sprintf("{\"time\":%q,\"level\":\"WARN\",\"msg\":\"lines lost\",\"pid\":%d,\"count\":%d}\n",
			time.Now().Format(time.RFC3339Nano), os.Getpid(), s.lost) + text
	}
	if _, s.err = io.WriteString(s.to, text); s.err != nil {
		s.lost++
	} else {
		s.lost = 0
	}
	return len(line), nil
}

func (s *sink) redact(text string) string {
	s.mu.Lock()
	hidden := s.hidden
	s.mu.Unlock()
	return Redact(hidden.Replace(text))
}

// setHidden takes the secrets that vanish by their very characters.
func (s *sink) setHidden(secrets []string) {
	pairs := make([]string, 0, 2*len(secrets))
	for _, secret := range secrets {
		pairs = append(pairs, secret, hidden)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hidden = strings.NewReplacer(pairs...)
}

func (s *sink) problem() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

func (s *sink) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.to == nil {
		return nil
	}
	err := s.to.Close()
	s.to = nil
	return err
}
