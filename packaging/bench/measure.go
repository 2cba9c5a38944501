package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// cost is what a process took.
type cost struct {
	Wall, CPU time.Duration
	Peak      int64 // bytes of memory, resident
}

// costEnv names a file. With it, this program runs another command and writes
// what that one took into the file. The detour is needed because a process is
// born with the peak of the one that it was forked from.
const costEnv = "DARWIN_UPLOADER_BENCH_COST"

func measure(into string, command []string) error {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	began := time.Now()
	err := cmd.Run()
	if cmd.ProcessState == nil {
		return err
	}
	c := cost{Wall: time.Since(began), CPU: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.Peak = int64(usage.Maxrss)
		if runtime.GOOS != "darwin" { // which counts in bytes
			c.Peak <<= 10
		}
	}
	text, marshal := json.Marshal(c)
	if marshal != nil {
		return marshal
	}
	if write := os.WriteFile(into, text, 0o600); write != nil {
		return write
	}
	return err
}

// run runs a command, measured. What it says is kept for the error.
func run(scratch string, env []string, command ...string) (cost, error) {
	self, err := os.Executable()
	if err != nil {
		return cost{}, err
	}
	into := filepath.Join(scratch, "cost")
	var said bytes.Buffer
	cmd := exec.Command(self, command...)
	cmd.Env = append(append(os.Environ(), env...), costEnv+"="+into)
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		return cost{}, fmt.Errorf("%s: %w\n%s", filepath.Base(command[0]), err, said.Bytes())
	}
	text, err := os.ReadFile(into)
	if err != nil {
		return cost{}, err
	}
	var c cost
	return c, json.Unmarshal(text, &c)
}
