package uploader

import (
	"testing"
	"time"
)

func TestSpeedFollowsTheLastSecondsHoweverOftenItIsAsked(t *testing.T) {
	for _, every := range []time.Duration{10 * time.Millisecond, 100 * time.Millisecond, 900 * time.Millisecond} {
		var m meter
		start := time.Unix(0, 0)
		var at time.Duration
		total := int64(0)
		got := 0.0
		run := func(span time.Duration, perSecond float64) {
			for end := at + span; at < end; at += every {
				total += int64(perSecond * every.Seconds())
				got = m.speed(start.Add(at), total)
			}
		}
		run(time.Second/2, 1e6)
		if got != 0 {
			t.Errorf("asked every %v: a speed of %.0f after half a second", every, got)
		}
		run(20*time.Second, 1e6)
		if got < 0.95e6 || got > 1.05e6 {
			t.Errorf("asked every %v: %.0f bytes per second, want 1 MB", every, got)
		}
		run(12*time.Second, 0)
		if got != 0 {
			t.Errorf("asked every %v: still %.0f bytes per second 12 s after the last byte", every, got)
		}
		if len(m.samples) > 40 {
			t.Errorf("it keeps %d samples", len(m.samples))
		}
	}
}
