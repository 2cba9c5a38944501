package receipt

import (
	"context"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"darwin-uploader/uploader/darwin"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// scripted answers by a function of the item and of how often it was asked for
// before.
type scripted struct {
	answer func(id string, before int) darwin.Standing

	mu      sync.Mutex
	asked   map[string]int
	calls   int
	largest int
	fails   []error // the next calls' errors
	removed []string
}

func (s *scripted) States(_ context.Context, ids []string) ([]darwin.Standing, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	s.largest = max(s.largest, len(ids))
	if len(s.fails) > 0 {
		err := s.fails[0]
		s.fails = s.fails[1:]
		if err != nil {
			return nil, err
		}
	}
	if s.asked == nil {
		s.asked = map[string]int{}
	}
	all := make([]darwin.Standing, len(ids))
	for i, id := range ids {
		all[i] = s.answer(id, s.asked[id])
		all[i].ItemID = id
		s.asked[id]++
	}
	return all, nil
}

func (s *scripted) Remove(_ context.Context, ids []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	s.removed = append(s.removed, ids...)
	return nil
}

// standing answers the same for every item.
func standing(s darwin.ItemState) func(string, int) darwin.Standing {
	return func(string, int) darwin.Standing { return darwin.Standing{State: s} }
}

// sent is a Memory of n files that were confirmed.
func sent(n int) *Memory {
	lines := make([]Line, n)
	for i := range lines {
		lines[i] = Line{Place: 2 * i, Name: "x.jpg", Size: 3, ItemID: itemID(i), Outcome: Sent}
	}
	return NewMemory(Summary{}, lines)
}

func itemID(i int) string { return "item-" + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) }

func summary(t *testing.T, m *Memory) Summary {
	t.Helper()
	s, err := m.Receipt(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func line(m *Memory, i int) Line {
	n := 0
	for l := range m.Lines() {
		if n == i {
			return l
		}
		n++
	}
	return Line{}
}
