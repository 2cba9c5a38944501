//go:build unix

package process

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"darwin-uploader/uploader/cli"
	"darwin-uploader/uploader/sandbox"
)

// limitEnv holds a number of bytes. With it, this test's own program runs the
// upload, and no file that it writes may grow beyond that, as on a disk that is
// full. (In the real program, the system's signal about it would be taken for a
// crash.)
const limitEnv = "DARWIN_UPLOADER_TEST_FILE_LIMIT"

func limited(args []string) int {
	limit, err := strconv.ParseUint(os.Getenv(limitEnv), 10, 63)
	if err == nil {
		signal.Ignore(syscall.SIGXFSZ)
		err = syscall.Setrlimit(1, &syscall.Rlimit{Cur: limit, Max: limit}) // RLIMIT_FSIZE
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 70
	}
	return cli.Upload(context.Background(), cli.Env{
		Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Version: "test", JournalDir: os.Getenv("DARWIN_UPLOADER_HOME"),
	}, args)
}

// brim is an upload whose journal gets no more room half way.
type brim struct {
	*testing.T
	sandbox *sandbox.Sandbox
	slug    string
	home    string
	sums    map[string]string
	dir     string
}

const (
	brimFiles = 600
	brimRoom  = 420 << 10 // enough to write down 600 files, and not what becomes of them
)

func newBrim(t *testing.T, slug, home string) *brim {
	b := &brim{T: t, sandbox: startDarwin(t, sandbox.Config{}), slug: slug, home: home, dir: filepath.Join(t.TempDir(), "May"), sums: map[string]string{}}
	for i := range brimFiles {
		name := fmt.Sprintf("%03d.jpg", i)
		content := []byte(strings.Repeat(name, 1+i%50))
		write(t, filepath.Join(b.dir, name), content)
		b.sums[name] = sum(content)
	}
	return b
}

func (b *brim) start(args ...string) start {
	s := uploadTo(b.sandbox, append([]string{"--json", "--no-wait", "--no-direct", "-d", b.slug}, args...)...)
	s.env = append(s.env, "DARWIN_UPLOADER_HOME="+b.home)
	return s
}

// stopped checks a run whose journal filled up.
func (b *brim) stopped(end ended) {
	b.Helper()
	r := end.result(b.T)
	if end.code != cli.ExitSome || !strings.Contains(r.Problem, "its journal cannot be written") || r.Files != brimFiles {
		b.Errorf("exit %d, %q, %d files\n%s", end.code, r.Problem, r.Files, end.err)
	}
	confirmed := 0
	for _, item := range b.sandbox.Items(b.slug) {
		if item.Confirms > 0 {
			confirmed++
			if item.SHA256 != b.sums[item.Name] {
				b.Errorf("confirmed without its bytes: %+v", item)
			}
		}
	}
	if confirmed == brimFiles || r.Uploaded > confirmed {
		b.Errorf("%d of %d arrived, and it says %d", confirmed, brimFiles, r.Uploaded)
	}
	b.Logf("%d of %d had arrived when the journal was full", confirmed, brimFiles)
}

// resumed goes on with room and checks that everything is there once.
func (b *brim) resumed() {
	b.Helper()
	if end := launch(b.T, b.start("--resume")).wait(); end.code != cli.ExitDone || end.result(b.T).Uploaded != brimFiles {
		b.Errorf("exit %d: %.300s %s", end.code, end.out, end.err)
	}
	items := b.sandbox.Items(b.slug)
	if len(items) != brimFiles {
		b.Errorf("%d items for %d files", len(items), brimFiles)
	}
	for _, item := range items {
		if item.SHA256 != b.sums[item.Name] || item.Confirms == 0 || item.Status == "uploading" {
			b.Errorf("%+v", item)
		}
	}
	if end := launch(b.T, b.start("--resume")).wait(); end.code != cli.ExitDone || end.result(b.T).Files != 0 {
		b.Errorf("something is left: exit %d: %.300s %s", end.code, end.out, end.err)
	}
}

func TestAJournalThatMayNotGrowStopsTheUploadAndLosesNothing(t *testing.T) {
	self, err := os.Executable()
	must(t, 0, err)
	for _, slug := range []string{v1, v2} {
		t.Run(slug, func(t *testing.T) {
			b := newBrim(t, slug, openFolder(t))
			s := b.start(b.dir)
			s.args, s.instead = s.args[1:], self
			s.env = append(s.env, fmt.Sprintf("%s=%d", limitEnv, brimRoom))
			b.stopped(launch(t, s).wait())
			b.resumed()
		})
	}
}

func TestInAHomeThatMayNotBeWrittenItUploadsAndSaysInOneLineWhatThatMeans(t *testing.T) {
	for _, slug := range []string{v1, v2} {
		t.Run(slug, func(t *testing.T) {
			s := startDarwin(t, sandbox.Config{})
			home := openFolder(t)
			must(t, 0, os.Chmod(home, 0o555))
			t.Cleanup(func() { _ = os.Chmod(home, 0o755) }) // so that it can be removed
			dir := filepath.Join(openFolder(t), "May")
			for i := range 20 {
				write(t, filepath.Join(dir, fmt.Sprintf("%02d.jpg", i)), fmt.Appendf(jpegFile(t), "%d", i))
			}
			start := uploadTo(s, "--json", "-d", slug, dir)
			start.env = append(start.env, "DARWIN_UPLOADER_HOME="+home)
			if os.Geteuid() == 0 {
				start.user = nobody // root may write everything
			}
			end := launch(t, start).wait()
			if r := end.result(t); end.code != cli.ExitDone || r.Uploaded != 20 {
				t.Errorf("exit %d, %+v", end.code, r)
			}
			const want = "The journal, which lets an interrupted upload go on, cannot be kept on this computer: writing is not allowed there. " +
				"The upload begins all the same, but could not go on after an interruption.\n"
			if end.err != want {
				t.Errorf("it says %q, want %q", end.err, want)
			}
			if left := must2(os.ReadDir(home))(t); len(left) > 0 {
				t.Errorf("it left %v behind", left)
			}
		})
	}
}
