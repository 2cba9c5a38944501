package session

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Build compiles the main package of this module at path, relative to the module's root ("." for the program itself), into the
// file binary, and returns that. With race the race detector watches it too.
func Build(t testing.TB, path, binary string, race bool) string {
	t.Helper()
	args := []string{"build", "-o", binary}
	if race {
		args = append(args, "-race")
	}
	cmd := exec.Command("go", append(args, path)...)
	cmd.Dir = root(t)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("building %s: %v\n%s", path, err, out)
	}
	return binary
}

// root is the folder of the module's go.mod.
func root(t testing.TB) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		t.Fatalf("asking for the module's root: %v", err)
	}
	return filepath.Dir(strings.TrimSpace(string(out)))
}

// Run starts a program with a window in the session. When the test ends it fails if the program complained about its threads or
// about a data race.
func (s *Session) Run(binary string, env []string, args ...string) *Program {
	s.t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Env, cmd.Dir = s.env(env...), s.Home
	p := spawn(s.t, cmd)
	s.t.Cleanup(func() {
		for _, complaint := range []string{"WARNING: DATA RACE", "Error in Fyne call thread", "panic:", "fatal error:"} {
			if strings.Contains(p.Errors(), complaint) {
				s.t.Errorf("the program complained: %s\n%s", complaint, tail(p.Errors()))
			}
		}
	})
	return p
}

// Holds returns the files below the session's home in which the text stands in plain bytes. Sockets and the like are passed over.
func (s *Session) Holds(text string) []string {
	s.t.Helper()
	var hits []string
	err := filepath.WalkDir(s.Home, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if strings.Contains(string(data), text) {
			hits = append(hits, path)
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		s.t.Fatalf("searching the home: %v", err)
	}
	return hits
}
