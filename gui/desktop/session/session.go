package session

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// tools are the programs that a session starts; packaging/test.sh knows their packages.
var tools = []string{"Xvfb", "openbox", "xdotool", "xclip", "import", "dbus-daemon", "dbus-send", "gnome-keyring-daemon", "secret-tool"}

// Options choose what a session is like.
type Options struct {
	Width, Height int // of the screen, in pixels; 0 = 1280x860
	NoKeychain    bool
}

// Session is one private desktop.
type Session struct {
	// Home is the private home folder; everything that a program of this session writes lies below it.
	Home string
	// Display is the X server's name, as in ":99".
	Display string

	t    testing.TB
	bus  string // address of the message bus
	view *view
}

// Start brings a desktop up and has it taken down when the test ends.
func Start(t testing.TB, o Options) *Session {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("the tests of the real window need %s; packaging/test.sh installs it", tool)
		}
	}
	if o.Width == 0 || o.Height == 0 {
		o.Width, o.Height = 1280, 860
	}
	s := &Session{t: t, Home: home(t)}
	s.startScreen(o.Width, o.Height)
	s.view = dialView(t, s.Display)
	s.startWindowManager()
	s.startBus()
	if !o.NoKeychain {
		s.startKeychain()
	}
	return s
}

// home makes the private home. It is short, not the test's own temporary folder, because socket names below it may have
// 107 bytes at most.
func home(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "desk")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Errorf("clearing the private home: %v", err)
		}
	})
	for _, sub := range []string{"run", "tmp", ".config"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// env is the whole environment of the session's programs: nothing of the person's own gets in.
func (s *Session) env(more ...string) []string {
	env := []string{
		"PATH=" + os.Getenv("PATH"),
		"LANG=C.UTF-8",
		"HOME=" + s.Home,
		"TMPDIR=" + filepath.Join(s.Home, "tmp"),
		"XDG_RUNTIME_DIR=" + filepath.Join(s.Home, "run"),
		"XDG_CONFIG_HOME=" + filepath.Join(s.Home, ".config"),
		"XDG_SESSION_TYPE=x11",
		"LIBGL_ALWAYS_SOFTWARE=1",
	}
	if s.Display != "" {
		env = append(env, "DISPLAY="+s.Display)
	}
	if s.bus != "" {
		env = append(env, "DBUS_SESSION_BUS_ADDRESS="+s.bus)
	}
	return append(env, more...)
}

// Await asks until holds returns true, and fails the test when that takes longer than limit. what says what was waited for.
func Await(t testing.TB, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	if !settled(limit, holds) {
		t.Fatalf("waited %s for this: %s", limit, what)
	}
}

// settled polls until holds returns true; false when the limit came first.
func settled(limit time.Duration, holds func() bool) bool {
	for deadline := time.Now().Add(limit); ; time.Sleep(20 * time.Millisecond) {
		if holds() {
			return true
		}
		if time.Now().After(deadline) {
			return false
		}
	}
}
