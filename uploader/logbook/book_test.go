package logbook

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"darwin-uploader/uploader/fault"
)

func TestOnlyTheOwnerMayReadTheLogAndItsFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows knows no such permissions; the folder is the person's own there")
	}
	dir := filepath.Join(t.TempDir(), "home", "logs")
	b := open(t, dir, slog.LevelInfo)
	b.CatchCrashes()
	b.Log().Info("x")
	b.names.mark("x")
	for _, path := range []string{dir, filepath.Join(dir, logName), filepath.Join(dir, dumpName), filepath.Join(dir, saltName)} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

func TestTheLogKeepsWhatItsLevelSaysAndTheLevelMayChange(t *testing.T) {
	for _, word := range Levels() {
		level, err := ParseLevel(word)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		b := open(t, dir, Off)
		b.Log().Error("before")
		b.SetLevel(level)
		for _, l := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError} {
			b.Log().Log(t.Context(), l, "at "+l.String())
		}
		want := 0
		for _, l := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError} {
			if l >= level {
				want++
			}
		}
		if got := strings.Count(kept(t, dir)[logName], "\n"); got != want {
			t.Errorf("at %s it keeps %d lines, want %d", word, got, want)
		}
	}
	if _, err := ParseLevel("loud"); fault.KindOf(err) != fault.Usage {
		t.Errorf("a word that is no level gives %v", err)
	}
}

func TestTheLogNeverGrowsBeyondItsFiveFiles(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir, slog.LevelInfo)
	b.Log().Info("x")
	long := []byte(strings.Repeat("x", 64<<10)) // as lines that are redacted already
	for range 13 << 20 / len(long) {
		if _, err := b.sink.to.Write(long); err != nil {
			t.Fatal(err)
		}
	}
	// Old files are removed on a goroutine of the library's.
	for range 1000 {
		if len(kept(t, dir)) <= 1+maxOlder {
			break
		}
		runtime.Gosched()
	}
	files, size := kept(t, dir), 0
	for _, content := range files {
		size += len(content)
	}
	if len(files) != 1+maxOlder || size > (1+maxOlder)*maxMegabyte<<20 {
		t.Errorf("%d files of %d bytes together", len(files), size)
	}
}

// full is a file on a disk that is full for some time.
type full struct {
	kept strings.Builder
	full bool
}

func (f *full) Write(p []byte) (int, error) {
	if f.full {
		return 0, &os.PathError{Op: "write", Path: "/home/Jane Doe/x", Err: errors.New("no space left on device")}
	}
	return f.kept.Write(p)
}

func (f *full) Close() error { return nil }

func TestAFullDiskCostsLinesAndNothingElse(t *testing.T) {
	disk := &full{}
	b := Open("", slog.LevelInfo)
	b.sink.to = disk
	b.Log().Info("one")
	disk.full = true
	for range 3 {
		b.Log().Info("lost")
	}
	if p := b.Problem(); p == nil || p.Kind != fault.Disk || strings.Contains(p.Detail+p.Error(), "Jane") || !strings.Contains(p.Detail, "no space") {
		t.Errorf("the problem is %v", p)
	}
	disk.full = false
	b.Log().Info("two")
	all := lines(disk.kept.String())
	if len(all) != 3 || !strings.Contains(all[1], `"msg":"lines lost"`) || !strings.Contains(all[1], `"count":3`) || b.Problem() != nil {
		t.Errorf("kept: %v; the problem is %v", all, b.Problem())
	}
	for _, line := range all {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
	}
}

func TestAFolderThatCannotBeMadeCostsLinesAndNothingElse(t *testing.T) {
	file := filepath.Join(t.TempDir(), "Jane Doe")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	b := open(t, filepath.Join(file, "logs"), slog.LevelInfo)
	b.CatchCrashes()
	b.Log().Info("x")
	if p := b.Problem(); p == nil || strings.Contains(p.Detail+p.Error(), "Jane") {
		t.Errorf("the problem is %v", p)
	}
	if text := b.Report(Facts{Version: "1"}); !strings.Contains(text, "The log is not complete: ") || strings.Contains(text, "Jane") {
		t.Errorf("the report is %s", text)
	}
}

func TestManyWritersAndTheEndMix(t *testing.T) {
	dir := t.TempDir()
	b := Open(dir, slog.LevelInfo)
	var all sync.WaitGroup
	for w := range 8 {
		all.Go(func() {
			for i := range 200 {
				b.Log().Info("x", "w", w, "i", i)
				b.Hide(fmt.Sprintf("secret number %d", i%10))
			}
		})
	}
	all.Wait()
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	b.Log().Info("after the end")
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	text := kept(t, dir)[logName]
	if n := strings.Count(text, "\n"); n != 1600 {
		t.Errorf("%d lines of 1600", n)
	}
	for _, line := range lines(text) {
		if !json.Valid([]byte(line)) {
			t.Fatalf("mixed: %s", line)
		}
	}
}

func TestWithoutAFolderNothingIsKept(t *testing.T) {
	b := open(t, "", slog.LevelDebug)
	b.CatchCrashes()
	b.Log().Info("x")
	if b.Problem() != nil || b.Dir() != "" {
		t.Errorf("%v, %q", b.Problem(), b.Dir())
	}
	if text := b.Report(Facts{Version: "1.2.3"}); !strings.Contains(text, "Darwin Uploader 1.2.3") {
		t.Errorf("the report is %s", text)
	}
}
