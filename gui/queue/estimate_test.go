package queue

import (
	"math/rand/v2"
	"testing"
	"time"

	"darwin-uploader/uploader"
)

// work is a batch whose files each cost a time and so many bytes a second, sent one after the other.
type work struct {
	sizes []int64
	cost  time.Duration // of each file
	speed func(at time.Duration) float64
}

func steadily(bytesPerSecond float64) func(time.Duration) float64 {
	return func(time.Duration) float64 { return bytesPerSecond }
}

func sizes(n int, size int64) []int64 {
	all := make([]int64, n)
	for i := range all {
		all[i] = size
	}
	return all
}

// said is what the window says at a moment of a batch, and what was true.
type said struct{ at, left, truth time.Duration }

// run sends the work, looking ten times a second, as the window does.
func (w work) run() []said {
	const look = 100 * time.Millisecond
	var e estimate
	var all []said
	s := uploader.Snapshot{Files: len(w.sizes)}
	for _, size := range w.sizes {
		s.Bytes += size
	}
	var wire []int64 // at each look
	next, rest, wait := 0, int64(0), time.Duration(0)
	for next < len(w.sizes) || rest > 0 {
		s.Elapsed += look
		budget := look
		for budget > 0 && (rest > 0 || wait > 0 || next < len(w.sizes)) {
			switch {
			case wait > 0:
				step := min(wait, budget)
				wait, budget = wait-step, budget-step
				if wait == 0 && rest == 0 {
					s.Counts[uploader.InDarwin]++
				}
			case rest > 0:
				bytes := min(rest, max(1, int64(w.speed(s.Elapsed)*budget.Seconds())))
				rest, s.Sent = rest-bytes, s.Sent+bytes
				budget -= time.Duration(float64(bytes) / w.speed(s.Elapsed) * float64(time.Second))
				if rest == 0 {
					wait = max(w.cost, time.Microsecond)
				}
			default:
				rest, next = w.sizes[next], next+1
			}
		}
		wire = append(wire, s.Sent)
		s.Speed = 0
		if back := min(len(wire)-1, 80); back >= 10 {
			s.Speed = float64(wire[len(wire)-1]-wire[len(wire)-1-back]) / (time.Duration(back) * look).Seconds()
		}
		all = append(all, said{at: s.Elapsed, left: e.left(s)})
	}
	for i := range all {
		all[i].truth = s.Elapsed - all[i].at
	}
	return all
}

func TestTheTimeLeftIsSaidOnlyOnceItIsSteadyAndThenHolds(t *testing.T) {
	mixed := append(sizes(300, 40_000), sizes(300, 60_000_000)...)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	wavering := rand.New(rand.NewPCG(3, 4))
	for name, c := range map[string]struct {
		w      work
		within time.Duration // from the start on until a time is said
		right  float64       // how far off the truth it may be
	}{
		"files of one size":  {work{sizes(400, 12_000_000), 50 * time.Millisecond, steadily(10e6)}, 15 * time.Second, 1.3},
		"one large file":     {work{sizes(1, 2_000_000_000), time.Second, steadily(5e6)}, 15 * time.Second, 1.2},
		"many tiny files":    {work{sizes(5000, 30_000), 40 * time.Millisecond, steadily(20e6)}, 15 * time.Second, 1.3},
		"mixed all the time": {work{mixed, 60 * time.Millisecond, steadily(40e6)}, 90 * time.Second, 2},
		"tiny before large":  {work{append(sizes(500, 20_000), sizes(200, 80_000_000)...), 60 * time.Millisecond, steadily(40e6)}, 70 * time.Second, 1.5},
		"a line that wavers": {work{sizes(400, 12_000_000), 0, func(time.Duration) float64 { return 10e6 * (0.7 + 0.6*wavering.Float64()) }}, 15 * time.Second, 1.3},
		"a line that slows": {work{sizes(600, 12_000_000), 0, func(at time.Duration) float64 {
			if at > 3*time.Minute {
				return 4e6
			}
			return 12e6
		}}, 15 * time.Second, 5},
	} {
		t.Run(name, func(t *testing.T) {
			first, before := time.Duration(-1), said{}
			for _, now := range c.w.run() {
				if now.left == 0 {
					before = now
					continue
				}
				if first < 0 {
					first = now.at
				}
				if far(now.left.Seconds()+30, now.truth.Seconds()+30, c.right) {
					t.Fatalf("after %v it says %v, and it is %v", now.at, now.left, now.truth)
				}
				if jump := before.left - now.left; before.left > 0 && (jump > before.left/8+5*time.Second || -jump > before.left/8+5*time.Second) {
					t.Fatalf("after %v it jumps from %v to %v", now.at, before.left, now.left)
				}
				before = now
			}
			if first < 0 || first > c.within {
				t.Errorf("a time is said after %v, want it within %v", first, c.within)
			}
			t.Logf("first after %v", first)
		})
	}
}

func TestNoTimeIsSaidWhereNothingIsSent(t *testing.T) {
	var e estimate
	s := uploader.Snapshot{Files: 100, Bytes: 1e9, Speed: 1e6}
	step := func(change func(*uploader.Snapshot)) time.Duration {
		s.Elapsed, s.Sent = s.Elapsed+500*time.Millisecond, s.Sent+500_000
		change(&s)
		return e.left(s)
	}
	plain := func(*uploader.Snapshot) {}
	for range 40 {
		step(plain)
	}
	if left := step(plain); left < 10*time.Minute || left > 20*time.Minute {
		t.Fatalf("it says %v of about 16 minutes", left)
	}
	for range 6 { // a moment without bytes is no other time
		if left := step(func(s *uploader.Snapshot) { s.Speed = 0 }); left < 10*time.Minute {
			t.Fatalf("without speed for a moment it says %v", left)
		}
	}
	if left := step(func(s *uploader.Snapshot) { s.Paused = true }); left != 0 {
		t.Errorf("paused it says %v", left)
	}
	if left := step(func(s *uploader.Snapshot) { s.Paused, s.Speed = false, 1e6 }); left != 0 {
		t.Errorf("as soon as it goes on it says %v", left)
	}
	for range 40 {
		step(plain)
	}
	s.Elapsed = 0 // another batch
	if left := step(plain); left != 0 {
		t.Errorf("of another batch it says %v at once", left)
	}
}
