package cloud

import (
	"context"

	"darwin-uploader/gui/tasks"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/objects"
)

// Access keeps the credentials that a person entered for buckets. endpoint is
// as for Bucket, which uses what is kept. All methods but Kept wait for the
// network or the keychain, and are called from goroutines.
type Access interface {
	// Kept says whether there are credentials for a storage's bucket.
	Kept(s darwin.StorageInfo, endpoint string) Kept
	// Try opens the way with credentials, which it does not keep.
	Try(ctx context.Context, s darwin.StorageInfo, endpoint string, c objects.Credentials) (store objects.Store, release func(), err error)
	// Keep keeps them, in the keychain if there is one.
	Keep(ctx context.Context, s darwin.StorageInfo, endpoint string, c objects.Credentials) error
	// Forget removes them.
	Forget(ctx context.Context, s darwin.StorageInfo, endpoint string) error
}

// Kept says where credentials are kept.
type Kept uint8

// The places.
const (
	NotKept Kept = iota
	InKeychain
	ThisRunOnly
)

// wantsSignIn says that other credentials for the bucket would mend a problem.
func wantsSignIn(problem error) bool {
	switch fault.KindOf(problem) {
	case fault.Key, fault.Permission, fault.Keychain:
		return true
	}
	return false
}

// signIn is whether the person is asked for credentials, and what became of it.
type signIn struct {
	v      *View
	open   bool
	trying bool
	wrong  string // what was wrong with those that were entered
	asked  int    // grows with each question and each trial, so that only the latest counts
	halt   context.CancelFunc
	form   *signInForm
}

func newSignIn(v *View) *signIn {
	s := &signIn{v: v, halt: func() {}}
	s.form = newSignInForm(s)
	return s
}

// can says that there is a bucket for which credentials can be entered.
func (s *signIn) can() bool {
	return s.v.deps.Access != nil && s.v.deps.Bucket != nil && s.v.storage >= 0
}

// kept says whether credentials are kept for the bucket that is looked into.
func (s *signIn) kept() Kept {
	if !s.can() {
		return NotKept
	}
	return s.v.deps.Access.Kept(s.v.storages[s.v.storage], s.v.lookup.endpoint)
}

// ask opens the question.
func (s *signIn) ask() {
	v := s.v
	if !s.can() || v.maker.making {
		return
	}
	v.looking.take()
	v.maker.leave()
	s.end()
	s.open, s.wrong, v.peeking = true, "", false
	s.form.build(v.storages[v.storage].Provider)
	v.show()
	s.form.focus(v)
}

// end stops a trial.
func (s *signIn) end() {
	s.halt()
	s.asked++
	s.trying = false
}

// leave closes the question; nothing of what was typed stays.
func (s *signIn) leave() {
	if s.open {
		s.end()
		s.open = false
		s.form.empty()
	}
}

// cancel is for the person who does not want to.
func (s *signIn) cancel() {
	s.leave()
	s.v.show()
}

// submit tries what was entered, and keeps it if the bucket takes it.
func (s *signIn) submit() {
	if s.trying || !s.can() || !s.form.complete() {
		return
	}
	c, wrong := s.form.credentials()
	if s.wrong = wrong; wrong != "" {
		s.v.show()
		return
	}
	access, storage, endpoint := s.v.deps.Access, s.v.storages[s.v.storage], s.v.lookup.endpoint
	s.work(func(ctx context.Context) error {
		if err := tries(ctx, access, storage, endpoint, c); err != nil {
			return err
		}
		return access.Keep(ctx, storage, endpoint, c)
	})
}

// standard goes back to the computer's own sign-in.
func (s *signIn) standard() {
	if s.trying || !s.can() {
		return
	}
	access, storage, endpoint := s.v.deps.Access, s.v.storages[s.v.storage], s.v.lookup.endpoint
	s.work(func(ctx context.Context) error { return access.Forget(ctx, storage, endpoint) })
}

// work does something to the credentials, and looks into the bucket anew once
// they are others.
func (s *signIn) work(do func(context.Context) error) {
	v := s.v
	s.end()
	asked := s.asked
	work, halt := tasks.Stoppable(func(ctx, _ context.Context) {
		err := do(ctx)
		v.post(func() {
			switch {
			case err == nil: // what is kept is another, even if nobody waits for it any more
				if asked == s.asked {
					s.leave()
				}
				v.lookAnew()
			case asked == s.asked:
				s.trying, s.wrong = false, told(err)
				v.show()
				s.form.focus(v)
			}
		})
	})
	s.halt, s.trying, s.wrong = halt, true, ""
	v.tasks.Go(work)
	v.show()
}

// tries lists one page of the bucket.
func tries(ctx context.Context, access Access, storage darwin.StorageInfo, endpoint string, c objects.Credentials) error {
	store, release, err := access.Try(ctx, storage, endpoint, c)
	if err != nil {
		return err
	}
	defer release()
	for _, err = range store.List(ctx, "", false) {
		break
	}
	if err == nil {
		err = ctx.Err()
	}
	return err
}

// lookAnew asks the bucket again for everything that is shown of it.
func (v *View) lookAnew() {
	b := v.middle.browser
	b.facts.turn(factsOf{})
	if v.source.way == byBrowsing {
		b.load()
	}
	v.replan()
	v.show()
}
