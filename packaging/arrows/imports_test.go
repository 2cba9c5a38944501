package arrows

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module  = "darwin-uploader"
	fyne    = "fyne.io"
	keyring = "github.com/zalando/go-keyring"
)

// root is the folder of the module, seen from this package.
const root = "../.."

// imported is one import of one Go file. Files for every system count, whatever their build tags.
type imported struct {
	file string // relative to the root, "/"-separated
	path string
}

// within says whether a path is the given one or lies below it.
func within(path, above string) bool { return path == above || strings.HasPrefix(path, above+"/") }

func imports(t *testing.T) []imported {
	t.Helper()
	var all []imported
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if strings.HasPrefix(entry.Name(), ".") && path != root {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			target, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			all = append(all, imported{filepath.ToSlash(name), target})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("found no imports at all")
	}
	return all
}

// forbid fails for each file in a folder that imports one of the paths.
func forbid(t *testing.T, folder string, targets ...string) {
	t.Helper()
	for _, i := range imports(t) {
		for _, target := range targets {
			if within(i.file, folder) && within(i.path, target) {
				t.Errorf("%s imports %s", i.file, i.path)
			}
		}
	}
}

func TestOnlyTheWindowImportsFyne(t *testing.T) {
	for _, i := range imports(t) {
		if within(i.path, fyne) && !within(i.file, "gui") {
			t.Errorf("%s imports %s", i.file, i.path)
		}
	}
}

func TestTheEngineKnowsNoWindowNoSettingsAndNoKeychain(t *testing.T) {
	forbid(t, "uploader", module+"/gui", module+"/settings", fyne, keyring)
}

func TestTheSettingsKnowNeitherEngineNorWindow(t *testing.T) {
	forbid(t, "settings", module+"/uploader", module+"/gui", fyne)
}

// The sandbox reads the API's description on its own. If it shared the client's code it would share the client's mistakes.
func TestTheSandboxSharesNothingWithTheClient(t *testing.T) {
	forbid(t, "uploader/sandbox", module+"/uploader/darwin", module+"/uploader/storage")
}

func TestTheKeychainIsReachedThroughTheSettingsAlone(t *testing.T) {
	for _, i := range imports(t) {
		if within(i.path, keyring) && !within(i.file, "settings") {
			t.Errorf("%s imports %s", i.file, i.path)
		}
	}
}

// What a library imports counts too: the engine has to build without a C compiler and without a display.
func TestNothingBelowTheEngineOrTheSettingsLeadsToFyne(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "-test", "./uploader/...", "./settings/...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("listing what the engine is built from: %v", err)
	}
	packages := strings.Fields(string(out))
	if !slices.Contains(packages, "net/http") {
		t.Fatal("the list is not what it should be: net/http is missing")
	}
	for _, path := range packages {
		if within(path, fyne) {
			t.Errorf("the engine or the settings are built from %s", path)
		}
	}
}
