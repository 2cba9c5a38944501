package settings

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// memory is a keychain that answers, fails or hangs as a test wants.
type memory struct {
	mu    sync.Mutex
	keys  map[string]string
	fail  error
	gate  chan struct{} // not nil: every call waits until it is closed
	drop  bool          // Set reports success and keeps nothing
	calls atomic.Int32  // calls that are out at the moment
	most  atomic.Int32  // most calls out at once
}

func newMemory() *memory { return &memory{keys: map[string]string{}} }

func (m *memory) enter() (leave func(), err error) {
	if n := m.calls.Add(1); n > m.most.Load() {
		m.most.Store(n)
	}
	m.mu.Lock()
	gate := m.gate
	m.mu.Unlock()
	if gate != nil {
		<-gate
	}
	m.mu.Lock()
	return func() { m.mu.Unlock(); m.calls.Add(-1) }, m.fail
}

func (m *memory) Get(id string) (string, error) {
	leave, err := m.enter()
	defer leave()
	if err != nil {
		return "", err
	}
	key, ok := m.keys[id]
	if !ok {
		return "", ErrNoKey
	}
	return key, nil
}

func (m *memory) Set(id, key string) error {
	leave, err := m.enter()
	defer leave()
	if err == nil && !m.drop {
		m.keys[id] = key
	}
	return err
}

func (m *memory) Delete(id string) error {
	leave, err := m.enter()
	defer leave()
	if err != nil {
		return err
	}
	if _, ok := m.keys[id]; !ok {
		return ErrNoKey
	}
	delete(m.keys, id)
	return nil
}

// hang makes every call wait until the returned function is called.
func (m *memory) hang() (answer func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	gate := make(chan struct{})
	m.gate = gate
	return func() {
		m.mu.Lock()
		m.gate = nil
		m.mu.Unlock()
		close(gate)
	}
}

func (m *memory) holds(id string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.keys[id]
}

func TestAKeySavedInTheKeychainIsThereAtTheNextStart(t *testing.T) {
	chain, ctx := newMemory(), t.Context()
	kept, err := NewKeys(chain, time.Minute).Save(ctx, "alder", "one")
	if err != nil || !kept.InKeychain || kept.Reason != nil {
		t.Fatalf("Save = %+v, %v", kept, err)
	}
	next := NewKeys(chain, time.Minute)
	if key, err := next.Load(ctx, "alder"); key != "one" || err != nil {
		t.Fatalf("Load = %q, %v", key, err)
	}
	if !next.Kept("alder").InKeychain {
		t.Error("a loaded key is not known to be in the keychain")
	}
	if err := next.Remove(ctx, "alder"); err != nil {
		t.Fatal(err)
	}
	if _, err := next.Load(ctx, "alder"); !errors.Is(err, ErrNoKey) {
		t.Errorf("after Remove, Load gives %v", err)
	}
	if err := next.Remove(ctx, "alder"); err != nil {
		t.Errorf("removing what is not there gives %v", err)
	}
}

func TestTheReasonOfAFailingKeychainIsToldAndTheKeyHoldsForThisRun(t *testing.T) {
	for _, c := range []struct {
		fail error
		why  Why
	}{
		{errors.New("The name org.freedesktop.secrets was not provided by any .service files"), Missing},
		{errors.New("exec: \"dbus-launch\": executable file not found in $PATH"), Missing},
		{errors.New("Cannot create an item in a locked collection"), Locked},
		{errors.New("failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'"), Locked},
		{errors.New("the prompt was dismissed"), Refused},
		{errTooLong, TooLong},
	} {
		chain := newMemory()
		chain.fail = c.fail
		keys := NewKeys(chain, time.Minute)
		kept, err := keys.Save(t.Context(), "alder", "one")
		if err != nil || kept.InKeychain || kept.Reason == nil || kept.Reason.Why != c.why {
			t.Errorf("%v: Save = %+v, %v; want reason %v", c.fail, kept, err, c.why)
			continue
		}
		if kept.Reason.What == "" || kept.Reason.Safe == "" || kept.Reason.Do == "" {
			t.Errorf("%v: a sentence is missing: %+v", c.fail, kept.Reason)
		}
		if key, err := keys.Load(t.Context(), "alder"); key != "one" || err != nil {
			t.Errorf("%v: Load = %q, %v", c.fail, key, err)
		}
		var problem *KeychainError
		if _, err := keys.Load(t.Context(), "other"); !errors.As(err, &problem) || problem.Why != c.why || !errors.Is(err, c.fail) {
			t.Errorf("%v: Load of a key that is not in memory gives %v", c.fail, err)
		}
	}
}

func TestAKeychainThatOnlyPretendsToKeepIsFoundOut(t *testing.T) {
	chain := newMemory()
	chain.drop = true
	kept, _ := NewKeys(chain, time.Minute).Save(t.Context(), "alder", "one")
	if kept.InKeychain || kept.Reason.Why != Refused {
		t.Errorf("Kept = %+v", kept)
	}
}

func TestTheKeyIsNotInTheProblemsOfAKeychainThatRepeatsIt(t *testing.T) {
	chain := newMemory()
	chain.fail = errors.New("cannot add 'planted.key'")
	kept, _ := NewKeys(chain, time.Minute).Save(t.Context(), "alder", "planted.key")
	if got := kept.Reason.Err.Error(); got != errKey.Error() {
		t.Errorf("the cause says %q", got)
	}
}

func TestAHungKeychainCostsTheTimeoutOnceAndALateAnswerIsNotLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		chain, ctx := newMemory(), t.Context()
		chain.keys["old"] = "old key"
		answer := chain.hang()
		keys := NewKeys(chain, 5*time.Second)

		start := time.Now()
		kept, err := keys.Save(ctx, "alder", "one")
		if err != nil || kept.InKeychain || kept.Reason.Why != Silent {
			t.Fatalf("Save = %+v, %v", kept, err)
		}
		if took := time.Since(start); took != 5*time.Second {
			t.Errorf("the first call took %v", took)
		}

		start = time.Now()
		if kept, _ := keys.Save(ctx, "alder", "two"); kept.InKeychain || kept.Reason.Why != Silent {
			t.Errorf("second Save = %+v", kept)
		}
		var problem *KeychainError
		if err := keys.Remove(ctx, "old"); !errors.As(err, &problem) || problem.Why != Silent {
			t.Errorf("Remove = %v", err)
		}
		if _, err := keys.Load(ctx, "birch"); !errors.As(err, &problem) || problem.Why != Silent {
			t.Errorf("Load of an unknown key = %v", err)
		}
		if _, err := keys.Load(ctx, "old"); !errors.Is(err, ErrNoKey) {
			t.Errorf("Load of a removed key = %v", err)
		}
		if key, _ := keys.Load(ctx, "alder"); key != "two" {
			t.Errorf("Load = %q, want the key of this run", key)
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("calls to a keychain known to be silent took %v", took)
		}
		if chain.most.Load() != 1 {
			t.Errorf("%d calls were out at once", chain.most.Load())
		}

		answer()
		synctest.Wait()
		if !keys.Kept("alder").InKeychain {
			t.Errorf("the late success is not recorded: %+v", keys.Kept("alder"))
		}
		if chain.holds("alder") != "two" || chain.holds("old") != "" {
			t.Errorf("the keychain ended up with %q and %q", chain.holds("alder"), chain.holds("old"))
		}
		if kept, _ := keys.Save(ctx, "birch", "three"); !kept.InKeychain {
			t.Errorf("after it answered, Save = %+v", kept)
		}
	})
}

func TestALateAnswerToLoadIsRememberedUnlessANewKeyCameIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		chain, ctx := newMemory(), t.Context()
		chain.keys["alder"] = "old"
		answer := chain.hang()
		keys := NewKeys(chain, time.Second)
		if _, err := keys.Load(ctx, "alder"); err == nil {
			t.Fatal("Load of a hung keychain succeeded")
		}
		answer()
		synctest.Wait()
		chain.fail = errors.New("gone again")
		if key, err := keys.Load(ctx, "alder"); key != "old" || err != nil {
			t.Errorf("Load = %q, %v", key, err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		chain, ctx := newMemory(), t.Context()
		chain.keys["alder"] = "old"
		answer := chain.hang()
		keys := NewKeys(chain, time.Second)
		_, _ = keys.Load(ctx, "alder")
		_, _ = keys.Save(ctx, "alder", "new")
		answer()
		synctest.Wait()
		if key, _ := keys.Load(ctx, "alder"); key != "new" || chain.holds("alder") != "new" {
			t.Errorf("Load = %q, the keychain holds %q", key, chain.holds("alder"))
		}
	})
}

func TestACallWaitsForItsTurnBehindOneThatIsOnlySlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		chain := newMemory()
		answer := chain.hang()
		keys := NewKeys(chain, 10*time.Second)
		var all sync.WaitGroup
		for _, id := range []string{"a", "b", "c"} {
			all.Go(func() {
				if kept, err := keys.Save(t.Context(), id, "key "+id); err != nil || !kept.InKeychain {
					t.Errorf("Save(%s) = %+v, %v", id, kept, err)
				}
			})
		}
		time.Sleep(3 * time.Second) // the bubble's clock: the person types a password
		answer()
		all.Wait()
		if chain.most.Load() != 1 {
			t.Errorf("%d calls were out at once", chain.most.Load())
		}
	})
}

func TestCancellingEndsTheWaitAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		chain := newMemory()
		answer := chain.hang()
		keys := NewKeys(chain, time.Hour)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := keys.Load(ctx, "alder"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Load = %v", err)
		}
		if _, err := keys.Save(ctx, "alder", "one"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Save = %v", err)
		}
		answer()
		synctest.Wait()
		if chain.holds("alder") != "one" {
			t.Error("a cancelled Save is lost")
		}
	})
}

func TestLoadingOneKeyWhileAnotherIsSavedGivesBoth(t *testing.T) {
	chain := newMemory()
	chain.keys["alder"] = "one"
	keys := NewKeys(chain, time.Minute)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { _, _ = keys.Save(t.Context(), "birch", "two") })
		all.Go(func() {
			if key, err := keys.Load(t.Context(), "alder"); key != "one" || err != nil {
				t.Errorf("Load = %q, %v", key, err)
			}
		})
	}
	all.Wait()
}
