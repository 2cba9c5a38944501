package desktop

import (
	"fmt"
	"testing"
	"time"

	"darwin-uploader/gui/desktop/session"
	"darwin-uploader/uploader/sandbox"
)

// TestThousandsOfFilesDoNotHoldTheWindowUp drops many files, sends them, and asks the window for a sign of life all the while.
func TestThousandsOfFilesDoNotHoldTheWindowUp(t *testing.T) {
	const files = 3000
	slowest := time.Second
	if race {
		slowest = 4 * time.Second // the detector makes everything several times slower
	}
	d := newDesk(t, session.Options{})
	p, w := d.open()
	d.connect(w)
	m := newMaterial(t, d.Home)
	for i := range files {
		m.putBytes(fmt.Sprintf("many/%02d/%04d.bmp", i%30, i), fmt.Appendf(nil, "file %d", i))
	}
	if took := w.Drop(m.at("many")); took > slowest {
		t.Errorf("the drop held the window up for %s", took)
	}
	w.Key("ctrl+d")
	w.Still(patience)
	w.Type("nest")
	w.Key("Return")
	d.shows(w, "the upload button can be pressed", filled, 150, 40)
	w.Key("ctrl+Return")

	var longest time.Duration
	looks := 0
	session.Await(t, 5*time.Minute, "Darwin has confirmed every file", func() bool {
		longest = max(longest, w.Answers())
		looks++
		return d.asked(sandbox.Confirm) >= files
	})
	t.Logf("asked %d times; the longest answer took %s", looks, longest)
	if longest > slowest {
		t.Errorf("the window was held up for %s", longest)
	}
	d.arrived("nest-boxes", m, map[string]string{})
	d.shows(w, "the end is shown", success, 40, 40)
	w.Close()
	d.until("the program ends", func() bool { return ended(p) })
}
