//go:build unix

package process

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"darwin-uploader/uploader/sandbox"
)

// start is how the program is started.
type start struct {
	args    []string
	env     []string  // beside PATH and a home of its own
	user    uint32    // runs it as this user, if not 0; only root may ask for that
	by      []string  // what runs it, nothing for itself
	instead string    // of the program, if not ""
	stdout  io.Writer // instead of keeping it
	stderr  io.Writer // likewise
}

// process is the program at work.
type process struct {
	t           *testing.T
	cmd         *exec.Cmd
	began       time.Time
	out, errout bytes.Buffer
}

// ended is what has become of it.
type ended struct {
	code     int
	out, err string
	took     time.Duration
}

func launch(t *testing.T, s start) *process {
	t.Helper()
	runs := program
	if s.instead != "" {
		runs = s.instead
	}
	line := append(append(s.by, runs), s.args...)
	p := &process{t: t, cmd: exec.CommandContext(t.Context(), line[0], line[1:]...), began: time.Now()}
	home := openFolder(t)
	if s.user != 0 {
		if err := os.Chown(home, int(s.user), -1); err != nil {
			t.Fatal(err)
		}
		p.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: s.user, Gid: s.user}}
	}
	p.cmd.Dir = home
	// Neither a display nor a session bus: nothing here may need one.
	p.cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TMPDIR=" + home, "DARWIN_UPLOADER_HOME=" + home,
		"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent", "GORACE=halt_on_error=1 exitcode=66",
	}, s.env...)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.errout
	if s.stdout != nil {
		p.cmd.Stdout = s.stdout
	}
	if s.stderr != nil {
		p.cmd.Stderr = s.stderr
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return p
}

// wait waits for its end.
func (p *process) wait() ended {
	p.t.Helper()
	err := p.cmd.Wait()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		p.t.Fatal(err)
	}
	if strings.Contains(p.errout.String(), "DATA RACE") {
		p.t.Error(p.errout.String())
	}
	return ended{p.cmd.ProcessState.ExitCode(), p.out.String(), p.errout.String(), time.Since(p.began)}
}

// signal sends a signal and gives the time of it.
func (p *process) signal(s os.Signal) time.Time {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
	return time.Now()
}

// stopsWithin is how long a person who pressed Ctrl+C waits gladly.
const stopsWithin = 5 * time.Second

func inTime(t *testing.T, sent time.Time) {
	t.Helper()
	if took := time.Since(sent); took > stopsWithin {
		t.Errorf("it took %v to stop", took)
	}
}

// uploadTo is the start of `upload` for a sandbox.
func uploadTo(s *sandbox.Sandbox, args ...string) start {
	return start{
		args: append([]string{"upload"}, args...),
		env:  []string{"DARWIN_BASE_URL=" + s.URL(), "DARWIN_API_KEY=" + s.Key()},
	}
}

// result is what --json prints.
type result struct {
	Dataset  string `json:"dataset"`
	Files    int    `json:"files"`
	Uploaded int    `json:"uploaded"`
	Skipped  []struct {
		File, Reason, Message, Detail string
	} `json:"skipped"`
	Failed []struct {
		File, Stage, Error, Detail string
	} `json:"failed"`
	Outcomes map[string]int `json:"outcomes"`

	Bytes   int64   `json:"bytes"`
	Seconds float64 `json:"seconds"`
	Problem string  `json:"problem"`
}

// result reads the one JSON object that is all of the output.
func (e ended) result(t *testing.T) result {
	t.Helper()
	var r result
	d := json.NewDecoder(strings.NewReader(e.out))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		t.Fatalf("exit %d, and the output is no such JSON object: %v\n%s%s", e.code, err, e.out, e.err)
	}
	if rest, err := io.ReadAll(d.Buffered()); err != nil || strings.TrimSpace(string(rest)) != "" {
		t.Fatalf("after the JSON object comes %q (%v)", rest, err)
	}
	return r
}
