package process

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"darwin-uploader/uploader/cli"
	"darwin-uploader/uploader/sandbox"
)

// halfWay starts an upload of ten files of which three arrive and the others
// stall, and gives it when it says so itself on its terminal. (When Darwin has
// seen a file's confirmation, the program may not have heard of it yet.)
func halfWay(t *testing.T, s *sandbox.Sandbox, slug string, args ...string) (*process, *screen) {
	t.Helper()
	const arrive, files = 3, 10
	s.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true, After: arrive})
	dir := filepath.Join(t.TempDir(), "May")
	for i := range files {
		write(t, filepath.Join(dir, fmt.Sprintf("%d.jpg", i)), fmt.Appendf(jpegFile(t), "%d", i))
	}
	screen := openScreen(t, 80)
	start := uploadTo(s, append(args, "-d", slug, dir)...)
	start.stderr = screen.program
	p := launch(t, start)
	must(t, 0, screen.program.Close())
	eventually(t, "three files are in Darwin and the others under way", func() bool {
		signs := 0
		for _, item := range s.Items(slug) {
			signs += item.Signs
		}
		return signs == files && strings.Contains(screen.text(), "\r3 of 10 in Darwin")
	})
	return p, screen
}

func TestInterruptAndTerminationStopSoonAndTellWhatIsDone(t *testing.T) {
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		for _, slug := range []string{v1, v2} {
			t.Run(fmt.Sprint(sig, " ", slug), func(t *testing.T) {
				t.Run("in words", func(t *testing.T) {
					s := startDarwin(t, sandbox.Config{})
					p, screen := halfWay(t, s, slug)
					sent := p.signal(sig)
					end := p.wait()
					inTime(t, sent)
					if end.code != cli.ExitSome || !strings.HasPrefix(end.out, "The upload was stopped.\n7 files were not finished: ") ||
						!strings.Contains(end.out, "3 of 10 are in Darwin") {
						t.Errorf("exit %d\n%s%s", end.code, end.out, end.err)
					}
					screen.isClean(t)
					end.err = screen.text()
					noSecrets(t, end, s.Key())
				})
				t.Run("in JSON", func(t *testing.T) {
					s := startDarwin(t, sandbox.Config{})
					p, screen := halfWay(t, s, slug, "--json")
					sent := p.signal(sig)
					end := p.wait()
					inTime(t, sent)
					r := end.result(t)
					if end.code != cli.ExitSome || r.Uploaded != 3 || r.Files != 10 || len(r.Failed) != 7 || r.Problem != "The upload was stopped." {
						t.Errorf("exit %d, %+v", end.code, r)
					}
					for _, f := range r.Failed {
						if f.Stage != "stopped" {
							t.Errorf("%+v", f)
						}
					}
					screen.isClean(t)
				})
			})
		}
	}
}

func TestAnInterruptWhileDarwinIsSilentStopsSoonToo(t *testing.T) {
	asked := make(chan struct{}, 1)
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	t.Cleanup(silent.Close)
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), jpegFile(t))
	for _, asJSON := range []bool{false, true} {
		args := []string{"upload", "-d", v2, file}
		if asJSON {
			args = append(args, "--json")
		}
		p := launch(t, start{args: args, env: []string{"DARWIN_BASE_URL=" + silent.URL, "DARWIN_API_KEY=" + sandbox.DemoKey}})
		select {
		case <-asked:
		case <-time.After(patience):
			t.Fatal("Darwin was never asked")
		}
		sent := p.signal(os.Interrupt)
		end := p.wait()
		inTime(t, sent)
		said := end.out
		if asJSON {
			said = end.result(t).Problem + "\n"
		}
		if end.code != cli.ExitSome || said != "The upload was stopped before it began. Nothing was sent.\n" || end.err != "" {
			t.Errorf("exit %d, %q, %q", end.code, end.out, end.err)
		}
	}
}

func TestWhatWasStoppedIsFinishedByTheNextRun(t *testing.T) {
	s := startDarwin(t, sandbox.Config{})
	remove := s.Inject(sandbox.Fault{Call: sandbox.Register, Stall: true, After: 1})
	dir := filepath.Join(t.TempDir(), "May")
	const files = 100
	for i := range files {
		write(t, filepath.Join(dir, fmt.Sprintf("%02d.jpg", i)), fmt.Appendf(nil, "picture %d", i))
	}
	first := launch(t, uploadTo(s, "--json", "-d", v2, dir))
	eventually(t, "all that was registered is in Darwin", func() bool {
		items := s.Items(v2)
		for _, item := range items {
			if item.Confirms == 0 {
				return false
			}
		}
		return len(items) > 0
	})
	there := len(s.Items(v2))
	first.signal(os.Interrupt)
	r := first.wait().result(t)
	remove()
	if there == files || r.Uploaded > there || r.Uploaded+len(r.Failed) != files {
		t.Fatalf("%d of %d are there, and the first run says %+v", there, files, r)
	}
	end := launch(t, uploadTo(s, "--json", "-d", v2, dir)).wait()
	again := end.result(t)
	if again.Uploaded != files-there || len(again.Skipped) != there {
		t.Errorf("%d of %d were there, and the second run brought %d and left %d out", there, files, again.Uploaded, len(again.Skipped))
	}
	for _, item := range s.Items(v2) {
		if item.Stores != 1 || item.Confirms != 1 {
			t.Errorf("%+v", item)
		}
	}
}
