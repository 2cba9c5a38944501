package uploader

import (
	"sync"

	"darwin-uploader/uploader/storage"
)

// Storage's ETag is the MD5 of what it holds in most buckets, and something
// that only looks like one in those that encrypt with keys of their own
// (SSE-KMS, SSE-C). A bucket does either for all of its objects. The rule:
//
// An ETag that differs is an alarm as soon as another one of the batch was the
// MD5. Before that, the first one that differs is an alarm as well, and its
// file is sent again; when a second sending differs too and none was ever the
// same, ETags say nothing here, and the batch goes on without them.
type etags struct {
	mu      sync.Mutex
	same    bool
	differs int
}

// differing is how many sendings have to differ, while none was the same,
// until ETags are taken to say nothing.
const differing = 2

// alarm says whether what storage holds is not what was sent.
func (e *etags) alarm(v storage.Verdict) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch v {
	case storage.Same:
		e.same = true
	case storage.Differs:
		e.differs++
		return e.same || e.differs < differing
	}
	return false
}
