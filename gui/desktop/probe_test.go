package desktop

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"darwin-uploader/gui/desktop/session"
)

// startProbe runs the harness's own little window.
func startProbe(t *testing.T) (*session.Session, *session.Program, *session.Window) {
	t.Helper()
	needsWindow(t)
	s := session.Start(t, session.Options{})
	p := s.Run(session.Build(t, "./gui/desktop/testdata/probe", filepath.Join(t.TempDir(), "probe"), race), nil)
	return s, p, s.Window(p, "Harness probe")
}

// events are the quoted texts of all finished lines of one kind.
func events(t *testing.T, p *session.Program, kind string) []string {
	t.Helper()
	var list []string
	for _, line := range p.Lines() {
		if quoted, ok := strings.CutPrefix(line, kind+" "); ok {
			text, err := strconv.Unquote(quoted)
			if err != nil {
				t.Fatalf("the probe printed %q: %v", line, err)
			}
			list = append(list, text)
		}
	}
	return list
}

func TestDropArrivesByteForByte(t *testing.T) {
	s, p, w := startProbe(t)
	var paths []string
	for _, name := range []string{
		"plain.jpg", "two words.jpg", "ö ü ß.png", "Schlu\u0308ssel.png", "日本語.tif", "🦊.jpg", "100%.jpg", "%41.jpg", "a#b?c.jpg",
		"it's \"it\".jpg", "a+b&c=d;e.jpg", "back\\slash.jpg", "-dash.jpg", "~tilde.jpg", "[x]{y}.jpg",
	} {
		path := filepath.Join(s.Home, name)
		if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	t.Logf("the drop took %s", w.Drop(paths...))
	session.Await(t, 10*time.Second, "the probe reports the drop", func() bool { return len(events(t, p, "drop-of")) == 1 })
	if got := events(t, p, "dropped"); !slices.Equal(got, paths) {
		t.Errorf("dropped %q\narrived %q", paths, got)
	}
	picture(t, w, "probe")
}

func TestDropOfManyThousandPathsArrivesWhole(t *testing.T) {
	_, p, w := startProbe(t)
	paths := make([]string, 20_000)
	for i := range paths {
		paths[i] = fmt.Sprintf("/somewhere/a folder of pictures/%06d ö.jpg", i)
	}
	t.Logf("the drop took %s", w.Drop(paths...))
	session.Await(t, 30*time.Second, "the probe reports the drop", func() bool { return len(events(t, p, "drop-of")) == 1 })
	if got := events(t, p, "dropped"); !slices.Equal(got, paths) {
		t.Errorf("%d of %d paths arrived, or in another order", len(got), len(paths))
	}
}

func TestKeyboardReachesTheWindow(t *testing.T) {
	_, p, w := startProbe(t)
	w.Type("plain ASCII: a-Z 0/9")
	w.Key("Return")
	session.Await(t, 10*time.Second, "the typed text arrives", func() bool {
		return slices.Equal(events(t, p, "typed"), []string{"plain ASCII: a-Z 0/9"})
	})
	w.Key("ctrl+a")
	w.Paste("Füchse 日本 🦊")
	w.Key("Return")
	session.Await(t, 10*time.Second, "the pasted text arrives", func() bool {
		return slices.Contains(events(t, p, "typed"), "Füchse 日本 🦊")
	})
	w.Key("ctrl+k")
	session.Await(t, 10*time.Second, "the chord arrives", func() bool { return len(events(t, p, "chord")) == 1 })
	if took := w.Answers(); took > 5*time.Second {
		t.Errorf("the idle window took %s for a sign of life", took)
	}
	w.Resize(640, 480)
}

func TestKeychainOfTheSessionCanBeReadFromOutside(t *testing.T) {
	needsWindow(t)
	s := session.Start(t, session.Options{})
	if _, ok := s.Secret("service", "nobody"); ok {
		t.Error("a fresh keychain knows a secret")
	}
	if hits := s.Holds("password"); len(hits) > 0 {
		t.Errorf("the keychain's own password stands in %q", hits)
	}
}
