package history

import "time"

// dayName is the heading under which an upload that began at t is listed:
// Today, Yesterday, the weekday, Last week, or its month.
func dayName(t, now time.Time) string {
	switch days := daysBetween(t, now); {
	case days <= 0:
		return "Today"
	case days == 1:
		return "Yesterday"
	case days < 7:
		return t.Format("Monday")
	case days < 14:
		return "Last week"
	default:
		return t.Format("January 2006")
	}
}

// clockOrDate is how the row of an upload says when: the time as long as the
// heading names the day, else the day.
func clockOrDate(t, now time.Time) string {
	if daysBetween(t, now) < 7 {
		return t.Format("15:04")
	}
	return t.Format("2 January")
}

// span is when an upload ran: "Yesterday, 16:35 to 16:40".
func span(from, to, now time.Time) string {
	const clock = "15:04"
	start := day(from, now) + ", " + from.Format(clock)
	switch {
	case to.Before(from), to.Format(clock) == from.Format(clock) && daysBetween(from, to) == 0:
		return start
	case daysBetween(from, to) == 0:
		return start + " to " + to.Format(clock)
	default:
		return start + " to " + day(to, now) + ", " + to.Format(clock)
	}
}

// day names the day of t as a person would on the day of now.
func day(t, now time.Time) string {
	switch days := daysBetween(t, now); {
	case days < 7:
		return dayName(t, now)
	case t.Year() == now.Year():
		return t.Format("2 January")
	default:
		return t.Format("2 January 2006")
	}
}

// daysBetween counts midnights between two moments, by the calendar of their
// places: a day on which the clocks change is a day too.
func daysBetween(from, to time.Time) int {
	return int(date(to).Sub(date(from)) / (24 * time.Hour))
}

func date(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
