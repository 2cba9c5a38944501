package darwin

import (
	"net/http"
	"time"
)

// serverClock is what Darwin's clock showed, and when that was here.
type serverClock struct{ shown, here time.Time }

// hear keeps the Date of an answer. HTTP gives it in whole seconds, cut off,
// so Darwin's clock is up to a second (and the answer's way) ahead of it.
func (c *Client) hear(h http.Header) {
	shown, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clock = serverClock{shown, c.now()}
}

// Now is what Darwin's own clock shows, to about a second, reckoned from the
// Date of its latest answer; false as long as no answer had one. This
// computer's clock may be hours off, its reading counts only for how long ago
// that answer was. While a computer sleeps, one of its two clocks stands still;
// the one that counted more is taken, so that the result errs to the late side.
func (c *Client) Now() (time.Time, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.clock.shown.IsZero() {
		return time.Time{}, false
	}
	now := c.now()
	running := now.Sub(c.clock.here)
	wall := now.Round(0).Sub(c.clock.here.Round(0))
	return c.clock.shown.Add(max(running, wall)), true
}
