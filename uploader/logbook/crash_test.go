package logbook

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// crashEnv names a folder. With it, this test's own program opens its log
// there and crashes.
const crashEnv = "DARWIN_UPLOADER_TEST_CRASH"

func crashIfAsked() {
	dir := os.Getenv(crashEnv)
	if dir == "" {
		return
	}
	b := Open(dir, slog.LevelInfo)
	b.Hide(key)
	b.CatchCrashes()
	go func() {
		panic(fmt.Errorf("Put %q: with ApiKey %s, open /scans/Jane Doe.dcm: no such file", "https://b.s3.amazonaws.com/k?X-Amz-Signature="+signature, key))
	}()
	<-make(chan struct{}) // nothing ends the program but the crash
}

// crashed runs this program until it crashes.
func crashed(t *testing.T, dir string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), crashEnv+"="+dir)
	var said bytes.Buffer
	cmd.Stderr = &said
	err = cmd.Run()
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || !strings.Contains(said.String(), "panic: ") {
		t.Fatalf("it did not crash: %v, %s", err, said.String())
	}
}

func TestTheNextStartTellsOfACrashOnceAndWithoutSecrets(t *testing.T) {
	dir := t.TempDir()
	crashed(t, dir)
	b := Open(dir, slog.LevelInfo)
	b.CatchCrashes()
	crash, ok := b.LastCrash()
	if !ok || time.Since(crash.At) > time.Minute || !strings.Contains(crash.Text, "goroutine ") || !strings.Contains(crash.Text, "crash_test.go:") {
		t.Fatalf("it tells of %+v", crash)
	}
	if shows(crash.Text) || strings.Contains(crash.Text, "Jane") {
		t.Errorf("it shows secrets or names: %s", crash.Text)
	}
	if !strings.Contains(b.Report(Facts{}), "\nCrash of ") {
		t.Error("the report does not tell of it")
	}
	if filepath.Dir(crash.File) != dir {
		t.Errorf("it is kept as %q", crash.File)
	}
	for name, content := range kept(t, dir) {
		if shows(content) || strings.Contains(content, "Jane") {
			t.Errorf("%s keeps a secret or a name: %s", name, content)
		}
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	next := open(t, dir, slog.LevelInfo)
	next.CatchCrashes()
	if crash, ok := next.LastCrash(); ok {
		t.Errorf("it tells of it again: %+v", crash)
	}
	if content, err := os.ReadFile(crash.File); err != nil || !bytes.Contains(content, []byte("goroutine ")) {
		t.Errorf("what was kept of it is gone: %v", err)
	}
}

func TestOnlyTheNewestCrashesAreKept(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir, slog.LevelInfo)
	for i := range 6 {
		dump := filepath.Join(dir, dumpName)
		if err := os.WriteFile(dump, []byte("panic: x"), 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(time.Duration(i) * time.Hour)
		if err := os.Chtimes(dump, at, at); err != nil {
			t.Fatal(err)
		}
		b.CatchCrashes()
		if crash, ok := b.LastCrash(); !ok || crash.At.Sub(at).Abs() > time.Second {
			t.Errorf("crash %d: %+v", i, crash)
		}
		b.forgetCrashes()
	}
	all, err := filepath.Glob(filepath.Join(dir, keptPattern))
	if err != nil || len(all) != maxKept {
		t.Errorf("%v are kept: %v", all, err)
	}
}
