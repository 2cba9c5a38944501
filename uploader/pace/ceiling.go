package pace

import "time"

// A server that takes so many requests at once and refuses more is told from
// one that refuses any now and then: there, refusals follow from how many are
// under way. So the latest answers are kept, each with how many were under way
// when its request left; if several were refused, and most of those that left
// with as many or more under way, that number is a ceiling. It is remembered,
// and tried again gently: a little more, after pauses that double.
const (
	kept      = 32 // answers
	several   = 4
	firstHold = 4 * time.Second
	longHold  = time.Minute
	trial     = time.Second // how long a little more is tried until yet more is
	maxStep   = 8
)

// ceiling is what one server, or all of them together, takes at once. The zero
// value knows of none.
type ceiling struct {
	level int // 0: none known
	until time.Time
	hold  time.Duration
	step  int

	answers [kept]answer
	last    int
}

type answer struct {
	level   int // 0: no answer
	refused bool
}

func (c *ceiling) note(level int, refused bool) {
	c.last = (c.last + 1) % kept
	c.answers[c.last] = answer{level, refused}
}

// took notes that a request was taken that left as the level-th under way.
func (c *ceiling) took(level int) { c.note(level, false) }

// refused notes that one was not, and says whether it is because of how many
// were under way.
func (c *ceiling) refused(now time.Time, level int) bool {
	c.note(level, true)
	if c.level != 0 && level > c.level+1 {
		return true // it left before the ceiling was known
	}
	lowest := c.guilty()
	if lowest == 0 {
		return false
	}
	if c.hold == 0 {
		c.hold = firstHold
	} else {
		c.hold = min(2*c.hold, longHold)
	}
	c.level, c.step, c.until = max(1, lowest-1), 1, now.Add(c.hold)
	c.answers = [kept]answer{}
	return true
}

// guilty is the lowest number under way from which on most are refused, 0 if
// that cannot be told.
func (c *ceiling) guilty() (lowest int) {
	for _, from := range c.answers {
		if !from.refused || lowest != 0 && from.level >= lowest {
			continue
		}
		all, refused := 0, 0
		for _, a := range c.answers {
			if a.level >= from.level {
				all++
				if a.refused {
					refused++
				}
			}
		}
		if refused >= several && 2*refused > all {
			lowest = from.level
		}
	}
	return lowest
}

// wanted tries a little more when the time for it has come: somebody waits.
func (c *ceiling) wanted(now time.Time) {
	if c.level == 0 || now.Before(c.until) {
		return
	}
	c.level += c.step
	c.step = min(2*c.step, maxStep)
	c.until = now.Add(trial)
	c.answers = [kept]answer{}
	if c.level > 2*MaxAutomatic {
		*c = ceiling{}
	}
}

// bound is the most at once, n if nothing lower is known.
func (c *ceiling) bound(n int) int {
	if c.level == 0 {
		return n
	}
	return min(n, c.level)
}
