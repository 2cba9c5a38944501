package upload

import (
	"runtime"
	"strings"
	"testing"
)

// awake gives the goroutines of the window's packages that are not waiting to
// be called: those that run, or that a clock will wake.
func awake() []string {
	buf := make([]byte, 1<<20)
	buf = buf[:runtime.Stack(buf, true)]
	var all []string
	for _, stack := range strings.Split(string(buf), "\n\n") {
		head, rest, _ := strings.Cut(stack, "\n")
		ours := strings.Contains(rest, "darwin-uploader/gui/") && !strings.Contains(rest, "testing.tRunner")
		// Waiting for a clock looks like waiting for a channel.
		if ours && !strings.Contains(head, "sync.Cond.Wait") {
			all = append(all, stack)
		}
	}
	return all
}

func TestNothingRunsOrWaitsForAClockWhileNothingIsSent(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop(numbered(20)...)
	r.rests("before")
	r.Upload()
	r.until("the batch", func() bool { return r.run.batch != nil || !r.Sending() })
	if r.Sending() && len(awake()) == 0 {
		t.Error("nothing is awake while files are sent: the test looks at the wrong thing")
	}
	r.untilEnded()
	r.until("the verdict on all", func() bool { return r.model.Processing() == 0 })
	r.playPosted()
	r.rests("afterwards")
}

// rests fails unless everything comes to rest; what has nothing left to do may
// need a moment to end.
func (r *rig) rests(when string) {
	r.Helper()
	for range 10_000 {
		if len(awake()) == 0 {
			return
		}
		runtime.Gosched()
	}
	r.Errorf("%s still awake:\n%s", when, strings.Join(awake(), "\n\n"))
}
