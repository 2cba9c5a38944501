package pace

import "time"

// Hours are the times of the day at which files are sent, by the clock on the
// wall: since midnight, in whole minutes, From included and Until not. With Until before From
// they go over midnight. Equal ones, such as those of the zero value, are the
// whole day.
type Hours struct{ From, Until time.Duration }

const day = 24 * time.Hour

// Open says whether t lies within the hours, by the clock of t's zone.
func (h Hours) Open(t time.Time) bool {
	from, until := h.From%day, h.Until%day
	hour, minute, _ := t.Clock()
	now := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
	switch {
	case from == until:
		return true
	case from < until:
		return from <= now && now < until
	default:
		return from <= now || now < until
	}
}

// Opens is when the hours begin next after t, zero if t lies within them. Where
// clocks are put forward over the time of From, they begin as soon as the clock
// on the wall is past it.
func (h Hours) Opens(t time.Time) time.Time {
	if h.Open(t) {
		return time.Time{}
	}
	return h.turn(t, h.From, true)
}

// Closes is when the hours end next after t, zero if t lies outside them or if
// they are the whole day.
func (h Hours) Closes(t time.Time) time.Time {
	if h.From%day == h.Until%day || !h.Open(t) {
		return time.Time{}
	}
	return h.turn(t, h.Until, false)
}

// turn is the first minute after t in which the hours are open, or not. It lies
// near the time of the day at; but where clocks are put forward or back, that
// time is there not at all or twice, so the hours around it are looked at.
func (h Hours) turn(t time.Time, at time.Duration, open bool) time.Time {
	const around = 3 * time.Hour
	year, month, date := t.Date()
	for days := range 3 {
		guess := time.Date(year, month, date+days, 0, int(at%day/time.Minute), 0, 0, t.Location())
		for m := guess.Add(-around); !m.After(guess.Add(around)); m = m.Add(time.Minute) {
			if m.After(t) && h.Open(m) == open {
				return m
			}
		}
	}
	return time.Time{}
}
