//go:build unix

package process

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/cli"
	"darwin-uploader/uploader/intake"
	"darwin-uploader/uploader/sandbox"
)

// nobody is a user without any rights, by convention.
const nobody = 65534

func TestWrongWordsAndConfigurationEndWithTwoAndASentence(t *testing.T) {
	s := startDarwin(t, sandbox.Config{})
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), jpegFile(t))
	tests := []struct {
		name string
		args []string
		env  []string // after the usual, so that it wins
		want string
	}{
		{"nothing after upload", nil, nil, "No dataset is named. Nothing was sent. Add --dataset DATASET or --dataset TEAM/DATASET."},
		{"no files", []string{"-d", v2}, nil, "No files are named. Nothing was sent. Add files or folders at the end of the command."},
		{"an unknown option", []string{"-d", v2, "--tags", "deer", file}, nil, "The command was not understood: unknown flag: --tags."},
		{"a wrong key", []string{"-d", v2, file}, []string{"DARWIN_API_KEY=ABCDEFG.00000000000000000000000000000000"}, "key"},
		{"a key of a wrong shape", []string{"-d", v2, file}, []string{"DARWIN_API_KEY=two words"}, "key"},
		{"no key", []string{"-d", v2, file}, []string{"DARWIN_API_KEY="}, "There is no key for this Darwin on this computer. Nothing was sent. Set DARWIN_API_KEY"},
		{"an unknown dataset", []string{"-d", "camera-traps-2025", file}, nil, `The team "alder-valley-wildlife" has no dataset "camera-traps-2025". Nothing was sent. Its datasets: camera-traps-2026, nest-boxes, old-archive, radiographs.`},
		{"another team", []string{"-d", "other/" + v2, file}, nil, `The key belongs to the team "alder-valley-wildlife", not to "other".`},
		{"an unknown tag", []string{"-d", v2, "-t", "siamese", file}, nil, `The team has no tag "siamese". Nothing was sent. Its tags: `},
		{"text for a plain tag", []string{"-d", v2, "-t", "deer=big", file}, nil, `The tag "deer" takes no text. Nothing was sent. Leave the text out.`},
		{"no network", []string{"-d", v2, file}, []string{"DARWIN_BASE_URL=http://" + closedPort(t)}, "There is no connection to Darwin. "},
		{"no such server", []string{"-d", v2, file}, []string{"DARWIN_BASE_URL=https://darwin.invalid"}, "darwin.invalid"},
		{"a server without encryption", []string{"-d", v2, file}, []string{"DARWIN_BASE_URL=http://darwin.example"}, "https"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := uploadTo(s, tt.args...)
			start.env = append(start.env, tt.env...)
			end := launch(t, start).wait()
			if end.code != cli.ExitWrong || end.out != "" || !strings.Contains(end.err, tt.want) {
				t.Errorf("exit %d, result %q, and it says %q, want 2 and %q", end.code, end.out, end.err, tt.want)
			}
			if lines := strings.Count(end.err, "\n"); lines > 2 {
				t.Errorf("it says that in %d lines: %s", lines, end.err)
			}
			noSecrets(t, end, s.Key(), "ABCDEFG.0000", "two words")
		})
	}
	if n := len(s.Items(v2)); n > 0 {
		t.Errorf("%d items were registered", n)
	}
}

// closedPort is an address on this computer where nobody listens.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	must(t, 0, l.Close())
	return l.Addr().String()
}

// noSecrets fails if the output holds a key or a part of a signature.
func noSecrets(t *testing.T, end ended, keys ...string) {
	t.Helper()
	for _, secret := range append(keys, "X-Amz", "x-amz", "ignature=", "olicy=", "ApiKey") {
		if strings.Contains(end.out+end.err, secret) {
			t.Errorf("the output holds %q: %s%s", secret, end.out, end.err)
		}
	}
}

func TestFilesThatCannotBeSentAreLeftOutWithTheirReasonsAndTheOthersArrive(t *testing.T) {
	s := startDarwin(t, sandbox.Config{})
	dir := filepath.Join(openFolder(t), "May")
	write(t, filepath.Join(dir, "good.jpg"), jpegFile(t))
	write(t, filepath.Join(dir, "empty.jpg"), nil)
	write(t, filepath.Join(dir, "notes.docx"), []byte("text"))
	write(t, filepath.Join(dir, "phone.heic"), []byte("text"))
	write(t, filepath.Join(dir, "Thumbs.db"), []byte("litter"))
	must(t, 0, os.Truncate(write(t, filepath.Join(dir, "huge.mp4"), nil), intake.MaxSize+1))
	locked := write(t, filepath.Join(dir, "locked.jpg"), []byte("x"))
	must(t, 0, os.Chmod(locked, 0))
	closed := filepath.Join(dir, "closed")
	write(t, filepath.Join(closed, "within.jpg"), []byte("x"))
	must(t, 0, os.Chmod(closed, 0))
	t.Cleanup(func() { _ = os.Chmod(closed, 0o755) }) // so that it can be removed
	reasons := map[string]string{
		"empty.jpg": "EMPTY", "notes.docx": "UNSUPPORTED", "phone.heic": "UNSUPPORTED", "huge.mp4": "TOO_LARGE",
		"locked.jpg": "UNREADABLE", "closed": "UNREADABLE", "gone.jpg": "VANISHED",
	}

	run := func(args ...string) ended {
		start := uploadTo(s, append(args, "-d", v2, dir, filepath.Join(dir, "gone.jpg"))...)
		if os.Geteuid() == 0 {
			start.user = nobody // root may read everything
		}
		return launch(t, start).wait()
	}
	end := run("--json")
	r := end.result(t)
	if end.code != cli.ExitSome || r.Uploaded != 1 || r.Files != 1+len(reasons) || len(r.Skipped) != len(reasons) || len(r.Failed) > 0 {
		t.Errorf("exit %d, %+v\n%s", end.code, r, end.err)
	}
	for _, skipped := range r.Skipped {
		if name := filepath.Base(skipped.File); reasons[name] != skipped.Reason || skipped.Message == "" {
			t.Errorf("%s is left out as %q (%q), want %q", name, skipped.Reason, skipped.Message, reasons[name])
		}
	}

	end = run()
	for _, want := range []string{
		"The file is empty.", "Darwin does not take DOCX documents. Save it as PDF", "Darwin does not take HEIC pictures. Save it as JPEG",
		"The file is too large: it has 5.0 GiB, and at most 5.0 GiB can be sent.", "does not let the file be read", "does not let the folder be read",
		"There is no such file or folder.", "has an item with this name in this folder already",
		"0 of 8 are in Darwin", "1 file of the system's own (such as Thumbs.db) was not looked at.",
	} {
		if !strings.Contains(end.out, want) {
			t.Errorf("it does not say %q:\n%s%s", want, end.out, end.err)
		}
	}
}

func TestASecondRunOverFiveHundredFilesIsQuickAndOneThingToRead(t *testing.T) {
	const files = 500
	s := startDarwin(t, sandbox.Config{})
	dir := filepath.Join(t.TempDir(), "May")
	for i := range files {
		write(t, filepath.Join(dir, fmt.Sprintf("%03d.jpg", i)), fmt.Appendf(nil, "picture %d", i))
	}
	for _, slug := range []string{v1, v2} {
		t.Run(slug, func(t *testing.T) {
			if end := launch(t, uploadTo(s, "-d", slug, dir)).wait(); end.code != cli.ExitDone || !strings.Contains(end.out, "500 of 500 are in Darwin, in alder-valley-wildlife/"+slug) {
				t.Fatalf("first run: exit %d\n%s%s", end.code, end.out, end.err)
			}
			before := len(s.Requests())
			end := launch(t, uploadTo(s, "-d", slug, dir)).wait()
			calls := map[sandbox.Call]int{}
			for _, r := range s.Requests()[before:] {
				calls[r.Call]++
			}
			t.Logf("500 duplicates: %.2f s, %v", end.took.Seconds(), calls)
			if end.code != cli.ExitSome || calls[sandbox.Store] > 0 || calls[sandbox.Sign] > 0 || len(s.Requests())-before > 30 {
				t.Errorf("exit %d after the calls %v", end.code, calls)
			}
			if !race && end.took > 10*time.Second {
				t.Errorf("it took %v", end.took)
			}
			lines := strings.Split(strings.TrimSpace(end.out), "\n")
			if len(lines) != 13 || !strings.HasPrefix(lines[0], "500 files were left out: The dataset has an item with this name in this folder already.") ||
				!strings.HasSuffix(lines[1], "000.jpg") || lines[11] != "  and 490 more" || !strings.HasPrefix(lines[12], "0 of 500 are in Darwin") {
				t.Errorf("it prints\n%s%s", end.out, end.err)
			}
			end = launch(t, uploadTo(s, "--json", "-d", slug, dir)).wait()
			r := end.result(t)
			if end.code != cli.ExitSome || len(r.Skipped) != files || r.Uploaded != 0 || len(r.Failed) > 0 || r.Bytes != 0 {
				t.Errorf("exit %d, %d skipped, %d uploaded", end.code, len(r.Skipped), r.Uploaded)
			}
			for _, skipped := range r.Skipped {
				if skipped.Reason != "ALREADY_EXISTS" {
					t.Errorf("%+v", skipped)
				}
			}
		})
	}
}

func TestVersionAndHelpAreSaidWithoutADisplay(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"--version"}, "Darwin Uploader "},
		{[]string{"--help"}, cli.Help},
		{[]string{"upload", "--help"}, cli.Help},
		{[]string{"sandbox", "-h"}, cli.Help},
	} {
		end := launch(t, start{args: tt.args}).wait()
		if end.code != cli.ExitDone || !strings.HasPrefix(end.out, tt.want) || end.err != "" {
			t.Errorf("%v: exit %d, %q, %q", tt.args, end.code, end.out, end.err)
		}
	}
}

func TestAFailingStorageIsToldOnceWithDetailsAndWithoutSecrets(t *testing.T) {
	s := startDarwin(t, sandbox.Config{})
	s.Inject(sandbox.Fault{Call: sandbox.Store, Status: 400, Body: "<Error><Code>InvalidArgument</Code><Message>no</Message></Error>"})
	dir := filepath.Join(t.TempDir(), "May")
	for i := range 30 {
		write(t, filepath.Join(dir, fmt.Sprintf("%02d.jpg", i)), jpegFile(t))
	}
	end := launch(t, uploadTo(s, "--no-direct", "-d", v2, dir)).wait()
	if lines := strings.Split(strings.TrimSpace(end.out), "\n"); end.code != cli.ExitSome || len(lines) != 14 ||
		!strings.HasPrefix(lines[0], "30 files were not uploaded: ") || !strings.Contains(lines[12], "InvalidArgument") {
		t.Errorf("exit %d\n%s%s", end.code, end.out, end.err)
	}
	noSecrets(t, end, s.Key())
	end = launch(t, uploadTo(s, "--json", "-d", v1, dir)).wait()
	r := end.result(t)
	if end.code != cli.ExitSome || len(r.Failed) != 30 || r.Failed[0].Stage != "send" {
		t.Errorf("exit %d, %+v", end.code, r)
	}
	noSecrets(t, end, s.Key())
}
