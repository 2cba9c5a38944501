package desktop

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"darwin-uploader/gui/desktop/session"
	"darwin-uploader/uploader/sandbox"
)

// probeFiles names how many files are dropped where another number is wanted: 100000 for the figures, which take some minutes.
const probeFiles = "DARWIN_UPLOADER_PROBE_FILES"

// TestThousandsOfFilesDoNotHoldTheWindowUp drops many files, works with them, sends them, and asks the window for a sign of life
// all the while. A bare window on a screen of its own is asked too, and says how long the machine itself keeps windows waiting.
func TestThousandsOfFilesDoNotHoldTheWindowUp(t *testing.T) {
	files := 3000
	if race {
		files = 1000
	}
	if n, err := strconv.Atoi(os.Getenv(probeFiles)); err == nil {
		files = n
	}
	limit := 5*time.Minute + time.Duration(files)*10*time.Millisecond
	_, _, bare := startProbe(t)
	d := newDesk(t, session.Options{})
	p, w := d.open()
	d.connect(w)
	m := newMaterial(t, d.Home)
	for i := range files {
		m.putBytes(fmt.Sprintf("many/%03d/%06d.bmp", i%300, i), fmt.Appendf(nil, "file %d", i))
	}
	watch := silence{t: t, w: w, bare: bare, most: 250 * time.Millisecond, ever: time.Second}
	if race {
		watch.most, watch.ever = 2*time.Second, 4*time.Second // the detector makes everything several times slower
	}
	if took := w.Drop(m.at("many")); took > watch.ever {
		t.Errorf("the drop held the window up for %s", took)
	}
	w.Key("ctrl+d")
	watch.during("the files are found", limit, w.Resting())
	w.Type("nest")
	w.Key("Return")
	watch.during("the upload button can be pressed", limit, func() bool { return len(w.Boxes(filled, 150, 40)) > 0 })
	// The first row is the dropped folder: open it, choose everything, and give it all a tag.
	w.Click(300, 266)
	w.Key("Right", "Down", "Right")
	watch.during("folders are open", limit, w.Resting())
	w.Key("ctrl+a")
	w.Key("ctrl+t")
	w.Type("fox")
	w.Key("Return")
	watch.during("everything has a tag", limit, w.Resting())
	w.Key("ctrl+Return")
	watch.during("Darwin has every file", limit, func() bool { return d.taken() >= files })
	watch.during("the end is shown", limit, func() bool { return len(w.Boxes(success, 40, 40)) > 0 })
	d.arrived("nest-boxes", m, map[string]string{"fox": ""})
	w.Close()
	d.until("the program ends", func() bool { return ended(p) })
}

// silence is how long a window kept silent.
type silence struct {
	t    *testing.T
	w    *session.Window
	bare *session.Window // does nothing but answer
	// What is too long, beyond what the bare window takes: for all answers but the two that took longest in each hundred, since
	// another program of the machine may have its turn just then; and for any.
	most, ever time.Duration
}

// during asks for signs of life until something has come to pass.
func (s *silence) during(what string, limit time.Duration, holds func() bool) {
	s.t.Helper()
	var answers []time.Duration
	var bare time.Duration
	began := time.Now()
	looked := began
	session.Await(s.t, limit, what, func() bool {
		answers, bare = append(answers, s.w.Answers()), max(bare, s.bare.Answers())
		// A look at the screen or at Darwin's list takes longer than a sign of life.
		if time.Since(looked) < 300*time.Millisecond {
			return false
		}
		looked = time.Now()
		return holds()
	})
	slices.Sort(answers)
	longest, most := answers[len(answers)-1], answers[max(0, len(answers)-3-len(answers)/50)]
	s.t.Logf("until %s: %s, asked %d times, the longest silence %s, but for the rarest %s, that of the bare window %s", what,
		time.Since(began).Round(time.Millisecond), len(answers), longest.Round(time.Millisecond/10), most.Round(time.Millisecond/10),
		bare.Round(time.Millisecond/10))
	if most > s.most+bare || longest > s.ever+bare {
		s.t.Errorf("the window was held up for %s and once for %s", most, longest)
	}
}

// taken is how many files Darwin has in full, by its answers.
func (d *desk) taken() (n int) {
	for _, r := range d.darwin.Requests() {
		switch {
		case r.Status/100 != 2:
		case r.Call == sandbox.Confirm:
			n++
		case r.Call == sandbox.DirectUpload:
			n += r.Items
		}
	}
	return n
}
