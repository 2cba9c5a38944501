package prefs

import (
	"errors"
	"testing"
)

func TestOutcomesOfAccountsThatAreGoneAreDropped(t *testing.T) {
	var a accounts
	a.set([]Account{{ID: "a"}, {ID: "b"}})
	a.mark("a", status{doing: trying})
	a.set([]Account{{ID: "b"}})
	a.tested("a", nil)
	a.mark("a", status{doing: works})
	if len(a.states) != 0 {
		t.Errorf("states of an account that is gone: %v", a.states)
	}
}

func TestAnOutcomeCountsOnlyForWhatIsUnderWay(t *testing.T) {
	var a accounts
	a.set([]Account{{ID: "a"}})
	a.tested("a", nil)
	if a.states["a"].doing != idle {
		t.Error("a test that nobody started has an outcome")
	}
	a.mark("a", status{doing: trying})
	a.tested("a", errors.New("cut"))
	if s := a.states["a"]; s.doing != broken || s.problem == nil {
		t.Errorf("after a failed test: %+v", s)
	}
	a.mark("a", status{doing: removing})
	a.removed("a", errors.New("locked"))
	if s := a.states["a"]; s.doing != notRemoved || s.problem == nil {
		t.Errorf("after a failed removal: %+v", s)
	}
}

func TestNotesSayWhereTheKeyIs(t *testing.T) {
	for _, c := range []struct {
		a    Account
		want string
	}{
		{Account{KeyHint: "4c7e"}, "key ending 4c7e, in the keychain"},
		{Account{KeyHint: "4c7e", Kept: ThisRunOnly}, "key ending 4c7e, for this run only"},
		{Account{}, "key, in the keychain"},
		{Account{Kept: Practice, KeyHint: "0000"}, "on this computer only"},
	} {
		if got := c.a.note(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.a, got, c.want)
		}
	}
}
