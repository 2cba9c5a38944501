//go:build unix

package process

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"darwin-uploader/uploader/sandbox"
)

// maxPeak is the most memory that the program may ever have resident, in bytes,
// whatever it uploads.
const maxPeak = 100 << 20

// measureEnv names a file. With it, this test's own program runs another
// command and writes that one's peak of resident memory into the file.
//
// The detour is needed because a process is born with the peak of the one that
// it was forked from, and the tests' own is large.
const measureEnv = "DARWIN_UPLOADER_TEST_MEASURE"

func measure(line []string) int {
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		fmt.Fprintln(os.Stderr, err)
		return 70
	}
	peak := int64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
	if runtime.GOOS != "darwin" { // which counts in bytes
		peak <<= 10
	}
	if err := os.WriteFile(os.Getenv(measureEnv), []byte(strconv.FormatInt(peak, 10)), 0o600); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 70
	}
	return cmd.ProcessState.ExitCode()
}

// measured runs the program and gives the most memory, in bytes, that it had.
func measured(t *testing.T, s start) (end ended, peak int64) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	figure := filepath.Join(t.TempDir(), "peak")
	s.by = []string{self}
	s.env = append(s.env, measureEnv+"="+figure)
	end = launch(t, s).wait()
	text, err := os.ReadFile(figure)
	if err != nil {
		t.Fatalf("%v\n%s", err, end.err)
	}
	peak, err = strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return end, peak
}

// judge logs a measured upload and holds its memory against the bound.
func judge(t *testing.T, what string, end ended, peak int64) {
	t.Helper()
	t.Logf("%s: peak memory %.1f MiB, %.1f s", what, float64(peak)/(1<<20), end.took.Seconds())
	if !race && peak > maxPeak {
		t.Errorf("%s took %d MiB of memory, at most %d are allowed", what, peak>>20, maxPeak>>20)
	}
}

func TestAFileOfOneGigabyteArrivesWholeInBothVersionsWithLittleMemory(t *testing.T) {
	const size = 1 << 30
	file := filepath.Join(t.TempDir(), "long night.mp4")
	want := large(t, file, size)
	for _, slug := range []string{v1, v2} {
		t.Run(slug, func(t *testing.T) {
			s := startDarwin(t, sandbox.Config{})
			end, peak := measured(t, uploadTo(s, "--json", "--dataset", slug, file))
			if r := end.result(t); end.code != 0 || r.Uploaded != 1 || r.Bytes != size {
				t.Fatalf("exit %d, %+v\n%s", end.code, r, end.err)
			}
			if item := s.Items(slug)[0]; item.SHA256 != want || item.Size != size || item.Stores != 1 {
				t.Errorf("it arrived as %+v, want SHA-256 %s", item, want)
			}
			judge(t, "a file of 1 GiB", end, peak)
		})
	}
}

func TestTenThousandSmallFilesArriveWholeWithLittleMemory(t *testing.T) {
	const files, folders, size = 10_000, 20, 2 << 10
	dir := filepath.Join(t.TempDir(), "season")
	want := make(map[string]string, files)
	noise, content := rand.NewChaCha8([32]byte{2}), make([]byte, size)
	for folder := range folders {
		must(t, 0, os.MkdirAll(filepath.Join(dir, fmt.Sprint("trap ", folder)), 0o755))
	}
	for i := range files {
		must(t, 0, second(noise.Read(content)))
		place := fmt.Sprintf("trap %d/%05d.jpg", i%folders, i)
		must(t, 0, os.WriteFile(filepath.Join(dir, place), content, 0o644))
		want["/season/"+place] = sum(content)
	}
	s := startDarwin(t, sandbox.Config{})
	end, peak := measured(t, uploadTo(s, "--json", "--dataset", v2, "--tag", "deer", dir))
	if r := end.result(t); end.code != 0 || r.Uploaded != files || r.Bytes != files*size {
		t.Fatalf("exit %d, %d of %d are there\n%s", end.code, r.Uploaded, r.Files, end.err)
	}
	for _, item := range s.Items(v2) {
		place := item.Folder + "/" + item.Name
		if item.SHA256 != want[place] || item.Registrations != 1 || item.Stores != 1 || item.Confirms != 1 {
			t.Errorf("%s arrived as %+v", place, item)
		}
		delete(want, place)
	}
	if len(want) > 0 {
		t.Errorf("%d files did not arrive", len(want))
	}
	judge(t, "10,000 files of 2 KiB", end, peak)
	if lines := strings.Count(end.err, "\n"); lines > 0 {
		t.Errorf("it says beside the result: %s", end.err)
	}
}

// maxForPacks is the most memory that files in packs take, in bytes, beyond what
// the program has when it does nothing. That is mostly pages of its own file,
// and Linux counts all of them in a program that was linked a moment ago.
const maxForPacks = 30 << 20

func TestFilesInPacksTakeLittleMemory(t *testing.T) {
	const files, size = 3000, 50_000 // packs are full by size
	dir := filepath.Join(t.TempDir(), "season")
	must(t, 0, os.MkdirAll(dir, 0o755))
	noise, content := rand.NewChaCha8([32]byte{3}), make([]byte, size)
	for i := range files {
		must(t, 0, second(noise.Read(content)))
		must(t, 0, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.jpg", i)), content, 0o644))
	}
	s := startDarwin(t, sandbox.Config{})
	end, peak := measured(t, uploadTo(s, "--json", "--dataset", v2, dir))
	if r := end.result(t); end.code != 0 || r.Uploaded != files {
		t.Fatalf("exit %d, %d of %d are there\n%s", end.code, r.Uploaded, r.Files, end.err)
	}
	judge(t, "3,000 files of 50 KB", end, peak)
	_, idle := measured(t, start{args: []string{"--version"}})
	t.Logf("when it does nothing: %.1f MiB", float64(idle)/(1<<20))
	if !race && peak-idle > maxForPacks {
		t.Errorf("that is more than %d MiB beyond %d MiB", maxForPacks>>20, idle>>20)
	}
	requests := 0
	for _, q := range s.Requests() {
		if q.Call != sandbox.Store {
			requests++
		}
	}
	if requests > files/10 {
		t.Errorf("it took %d requests to Darwin", requests)
	}
}
