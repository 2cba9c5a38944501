package cloud

import (
	"errors"
	"os"
	"sync"

	"darwin-uploader/uploader/external/ledger"
)

// record is the record of imports: the window's, or one of the place's own that
// goes with it. It is safe for concurrent use.
type record struct {
	open func() (*ledger.Ledger, error) // the window's; nil: there is none

	mu  sync.Mutex
	dir string // of the own one
	own *ledger.Ledger
}

// get opens it, once.
func (r *record) get() (*ledger.Ledger, error) {
	if r.open != nil {
		return r.open()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.own != nil {
		return r.own, nil
	}
	dir, err := os.MkdirTemp("", "darwin-imports-")
	if err != nil {
		return nil, err
	}
	own, err := ledger.Open(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	r.dir, r.own = dir, own
	return own, nil
}

// peek is get that makes no record of the place's own.
func (r *record) peek() (*ledger.Ledger, error) {
	if r.open != nil {
		return r.open()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.own, nil
}

// close removes the own one.
func (r *record) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.own == nil {
		return nil
	}
	return errors.Join(r.own.Close(), os.RemoveAll(r.dir))
}
