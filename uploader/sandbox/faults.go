package sandbox

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Fault is something that goes wrong with a call. The zero Call means all
// calls but Page. Effects may be combined; they come in this order: Latency,
// the bandwidth limits, Cut, Stall, Status. If none of the last three is set,
// the call does its work, and Expire, LoseReply, CutReply and Rewrite change
// what comes back.
type Fault struct {
	Call Call
	Item string // only for calls about the item of this name, "" for all

	After int // so many calls pass first
	Times int // then so many are hit, 0 for all

	// Probability hits only this share of the calls, above 0 and below 1. What
	// happens to an item's first, second, ... try is fixed by Seed, in whatever
	// order the items come; calls about no single item go by their order.
	Probability float64
	Seed        uint64

	Latency time.Duration // waits before anything else

	BytesPerSecond      int64 // at which one request's body is read
	TotalBytesPerSecond int64 // at which the bodies of all requests hit are read

	Cut      bool  // resets the connection, nothing is done
	CutAfter int64 // after so many bytes of the body; the whole body if it is shorter

	Stall      bool  // neither reads nor answers any more; ends when the client leaves or with Close
	StallAfter int64 // for Store: after so many bytes of the body; other calls' bodies are read first

	Status     int    // answers this, nothing is done
	Body       string // with this body, for Process: the message of the failure
	RetryAfter string // and this header
	Early      bool   // without reading the request's body first

	Expire    bool // for Sign: the signature has expired already
	LoseReply bool // does the work, then resets the connection instead of answering
	CutReply  bool // does the work, then resets the connection half way through the answer

	Rewrite func([]byte) []byte // does the work, then answers what this makes of the answer's body

	Drop   bool // for Process: the item is gone from its dataset
	Forget bool // for Process: the confirmation is answered and not remembered; the item goes on waiting
}

// Quota is the fault of a team that has no storage left.
func Quota() Fault {
	return Fault{Call: Register, Status: 429, Body: `{"errors":{"code":"INSUFFICIENT_REMAINING_STORAGE"}}`}
}

// injected is a Fault with its memory.
type injected struct {
	Fault
	calls, hits int
	tries       map[string]uint64
	pace        pace
}

type faults struct {
	mu  sync.Mutex
	all []*injected
}

// Inject makes a fault happen until remove is called. Several may be in force;
// a call is hit by each of them that fits, in the order of their injection,
// and where two set the same effect the later one counts.
//
// A fault of Process is about what follows a confirmation: the item's
// processing fails, with Body as its message, unless Drop or Forget is set.
func (s *Sandbox) Inject(f Fault) (remove func()) {
	in := &injected{Fault: f, tries: map[string]uint64{}}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.all = append(s.faults.all, in)
	return func() {
		s.faults.mu.Lock()
		defer s.faults.mu.Unlock()
		s.faults.all = slices.DeleteFunc(s.faults.all, func(other *injected) bool { return other == in })
	}
}

// hit gives the faults that this call is hit by.
func (fs *faults) hit(call Call, item string) []*injected {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	var hit []*injected
	for _, in := range fs.all {
		if in.fits(call, item) && in.strikes(call, item) {
			hit = append(hit, in)
		}
	}
	return hit
}

func (in *injected) fits(call Call, item string) bool {
	switch {
	case in.Item != "" && in.Item != item:
		return false
	case in.Call == Any:
		return call != Page && call != Process
	default:
		return in.Call == call
	}
}

// strikes counts the call and says whether it is hit.
func (in *injected) strikes(call Call, item string) bool {
	in.calls++
	if in.calls <= in.After || in.Times > 0 && in.hits >= in.Times {
		return false
	}
	if in.Probability > 0 && in.draw(call, item) >= in.Probability {
		return false
	}
	in.hits++
	return true
}

// draw is a number in [0,1) that depends on nothing but the seed, the call,
// the item and how often that item was drawn for before.
func (in *injected) draw(call Call, item string) float64 {
	about := strconv.Itoa(int(call)) + "/" + item
	h := fnv.New64a()
	_, _ = h.Write([]byte(about))
	try := in.tries[about]
	in.tries[about] = try + 1
	return rand.New(rand.NewPCG(in.Seed+try*0x9e3779b97f4a7c15, h.Sum64())).Float64()
}

// merge makes one Fault of several.
func merge(hit []*injected) Fault {
	var all Fault
	for _, in := range hit {
		f := in.Fault
		all.Latency += f.Latency
		if f.Cut {
			all.Cut, all.CutAfter = true, f.CutAfter
		}
		if f.Stall {
			all.Stall, all.StallAfter = true, f.StallAfter
		}
		if f.Status != 0 {
			all.Status, all.Body, all.RetryAfter, all.Early = f.Status, f.Body, f.RetryAfter, f.Early
		}
		all.Expire = all.Expire || f.Expire
		all.LoseReply = all.LoseReply || f.LoseReply
		all.CutReply = all.CutReply || f.CutReply
		if f.Rewrite != nil {
			all.Rewrite = f.Rewrite
		}
		all.Drop = all.Drop || f.Drop
		all.Forget = all.Forget || f.Forget
	}
	return all
}
