package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/receipt"
	"darwin-uploader/uploader/sandbox"
)

// five is a folder of five files and one that Darwin does not take.
func five(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "DCIM")
	for i := range 5 {
		write(t, filepath.Join(dir, fmt.Sprintf("%d.jpg", i)), fmt.Appendf(nil, "picture %d", i))
	}
	write(t, filepath.Join(dir, "=notes.docx"), []byte("notes"))
	return dir
}

// troubled makes Darwin refuse 1.jpg and lose 2.jpg.
func (s *stage) troubled() {
	s.sandbox.Inject(sandbox.Fault{Call: sandbox.Process, Item: "1.jpg", Body: "The picture is torn."})
	s.sandbox.Inject(sandbox.Fault{Call: sandbox.Process, Item: "2.jpg", Drop: true})
}

// withAndWithoutJournal runs a test against both versions.
func withAndWithoutJournal(t *testing.T, f func(t *testing.T, s *stage, slug string)) {
	for slug := range datasets {
		for _, journal := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, journal %v", slug, journal), func(t *testing.T) {
				t.Parallel()
				s := newStage(t, sandbox.Config{})
				if journal {
					s.env.JournalDir = filepath.Join(t.TempDir(), "settings")
				}
				f(t, s, slug)
			})
		}
	}
}

func TestWhatDarwinRefusesOrLosesAfterwardsIsAFailure(t *testing.T) {
	withAndWithoutJournal(t, func(t *testing.T, s *stage, slug string) {
		s.troubled()
		paper := filepath.Join(t.TempDir(), "receipt.json")
		code, r := s.result("-d", slug, "--receipt", paper, five(t))
		if code != ExitSome || r.Files != 6 || r.Uploaded != 3 || len(r.Skipped) != 1 || len(r.Failed) != 2 || r.Bytes != 27 {
			t.Errorf("exit %d, %+v\n%s", code, r, s.errout.String())
		}
		want := receipt.Counts{receipt.InDarwin: 3, receipt.Refused: 1, receipt.Missing: 1, receipt.Skipped: 1}.Words()
		if !maps.Equal(r.Outcomes, want) {
			t.Errorf("the outcomes are %v, want %v", r.Outcomes, want)
		}
		for _, f := range r.Failed {
			switch {
			case filepath.Base(f.File) == "1.jpg" && f.Stage == "process" && strings.Contains(f.Error, "Darwin could not process the file"):
				if datasets[slug] == 2 && !strings.Contains(f.Error, "The picture is torn.") {
					t.Errorf("the reason is not Darwin's: %q", f.Error)
				}
			case filepath.Base(f.File) == "2.jpg" && f.Stage == "missing" && strings.Contains(f.Error, "Send it again."):
			default:
				t.Errorf("%+v", f)
			}
		}
		var got struct {
			From     string
			Outcomes map[string]int
			Lines    []struct{ File, Outcome, Reason string }
		}
		text, err := os.ReadFile(paper)
		if err == nil {
			err = json.Unmarshal(text, &got)
		}
		if err != nil || got.From != "DCIM" || !maps.Equal(got.Outcomes, want) || len(got.Lines) != 6 {
			t.Fatalf("the receipt says %+v (%v)", got, err)
		}
		if last := got.Lines[5]; filepath.Base(last.File) != "=notes.docx" || last.Outcome != "skipped" || last.Reason == "" {
			t.Errorf("of what was left out it says %+v", last)
		}
	})
}

func TestTheEndSaysExactlyTheRestByCause(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	s.env.JournalDir = filepath.Join(t.TempDir(), "settings")
	s.troubled()
	code := s.upload("-d", "camera-traps-2026", five(t))
	out := s.out.String()
	for _, want := range []string{
		"1 file was not processed: Darwin could not process the file: The picture is torn. Check the file, delete the item in Darwin, and send it again.\n",
		"1 file was lost in Darwin: ", "1 file was left out: ",
		"\n3 of 6 are in Darwin, in alder-valley-wildlife/camera-traps-2026: ",
		"\nTo go on with the rest: darwin-uploader upload --resume --dataset alder-valley-wildlife/camera-traps-2026\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("it prints\n%s\nwithout %q", out, want)
		}
	}
	if code != ExitSome || strings.Contains(out, "stopped") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

func TestResumeSendsAgainWhatDarwinLost(t *testing.T) {
	for slug := range datasets {
		t.Run(slug, func(t *testing.T) {
			s := newStage(t, sandbox.Config{})
			s.env.JournalDir = filepath.Join(t.TempDir(), "settings")
			remove := s.sandbox.Inject(sandbox.Fault{Call: sandbox.Process, Item: "2.jpg", Drop: true})
			if code, r := s.result("-d", slug, five(t)); code != ExitSome || r.Outcomes["missing"] != 1 {
				t.Fatalf("exit %d, %+v", code, r)
			}
			remove()
			paper := filepath.Join(t.TempDir(), "receipt.csv")
			code, r := s.result("--resume", "-d", slug, "--receipt", paper)
			if code != ExitDone || r.Files != 5 || r.Uploaded != 5 || r.Outcomes["in_darwin"] != 5 {
				t.Errorf("exit %d, %+v\n%s", code, r, s.errout.String())
			}
			if rows := readReceipt(t, paper); len(rows) != 6 {
				t.Errorf("the receipt says %q", rows)
			}
			for _, item := range s.sandbox.Items(slug) {
				if item.Stores != 1 {
					t.Errorf("%s was stored %d times", item.Name, item.Stores)
				}
			}
		})
	}
}

func TestWhatWasLeftOutIsInTheHistoryOfTheWindow(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	s.env.JournalDir = filepath.Join(t.TempDir(), "settings")
	dir := t.TempDir()
	write(t, filepath.Join(dir, "one.jpg"), []byte("x"))
	notes := write(t, filepath.Join(dir, "notes.txt"), []byte("x"))
	if code := s.upload("-d", "camera-traps-2026", dir); code != ExitSome {
		t.Fatalf("exit %d\n%s%s", code, s.out.String(), s.errout.String())
	}
	j, err := journal.Open(s.env.JournalDir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	}()
	list, err := j.History(t.Context(), "", 0)
	if err != nil || len(list) != 1 || list[0].LeftOut != 1 || list[0].Files != 1 {
		t.Fatalf("the history is %+v, %v", list, err)
	}
	lines, err := j.Lines(t.Context(), list[0].ID, receipt.LeftOut, 0, 9)
	if err != nil || len(lines) != 1 || filepath.Base(lines[0].Path) != filepath.Base(notes) || lines[0].Reason == "" {
		t.Errorf("the lines are %+v, %v", lines, err)
	}
}

func readReceipt(t *testing.T, path string) [][]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// later is a sandbox whose processing ends when over is called.
func later(t *testing.T) (s *stage, over func()) {
	var ahead atomic.Int64
	s = newStage(t, sandbox.Config{ProcessAfter: time.Hour, Clock: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
	return s, func() { ahead.Store(int64(2 * time.Hour)) }
}

func TestWhatDarwinIsStillProcessingIsNotCalledInDarwin(t *testing.T) {
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"asked once": {[]string{"--wait", "0s"}, "0 of 1 are in Darwin, in alder-valley-wildlife/camera-traps-2026: 1 B in less than a second.\nDarwin is still processing 1.\n"},
		"not asked":  {[]string{"--no-wait"}, "1 of 1 were sent to alder-valley-wildlife/camera-traps-2026: 1 B in less than a second.\nWhat Darwin makes of them is not known yet.\n"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := later(t)
			file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
			if code := s.upload(append(tc.args, "-d", "camera-traps-2026", file)...); code != ExitDone || s.out.String() != tc.want || s.errout.String() != "" {
				t.Errorf("exit %d\n%s%s", code, s.out.String(), s.errout.String())
			}
			lists := 0
			for _, q := range s.sandbox.Requests() {
				if q.Call == sandbox.List {
					lists++
				}
			}
			if lists != len(tc.args)-1 {
				t.Errorf("Darwin was asked %d times", lists)
			}
		})
	}
}

func TestACommandWaitsUntilDarwinIsReady(t *testing.T) {
	s, over := later(t)
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	go func() {
		for confirmed(s.sandbox, "camera-traps-2026") == 0 && t.Context().Err() == nil {
		}
		over()
	}()
	code, r := s.result("-d", "camera-traps-2026", file)
	if code != ExitDone || r.Outcomes["in_darwin"] != 1 {
		t.Errorf("exit %d, %+v", code, r)
	}
}

func TestWhoDoesNotWantToWaitEndsTheWaiting(t *testing.T) {
	for _, soon := range []bool{true, false} {
		s, _ := later(t)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		run := ctx
		if soon {
			s.env.Soon, run = ctx, t.Context()
		}
		go func() {
			for n := 0; n == 0 && t.Context().Err() == nil; {
				for _, q := range s.sandbox.Requests() {
					if q.Call == sandbox.List {
						n++
					}
				}
			}
			cancel()
		}()
		file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
		began := time.Now()
		code := Upload(run, s.env, []string{"--wait", "10m", "-d", "camera-traps-2026", file})
		if out := s.out.String(); code != ExitDone || strings.Contains(out, "stopped") || !strings.Contains(out, "1 of 1 were sent") && !strings.Contains(out, "Darwin is still processing 1.") {
			t.Errorf("exit %d: %s%s", code, out, s.errout.String())
		}
		if took := time.Since(began); took > time.Minute {
			t.Errorf("it took %v", took)
		}
	}
}

func TestAKeyThatMayNotListItemsUploadsAllTheSame(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	s.sandbox.Inject(sandbox.Fault{Call: sandbox.List, Status: 403})
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	code := s.upload("-d", "camera-traps-2026", file)
	if code != ExitDone || !strings.HasPrefix(s.out.String(), "1 of 1 were sent to ") || !strings.HasPrefix(s.errout.String(), "Darwin did not say what became of the files: This key may not ") {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
}

func TestTheReceiptIsATableWithoutFormulas(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	paper := filepath.Join(t.TempDir(), "receipt.CSV")
	write(t, paper, []byte("an older one"))
	t.Chdir(five(t))
	if code := s.upload("-d", "camera-traps-2026", "--receipt", paper, "=notes.docx", "1.jpg"); code != ExitSome {
		t.Fatalf("exit %d: %s", code, s.errout.String())
	}
	rows := readReceipt(t, paper)
	if len(rows) != 3 || rows[1][4] != "In Darwin" || rows[2][4] != "Skipped" {
		t.Fatalf("it says %q", rows)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("a cell is a formula: %q", cell)
			}
		}
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(paper), "*")); err != nil || len(left) != 1 {
		t.Errorf("beside the receipt lie %v, %v", left, err)
	}
}

func TestAReceiptThatCannotBeWrittenIsToldBeforeAnythingIsSent(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	for args, words := range map[string]string{
		"--receipt receipt.txt": "is no name for a receipt",
		"--receipt receipt":     "is no name for a receipt",
		"--receipt " + filepath.Join(t.TempDir(), "none", "r.csv"): "cannot be written",
		"--wait -3s":          "is no time to wait",
		"--wait soon":         "was not understood",
		"--wait 3s --no-wait": "contradict each other",
	} {
		code := s.upload(append(strings.Fields(args), "-d", "camera-traps-2026", file)...)
		if code != ExitWrong || !strings.Contains(s.errout.String(), words) {
			t.Errorf("%s: exit %d: %s", args, code, s.errout.String())
		}
	}
	if n := len(s.sandbox.Requests()); n > 0 {
		t.Errorf("%d requests were made", n)
	}
}

func TestAReceiptOfNothingButLeftOutFilesIsWrittenToo(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	paper := filepath.Join(t.TempDir(), "r.csv")
	file := write(t, filepath.Join(t.TempDir(), "notes.docx"), []byte("x"))
	if code := s.upload("-d", "camera-traps-2026", "--receipt", paper, file); code != ExitSome {
		t.Errorf("exit %d: %s", code, s.errout.String())
	}
	if rows := readReceipt(t, paper); len(rows) != 2 || rows[1][4] != "Skipped" {
		t.Errorf("it says %q", rows)
	}
}

func TestAReceiptThatCannotBePutInItsPlaceMakesTheCommandFail(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	paper := filepath.Join(t.TempDir(), "r.csv")
	write(t, filepath.Join(paper, "a folder is there", "x"), nil)
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	code := s.upload("-d", "camera-traps-2026", "--receipt", paper, file)
	if code != ExitSome || !strings.Contains(s.errout.String(), "The receipt cannot be written") || !strings.Contains(s.out.String(), "1 of 1 are in Darwin") {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
}
