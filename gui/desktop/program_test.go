package desktop

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"darwin-uploader/gui/desktop/session"
	"darwin-uploader/uploader/sandbox"
)

// patience is how long something may take that a person would wait for.
const patience = 60 * time.Second

// The light look's colours, by which the tests find things in the window.
const (
	filled  = "#2A5BD7" // the one button that moves things forward
	plain   = "#ECEEF2"
	chosen  = "#E6EDFC" // chosen chips and rows, tinted buttons
	works   = "#E3F3E9" // a notice of success
	track   = "#DDE1E8" // the empty part of a bar
	refused = "#FDF0DA" // a notice of something that needs the person
	success = "#17763E" // the disc of the end
	warning = "#8F5400" // words of warning
)

// binaries builds each program once for all tests.
type binaries struct {
	dir  string
	once sync.Once
	path string
}

var built binaries

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "window-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	built.dir = dir
	return m.Run()
}

// program is Darwin Uploader itself.
func program(t *testing.T) string {
	t.Helper()
	built.once.Do(func() { built.path = session.Build(t, ".", filepath.Join(built.dir, "darwin-uploader"), race) })
	if built.path == "" {
		t.Fatal("the program was not built")
	}
	return built.path
}

// desk is a desktop with Darwin Uploader on it, and the Darwin that it talks to.
type desk struct {
	*session.Session
	t      *testing.T
	darwin *sandbox.Sandbox
	tint   string   // what is chosen, in the look that the program has
	home   string   // the program's own folder, for its settings
	more   []string // of the program's environment
}

// newDesk brings up a desktop and a local Darwin that keeps what it gets. The program's look is the light one and its language
// English, whatever the machine's are.
func newDesk(t *testing.T, o session.Options) *desk {
	t.Helper()
	return newDeskWith(t, o, sandbox.Config{})
}

// newDeskWith is newDesk with a Darwin of the test's own.
func newDeskWith(t *testing.T, o session.Options, c sandbox.Config) *desk {
	t.Helper()
	needsWindow(t)
	c.Dir = t.TempDir()
	darwin, err := sandbox.Start("127.0.0.1:0", c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := darwin.Close(); err != nil {
			t.Error(err)
		}
	})
	d := &desk{Session: session.Start(t, o), t: t, darwin: darwin, tint: chosen}
	d.home = filepath.Join(d.Home, "settings")
	d.settle(map[string]any{"look": "light", "language": "en"})
	return d
}

// settle writes the settings that the program finds at its start.
func (d *desk) settle(settings map[string]any) {
	d.t.Helper()
	data, err := json.Marshal(settings)
	if err != nil {
		d.t.Fatal(err)
	}
	if err := os.MkdirAll(d.home, 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(d.home, "settings.json"), data, 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// open starts the program and waits for its window.
func (d *desk) open(args ...string) (*session.Program, *session.Window) {
	d.t.Helper()
	p := d.Run(program(d.t), d.env(), args...)
	return p, d.Window(p, "Darwin Uploader")
}

func (d *desk) env() []string {
	return append([]string{"DARWIN_BASE_URL=" + d.darwin.URL(), "DARWIN_UPLOADER_HOME=" + d.home, "FYNE_SCALE=1"}, d.more...)
}

// until waits for a condition as long as a person would.
func (d *desk) until(what string, holds func() bool) {
	d.t.Helper()
	session.Await(d.t, patience, what, holds)
}

// asked says how often a call has reached Darwin and was answered well.
func (d *desk) asked(call sandbox.Call) int {
	n := 0
	for _, r := range d.darwin.Requests() {
		if r.Call == call && r.Status/100 == 2 {
			n++
		}
	}
	return n
}

// shows waits until the window shows a box of this colour and size, and returns the lowest.
func (d *desk) shows(w *session.Window, what, colour string, width, height int) session.Area {
	d.t.Helper()
	var boxes []session.Area
	d.until(what, func() bool {
		boxes = w.Boxes(colour, width, height)
		return len(boxes) > 0
	})
	return boxes[len(boxes)-1]
}

// connect goes through the welcome screen with the keyboard alone.
func (d *desk) connect(w *session.Window) {
	d.t.Helper()
	w.Still(patience)
	w.Type(d.darwin.Key())
	w.Key("Return")
	d.shows(w, "the key works", works, 300, 30)
	w.Key("Return")
	d.atWork(w)
}

// atWork waits until the window shows the place where files are dropped: Darwin is asked for the datasets before that, and a key
// that is pressed in between finds nothing to work on.
func (d *desk) atWork(w *session.Window) {
	d.t.Helper()
	d.until("the datasets are asked for", func() bool { return d.asked(sandbox.Datasets) > 0 })
	d.until("the place is shown", func() bool {
		return slices.ContainsFunc(w.Boxes(d.tint, 70, 50), func(cell session.Area) bool { return cell.X+cell.Width < 90 }) // in the rail
	})
	w.Still(patience)
}

// choose chooses a dataset with the keyboard: it waits for the list, types what finds the dataset, and waits until the choice is
// kept. What is given with it happens while the list is open.
func (d *desk) choose(w *session.Window, typed string, meanwhile ...func()) {
	d.t.Helper()
	before := d.lastDatasets()
	w.Key("ctrl+d")
	d.until("the datasets are listed", func() bool {
		return slices.ContainsFunc(w.Boxes(d.tint, 300, 30), func(row session.Area) bool { return row.Width < 400 && row.Y < 200 })
	})
	for _, do := range meanwhile {
		do()
	}
	w.Type(typed)
	w.Still(patience)
	w.Key("Return")
	d.until("the dataset is chosen", func() bool { return d.lastDatasets() != before })
	w.Still(patience)
}

// lastDatasets is what the settings keep of the datasets that were chosen.
func (d *desk) lastDatasets() string {
	d.t.Helper()
	data, err := os.ReadFile(filepath.Join(d.home, "settings.json"))
	if err != nil {
		d.t.Fatal(err)
	}
	var kept struct {
		Recent json.RawMessage `json:"recent_datasets"`
	}
	if err := json.Unmarshal(data, &kept); err != nil {
		d.t.Fatal(err)
	}
	return string(kept.Recent)
}
