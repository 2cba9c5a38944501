package desktop

import (
	"os/exec"
	"strings"
	"testing"
)

func TestWithoutAScreenOneLineSaysSo(t *testing.T) {
	needsWindow(t)
	cmd := exec.Command(program(t))
	cmd.Env = []string{"HOME=" + t.TempDir()}
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err == nil {
		t.Fatal("it ended as if all were well")
	}
	if code := cmd.ProcessState.ExitCode(); code != 2 {
		t.Errorf("it ended with code %d, want 2", code)
	}
	if out.Len() > 0 {
		t.Errorf("it wrote %q to standard output", out.String())
	}
	if line := errs.String(); strings.Count(line, "\n") != 1 || !strings.Contains(line, "no screen") || !strings.Contains(line, "darwin-uploader upload") {
		t.Errorf("it said %q", line)
	}
}

func TestScreenThatDoesNotAnswerIsToldInOneLine(t *testing.T) {
	needsWindow(t)
	cmd := exec.Command(program(t))
	cmd.Env = []string{"HOME=" + t.TempDir(), "DISPLAY=:4711"}
	var errs strings.Builder
	cmd.Stderr = &errs
	_ = cmd.Run() // the code is checked
	if line := errs.String(); cmd.ProcessState.ExitCode() != 2 || strings.Count(line, "\n") != 1 || !strings.Contains(line, ":4711") {
		t.Errorf("it ended with code %d and said %q", cmd.ProcessState.ExitCode(), line)
	}
}
