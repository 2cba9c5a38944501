package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"darwin-uploader/uploader"
)

// fakeBatch has sent one more file each time it is looked at.
type fakeBatch struct {
	snapshot uploader.Snapshot
	looks    int
	done     chan struct{}
	finished bool
	stopped  bool
}

func (b *fakeBatch) Finish() { b.finished = true }
func (b *fakeBatch) Stop()   { b.stopped = true }

func (b *fakeBatch) Done() <-chan struct{} { return b.done }

func (b *fakeBatch) Snapshot() uploader.Snapshot {
	b.looks++
	b.snapshot.Counts[uploader.InDarwin]++
	return b.snapshot
}

func TestOneLineIsPaintedOverUntilTheBatchEndsAndThenIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var screen bytes.Buffer
		b := &fakeBatch{snapshot: uploader.Snapshot{Files: 10, Bytes: 5e6}, done: make(chan struct{})}
		go func() {
			time.Sleep(4*repaint + repaint/2)
			close(b.done)
		}()
		Env{Stderr: &screen, Columns: func() int { return 80 }}.watch(b)
		if b.looks != 5 {
			t.Errorf("the batch was looked at %d times, want 5", b.looks)
		}
		got := screen.String()
		if strings.Contains(got, "\n") {
			t.Errorf("the line moves on: %q", got)
		}
		if !strings.Contains(got, "\r1 of 10 sent, 0 B of 5.0 MB\r2 of 10 sent") {
			t.Errorf("it paints %q", got)
		}
		if last := got[strings.LastIndex(strings.TrimSuffix(got, "\r"), "\r"):]; strings.TrimSpace(last) != "" || len(last) < 25 {
			t.Errorf("the line is not wiped: it ends with %q", last)
		}
	})
}

func TestAShorterLineLeavesNothingOfALongerOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var screen bytes.Buffer
		b := &fakeBatch{snapshot: uploader.Snapshot{Files: 1000, Speed: 1e6}, done: make(chan struct{})}
		widths := []int{80, 20}
		go func() {
			time.Sleep(repaint + repaint/2)
			close(b.done)
		}()
		Env{Stderr: &screen, Columns: func() int {
			w := widths[0]
			widths = append(widths[1:], w)
			return w
		}}.watch(b)
		lines := strings.Split(screen.String(), "\r")
		if len(lines) < 3 || len(lines[2]) != len(lines[1]) {
			t.Errorf("it paints %q", lines)
		}
	})
}

func TestWithoutATerminalNothingIsPainted(t *testing.T) {
	b := &fakeBatch{done: make(chan struct{})}
	close(b.done)
	var screen bytes.Buffer
	Env{Stderr: &screen}.watch(b)
	if screen.Len() > 0 {
		t.Errorf("it paints %q after %d looks", screen.String(), b.looks)
	}
}

func TestTheLineSaysTheMostImportantThatFits(t *testing.T) {
	s := uploader.Snapshot{
		Files: 10_000, Bytes: 20e9, Sent: 5e9, Speed: 12e6, Left: 21 * time.Minute, Elapsed: time.Minute,
		Counts: uploader.Counts{uploader.InDarwin: 2500, uploader.Skipped: 3, uploader.Failed: 1},
	}
	for columns, want := range map[int]string{
		200: "2,500 of 10,000 sent, 5.0 GB of 20 GB, 4 left out, about 21 min left, 12 MB per second",
		80:  "2,500 of 10,000 sent, 5.0 GB of 20 GB, 4 left out, about 21 min left",
		68:  "2,500 of 10,000 sent, 5.0 GB of 20 GB, 4 left out",
		30:  "2,500 of 10,000 sent",
		10:  "",
	} {
		if got := progressLine(s, columns); got != want {
			t.Errorf("in %d columns it says %q, want %q", columns, got, want)
		}
	}
	s.Elapsed = 5 * time.Second
	if got := progressLine(s, 200); strings.Contains(got, "left,") || strings.Contains(got, "min left") {
		t.Errorf("it guesses the time left too early: %q", got)
	}
}

func TestTimeLeftIsRounded(t *testing.T) {
	for d, want := range map[time.Duration]string{
		time.Second: "less than a minute left", 89 * time.Second: "about 1 min left",
		89 * time.Minute: "about 89 min left", 100 * time.Minute: "about 2 h left",
	} {
		if got := timeLeft(d); got != want {
			t.Errorf("timeLeft(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestWithoutATerminalOneOutageIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var said bytes.Buffer
		b := &fakeBatch{done: make(chan struct{})}
		b.snapshot.Waiting = &uploader.Waiting{Since: time.Now()}
		go func() {
			time.Sleep(5 * repaint)
			close(b.done)
		}()
		Env{Stderr: &said}.watch(b)
		if n := strings.Count(said.String(), "There has been no network since"); n != 1 {
			t.Errorf("it says %q", said.String())
		}
	})
}

func TestTheLineSaysThatItWaitsForTheNetwork(t *testing.T) {
	s := uploader.Snapshot{Files: 2, Bytes: 10, Waiting: &uploader.Waiting{}}
	if got := progressLine(s, 80); got != "0 of 2 sent, 0 B of 10 B, waiting for the network" {
		t.Errorf("it says %q", got)
	}
}

func TestOutsideTheHoursItSaysUntilWhen(t *testing.T) {
	opens := time.Date(2026, 5, 4, 19, 0, 0, 0, time.Local)
	s := uploader.Snapshot{Files: 2, Bytes: 10, Opens: opens}
	if got := progressLine(s, 80); got != "0 of 2 sent, 0 B of 10 B, waiting until 19:00" {
		t.Errorf("it says %q", got)
	}
}

func TestAskedToEndSoonItFinishesWhatIsOnItsWayAndSaysSoOnce(t *testing.T) {
	for name, columns := range map[string]func() int{"on a terminal": func() int { return 80 }, "in a file": nil} {
		for n, want := range map[int]string{
			0: "", 1: "Finishing the 1 file on its way. Press Ctrl+C again to stop now.\n",
			3: "Finishing the 3 files on their way. Press Ctrl+C again to stop now.\n",
		} {
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					var said bytes.Buffer
					b := &fakeBatch{done: make(chan struct{})}
					b.snapshot.Counts[uploader.Sending] = n
					soon, ask := context.WithCancel(t.Context())
					go func() {
						time.Sleep(repaint)
						ask()
						time.Sleep(5 * repaint)
						close(b.done)
					}()
					Env{Stderr: &said, Columns: columns, Soon: soon}.watch(b)
					if !b.finished || strings.Count(said.String(), "Finishing") != min(n, 1) || !strings.Contains(said.String(), want) {
						t.Errorf("finished: %v, it says %q", b.finished, said.String())
					}
					if b.stopped != (n == 0) {
						t.Errorf("with %d files on their way, stopped: %v", n, b.stopped)
					}
				})
			})
		}
	}
}
