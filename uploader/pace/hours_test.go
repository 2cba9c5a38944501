package pace

import (
	"testing"
	"time"
	_ "time/tzdata" // the machine need not know Berlin
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	when, err := time.ParseInLocation("2006-01-02 15:04:05", text, berlin)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func hm(hour, minute int) time.Duration {
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
}

func TestHoursAreThoseOfTheClockOnTheWall(t *testing.T) {
	night, office := Hours{hm(19, 0), hm(7, 0)}, Hours{hm(9, 0), hm(17, 30)}
	for _, c := range []struct {
		hours         Hours
		now           string
		opens, closes string
	}{
		{night, "2026-05-04 18:59:59", "2026-05-04 19:00:00", ""},
		{night, "2026-05-04 19:00:00", "", "2026-05-05 07:00:00"},
		{night, "2026-05-05 00:00:00", "", "2026-05-05 07:00:00"},
		{night, "2026-05-05 06:59:59", "", "2026-05-05 07:00:00"},
		{night, "2026-05-05 07:00:00", "2026-05-05 19:00:00", ""},
		{office, "2026-05-04 08:00:00", "2026-05-04 09:00:00", ""},
		{office, "2026-05-04 17:29:59", "", "2026-05-04 17:30:00"},
		{office, "2026-12-31 18:00:00", "2027-01-01 09:00:00", ""},
		{Hours{}, "2026-05-04 12:00:00", "", ""},
		{Hours{hm(8, 0), hm(8, 0)}, "2026-05-04 12:00:00", "", ""},
		{Hours{hm(0, 0), hm(24, 0)}, "2026-05-04 12:00:00", "", ""},
		// The clocks go forward from 2:00 to 3:00, and back from 3:00 to 2:00.
		{night, "2026-03-28 18:00:00", "2026-03-28 19:00:00", ""},
		{night, "2026-03-28 20:00:00", "", "2026-03-29 07:00:00"},
		{night, "2026-10-24 20:00:00", "", "2026-10-25 07:00:00"},
		{Hours{hm(2, 30), hm(5, 0)}, "2026-03-29 01:00:00", "2026-03-29 03:00:00", ""},
		{Hours{hm(2, 15), hm(2, 45)}, "2026-03-29 01:00:00", "2026-03-30 02:15:00", ""},
		{Hours{hm(2, 30), hm(5, 0)}, "2026-10-25 01:00:00", "2026-10-25 02:30:00", ""},
		{Hours{hm(22, 0), hm(2, 30)}, "2026-03-28 23:00:00", "", "2026-03-29 03:00:00"},
	} {
		now := at(t, c.now)
		for name, of := range map[string]struct {
			want string
			got  time.Time
		}{"open": {c.opens, c.hours.Opens(now)}, "close": {c.closes, c.hours.Closes(now)}} {
			got := ""
			if !of.got.IsZero() {
				got = of.got.Format(time.DateTime)
			}
			if got != of.want {
				t.Errorf("at %s the hours %v %s at %q, want %q", c.now, c.hours, name, got, of.want)
			}
		}
		if c.hours.Open(now) != (c.opens == "") {
			t.Errorf("at %s the hours %v are open: %v", c.now, c.hours, c.hours.Open(now))
		}
	}
}

func FuzzWhenTheHoursTurnTheyHaveTurned(f *testing.F) {
	f.Add(int64(1_774_745_000), 150, 300)
	f.Add(int64(1_792_900_000), 1320, 150)
	f.Add(int64(0), 0, 1)
	f.Fuzz(func(t *testing.T, unix int64, from, until int) {
		now := time.Unix(unix%(1<<33), 0).In(at(t, "2026-01-01 00:00:00").Location())
		h := Hours{time.Duration(from&0xfff) * time.Minute, time.Duration(until&0xfff) * time.Minute}
		opens, closes := h.Opens(now), h.Closes(now)
		switch {
		case h.Open(now) && !opens.IsZero(), !h.Open(now) && !closes.IsZero():
			t.Fatalf("%v at %v: opens %v, closes %v", h, now, opens, closes)
		case !opens.IsZero() && (!h.Open(opens) || !opens.After(now) || opens.Sub(now) > 49*time.Hour):
			t.Fatalf("%v at %v: opens %v", h, now, opens)
		case !closes.IsZero() && (h.Open(closes) || !closes.After(now) || closes.Sub(now) > 49*time.Hour):
			t.Fatalf("%v at %v: closes %v", h, now, closes)
		}
	})
}
