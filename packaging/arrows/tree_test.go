package arrows

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// topLevel are the only names at the top of the project, beside those that start with a dot.
var topLevel = []string{
	"go.mod", "go.sum", "main.go", "gui", "uploader", "settings", "Icon.png", "FyneApp.toml", "packaging", "README.md", "LICENSE",
}

// tracked lists the project's files as git knows them, so that what a build leaves behind does not count.
func tracked(t *testing.T) []string {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "-z")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("asking git for the files: %v", err)
	}
	files := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	if len(files) < 2 {
		t.Fatal("git knows no files here")
	}
	return files
}

func TestTheTopLevelHoldsOnlyItsNames(t *testing.T) {
	for _, file := range tracked(t) {
		top, _, _ := strings.Cut(file, "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(topLevel, top) {
			t.Errorf("%s lies at the top level", file)
		}
	}
}

func TestTheReadmeNamesBothCommands(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"packaging/run.sh", "packaging/test.sh"} {
		if !bytes.Contains(readme, []byte(command)) {
			t.Errorf("README.md does not name %s", command)
		}
		if _, err := os.Stat(filepath.Join(root, command)); err != nil {
			t.Error(err)
		}
	}
}

// A path of the machine in a file works nowhere else, and tells who worked where.
func TestNoFileHoldsAPathOfThisMachine(t *testing.T) {
	paths := machinePaths(t)
	for _, file := range tracked(t) {
		data, err := os.ReadFile(filepath.Join(root, file))
		if os.IsNotExist(err) {
			continue // removed, and not yet told to git
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if bytes.Contains(data, []byte(path)) {
				t.Errorf("%s holds %q", file, path)
			}
		}
	}
}

// machinePaths are the folders in which this machine works.
func machinePaths(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE", "GOPATH").Output()
	if err != nil {
		t.Fatal(err)
	}
	here, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	paths := append(strings.Fields(string(out)), here)
	if home, err := os.UserHomeDir(); err == nil {
		paths = append(paths, home+"/")
	}
	const telling = 5 // bytes; a shorter one, such as "/" or "/src", stands in many a harmless text
	return slices.DeleteFunc(paths, func(path string) bool { return len(path) < telling })
}
