package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Count is how many tests ended which way. Subtests count as tests of their own.
type Count struct{ Passed, Failed, Skipped int }

func (c Count) String() string {
	if c.Skipped == 0 {
		return fmt.Sprintf("%d passed, %d failed", c.Passed, c.Failed)
	}
	return fmt.Sprintf("%d passed, %d failed, %d skipped", c.Passed, c.Failed, c.Skipped)
}

// event is one line of go test -json; `go doc test2json` describes it.
type event struct{ Action, Package, ImportPath, Test, Output string }

// reader keeps the output of tests that are still running: a test that passes is not worth a line.
type reader struct {
	to    io.Writer
	count Count
	kept  map[[2]string][]string
	fell  map[string]bool // packages in which a test failed
}

// read prints what matters of the events and counts the tests. A line that is no event, such as a linker's complaint, is passed on.
func read(from io.Reader, to io.Writer) (Count, error) {
	r := &reader{to: to, kept: map[[2]string][]string{}, fell: map[string]bool{}}
	lines := bufio.NewReader(from)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) == nil && e.Action != "" {
				r.take(e)
			} else {
				fmt.Fprint(to, line)
			}
		}
		if err == io.EOF {
			return r.count, nil
		}
		if err != nil {
			return r.count, fmt.Errorf("reading the events: %w", err)
		}
	}
}

func (r *reader) take(e event) {
	key := [2]string{e.Package, e.Test}
	switch e.Action {
	case "build-output":
		fmt.Fprint(r.to, e.Output)
	case "output":
		if e.Test == "" && verdictLine(e.Output) {
			fmt.Fprint(r.to, e.Output)
			return
		}
		r.kept[key] = append(r.kept[key], e.Output)
	case "pass":
		if e.Test != "" {
			r.count.Passed++
		}
		delete(r.kept, key)
	case "skip":
		if e.Test != "" {
			r.count.Skipped++
			r.release(key)
		}
		delete(r.kept, key)
	case "fail":
		r.fail(e, key)
	}
}

// fail prints a failed test whole. A package that fails without a failed test did not build, or ended before its time: that is
// one failure, and what its unfinished tests wrote is worth reading.
func (r *reader) fail(e event, key [2]string) {
	if e.Test != "" {
		r.count.Failed++
		r.fell[e.Package] = true
		r.release(key)
		return
	}
	if !r.fell[e.Package] {
		r.count.Failed++
	}
	for left := range r.kept {
		if left[0] == e.Package {
			r.release(left)
		}
	}
}

func (r *reader) release(key [2]string) {
	for _, line := range r.kept[key] {
		if !strings.HasPrefix(line, "=== ") {
			fmt.Fprint(r.to, line)
		}
	}
	delete(r.kept, key)
}

// verdictLine is go test's own line about a package that has tests.
func verdictLine(line string) bool {
	return strings.HasPrefix(line, "ok  \t") || strings.HasPrefix(line, "FAIL\t")
}

// total adds up the counts of a tally, one a line as Count writes it.
func total(from io.Reader) (Count, error) {
	var sum Count
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		var c Count
		if n, err := fmt.Sscanf(lines.Text(), "%d passed, %d failed, %d skipped", &c.Passed, &c.Failed, &c.Skipped); n < 2 {
			return sum, fmt.Errorf("reading %q in the tally: %w", lines.Text(), err)
		}
		sum.Passed += c.Passed
		sum.Failed += c.Failed
		sum.Skipped += c.Skipped
	}
	return sum, lines.Err()
}
