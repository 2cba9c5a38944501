package history

import (
	"time"

	"darwin-uploader/gui/lang"
)

// dayName is the heading under which an upload that began at t is listed:
// Today, Yesterday, the weekday, Last week, or its month.
func dayName(t, now time.Time) string {
	switch days := daysBetween(t, now); {
	case days <= 0:
		return lang.L("Today")
	case days == 1:
		return lang.L("Yesterday")
	case days < 7:
		return lang.Weekday(t)
	case days < 14:
		return lang.L("Last week")
	default:
		return lang.Month(t)
	}
}

// clockOrDate is how the row of an upload says when: the time as long as the
// heading names the day, else the day.
func clockOrDate(t, now time.Time) string {
	if daysBetween(t, now) < 7 {
		return lang.Clock(t)
	}
	return lang.Day(t)
}

// span is when an upload ran: "Yesterday, 16:35 to 16:40".
func span(from, to, now time.Time) string {
	switch same := daysBetween(from, to) == 0; {
	case to.Before(from), same && lang.Clock(to) == lang.Clock(from):
		return lang.L("%s, %s", day(from, now), lang.Clock(from))
	case same:
		return lang.L("%s, %s to %s", day(from, now), lang.Clock(from), lang.Clock(to))
	default:
		return lang.L("%s, %s to %s, %s", day(from, now), lang.Clock(from), day(to, now), lang.Clock(to))
	}
}

// day names the day of t as a person would on the day of now.
func day(t, now time.Time) string {
	switch days := daysBetween(t, now); {
	case days < 7:
		return dayName(t, now)
	case t.Year() == now.Year():
		return lang.Day(t)
	default:
		return lang.Date(t)
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
