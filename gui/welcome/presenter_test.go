package welcome

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"

	"darwin-uploader/uploader/fault"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rig is a presenter with a Darwin, a keychain and a main thread that a
// test holds in its hands. It lives in a synctest bubble.
type rig struct {
	*Presenter
	posted    chan func()
	answers   chan error // what the server, or the store, says next; the test's key is "good"
	stored    bool
	tests     []string // "server key" of every test
	saves     []Connection
	connected []Connection
	demos     int
	changes   int
}

func newRig() *rig {
	r := &rig{posted: make(chan func(), 100), answers: make(chan error), stored: true}
	wait := func(ctx context.Context) error {
		select {
		case err := <-r.answers:
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	r.Presenter = NewPresenter(Config{
		Server: "https://darwin.v7labs.com",
		Test: func(ctx context.Context, server, key string) (string, error) {
			r.posted <- func() { r.tests = append(r.tests, server+" "+key) }
			return "Alder Valley Wildlife", wait(ctx)
		},
		Save: func(ctx context.Context, c Connection) (bool, error) {
			r.posted <- func() { r.saves = append(r.saves, c) }
			return r.stored, wait(ctx)
		},
		Post:        func(f func()) { r.posted <- f },
		OnConnected: func(c Connection) { r.connected = append(r.connected, c) },
		OnDemo:      func() { r.demos++ },
	})
	r.OnChange = func() { r.changes++ }
	return r
}

// inBubble runs a test in time of its own.
func inBubble(t *testing.T, test func(*testing.T, *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, newRig()) })
}

// settle runs everything that reached the main thread until all goroutines wait.
func (r *rig) settle() {
	for {
		synctest.Wait()
		select {
		case f := <-r.posted:
			f()
		default:
			return
		}
	}
}

// try tests a key and waits until the server has been asked.
func (r *rig) try(key string) {
	r.SetKey(key)
	r.Test()
	r.settle()
}

func (r *rig) answer(err error) {
	r.answers <- err
	r.settle()
}

func TestAGoodKeyIsTestedKeptAndConnected(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.SetKey("  good\n")
		r.Submit()
		r.settle()
		if r.stage != trying || r.CanTest() || r.CanContinue() {
			t.Fatalf("stage %v while the server thinks", r.stage)
		}
		r.answer(nil)
		if r.stage != works || !r.CanContinue() || r.tried.Team != "Alder Valley Wildlife" {
			t.Fatalf("stage %v, tried %v", r.stage, r.tried)
		}
		r.Submit()
		r.settle()
		r.answer(nil)
		want := Connection{Server: "https://darwin.v7labs.com", Key: "good", Team: "Alder Valley Wildlife"}
		if len(r.connected) != 1 || r.connected[0] != want || len(r.saves) != 1 || r.saves[0] != want {
			t.Errorf("connected %v, saved %v", r.connected, r.saves)
		}
		if len(r.tests) != 1 || r.tests[0] != "https://darwin.v7labs.com good" {
			t.Errorf("tests %q", r.tests)
		}
	})
}

func TestAnotherKeyEndsTheTestOfTheOneBefore(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.try("first")
		r.SetKey("second")
		r.settle()
		if r.stage != asking || r.problem != nil {
			t.Fatalf("stage %v, problem %v: the first key's end was taken for an answer", r.stage, r.problem)
		}
		r.Test()
		r.settle()
		r.answer(nil)
		if r.tried.Key != "second" || r.stage != works {
			t.Errorf("tried %q, stage %v", r.tried.Key, r.stage)
		}
		r.SetKey("third")
		if r.CanContinue() {
			t.Error("a key that was not tried can be continued with")
		}
		r.Close()
		r.settle()
	})
}

func TestAFailedTestTellsTheFaultAndCanBeRepeated(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.try("bad")
		r.answer(&fault.Error{Kind: fault.Key, What: "Darwin does not know this key."})
		if r.stage != failed || r.problem.What != "Darwin does not know this key." || !r.CanTest() {
			t.Fatalf("stage %v, problem %v", r.stage, r.problem)
		}
		r.Submit()
		r.settle()
		if r.stage != trying || r.problem != nil {
			t.Errorf("stage %v, problem %v while it is tried again", r.stage, r.problem)
		}
		r.answer(nil)
		if r.stage != works {
			t.Errorf("stage %v", r.stage)
		}
	})
}

func TestAKeyThatIsNotStoredIsToldBeforeGoingOn(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.stored = false
		r.try("good")
		r.answer(nil)
		r.Continue()
		r.settle()
		r.answer(nil)
		if r.stage != unsaved || len(r.connected) != 0 || !r.CanContinue() {
			t.Fatalf("stage %v, connected %v", r.stage, r.connected)
		}
		r.Continue()
		if len(r.connected) != 1 || len(r.saves) != 1 {
			t.Errorf("connected %v, saved %d times", r.connected, len(r.saves))
		}
	})
}

func TestAKeyThatCannotBeKeptAtAllIsTold(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.try("good")
		r.answer(nil)
		r.Continue()
		r.settle()
		r.answer(errors.New("no room"))
		if r.stage != failed || r.problem == nil || len(r.connected) != 0 {
			t.Errorf("stage %v, problem %v", r.stage, r.problem)
		}
	})
}

func TestAnUnusableServerIsToldWithoutAskingIt(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.SetKey("good")
		r.SetServer("ftp://nowhere")
		r.Test()
		r.settle()
		if r.stage != failed || fault.KindOf(r.problem) != fault.Usage || len(r.tests) != 0 {
			t.Errorf("stage %v, problem %v, tests %q", r.stage, r.problem, r.tests)
		}
		r.SetServer("")
		if r.stage != asking || r.server != "https://darwin.v7labs.com" {
			t.Errorf("an empty address gives %q in stage %v", r.server, r.stage)
		}
		r.SetServer("darwin.example.org/api/")
		r.Test()
		r.settle()
		if len(r.tests) != 1 || r.tests[0] != "https://darwin.example.org good" {
			t.Errorf("tests %q", r.tests)
		}
		r.Close()
		r.settle()
	})
}

func TestAClosedScreenEndsItsWorkAndIsNotTold(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.try("good")
		before := r.changes
		r.Close()
		r.settle()
		r.SetKey("other")
		r.Submit()
		r.Continue()
		r.Demo()
		if r.changes != before || len(r.connected) != 0 || r.demos != 0 {
			t.Errorf("%d changes after Close, connected %v, %d demos", r.changes-before, r.connected, r.demos)
		}
	})
}

func TestNothingHappensWithoutAKey(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.SetKey(" \n\u200b")
		r.Submit()
		r.settle()
		if r.stage != asking || len(r.tests) != 0 {
			t.Errorf("stage %v, tests %q", r.stage, r.tests)
		}
		r.Demo()
		if r.demos != 1 {
			t.Errorf("%d demos", r.demos)
		}
	})
}

func TestAConnectionDoesNotPrintItsKey(t *testing.T) {
	c := Connection{Server: "https://darwin.v7labs.com", Key: "SECRET7.x", Team: "A"}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(verb, c); strings.Contains(got, "SECRET7") {
			t.Errorf("%s prints %q", verb, got)
		}
	}
}
