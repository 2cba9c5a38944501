package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestPermissionsOfAnOldFileAreTightened(t *testing.T) {
	if runtime.GOOS == "windows" {
		return
	}
	dir := t.TempDir()
	put(t, dir, `{"version":1}`)
	if err := open(t, dir).Update(func(v *Settings) { v.Workers = 3 }); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(filepath.Join(dir, fileName)); info.Mode().Perm() != 0o600 {
		t.Errorf("permissions are %v", info.Mode().Perm())
	}
}

func TestADamagedOrNewerFileIsSetAsideAndKept(t *testing.T) {
	for _, c := range []struct{ name, content, aside, says string }{
		{"cut off", `{"version":1,"accounts":[{"id":"a1"`, "settings-damaged-1.json", "damaged"},
		{"empty", ``, "settings-damaged-1.json", "damaged"},
		{"wrong types", `{"version":1,"workers":"many"}`, "settings-damaged-1.json", "damaged"},
		{"not an object", `[1,2]`, "settings-damaged-1.json", "damaged"},
		{"newer", `{"version":2,"workers":{"up":4}}`, "settings-newer-1.json", "newer version"},
		{"huge", strings.Repeat(" ", maxFile) + `{}`, "settings-damaged-1.json", "damaged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, dir, c.content)
			s := open(t, dir)
			if !strings.Contains(s.Warning(), c.says) || !strings.Contains(s.Warning(), c.aside) {
				t.Errorf("the warning says %q", s.Warning())
			}
			if err := s.Update(func(v *Settings) { v.Workers = 2 }); err != nil {
				t.Fatal(err)
			}
			if kept, err := os.ReadFile(filepath.Join(dir, c.aside)); err != nil || string(kept) != c.content {
				t.Errorf("the old file is not kept as it was: %v", err)
			}
			if next := open(t, dir); next.Get().Workers != 2 || next.Warning() != "" {
				t.Errorf("the new file holds %+v, warning %q", next.Get(), next.Warning())
			}
		})
	}
}

func TestASecondDamagedFileDoesNotReplaceTheFirst(t *testing.T) {
	dir := t.TempDir()
	for _, content := range []string{"first", "second"} {
		put(t, dir, content)
		open(t, dir)
	}
	for name, want := range map[string]string{"settings-damaged-1.json": "first", "settings-damaged-2.json": "second"} {
		if got, _ := os.ReadFile(filepath.Join(dir, name)); string(got) != want {
			t.Errorf("%s holds %q", name, got)
		}
	}
}

func TestWhereNothingCanBeWrittenValuesHoldForThisRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "home")
	if err := os.WriteFile(dir, nil, 0o600); err != nil { // a file stands where the folder should be
		t.Fatal(err)
	}
	s := open(t, dir)
	err := s.Update(func(v *Settings) { v.Workers = 2 })
	var problem *FileError
	if !errors.As(err, &problem) || problem.What == "" || problem.Safe == "" || problem.Do == "" {
		t.Fatalf("Update = %v", err)
	}
	if s.Get().Workers != 2 {
		t.Error("the value is lost")
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(func(v *Settings) { v.Look = LookLight }); err != nil {
		t.Fatal(err)
	}
	if got := open(t, dir).Get(); got.Workers != 2 || got.Look != LookLight {
		t.Errorf("once it can be written, the file holds %+v", got)
	}
}

func TestAReadOnlyFolderIsTolerated(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, `{"version":1,"workers":3}`)
	s := open(t, dir)
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	if f, err := os.Create(filepath.Join(dir, "probe")); err == nil {
		_ = f.Close()
		t.Skip("this user may write into a read-only folder")
	}
	if err := s.Update(func(v *Settings) { v.Workers = 7 }); err == nil {
		t.Error("Update reports success")
	}
	if s.Get().Workers != 7 {
		t.Error("the value does not hold")
	}
}

func TestAFileThatCannotBeReadIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	// A folder in the file's place cannot be read and is set aside whole.
	if err := os.MkdirAll(filepath.Join(dir, fileName, "inside"), 0o700); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	if s.Warning() == "" {
		t.Error("no warning")
	}
	if err := s.Update(func(v *Settings) { v.Workers = 7 }); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "settings-damaged-1.json", "inside")); err != nil {
		t.Error(err)
	}
}

func TestTwoProgramsWithOneFolderDoNotUndoEachOther(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, dir), open(t, dir)
	if err := a.Update(func(v *Settings) { v.Workers = 3 }); err != nil {
		t.Fatal(err)
	}
	if err := b.Update(func(v *Settings) { v.Look = LookDark }); err != nil {
		t.Fatal(err)
	}
	if got := open(t, dir).Get(); got.Workers != 3 || got.Look != LookDark {
		t.Errorf("got %+v", got)
	}
}

func TestALinkedSettingsFileStaysALink(t *testing.T) {
	dir, real := t.TempDir(), filepath.Join(t.TempDir(), "mine.json")
	if err := os.WriteFile(real, []byte(`{"version":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, filepath.Join(dir, fileName)); err != nil {
		t.Skip("this system makes no links: ", err)
	}
	if err := open(t, dir).Update(func(v *Settings) { v.Workers = 3 }); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Lstat(filepath.Join(dir, fileName)); info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
	if content, _ := os.ReadFile(real); !strings.Contains(string(content), `"workers": 3`) {
		t.Errorf("the file behind the link holds %s", content)
	}
}

func TestOpenWithoutAFolderFails(t *testing.T) {
	var problem *FileError
	if _, err := Open(""); !errors.As(err, &problem) {
		t.Errorf("got %v", err)
	}
}
