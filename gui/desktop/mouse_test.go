package desktop

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"darwin-uploader/gui/desktop/session"
	"darwin-uploader/uploader/sandbox"
)

func TestMouseAloneUploadsToTheDemoAndNothingIsLeftBehind(t *testing.T) {
	d := newDesk(t, session.Options{})
	p, w := d.open()
	w.ClickBox(d.shows(w, "the button that opens the demo", plain, 120, 30))
	dataset := d.pickers(w)[1]

	m := newMaterial(t, d.Home).put("Waldrand/a.jpg").put("Waldrand/b.png").put("Waldrand/Nacht/c.jpg")
	w.Drop(m.at("Waldrand"))
	w.Still(patience)
	w.ClickBox(dataset)
	w.Still(patience)
	// Below the picker come 4 of air, the list's margin of 8, its search of 36, 8 more, and then rows of 40.
	w.Click(dataset.X+60, dataset.Y+dataset.Height+4+8+36+8+20)
	w.ClickBox(d.shows(w, "the upload button can be pressed", filled, 150, 40))
	d.shows(w, "the end is shown", success, 40, 40)
	picture(t, w, "demo-done")

	stored := sums(t, filepath.Join(d.Home, "tmp"))
	for place, sum := range m.want {
		if !slices.Contains(stored, sum) {
			t.Errorf("%q is not in the demo's storage", place)
		}
	}
	w.Close()
	d.until("the program ends", func() bool { return ended(p) })
	if code := p.ExitCode(); code != 0 {
		t.Errorf("the program ended with code %d", code)
	}
	if left := sums(t, filepath.Join(d.Home, "tmp")); len(left) > 0 {
		t.Errorf("%d files of the demo are left behind", len(left))
	}
	if left := session.Running(t, program(t)); len(left) > 0 {
		t.Errorf("the processes %v are left behind", left)
	}
	if d.asked(sandbox.TokenInfo) > 0 {
		t.Error("the demo asked another Darwin than its own")
	}
}

// TestClosingWhileSendingAsksFirstAndTheNextStartGoesOn stops an upload of which one file has arrived, and has the next start
// bring the others.
func TestClosingWhileSendingAsksFirstAndTheNextStartGoesOn(t *testing.T) {
	d := newDesk(t, session.Options{})
	p, w := d.open()
	d.connect(w)
	m := newMaterial(t, d.Home)
	for i := range 6 {
		m.putBytes(fmt.Sprintf("many/%d.mp4", i), bytes.Repeat([]byte{byte(i)}, 8<<20)) // more than sockets hold
	}
	m.put("many/small.jpg") // goes with its announcement
	quick := d.darwin.Inject(sandbox.Fault{Call: sandbox.Store, TotalBytesPerSecond: 10_000})
	w.Drop(m.at("many"))
	d.choose(w, "nest")
	d.shows(w, "the upload button can be pressed", filled, 150, 40)
	w.Key("ctrl+Return")
	d.shows(w, "it is sending", track, 300, 4)
	d.until("the small one has arrived", func() bool { return d.taken() == 1 })

	before := d.question(w)
	picture(t, w, "close-while-sending")
	w.Key("Return") // the answer that has the keyboard is the safe one
	d.until("the question goes", func() bool { return len(w.Boxes(track, 300, 4)) > 0 })
	if ended(p) {
		t.Fatal("the program ended although it was told to keep sending")
	}

	if again := d.question(w); again != before {
		t.Errorf("the second question is at %v, the first was at %v", again, before)
	}
	w.Key("shift+Tab", "Return")
	d.until("the program ends", func() bool { return ended(p) })
	if code := p.ExitCode(); code != 0 {
		t.Errorf("the program ended with code %d", code)
	}
	for _, item := range d.darwin.Items("nest-boxes") {
		if item.Name != "small.jpg" && (item.Confirms > 0 || item.Stores > 0) {
			t.Errorf("%q arrived although it was not sent whole", item.Name)
		}
	}

	quick()
	p, w = d.open()
	goOn := d.strip(w, "it offers to go on")
	picture(t, w, "go-on")
	w.ClickBox(goOn)
	d.arrived("nest-boxes", m, map[string]string{})
	d.shows(w, "the end is shown", success, 40, 40)
	picture(t, w, "gone-on")
	w.Close()
	d.until("the program ends", func() bool { return ended(p) })
}

// question closes the window and waits for the program to ask; it returns where the filled button is.
func (d *desk) question(w *session.Window) session.Area {
	d.t.Helper()
	w.Close()
	var button session.Area
	d.until("the program asks", func() bool {
		// The question dims what is behind it, so that one button alone has its own colour.
		boxes := w.Boxes(filled, 80, 30)
		if len(boxes) == 1 && len(w.Boxes(track, 300, 4)) == 0 {
			button = boxes[0]
		}
		return button.Width > 0
	})
	return button
}

// pickers are those of the account and of the dataset: white boxes in the white header, with a fine line around each.
func (d *desk) pickers(w *session.Window) []session.Area {
	d.t.Helper()
	var pickers []session.Area
	d.until("the header shows account and dataset", func() bool {
		pickers = slices.DeleteFunc(w.Boxes("#FFFFFF", 100, 28), func(box session.Area) bool { return box.Y > 100 || box.Height > 40 })
		return len(pickers) == 2
	})
	slices.SortFunc(pickers, func(a, b session.Area) int { return a.X - b.X })
	return pickers
}

// sums are the SHA-256 of all regular files below a folder.
func sums(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		sum := sha256.Sum256(data)
		list = append(list, hex.EncodeToString(sum[:]))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
