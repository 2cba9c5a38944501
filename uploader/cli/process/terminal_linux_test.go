package process

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"darwin-uploader/uploader/cli"
	"darwin-uploader/uploader/sandbox"
)

// screen is a terminal of the test's own and all that was written to it.
type screen struct {
	program *os.File // the program's end

	mu     sync.Mutex
	seen   bytes.Buffer
	closed chan struct{}
}

func openScreen(t *testing.T, columns uint16) *screen {
	t.Helper()
	hub, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hub.Close() })
	fd := int(hub.Fd())
	must(t, 0, unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0))
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	must(t, 0, err)
	must(t, 0, unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}))
	end, err := os.OpenFile("/dev/pts/"+strconv.Itoa(number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{program: end, closed: make(chan struct{})}
	go func() {
		defer close(s.closed)
		_, err := io.Copy(s, hub)
		if err != nil && !errors.Is(err, syscall.EIO) { // nobody has it open any more
			t.Error(err)
		}
	}()
	return s
}

// Write keeps what the program wrote.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen.Write(p)
}

func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen.String()
}

// isClean fails if the line of progress moved on or was left behind. The
// program must have ended.
func (s *screen) isClean(t *testing.T) { s.isCleanBut(t, "") }

// isCleanBut is isClean but for a sentence that was said on the way.
func (s *screen) isCleanBut(t *testing.T, said string) {
	t.Helper()
	<-s.closed
	seen := s.text()
	if strings.Count(seen, said) != 1 && said != "" {
		t.Errorf("it does not say %q once: %q", said, seen)
	}
	if seen := strings.ReplaceAll(seen, said, ""); strings.Contains(seen, "\n") || !strings.HasSuffix(seen, " \r") {
		t.Errorf("the line is not painted over and wiped: %q", seen)
	}
}

func TestOnATerminalOneLineShowsTheProgressAndIsGoneAtTheEnd(t *testing.T) {
	for columns, want := range map[uint16]string{
		120: "\r0 of 1 sent, 0 B of 3.0 MB",
		24:  "\r0 of 1 sent",
		0:   "\r0 of 1 sent, 0 B of 3.0 MB", // a terminal that does not know its size
	} {
		t.Run(strconv.Itoa(int(columns))+" columns", func(t *testing.T) {
			s := startDarwin(t, sandbox.Config{})
			release := s.Inject(sandbox.Fault{Call: sandbox.Sign, Status: 503, RetryAfter: "0"})
			file := write(t, filepath.Join(t.TempDir(), "one.jpg"), make([]byte, 3e6))
			screen := openScreen(t, columns)
			start := uploadTo(s, "-d", v2, file)
			start.stderr = screen.program
			p := launch(t, start)
			must(t, 0, screen.program.Close())
			eventually(t, "the line is painted twice", func() bool { return strings.Count(screen.text(), want) >= 2 })
			release()
			end := p.wait()
			screen.isClean(t)
			seen := screen.text()
			if end.code != cli.ExitDone || !strings.Contains(end.out, "1 of 1 are in Darwin") {
				t.Errorf("exit %d, %q", end.code, end.out)
			}
			for line := range strings.SplitSeq(seen, "\r") {
				if width := max(int(columns), 24); columns > 0 && len(line) >= width {
					t.Errorf("%q does not fit into %d columns", line, width)
				}
			}
			end.err = seen
			noSecrets(t, end, s.Key())
		})
	}
}
