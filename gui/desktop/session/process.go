package session

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Program is one process of the session, from its start to the end of the test.
type Program struct {
	t     testing.TB
	name  string
	cmd   *exec.Cmd
	out   written
	errs  written
	ended chan struct{}
}

// written collects what a process writes, for reading while it runs.
type written struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (w *written) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.Write(p)
}

func (w *written) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.String()
}

// spawn starts cmd and ends it with the test, unless it has ended before.
func spawn(t testing.TB, cmd *exec.Cmd) *Program {
	t.Helper()
	p := &Program{t: t, name: cmd.Args[0], cmd: cmd, ended: make(chan struct{})}
	if cmd.Stdout == nil {
		cmd.Stdout = &p.out
	}
	cmd.Stderr = &p.errs
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting %s: %v", p.name, err)
	}
	go func() {
		_ = cmd.Wait() // how it ended is read from ProcessState
		close(p.ended)
	}()
	t.Cleanup(func() {
		p.End()
		if t.Failed() {
			t.Logf("%s wrote:\n%s%s", p.name, tail(p.out.String()), tail(p.errs.String()))
		}
	})
	return p
}

// End asks the process to end, and ends it by force when it does not within five seconds. It reports whether the process went by
// itself.
func (p *Program) End() bool {
	select {
	case <-p.ended:
		return true
	default:
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended this very moment
	select {
	case <-p.ended:
		return true
	case <-time.After(5 * time.Second):
	}
	_ = p.cmd.Process.Kill()
	<-p.ended
	return false
}

// Ended is closed once the process is gone.
func (p *Program) Ended() <-chan struct{} { return p.ended }

// ExitCode of a process that has ended: -1 when a signal ended it.
func (p *Program) ExitCode() int {
	<-p.ended
	return p.cmd.ProcessState.ExitCode()
}

// Pid is the number of the process.
func (p *Program) Pid() int { return p.cmd.Process.Pid }

// Output is what the process has written to standard output so far.
func (p *Program) Output() string { return p.out.String() }

// Errors is what the process has written to standard error so far.
func (p *Program) Errors() string { return p.errs.String() }

// Lines are the finished lines of standard output so far.
func (p *Program) Lines() []string {
	out := p.Output()
	end := strings.LastIndexByte(out, '\n')
	if end < 0 {
		return nil
	}
	return strings.Split(out[:end], "\n")
}

// alive fails the test when the process is gone already.
func (p *Program) alive() {
	p.t.Helper()
	select {
	case <-p.ended:
		p.t.Fatalf("%s ended at once (%s):\n%s", p.name, p.cmd.ProcessState, tail(p.errs.String()))
	default:
	}
}

// await waits for a condition that the process brings about, and fails early when it ends before.
func (p *Program) await(limit time.Duration, what string, holds func() bool) {
	p.t.Helper()
	Await(p.t, limit, what, func() bool {
		p.t.Helper()
		if holds() {
			return true
		}
		p.alive()
		return false
	})
}

// run runs a short command of the session to its end and returns its standard output.
func (s *Session) run(stdin io.Reader, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(s.t.Context(), startUp)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env, cmd.Dir, cmd.Stdin, cmd.WaitDelay = s.env(), s.Home, stdin, time.Second
	out, err := cmd.Output()
	return string(out), err
}

// tail is the end of a long text.
func tail(text string) string {
	const most = 6000
	if len(text) > most {
		return "..." + text[len(text)-most:]
	}
	return text
}

// Running lists the processes whose program is the file binary.
func Running(t testing.TB, binary string) []string {
	t.Helper()
	links, err := filepath.Glob("/proc/[0-9]*/exe")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, link := range links {
		if target, err := os.Readlink(link); err == nil && target == binary {
			list = append(list, filepath.Base(filepath.Dir(link)))
		}
	}
	return list
}
