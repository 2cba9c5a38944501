package uploader

import "testing"

func TestEveryStateIsReachedAndEveryJourneyEnds(t *testing.T) {
	reached := map[State]bool{Ready: true}
	for s := range State(states) {
		if s.Final() != (s >= InDarwin) {
			t.Errorf("%v: final is %v", s, s.Final())
		}
		if !s.Final() && !s.CanBecome(Stopped) {
			t.Errorf("an item that is %v cannot be stopped", s)
		}
		for to := range State(states) {
			if s.CanBecome(to) {
				reached[to] = true
			}
		}
		if s.String() == "" || s.String() == "unknown" {
			t.Errorf("state %d has no name", s)
		}
	}
	if len(reached) != states {
		t.Errorf("only %d of %d states can be reached", len(reached), states)
	}
	if State(99).Final() || State(99).CanBecome(Ready) || Ready.CanBecome(State(99)) {
		t.Error("a state that does not exist takes part")
	}
}

func TestDarwinIsOnlyReachedThroughAConfirm(t *testing.T) {
	for s := range State(states) {
		if s.CanBecome(InDarwin) && s != Confirming {
			t.Errorf("an item can go from %v to InDarwin without a confirm", s)
		}
		if s.CanBecome(Confirming) && s != Sending && s != Ready && s != Registering {
			t.Errorf("an item can go from %v to Confirming", s)
		}
	}
}
