package session

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"darwin-uploader/gui/desktop/xdnd"

	"github.com/jezek/xgb/xproto"
)

// Area is a rectangle of the screen, in pixels.
type Area struct{ X, Y, Width, Height int }

// Window is one window of a program in the session.
type Window struct {
	s  *Session
	t  testing.TB
	id xproto.Window
}

// Window waits until a window is there whose title contains the text, and has the keyboard.
func (s *Session) Window(p *Program, title string) *Window {
	s.t.Helper()
	w := &Window{s: s, t: s.t}
	p.await(2*startUp, "a window titled "+strconv.Quote(title), func() bool {
		for _, id := range s.view.windows(s.view.root, "_NET_CLIENT_LIST") {
			if strings.Contains(s.view.title(id), title) {
				w.id = id
				return true
			}
		}
		return false
	})
	s.t.Cleanup(w.remember)
	p.await(startUp, "the window has the keyboard", func() bool {
		return slices.Contains(s.view.windows(s.view.root, "_NET_ACTIVE_WINDOW"), w.id)
	})
	return w
}

// Title is the window's title now.
func (w *Window) Title() string { return w.s.view.title(w.id) }

// Area is where the window is now.
func (w *Window) Area() Area {
	w.t.Helper()
	area, err := w.s.view.area(w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	return area
}

// Resize gives the window a size in pixels and waits until it has it.
func (w *Window) Resize(width, height int) {
	w.t.Helper()
	xproto.ConfigureWindow(w.s.view.conn, w.id, xproto.ConfigWindowWidth|xproto.ConfigWindowHeight,
		[]uint32{uint32(width), uint32(height)})
	Await(w.t, startUp, "the window takes its new size", func() bool {
		area := w.Area()
		return area.Width == width && area.Height == height
	})
}

// Answers returns how long the window's program takes to give a sign of life from its main thread.
func (w *Window) Answers() time.Duration {
	w.t.Helper()
	took, err := w.s.view.ping(w.id, startUp)
	if err != nil {
		w.t.Fatal(err)
	}
	return took
}

// Drop drops files and folders on the middle of the window, and returns how long its handler held the window up.
func (w *Window) Drop(paths ...string) time.Duration {
	w.t.Helper()
	source, err := xdnd.Dial(w.s.Display)
	if err != nil {
		w.t.Fatal(err)
	}
	defer source.Close()
	ctx, cancel := context.WithTimeout(w.t.Context(), 2*startUp)
	defer cancel()
	area := w.Area()
	result, err := source.Drop(ctx, w.id, area.X+area.Width/2, area.Y+area.Height/2, paths)
	if err != nil {
		w.t.Fatalf("dropping %d paths: %v", len(paths), err)
	}
	return result.Finished
}

// Key presses chords one after the other, in xdotool's spelling: "Return", "ctrl+Return", "shift+Tab".
func (w *Window) Key(chords ...string) {
	w.t.Helper()
	w.xdotool(append([]string{"key", "--clearmodifiers", "--delay", "30"}, chords...)...)
}

// Type types ASCII text with the keyboard, at the speed of a quick typist.
func (w *Window) Type(text string) {
	w.t.Helper()
	w.xdotool("type", "--clearmodifiers", "--delay", "15", "--", text)
}

// Paste puts any text on the clipboard and presses Control+V.
func (w *Window) Paste(text string) {
	w.t.Helper()
	before := w.s.view.owner("CLIPBOARD")
	cmd := exec.Command("xclip", "-selection", "clipboard", "-in", "-quiet") // quiet keeps it in the foreground, so that it ends with the test
	cmd.Env, cmd.Dir, cmd.Stdin = w.s.env(), w.s.Home, strings.NewReader(text)
	spawn(w.t, cmd).await(startUp, "the clipboard is filled", func() bool {
		now := w.s.view.owner("CLIPBOARD")
		return now != 0 && now != before
	})
	w.Key("ctrl+v")
}

// Click moves the pointer to a point of the window, in pixels from its top left corner, and clicks the left button.
func (w *Window) Click(x, y int) {
	w.t.Helper()
	w.Point(x, y)
	w.xdotool("click", "1")
}

// Point moves the pointer to a point of the window.
func (w *Window) Point(x, y int) {
	w.t.Helper()
	area := w.Area()
	w.xdotool("mousemove", "--sync", strconv.Itoa(area.X+x), strconv.Itoa(area.Y+y))
}

// Scroll turns the wheel towards the person, with the pointer at a point of the window.
func (w *Window) Scroll(x, y, notches int) {
	w.t.Helper()
	w.Point(x, y)
	w.xdotool("click", "--repeat", strconv.Itoa(notches), "--delay", "20", "5")
}

func (w *Window) xdotool(args ...string) {
	w.t.Helper()
	if _, err := w.s.run(nil, "xdotool", args...); err != nil {
		w.t.Fatalf("xdotool %s: %v", args[0], err) // not what was typed: it may be a key
	}
}

// Picture saves what the window shows as a PNG, once it has stopped changing or after three seconds, whichever comes first.
func (w *Window) Picture(path string) {
	w.t.Helper()
	w.Still(3 * time.Second)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.s.run(nil, "import", "-window", strconv.Itoa(int(w.id)), "-strip", path); err != nil {
		w.t.Fatalf("taking a picture of the window: %v", err)
	}
}

// Still waits until two looks at the window, a quarter of a second apart, show the same. It reports false when the limit came
// first: something moves all the time.
func (w *Window) Still(limit time.Duration) bool {
	w.t.Helper()
	return settled(limit, w.Resting())
}

// Resting looks at the window now, and gives what says whether a look at least a quarter of a second later showed the same as the
// one before it.
func (w *Window) Resting() func() bool {
	w.t.Helper()
	_, last := w.pixels()
	at := time.Now()
	return func() bool {
		w.t.Helper()
		if time.Since(at) < 250*time.Millisecond {
			return false
		}
		_, now := w.pixels()
		same := bytes.Equal(last, now)
		last, at = now, time.Now()
		return same
	}
}

// pixels is what the window shows, four bytes a pixel (blue, green, red, nothing), row by row.
func (w *Window) pixels() (Area, []byte) {
	w.t.Helper()
	area, pixels, err := w.s.view.pixels(w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	return area, pixels
}

// Close asks the window to close, as its close button does.
func (w *Window) Close() {
	w.t.Helper()
	if err := w.s.view.tell(w.id, "WM_DELETE_WINDOW"); err != nil {
		w.t.Fatal(err)
	}
}
