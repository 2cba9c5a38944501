package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

func main() {
	err := dispatch(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// dispatch is this program in its three parts: the one that people start, the
// bare loop, and the one that measures a command.
func dispatch(args []string) error {
	switch {
	case os.Getenv(costEnv) != "":
		return measured(args)
	case len(args) == 4 && args[0] == "bare":
		workers, err := strconv.Atoi(args[3])
		if err != nil {
			return err
		}
		return bare(args[1], args[2], workers)
	}
	b := &bench{out: os.Stdout}
	flags := flag.NewFlagSet("bench", flag.ExitOnError)
	flags.BoolVar(&b.quick, "quick", false, "only see whether it works")
	flags.StringVar(&b.only, "only", "", "the rows whose name holds this")
	flags.StringVar(&b.program, "program", "", "the program to measure; built from this source if empty")
	more := flags.String("args", "", "further words for the program's upload command")
	if err := flags.Parse(args); err != nil {
		return err
	}
	b.args = strings.Fields(*more)
	return b.run()
}

// measured is measure for a command line that may name this program itself.
func measured(args []string) error {
	into := os.Getenv(costEnv)
	if err := os.Unsetenv(costEnv); err != nil {
		return err
	}
	return measure(into, args)
}

// bench is one run of everything.
type bench struct {
	quick   bool
	only    string
	program string
	args    []string // of the program
	env     []string
	self    string
	scratch string
	out     io.Writer
}

func (b *bench) run() (err error) {
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	if b.scratch, err = os.MkdirTemp("", "bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.scratch)
	if b.program == "" {
		b.program = filepath.Join(b.scratch, "darwin-uploader")
		build := exec.Command("go", "build", "-o", b.program, "darwin-uploader")
		if out, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("the program cannot be built: %w\n%s", err, out)
		}
	}
	if err := evict(b.program); err != nil {
		return err
	}
	t := newTable(b.out)
	t.head()
	for _, s := range scenes(b.quick) {
		if !strings.Contains(s.name, b.only) {
			continue
		}
		results, err := b.play(s)
		if err != nil {
			return err
		}
		t.rows(s, results)
	}
	return b.goBenchmarks(t)
}
