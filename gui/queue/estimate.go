package queue

import (
	"math"
	"time"

	"darwin-uploader/uploader"
)

// estimate works out how long a batch still takes. Bytes by the speed of the moment mislead where sizes are mixed: while small files
// go, which cost a request each and few bytes, the large ones behind them seem to take days. So it counts in files, too: what is left
// takes at least the less and at most the more of the two, if each file and each byte has its cost. It says nothing as long as they
// are far apart or the end moves about, and then follows slowly, so that what is shown does not jump.
//
// Its clock is Snapshot.Elapsed. The zero value is ready for a batch.
type estimate struct {
	seen  []glance
	ends  []prospect // that were expected lately
	end   time.Duration
	known bool
	files int
	last  time.Duration // when the end was worked out
	apart time.Duration // since when what is expected is far from end, 0 while it is not
}

// glance is how far a batch was at a moment.
type glance struct {
	at      time.Duration
	arrived int
	speed   float64
}

// prospect is an end that was expected at a moment.
type prospect struct{ at, end time.Duration }

const (
	estimateStep = 500 * time.Millisecond
	estimateSpan = 30 * time.Second // of what is averaged
	steadyFor    = 6 * time.Second  // the end has to stand still that long before it is said
	forgetAfter  = 15 * time.Second // without any speed
	calm         = 12 * time.Second // in which most of the way to another end is gone
	fewFiles     = 4                // fewer say nothing about the next
	alike        = 2.2              // how far the two counts may be apart
	astray       = 2.5              // how far the end may be from what is expected
)

// left is how long it takes from this snapshot on, 0 while that is not known.
func (e *estimate) left(s uploader.Snapshot) time.Duration {
	now := s.Elapsed
	if n := len(e.seen); n > 0 && (now < e.seen[n-1].at || now-e.seen[n-1].at > forgetAfter) || s.Paused || s.Waiting != nil || !s.Opens.IsZero() {
		*e = estimate{}
	}
	if s.Speed <= 0 || s.Paused {
		return e.rest(now)
	}
	if n := len(e.seen); n > 0 && now-e.seen[n-1].at < estimateStep {
		return e.rest(now)
	}
	e.seen = append(e.seen, glance{now, s.Counts[uploader.InDarwin], s.Speed})
	for len(e.seen) > 2 && now-e.seen[0].at > estimateSpan {
		e.seen = e.seen[1:]
	}
	expected, ok := e.expect(s)
	if !ok {
		e.ends, e.known = nil, false
		return 0
	}
	e.follow(now, expected, s.Files)
	return e.rest(now)
}

// expect is how long the rest takes by what was seen lately, if that can be told.
func (e *estimate) expect(s uploader.Snapshot) (time.Duration, bool) {
	speed := 0.0
	for _, g := range e.seen {
		speed += g.speed / float64(len(e.seen))
	}
	left := float64(s.Bytes-s.Sent) / speed
	first, latest := e.seen[0], e.seen[len(e.seen)-1]
	if arrived, files := latest.arrived-first.arrived, s.Files-s.Counts.Final(); arrived >= fewFiles && files > 0 {
		byFiles := float64(files) * (latest.at - first.at).Seconds() / float64(arrived)
		if far(left, byFiles, alike) {
			return 0, false
		}
		left = math.Sqrt(left * byFiles)
	}
	if left > (1000 * time.Hour).Seconds() {
		return 0, false
	}
	return time.Duration(left * float64(time.Second)), true
}

func far(a, b, times float64) bool { return max(a, b) > min(a, b)*times }

// follow takes in that the batch is expected to take so long from now on.
func (e *estimate) follow(now, expected time.Duration, files int) {
	end := now + expected
	e.ends = append(e.ends, prospect{now, end})
	for now-e.ends[0].at > steadyFor {
		e.ends = e.ends[1:]
	}
	added := files != e.files
	e.files = files
	passed := now - e.last
	e.last = now
	switch {
	case !e.known:
		e.known = now-e.seen[0].at >= steadyFor && e.steady(expected)
		e.end, e.apart = end, 0
	case added:
		e.end = end
	default:
		e.end += time.Duration(float64(end-e.end) * (1 - math.Exp(-float64(passed)/float64(calm))))
		e.astray(now, expected)
	}
}

// astray forgets an end that was far from what is expected for some time: that is another batch than it seemed.
func (e *estimate) astray(now, expected time.Duration) {
	const little = 90 * time.Second // nobody minds
	rest := e.end - now
	switch {
	case expected < little && rest < little, !far(max(rest.Seconds(), 1), max(expected.Seconds(), 1), astray):
		e.apart = 0
	case e.apart == 0:
		e.apart = now
	case now-e.apart > steadyFor:
		e.known, e.apart = false, 0
		e.ends = e.ends[:0]
	}
}

// steady says whether the end has stood nearly still.
func (e *estimate) steady(expected time.Duration) bool {
	least, most := e.ends[0].end, e.ends[0].end
	for _, p := range e.ends {
		least, most = min(least, p.end), max(most, p.end)
	}
	long := e.ends[len(e.ends)-1].at-e.ends[0].at >= steadyFor-2*estimateStep
	return long && most-least <= max(20*time.Second, expected*3/10)
}

// rest is the time until the end. A batch that takes longer than was said is always about to end.
func (e *estimate) rest(now time.Duration) time.Duration {
	if !e.known {
		return 0
	}
	return max(e.end-now, time.Second)
}
