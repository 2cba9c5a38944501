package ledger

import (
	"fmt"
	"testing"
	"time"
)

func TestWhatWasCountedHoldsUntilTheRowsChange(t *testing.T) {
	l := open(t, t.TempDir())
	other := begin(t, l, "x.jpg")
	check(t, l.Seal(t.Context(), other, "twice", time.Now()))
	id, err := l.Begin(t.Context(), "about", time.Now())
	check(t, err)
	wants := func(after string, want Counts) {
		t.Helper()
		for range 2 { // counted, and known
			c, err := l.Count(t.Context(), id)
			if check(t, err); c != want {
				t.Errorf("after %s it counts %v, want %v", after, c, want)
			}
		}
	}
	wants("nothing", Counts{})
	var rows []Row
	for i := range 4 {
		rows = append(rows, Row{Place: i, Line: i, Folder: "/", Name: fmt.Sprint(i/2, ".jpg")})
	}
	check(t, l.Add(t.Context(), id, rows))
	wants("adding", Counts{Waiting: 4})
	check(t, l.Seal(t.Context(), id, "twice", time.Now()))
	wants("sealing", Counts{Waiting: 2, Unfit: 2})
	check(t, l.Ask(t.Context(), id, []int{0, 2}, time.Now()))
	wants("asking", Counts{Asked: 2, Unfit: 2})
	check(t, l.Record(t.Context(), id, []Verdict{{Place: 0, State: Registered}, {Place: 2, State: Failed}}))
	wants("recording", Counts{Registered: 1, Failed: 1, Unfit: 2})
	check(t, l.Again(t.Context(), id, Failed))
	wants("again", Counts{Registered: 1, Waiting: 1, Unfit: 2})
	check(t, l.Discard(t.Context(), id))
	wants("discarding", Counts{})
	if c, err := l.Count(t.Context(), other); err != nil || c.Total() != 1 {
		t.Errorf("the other import counts %v, %v", c, err)
	}
}

func TestACountThatAWriteOvertakesIsNotKept(t *testing.T) {
	var k counted
	_, _, before := k.look(1)
	k.forget(1)
	k.keep(1, Counts{Waiting: 3}, before)
	if c, known, _ := k.look(1); known {
		t.Errorf("it knows %v", c)
	}
}
