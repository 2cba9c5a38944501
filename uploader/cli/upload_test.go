package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"darwin-uploader/uploader/intake"
	"darwin-uploader/uploader/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// stage is a sandbox and a command line that talks to it.
type stage struct {
	*testing.T
	sandbox     *sandbox.Sandbox
	env         Env
	out, errout bytes.Buffer
	vars        map[string]string
}

func newStage(t *testing.T, cfg sandbox.Config) *stage {
	t.Helper()
	sb, err := sandbox.Start("127.0.0.1:0", cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sb.Close(); err != nil {
			t.Error(err)
		}
	})
	s := &stage{T: t, sandbox: sb, vars: map[string]string{"DARWIN_BASE_URL": sb.URL(), "DARWIN_API_KEY": sb.Key()}}
	s.env = Env{
		Stdout: &s.out, Stderr: &s.errout, Version: "test",
		Getenv: func(name string) string { return s.vars[name] },
		Key:    func(context.Context, string, string) (string, error) { return "", nil },
	}
	return s
}

func (s *stage) upload(args ...string) int {
	s.Helper()
	s.out.Reset()
	s.errout.Reset()
	return Upload(s.Context(), s.env, args)
}

// result runs upload with --json and reads what it prints.
func (s *stage) result(args ...string) (code int, r report) {
	s.Helper()
	code = s.upload(append([]string{"--json"}, args...)...)
	if err := json.Unmarshal(s.out.Bytes(), &r); err != nil {
		s.Fatalf("the output is no JSON object: %v\n%s%s", err, s.out.String(), s.errout.String())
	}
	return code, r
}

func write(t *testing.T, path string, content []byte) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func sum(content []byte) string {
	h := sha256.Sum256(content)
	return hex.EncodeToString(h[:])
}

var datasets = map[string]int{"old-archive": 1, "camera-traps-2026": 2}

func TestUploadBringsEveryByteFolderAndTagIntoBothVersions(t *testing.T) {
	names := []string{
		"plain.jpg", "with space.png", "schön.tiff", "日本語.mp4", "😀.pdf", "100%.dcm", "a#b.jpg", `it's "quoted".jpg`,
		".hidden.jpg", "semi;colon,comma.jpg", "plus+and&.jpg", "%2e%2f.jpg", "question?.webp", "UPPER.JPG",
	}
	for slug, version := range datasets {
		t.Run(fmt.Sprintf("version %d", version), func(t *testing.T) {
			s := newStage(t, sandbox.Config{})
			dir := filepath.Join(t.TempDir(), "May 2026")
			want := map[string]string{}
			for i, name := range names {
				for _, sub := range []string{"", "Alder Creek", "Old Quarry/sub ö"} {
					content := []byte(fmt.Sprintf("%s in %s, %d", name, sub, i))
					write(t, filepath.Join(dir, filepath.FromSlash(sub), name), content)
					want[strings.TrimSuffix("/base/May 2026/"+sub, "/")+" "+name] = sum(content)
				}
			}
			code, r := s.result("--dataset", slug, "--path", "base", "--tag", "deer", "--tag", "weather=light rain", dir)
			if code != ExitDone || r.Uploaded != len(want) || len(r.Skipped)+len(r.Failed) > 0 {
				t.Fatalf("exit %d, %+v\n%s", code, r, s.errout.String())
			}
			items := s.sandbox.Items(slug)
			if len(items) != len(want) {
				t.Errorf("the dataset has %d items, want %d", len(items), len(want))
			}
			for _, item := range items {
				place := item.Folder + " " + item.Name
				if item.SHA256 != want[place] {
					t.Errorf("%s arrived as %q, want %q", place, item.SHA256, want[place])
				}
				if item.Registrations != 1 || item.Stores != 1 || item.Confirms != 1 {
					t.Errorf("%s: registered %d, stored %d, confirmed %d times", place, item.Registrations, item.Stores, item.Confirms)
				}
				if len(item.Tags) != 2 || item.Tags["weather"] != "light rain" {
					t.Errorf("%s has the tags %v", place, item.Tags)
				}
			}
		})
	}
}

func TestFlatPutsAllFilesIntoOneFolderAndNeverMixesSameNames(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a", "1.jpg"), []byte("first"))
	write(t, filepath.Join(dir, "b", "1.jpg"), []byte("second"))
	write(t, filepath.Join(dir, "b", "2.jpg"), []byte("third"))
	code, r := s.result("--dataset", "camera-traps-2026", "--flat", "--path", "/all", dir)
	if code != ExitSome || r.Uploaded != 2 || len(r.Skipped) != 1 || r.Skipped[0].Reason != "SAME_NAME" {
		t.Fatalf("exit %d, %+v", code, r)
	}
	for _, item := range s.sandbox.Items("camera-traps-2026") {
		if item.Folder != "/all" {
			t.Errorf("%s is in %s", item.Name, item.Folder)
		}
		if item.Name == "1.jpg" && item.SHA256 != sum([]byte("first")) {
			t.Error("1.jpg holds the other file's bytes")
		}
	}
}

func TestASecondRunFindsAllOfItThereAlready(t *testing.T) {
	for slug := range datasets {
		s := newStage(t, sandbox.Config{})
		file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
		if code, r := s.result("--dataset", slug, file); code != ExitDone || r.Bytes != 1 {
			t.Fatalf("first run: exit %d, %+v", code, r)
		}
		code, r := s.result("--dataset", slug, file)
		if code != ExitSome || r.Uploaded != 0 || len(r.Skipped) != 1 || r.Skipped[0].Reason != "ALREADY_EXISTS" {
			t.Errorf("second run: exit %d, %+v", code, r)
		}
		if items := s.sandbox.Items(slug); items[0].Stores != 1 {
			t.Errorf("it was sent %d times", items[0].Stores)
		}
	}
}

func TestWhatIsWrongBeforeAnythingIsSentEndsWithTwoAndASentence(t *testing.T) {
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	upload := func(more ...string) []string { return append(more, file) }
	tests := []struct {
		name string
		vars map[string]string
		args []string
		want string
	}{
		{"no dataset", nil, upload(), "No dataset is named."},
		{"no files", nil, []string{"--dataset", "camera-traps-2026"}, "No files are named."},
		{"an unknown option", nil, upload("--datset", "x"), "The command was not understood"},
		{"a wrong key", map[string]string{"DARWIN_API_KEY": "ABCDEFG.00000000000000000000000000000000"}, upload("-d", "camera-traps-2026"), "key"},
		{"no key", map[string]string{"DARWIN_API_KEY": ""}, upload("-d", "camera-traps-2026"), "There is no key"},
		{"a wrong server", map[string]string{"DARWIN_BASE_URL": "http://example.org"}, upload("-d", "camera-traps-2026"), "https"},
		{"no network", map[string]string{"DARWIN_BASE_URL": "http://127.0.0.1:1"}, upload("-d", "camera-traps-2026"), "There is no connection to Darwin."},
		{"an unknown dataset", nil, upload("-d", "camera-traps-2025"), `has no dataset "camera-traps-2025"`},
		{"another team", nil, upload("-d", "other/camera-traps-2026"), `The key belongs to the team "alder-valley-wildlife", not to "other".`},
		{"an empty half", nil, upload("-d", "alder-valley-wildlife/"), "is not a dataset"},
		{"an unknown tag", nil, upload("-d", "camera-traps-2026", "-t", "siamese"), `The team has no tag "siamese".`},
		{"text for a plain tag", nil, upload("-d", "camera-traps-2026", "-t", "deer=big"), `The tag "deer" takes no text.`},
		{"a tag without its text", nil, upload("-d", "camera-traps-2026", "-t", "weather="), "has no text after the equals sign"},
		{"a tag twice", nil, upload("-d", "camera-traps-2026", "-t", "deer", "-t", "deer"), "given twice"},
		{"a folder above the root", nil, upload("-d", "camera-traps-2026", "--path", "../x"), ".."},
		{"a negative rate", nil, upload("-d", "camera-traps-2026", "--requests-per-minute", "-3"), "-3 is not a number of requests"},
		{"no workers", nil, upload("-d", "camera-traps-2026", "--workers", "0"), "0 is not a number of workers"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newStage(t, sandbox.Config{})
			for k, v := range tt.vars {
				s.vars[k] = v
			}
			if code := s.upload(tt.args...); code != ExitWrong {
				t.Errorf("exit %d, want %d", code, ExitWrong)
			}
			if !strings.Contains(s.errout.String(), tt.want) {
				t.Errorf("it says %q, which does not hold %q", s.errout.String(), tt.want)
			}
			if s.out.Len() > 0 {
				t.Errorf("it prints %q as a result", s.out.String())
			}
			if items := s.sandbox.Items("camera-traps-2026"); len(items) > 0 {
				t.Errorf("%d items were registered", len(items))
			}
		})
	}
}

func TestWhatIsWrongWithAFileLeavesItOutWithItsReasonAndSendsTheOthers(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	dir := t.TempDir()
	write(t, filepath.Join(dir, "good.jpg"), []byte("good"))
	write(t, filepath.Join(dir, "empty.jpg"), nil)
	write(t, filepath.Join(dir, "notes.docx"), []byte("text"))
	write(t, filepath.Join(dir, "Thumbs.db"), []byte("litter"))
	large := write(t, filepath.Join(dir, "large.mp4"), nil)
	if err := os.Truncate(large, intake.MaxSize+1); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"empty.jpg": "EMPTY", "notes.docx": "UNSUPPORTED", "large.mp4": "TOO_LARGE", "gone.jpg": "VANISHED"}
	if os.Geteuid() != 0 { // root reads everything
		locked := write(t, filepath.Join(dir, "locked.jpg"), []byte("x"))
		if err := os.Chmod(locked, 0); err != nil {
			t.Fatal(err)
		}
		want["locked.jpg"] = "UNREADABLE"
	}
	code, r := s.result("-d", "camera-traps-2026", dir, filepath.Join(dir, "gone.jpg"))
	if code != ExitSome || r.Uploaded != 1 || r.Files != 1+len(want) {
		t.Errorf("exit %d, %+v", code, r)
	}
	for _, skipped := range r.Skipped {
		if name := filepath.Base(skipped.File); want[name] != skipped.Reason || skipped.Message == "" {
			t.Errorf("%s is skipped as %q (%q), want %q", name, skipped.Reason, skipped.Message, want[name])
		}
		delete(want, filepath.Base(skipped.File))
	}
	if len(want) > 0 {
		t.Errorf("not told: %v", want)
	}
}

func TestTagsAreLinkedToTheDatasetBeforeTheUpload(t *testing.T) {
	s := newStage(t, sandbox.Config{Quirks: sandbox.Quirks{LinkedTagsOnly: true}})
	s.sandbox.AddTagClass("moose", false)
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	if code := s.upload("-d", "camera-traps-2026", "-t", "moose", file); code != ExitDone {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
}

func TestAQuotaThatIsFullStopsTheBatchAndSaysSo(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	defer s.sandbox.Inject(sandbox.Fault{
		Call: sandbox.Register, Status: 429, Body: `{"errors":{"code":"INSUFFICIENT_REMAINING_STORAGE"}}`,
	})()
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	if code := s.upload("-d", "camera-traps-2026", file); code != ExitSome {
		t.Errorf("exit %d, want %d", code, ExitSome)
	}
	if !strings.Contains(s.out.String(), "storage") || !strings.Contains(s.out.String(), "0 of 1 are in Darwin") {
		t.Errorf("it says %q", s.out.String())
	}
}

func TestStoppingSaysWhatIsDone(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	release := s.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true})
	defer release()
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for !storing(s.sandbox) {
			if ctx.Err() != nil {
				return
			}
		}
		cancel()
	}()
	if code := Upload(ctx, s.env, []string{"-d", "camera-traps-2026", file}); code != ExitSome {
		t.Errorf("exit %d, want %d", code, ExitSome)
	}
	cancel()
	if out := s.out.String(); !strings.Contains(out, "stopped before this file was in Darwin") || !strings.Contains(out, "0 of 1") {
		t.Errorf("it says %q", out)
	}
}

// storing says whether the signature was given, so that the body is next.
func storing(sb *sandbox.Sandbox) bool {
	for _, r := range sb.Requests() {
		if r.Call == sandbox.Sign {
			return true
		}
	}
	return false
}

func TestNoSecretReachesTheOutput(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	defer s.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Status: 400, Body: "<Error><Code>InvalidArgument</Code></Error>"})()
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	s.upload("-d", "camera-traps-2026", file)
	s.upload("--json", "-d", "camera-traps-2026", file)
	said := s.out.String() + s.errout.String()
	for _, secret := range []string{s.sandbox.Key(), "X-Amz", "ignature="} {
		if strings.Contains(said, secret) {
			t.Errorf("the output holds %q: %s", secret, said)
		}
	}
}

func TestTagsThatAreLinkedAlreadyCostOneListingOfTheClasses(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	if code := s.upload("-d", "camera-traps-2026", "-t", "deer", "-t", "weather=rain", file); code != ExitDone {
		t.Fatalf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
	calls := map[sandbox.Call]int{}
	for _, r := range s.sandbox.Requests() {
		calls[r.Call]++
	}
	if calls[sandbox.Classes] != 1 || calls[sandbox.LinkClass] != 0 {
		t.Errorf("classes were listed %d times and linked %d times, want once and never", calls[sandbox.Classes], calls[sandbox.LinkClass])
	}
}

func TestJSONTellsWhatStoppedTheWholeUpload(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	defer s.sandbox.Inject(sandbox.Quota())()
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	code, r := s.result("-d", "camera-traps-2026", file)
	if code != ExitSome || !strings.Contains(r.Problem, "storage") || len(r.Failed) != 1 || r.Failed[0].Stage != stageStopped {
		t.Errorf("exit %d, %+v", code, r)
	}
}

func TestStoppedBeforeItBeganIsAResultAndNoWrongWord(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if code := Upload(ctx, s.env, []string{"--json", "-d", "alder-valley-wildlife/old-archive", file}); code != ExitSome {
		t.Errorf("exit %d, want %d", code, ExitSome)
	}
	var r report
	if err := json.Unmarshal(s.out.Bytes(), &r); err != nil || r.Dataset != "alder-valley-wildlife/old-archive" || r.Problem == "" {
		t.Errorf("it prints %q (%v)", s.out.String(), err)
	}
}
