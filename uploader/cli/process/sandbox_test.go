//go:build unix

package process

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"darwin-uploader/uploader/cli"
)

// practice is the `sandbox` command at work.
type practice struct {
	*process
	address, key string
	temp         string // where it keeps its files
}

func startPractice(t *testing.T, args ...string) practice {
	t.Helper()
	temp := t.TempDir()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	p := practice{process: launch(t, start{args: append([]string{"sandbox"}, args...), env: []string{"TMPDIR=" + temp}, stdout: write}), temp: temp}
	must(t, 0, write.Close())
	out := bufio.NewScanner(read)
	for p.key == "" && out.Scan() {
		if word, value, ok := strings.Cut(out.Text(), " "); ok && word == "address" {
			p.address = value
		} else if ok && word == "key" {
			p.key = strings.TrimSpace(value)
		}
	}
	if p.address == "" || p.key == "" {
		t.Fatalf("it says neither address nor key: %v", p.wait())
	}
	return p
}

// get asks the practice Darwin as its owner.
func (p practice) get(path string) string {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.address+path, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Authorization", "ApiKey "+p.key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		p.t.Fatalf("%s: %d, %v: %s", path, res.StatusCode, err, body)
	}
	return string(body)
}

func TestTheSandboxServesUploadsAndItsPageUntilItIsStopped(t *testing.T) {
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		p := startPractice(t)
		if !strings.HasPrefix(p.address, "http://127.0.0.1:") {
			t.Errorf("the address is %q", p.address)
		}
		file := write(t, filepath.Join(t.TempDir(), "a fox.jpg"), jpegFile(t))
		end := launch(t, start{
			args: []string{"upload", "-d", v2, "-t", "fox", file}, env: []string{"DARWIN_BASE_URL=" + p.address, "DARWIN_API_KEY=" + p.key},
		}).wait()
		if end.code != cli.ExitDone {
			t.Errorf("exit %d: %s%s", end.code, end.out, end.err)
		}
		var datasets []struct {
			ID   int64
			Slug string
		}
		must(t, 0, json.Unmarshal([]byte(p.get("/api/datasets")), &datasets))
		for _, d := range datasets {
			page := p.get(fmt.Sprintf("/datasets/%d", d.ID))
			if has := strings.Contains(page, "a fox.jpg"); has != (d.Slug == v2) {
				t.Errorf("the page of %s shows the item: %v", d.Slug, has)
			}
		}
		sent := p.signal(sig)
		end = p.wait()
		inTime(t, sent)
		if end.code != cli.ExitDone || !strings.Contains(end.err, "This is a practice Darwin.") {
			t.Errorf("exit %d, %q", end.code, end.err)
		}
		if left, err := os.ReadDir(p.temp); err != nil || len(left) > 0 {
			t.Errorf("it leaves %v behind (%v)", left, err)
		}
	}
}

func TestTheSandboxIsForThisComputerOnly(t *testing.T) {
	taken := startPractice(t)
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"--addr", "0.0.0.0:0"}, `Other computers could reach the demo at "0.0.0.0:0". Use an address of this computer only, such as 127.0.0.1:8080.`},
		{[]string{"--addr", ":8080"}, `Other computers could reach the demo`},
		{[]string{"--addr", "[::]:0"}, `Other computers could reach the demo`},
		{[]string{"--addr", "127.0.0.1"}, `"127.0.0.1" is not an address with a port.`},
		{[]string{"--addr", strings.TrimPrefix(taken.address, "http://")}, "The demo could not start on this computer. Choose another port"},
		{[]string{"here"}, `The sandbox does not know "here".`},
	} {
		end := launch(t, start{args: append([]string{"sandbox"}, tt.args...)}).wait()
		if end.code != cli.ExitWrong || end.out != "" || !strings.Contains(end.err, tt.want) {
			t.Errorf("%v: exit %d, %q, %q", tt.args, end.code, end.out, end.err)
		}
	}
	taken.signal(os.Interrupt)
	if end := taken.wait(); end.code != cli.ExitDone {
		t.Errorf("exit %d", end.code)
	}
}
