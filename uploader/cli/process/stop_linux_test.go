package process

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
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
		return signs == files && strings.Contains(screen.text(), "\r3 of 10 sent")
	})
	return p, screen
}

// stopping are the ways to stop an upload now: what is sent, and what it says
// on the way.
var stopping = map[string]struct {
	stop func(*process, *screen) time.Time
	says string
}{
	"terminated": {func(p *process, _ *screen) time.Time { return p.signal(syscall.SIGTERM) }, ""},
	"hung up":    {func(p *process, _ *screen) time.Time { return p.signal(syscall.SIGHUP) }, ""},
	"Ctrl+C twice": {func(p *process, s *screen) time.Time {
		p.signal(os.Interrupt)
		eventually(p.t, "it says what it finishes", func() bool { return strings.Contains(s.text(), onTheirWay) })
		return p.signal(os.Interrupt)
	}, onTheirWay},
}

const onTheirWay = "Finishing the 7 files on their way. Press Ctrl+C again to stop now.\r\n"

func TestToldToStopNowItStopsSoonAndTellsWhatIsDone(t *testing.T) {
	for name, how := range stopping {
		for _, slug := range []string{v1, v2} {
			t.Run(name+" "+slug, func(t *testing.T) {
				if name == "hung up" && signal.Ignored(syscall.SIGHUP) {
					t.Skip("these tests run where a hang-up is ignored (nohup), which their programs inherit")
				}
				t.Run("in words", func(t *testing.T) {
					s := startDarwin(t, sandbox.Config{})
					p, screen := halfWay(t, s, slug)
					sent := how.stop(p, screen)
					end := p.wait()
					inTime(t, sent)
					if end.code != cli.ExitSome || !strings.HasPrefix(end.out, "The upload was stopped.\n7 files were not finished: ") ||
						!strings.Contains(end.out, "3 of 10 are in Darwin") ||
						!strings.Contains(end.out, "To go on with the rest: darwin-uploader upload --resume --dataset alder-valley-wildlife/"+slug+"\n") {
						t.Errorf("exit %d\n%s%s", end.code, end.out, end.err)
					}
					screen.isCleanBut(t, how.says)
					end.err = screen.text()
					noSecrets(t, end, s.Key())
				})
				t.Run("in JSON", func(t *testing.T) {
					s := startDarwin(t, sandbox.Config{})
					p, screen := halfWay(t, s, slug, "--json")
					sent := how.stop(p, screen)
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
					screen.isCleanBut(t, how.says)
				})
			})
		}
	}
}

// heard is what a process says, to be read while it speaks.
type heard struct {
	mu   sync.Mutex
	said bytes.Buffer
}

func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.said.Write(p)
}

func (h *heard) text() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.said.String()
}

func TestOneInterruptFinishesTheFilesOnTheirWayAndBeginsNoOther(t *testing.T) {
	const files, atOnce = 40, 4
	for _, slug := range []string{v1, v2} {
		t.Run(slug, func(t *testing.T) {
			s := startDarwin(t, sandbox.Config{})
			var stored atomic.Int64
			told := make(chan struct{})
			remove := s.Inject(sandbox.Fault{Call: sandbox.Store, Rewrite: func(answer []byte) []byte {
				stored.Add(1)
				<-told
				return answer
			}})
			goOn := sync.OnceFunc(func() { close(told) })
			t.Cleanup(goOn)
			dir, home := filepath.Join(t.TempDir(), "May"), openFolder(t)
			sums := map[string]string{}
			for i := range files {
				name := fmt.Sprintf("%02d.jpg", i)
				content := fmt.Appendf(jpegFile(t), "%d", i)
				write(t, filepath.Join(dir, name), content)
				sums[name] = sum(content)
			}
			run := func(args ...string) start {
				start := uploadTo(s, append([]string{"--json", "--no-direct", "--workers", fmt.Sprint(atOnce), "-d", slug}, args...)...)
				start.env = append(start.env, "DARWIN_UPLOADER_HOME="+home)
				return start
			}
			said := &heard{}
			first := run(dir)
			first.stderr = said
			p := launch(t, first)
			eventually(t, "files are on their way", func() bool { return stored.Load() == atOnce })
			p.signal(os.Interrupt)
			eventually(t, "it has taken the interrupt in", func() bool { return said.text() != "" })
			goOn()
			end := p.wait()
			r := end.result(t)
			there := r.Uploaded
			if end.code != cli.ExitSome || there != atOnce || there+len(r.Failed) != files || r.Problem != "The upload was stopped." {
				t.Errorf("exit %d, %d arrived of %d on their way, %d were stopped: %s", end.code, there, atOnce, len(r.Failed), r.Problem)
			}
			if said.text() != "Finishing the 4 files on their way. Press Ctrl+C again to stop now.\n" {
				t.Errorf("it says %q", said.text())
			}
			confirmed := 0
			for _, item := range s.Items(slug) {
				confirmed += item.Confirms
				if item.Stores != item.Confirms {
					t.Errorf("a file was sent and left there: %+v", item)
				}
			}
			if confirmed != there {
				t.Errorf("%d arrived, and it says %d", confirmed, there)
			}
			remove()
			if end := launch(t, run("--resume")).wait(); end.code != cli.ExitDone {
				t.Errorf("resumed: exit %d, %s%s", end.code, end.out, end.err)
			}
			items := s.Items(slug)
			if len(items) != files {
				t.Errorf("%d items for %d files", len(items), files)
			}
			for _, item := range items {
				if item.SHA256 != sums[item.Name] || item.Registrations != 1 || item.Stores != 1 || item.Confirms != 1 {
					t.Errorf("%+v", item)
				}
			}
		})
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
	first := launch(t, uploadTo(s, "--json", "--no-direct", "-d", v2, dir))
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
	end := launch(t, uploadTo(s, "--json", "--no-direct", "-d", v2, dir)).wait()
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
