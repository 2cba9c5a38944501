package pace

import "time"

// A server that takes so many requests at once and refuses more is told from
// one that now and then refuses any: there, refusals follow from how many were
// under way. So for each number under way the share of refusals is kept, and
// one is a ceiling only if that share is high and no higher number is known to
// do. A ceiling is remembered, and tried again gently: one more at a time,
// after pauses that double.
const (
	weight   = 0.1 // of the latest answer in a share
	unknown  = 0.3 // the share where nothing is known: the first refusal counts
	tooMuch  = 0.3
	little   = 0.15 // a number that is refused no more often than this does
	levels   = 256
	firstLid = 4 * time.Second
	longLid  = time.Minute
	trial    = time.Second // how long one more is tried until yet one more is
)

// ceiling is what one server, or all of them together, takes at once.
type ceiling struct {
	level int // 0: none known
	until time.Time
	hold  time.Duration
	step  int
	share [levels + 1]float64 // of refusals, plus one; 0: nothing known
}

func (c *ceiling) at(level int) *float64 {
	s := &c.share[min(max(level, 0), levels)]
	if *s == 0 {
		*s = 1 + unknown
	}
	return s
}

// took notes that a request was taken while level were under way, itself
// included.
func (c *ceiling) took(level int) {
	s := c.at(level)
	*s = 1 + (*s-1)*(1-weight)
}

// refused notes that one was not, and says whether the number is to blame.
func (c *ceiling) refused(now time.Time, level int) bool {
	s := c.at(level)
	*s = 1 + (*s-1)*(1-weight) + weight
	if *s-1 < tooMuch {
		return false
	}
	for _, higher := range c.share[min(level, levels)+1:] {
		if higher > 0 && higher-1 <= little {
			return false
		}
	}
	lower := max(1, level-1)
	if c.level != 0 && lower > c.level {
		return true // it left before the ceiling was known
	}
	if c.hold == 0 {
		c.hold = firstLid
	} else if lower < c.level {
		c.hold = min(2*c.hold, longLid)
	}
	c.level, c.step, c.until = lower, 1, now.Add(c.hold)
	return true
}

// wanted tries a little more when the time for it has come and somebody waits.
func (c *ceiling) wanted(now time.Time) {
	if c.level == 0 || now.Before(c.until) {
		return
	}
	c.level += c.step
	c.step = min(2*c.step, 8)
	c.until = now.Add(trial)
	if c.level >= MaxAutomatic {
		*c = ceiling{}
		return
	}
	for i := c.level; i <= levels; i++ {
		c.share[i] = 0
	}
}

// bound is the most at once, n if nothing lower is known.
func (c *ceiling) bound(n int) int {
	if c.level == 0 {
		return n
	}
	return min(n, c.level)
}
