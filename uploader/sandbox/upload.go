package sandbox

import (
	"net/http"
	"time"
)

// sign counts a signature for an upload of a dataset of this version and
// gives the key of its object.
func (s *Sandbox) sign(x *exchange, version int) (object string, ok bool) {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	sl := s.state.upload(x, version)
	if sl == nil {
		return "", false
	}
	sl.signs++
	return sl.object, true
}

// upload finds the upload that the path names. It needs the lock.
func (st *state) upload(x *exchange, version int) *slot {
	sl := st.uploads[x.path("upload")]
	if sl == nil || sl.item.dataset.version != version || version == 2 && !st.ownTeam(x.path("team")) {
		return nil
	}
	return sl
}

func (s *Sandbox) lifetime(x *exchange) time.Duration {
	if x.expired {
		return -time.Minute
	}
	return s.cfg.Lifetime
}

// store lets the bucket judge and keep the bytes.
func (s *Sandbox) store(x *exchange) { s.objects.ServeHTTP(x.w, x.r) }

// confirm begins the processing of an upload whose bytes are stored. To
// confirm again changes nothing but the count; that this is accepted is
// inferred, as is the refusal while there are no bytes.
func (s *Sandbox) confirm(x *exchange, version int) {
	var body struct{} // ignored, but if it is there it is JSON
	if x.refused(x.body(&body)) {
		return
	}
	s.state.mu.Lock()
	sl := s.state.upload(x, version)
	stored := false
	if sl != nil {
		if _, stored = s.objects.Object(sl.object); stored {
			s.confirmed(sl)
		}
	}
	s.state.mu.Unlock()
	switch {
	case sl == nil:
		x.notFound()
	case !stored:
		x.invalid("upload", "has no stored file")
	default:
		x.json(http.StatusOK, struct{}{})
	}
}

// confirmed needs the lock.
func (s *Sandbox) confirmed(sl *slot) {
	if sl.confirms > 0 {
		sl.confirms++
		return
	}
	hit := s.faults.hit(Process, sl.item.place.name)
	f := merge(hit)
	if f.Forget {
		return
	}
	sl.confirms++
	sl.confirmed = s.cfg.Clock()
	switch {
	case f.Drop:
		s.state.remove(sl.item.dataset, func(it *item) bool { return it == sl.item })
	case len(hit) > 0:
		sl.failure = orElse(hit[len(hit)-1].Body, "could not be processed")
	}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// The states of a file and of an item, in V2's words for processing.
const (
	uploading  = "uploading"
	processing = "processing"
	complete   = "complete"
	failed     = "error"
)

// state works out how far a file is at this time.
func (sl *slot) state(now time.Time, after time.Duration) string {
	switch {
	case sl.confirms == 0 && sl.external == nil:
		return uploading
	case now.Before(sl.confirmed.Add(after)):
		return processing
	case sl.failure != "":
		return failed
	}
	return complete
}

// state is that of the item's slowest file, or failed as soon as one is.
func (it *item) state(now time.Time, after time.Duration) string {
	slowest := complete
	for _, sl := range it.slots {
		switch sl.state(now, after) {
		case failed:
			return failed
		case uploading:
			slowest = uploading
		case processing:
			if slowest == complete {
				slowest = processing
			}
		}
	}
	return slowest
}

// status is the state in the words of the field status: what is processed is
// new until somebody works on it.
func status(state string) string {
	if state == complete {
		return "new"
	}
	return state
}
