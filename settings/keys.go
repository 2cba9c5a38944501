package settings

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"
)

// Keys keeps API keys: in memory for this run, and in a Keychain beyond it.
//
// What is saved or removed holds at once in memory. The keychain follows: if it
// was silent, it is brought up to date as soon as it answers, while the program
// runs.
type Keys struct {
	chain   Keychain
	timeout time.Duration

	turn chan struct{} // holds a value while a call is out

	mu     sync.Mutex
	keys   map[string]string // known in this run
	wishes map[string]wish   // what the keychain still has to be told
	kept   map[string]Kept   // how the last Save or Remove of an id went
	wished map[string]int    // number of the latest wish for an id, fulfilled or not
	out    *call             // the call that holds the turn
}

// wish is something that the keychain is to do for an id. A later wish for the
// same id has a higher number and takes the place of the earlier one.
type wish struct {
	number int
	remove bool
	key    string
}

// call is one visit to the keychain; overdue once somebody gave up waiting.
type call struct{ overdue bool }

// Kept says where a key is kept.
type Kept struct {
	InKeychain bool

	// Reason says why the key is known in this run only; nil if InKeychain.
	Reason *KeychainError
}

// errNotKept says that the keychain reported success and has another key.
var errNotKept = errors.New("the keychain did not keep the key")

// errKey is for causes whose text held a key.
var errKey = errors.New("the keychain's message is not shown because it held the key")

// NewKeys keeps keys in k and waits at most timeout for each answer. The
// keychain may ask the person for a password, so timeout should leave time for
// typing it.
func NewKeys(k Keychain, timeout time.Duration) *Keys {
	return &Keys{
		chain: k, timeout: timeout, turn: make(chan struct{}, 1),
		keys: map[string]string{}, wishes: map[string]wish{}, kept: map[string]Kept{},
		wished: map[string]int{},
	}
}

// Save keeps the key. It is known from now on, whatever the keychain does; Kept
// tells whether it will be after a restart. The error is ctx's: then the
// keychain's answer was not waited for, and Kept can be asked later.
func (k *Keys) Save(ctx context.Context, id, key string) (Kept, error) {
	k.mu.Lock()
	k.keys[id] = key
	k.wishFor(id, wish{key: key})
	k.mu.Unlock()
	err := k.visit(ctx, func() { k.fulfil(id) })
	if err != nil && ctx.Err() != nil {
		return k.Kept(id), err
	}
	return k.Kept(id), nil
}

// Load gives the key of an account. If none is kept the error is ErrNoKey, if
// the keychain failed a *KeychainError, or it is ctx's.
func (k *Keys) Load(ctx context.Context, id string) (string, error) {
	if key, known, err := k.remembered(id); known {
		return key, err
	}
	var got error
	err := k.visit(ctx, func() { got = k.fetch(id) })
	if err != nil {
		return "", err
	}
	if key, known, err := k.remembered(id); known {
		return key, err
	}
	return "", got
}

// Remove forgets the key, in memory at once. No key to remove is no error.
func (k *Keys) Remove(ctx context.Context, id string) error {
	k.mu.Lock()
	delete(k.keys, id)
	k.wishFor(id, wish{remove: true})
	k.mu.Unlock()
	if err := k.visit(ctx, func() { k.fulfil(id) }); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return removeProblem(Silent, nil)
	}
	if kept := k.Kept(id); kept.Reason != nil {
		return kept.Reason
	}
	return nil
}

// Kept tells where the key is kept by now; a keychain that was late may have
// taken it since Save. For an id without key it is the zero value.
func (k *Keys) Kept(id string) Kept {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, waits := k.wishes[id]; waits {
		return Kept{Reason: saveProblem(Silent, nil)}
	}
	return k.kept[id]
}

// remembered answers Load from memory, if memory knows.
func (k *Keys) remembered(id string) (key string, known bool, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if key, ok := k.keys[id]; ok {
		return key, true, nil
	}
	if w, ok := k.wishes[id]; ok && w.remove {
		return "", true, ErrNoKey
	}
	return "", false, nil
}

// wishFor notes what the keychain is to do. k.mu is held.
func (k *Keys) wishFor(id string, w wish) {
	k.wished[id]++
	w.number = k.wished[id]
	k.wishes[id] = w
}

// visit runs job in a goroutine of its own as soon as no other call is out, and
// waits for it until the time-out. While a call is overdue it does not even try.
func (k *Keys) visit(ctx context.Context, job func()) error {
	if k.isSilent() {
		return loadProblem(Silent, nil)
	}
	timer := time.NewTimer(k.timeout)
	defer timer.Stop()
	select {
	case k.turn <- struct{}{}:
	case <-timer.C:
		k.markOverdue()
		return loadProblem(Silent, nil)
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	k.setOut(&call{})
	done := make(chan struct{})
	go k.call(job, done)
	select {
	case <-done:
		return nil
	case <-timer.C:
		k.markOverdue()
		return loadProblem(Silent, nil)
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// call does job, then what other callers gave up waiting for. It holds the turn.
func (k *Keys) call(job func(), done chan<- struct{}) {
	job()
	close(done)
	for id, ok := k.nextWish(); ok; id, ok = k.nextWish() {
		k.fulfil(id)
	}
	k.setOut(nil)
	<-k.turn
}

func (k *Keys) setOut(c *call) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.out = c
}

func (k *Keys) isSilent() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.out != nil && k.out.overdue
}

func (k *Keys) markOverdue() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.out != nil {
		k.out.overdue = true
	}
}

func (k *Keys) nextWish() (string, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for id := range k.wishes {
		return id, true
	}
	return "", false
}

// fulfil tells the keychain what is wished for id, until nothing newer came in
// meanwhile.
func (k *Keys) fulfil(id string) {
	for {
		k.mu.Lock()
		w, ok := k.wishes[id]
		k.mu.Unlock()
		if !ok {
			return
		}
		kept := k.tell(id, w)
		k.mu.Lock()
		if k.wished[id] == w.number {
			delete(k.wishes, id)
			k.kept[id] = kept
		}
		k.mu.Unlock()
	}
}

// tell does one wish.
func (k *Keys) tell(id string, w wish) Kept {
	if w.remove {
		if err := k.chain.Delete(id); err != nil && !errors.Is(err, ErrNoKey) {
			return Kept{Reason: removeProblem(whyOf(err), err)}
		}
		return Kept{}
	}
	err := k.chain.Set(id, w.key)
	if err == nil {
		// A dismissed password window counts as success in some keychains.
		var got string
		if got, err = k.chain.Get(id); err == nil && got != w.key || errors.Is(err, ErrNoKey) {
			err = errNotKept
		}
	}
	if err != nil {
		return Kept{Reason: saveProblem(whyOf(err), scrub(err, w.key))}
	}
	return Kept{InKeychain: true}
}

// fetch asks the keychain for a key and remembers it, unless the person saved
// or removed one meanwhile.
func (k *Keys) fetch(id string) error {
	k.mu.Lock()
	before := k.wished[id]
	k.mu.Unlock()
	key, err := k.chain.Get(id)
	if errors.Is(err, ErrNoKey) || err == nil && key == "" {
		return ErrNoKey
	}
	if err != nil {
		return loadProblem(whyOf(err), err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, ok := k.keys[id]; !ok && k.wished[id] == before {
		k.keys[id], k.kept[id] = key, Kept{InKeychain: true}
	}
	return nil
}

// scrub hides a cause that repeats the key.
func scrub(err error, key string) error {
	if key != "" && strings.Contains(err.Error(), key) {
		return errKey
	}
	return err
}

func saveProblem(w Why, err error) *KeychainError {
	return &KeychainError{Why: w, What: w.what(), Safe: "The key is known until the program ends.", Do: w.do(), Err: err}
}

func loadProblem(w Why, err error) *KeychainError {
	safe := "The key in it is safe."
	if w == Missing {
		safe = "" // there is no telling whether it ever held the key
	}
	return &KeychainError{Why: w, What: w.what(), Safe: safe, Do: w.doLoading(), Err: err}
}

func removeProblem(w Why, err error) *KeychainError {
	do := "Remove it in the keychain's own window."
	if w == Silent {
		do = "The keychain forgets it too as soon as it answers, if the program still runs then."
	}
	return &KeychainError{Why: w, What: w.what(), Safe: "The program no longer uses the key.", Do: do, Err: err}
}
