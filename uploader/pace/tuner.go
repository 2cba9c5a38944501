package pace

import "time"

// The numbers of files at once that are chosen automatically.
const (
	Start        = 8
	MaxAutomatic = 64
	// least is where trying less ends. Fewer gain nothing on any link, and one
	// that hangs would hold up too many of the others.
	least = 4
)

// The rule. Work that arrived in a second is the goodput: bytes, and for each
// file what its requests cost in bytes, because with small files the round
// trips are the work. It is measured in rounds, in which as many files or as
// many large pieces of files arrive as there are places. The number doubles
// from round to round while that gains something; then it rests at what was
// worth it. Now and then a quarter more or a quarter less is tried, for longer
// because less is to be seen; where more gains something, it doubles again. A
// number that is not used, or a round in which something held everything back,
// proves nothing. What stalls halves the number.
const (
	fileWork  = 128 << 10 // bytes that one file's requests count for
	piece     = 128 << 10 // bytes of a large file that make a round as one file does
	minRound  = 100 * time.Millisecond
	ofTrial   = 6    // rounds that a trial takes
	climbGain = 0.3  // of what a larger number could gain at best, while it doubles
	clearGain = 0.6  // the same, that needs no second look
	probeGain = 0.4  // the same, when a quarter more is tried
	keepShare = 0.95 // of the goodput that a quarter less has to keep
	fell      = 0.6  // a goodput that fell to this share, twice, is another link
	firstRest = 500 * time.Millisecond
	topRest   = 10 * time.Second // at the largest number, when it gained something
	longRest  = 30 * time.Second
	afterHalt = 10 * time.Second // until more is tried again after a stall
	quiet     = 2 * time.Second  // stalls that come together count as one
)

type mode uint8

const (
	climbing mode = iota
	resting
	tryingMore
	tryingLess
)

// Tuner finds out how many files at once do a link good. The zero value is not
// usable; see newTuner.
type Tuner struct {
	limit int
	mode  mode
	from  int     // the number before it was changed
	worth float64 // the goodput at that number; 0: not known
	odd   int     // rounds in a row whose goodput was another
	doubt float64 // the goodput of a round that was not clear; 0: there was none

	settling bool // the round shows the number before
	began    time.Time
	units    float64
	work     float64
	full     bool // all places were taken

	less   bool // what is tried next
	next   time.Time
	rest   time.Duration
	halted time.Time
}

func newTuner() Tuner { return Tuner{limit: Start, settling: true, rest: firstRest} }

// restart climbs again from a moderate number: the link may be another one.
func (t *Tuner) restart() {
	limit := min(t.limit, Start)
	*t = newTuner()
	t.limit = max(limit, Start/2)
}

// void forgets the round that is under way: something held everything back.
func (t *Tuner) void() { t.began, t.units, t.work, t.full = time.Time{}, 0, 0, false }

// filled notes that all places are taken.
func (t *Tuner) filled() { t.full = true }

// arrived notes that bytes arrived, and perhaps with them the end of a file.
// trip is how long a short request takes.
func (t *Tuner) arrived(now time.Time, bytes int64, end bool, trip time.Duration) {
	if t.began.IsZero() {
		t.began = now
	}
	t.units += float64(bytes) / piece
	t.work += float64(bytes)
	if end {
		t.units++
		t.work += fileWork
	}
	span, units := max(minRound, 2*trip), t.limit
	switch {
	case t.settling:
		span = max(minRound, 3*trip)
	case t.mode == tryingMore || t.mode == tryingLess:
		span, units = ofTrial*span, ofTrial*units
	}
	took := now.Sub(t.began)
	if t.units < float64(units) || took < span {
		return
	}
	goodput, full := t.work/took.Seconds(), t.full
	t.void()
	t.began = now
	if t.settling {
		t.settling = false
		return
	}
	t.judge(now, goodput, full)
}

func (t *Tuner) judge(now time.Time, goodput float64, full bool) {
	switch t.mode {
	case climbing:
		if full {
			t.climb(now, goodput)
		}
	case resting:
		if full {
			t.stay(now, goodput)
		}
	case tryingMore:
		if !full || !t.gained(goodput, probeGain) {
			t.reject(now)
			return
		}
		if goodput = t.again(goodput); goodput > 0 && t.gained(goodput, probeGain) {
			t.mode, t.worth = climbing, goodput
			t.set(min(2*t.limit, MaxAutomatic))
		} else if goodput > 0 {
			t.reject(now)
		}
	case tryingLess:
		if goodput < t.worth*keepShare {
			t.reject(now)
			return
		}
		t.worth = max(goodput, t.worth*0.99) // so that it does not drift down unseen
		t.settle(now, t.limit, firstRest)
	}
}

// gained says whether the larger number gained a share of what it could.
func (t *Tuner) gained(goodput, share float64) bool {
	return t.worth == 0 || goodput >= t.worth*(1+share*(float64(t.limit)/float64(t.from)-1))
}

func (t *Tuner) climb(now time.Time, goodput float64) {
	if !t.gained(goodput, clearGain) {
		if goodput = t.again(goodput); goodput == 0 {
			return
		}
	}
	gained := t.gained(goodput, climbGain)
	t.doubt = 0
	if gained && t.limit < MaxAutomatic {
		t.worth = goodput
		t.set(min(2*t.limit, MaxAutomatic))
		return
	}
	n := t.limit
	if !gained { // as much more as it gained
		n = min(n, int(float64(t.from)*max(1, goodput/t.worth)))
	}
	t.worth = max(goodput, t.worth)
	t.less = true // it has been higher
	rest := firstRest
	if gained {
		rest = topRest
	}
	t.settle(now, n, rest)
}

// again asks for a second look at a goodput: 0 the first time, and then the
// mean of both. Files that are sent together arrive together, and a round may
// have seen one such burst too many.
func (t *Tuner) again(goodput float64) float64 {
	if t.doubt == 0 {
		t.doubt = goodput
		return 0
	}
	mean := (goodput + t.doubt) / 2
	t.doubt = 0
	return mean
}

// stay follows slow changes, and tries something now and then.
func (t *Tuner) stay(now time.Time, goodput float64) {
	switch {
	case t.worth == 0:
		t.worth = goodput
	case goodput < fell*t.worth || goodput*fell > t.worth:
		if t.odd++; t.odd < 2 {
			return
		}
		if goodput < t.worth {
			t.settle(now, min(t.limit, max(least, t.limit*3/4)), firstRest)
		} else {
			t.less, t.next, t.rest = false, now, firstRest
		}
		t.worth, t.odd = goodput, 0
		return
	default:
		t.worth += 0.3 * (goodput - t.worth)
	}
	t.odd = 0
	if now.Before(t.next) {
		return
	}
	step := max(1, t.limit/4)
	switch {
	case t.less && t.limit > least:
		t.set(max(least, t.limit-step))
		t.mode = tryingLess
	case t.limit < MaxAutomatic:
		t.set(min(t.limit+step, MaxAutomatic))
		t.mode = tryingMore
	default:
		t.less, t.next = true, now.Add(t.rest)
	}
}

// reject ends a trial that was no good: the other direction is due after a
// longer rest.
func (t *Tuner) reject(now time.Time) {
	t.less, t.doubt = !t.less, 0
	t.settle(now, t.from, min(2*t.rest, longRest))
}

// set changes the number.
func (t *Tuner) set(n int) {
	t.from, t.limit = t.limit, n
	t.settling = true
	t.void()
}

// settle rests at a number for so long.
func (t *Tuner) settle(now time.Time, n int, rest time.Duration) {
	if n != t.limit {
		t.set(n)
	}
	t.mode, t.next, t.rest = resting, now.Add(rest), rest
}

// stalled halves the number.
func (t *Tuner) stalled(now time.Time) {
	if !t.halted.IsZero() && now.Sub(t.halted) < quiet {
		return
	}
	t.halted = now
	t.less, t.worth, t.doubt = false, 0, 0
	t.settle(now, min(t.limit, max(least/2, t.limit/2)), afterHalt)
}
