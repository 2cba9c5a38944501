package receipt

import (
	"context"
	"iter"
	"slices"
	"sync"
	"time"
)

// Memory is a Store of one upload, for programs that keep no journal.
type Memory struct {
	mu    sync.Mutex
	sum   Summary
	lines []Line
}

// NewMemory makes a Store of these lines, in the order of their places. Files,
// Bytes and Counts of the summary are worked out from them.
func NewMemory(s Summary, lines []Line) *Memory {
	m := &Memory{sum: s, lines: slices.Clone(lines)}
	m.sum.Files, m.sum.Bytes, m.sum.Counts = len(lines), 0, Counts{}
	for _, l := range lines {
		m.sum.Bytes += l.Size
		m.sum.Counts[l.Outcome]++
	}
	return m
}

// Receipt gives the summary; it knows one upload, whatever the number.
func (m *Memory) Receipt(context.Context, int64) (Summary, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sum, nil
}

// Pending gives the lines that were sent and have not settled.
func (m *Memory) Pending(context.Context, int64) ([]Pending, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []Pending
	for _, l := range m.lines {
		if l.Outcome == Sent {
			all = append(all, Pending{Place: l.Place, ItemID: l.ItemID})
		}
	}
	return all, nil
}

// Settle keeps the verdicts about lines that were sent and have not settled.
func (m *Memory) Settle(_ context.Context, _ int64, verdicts []Verdict) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, v := range verdicts {
		i, found := slices.BinarySearchFunc(m.lines, v.Place, func(l Line, place int) int { return l.Place - place })
		if !found || m.lines[i].Outcome != Sent {
			continue
		}
		l := &m.lines[i]
		m.sum.Counts[l.Outcome]--
		m.sum.Counts[v.Outcome]++
		l.Outcome, l.Reason, l.At = v.Outcome, v.Reason, v.At
	}
	if m.sum.Counts[Sent] == 0 && m.sum.Settled.IsZero() {
		m.sum.Settled = time.Now()
	}
	return nil
}

// Lines gives all lines as they are now.
func (m *Memory) Lines() iter.Seq2[Line, error] {
	m.mu.Lock()
	lines := slices.Clone(m.lines)
	m.mu.Unlock()
	return func(yield func(Line, error) bool) {
		for _, l := range lines {
			if !yield(l, nil) {
				return
			}
		}
	}
}
