package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/receipt"
	"darwin-uploader/uploader/sandbox"
)

// interruptedStage is a stage on which an upload of ten files was interrupted
// when four of them were in Darwin; of some of these Darwin's last answer may
// not have been read.
func interruptedStage(t *testing.T, slug string) (s *stage, dir string) {
	t.Helper()
	s = newStage(t, sandbox.Config{})
	s.env.JournalDir = filepath.Join(t.TempDir(), "settings")
	dir = filepath.Join(t.TempDir(), "May")
	for i := range 10 {
		write(t, filepath.Join(dir, fmt.Sprintf("%d.jpg", i)), fmt.Appendf(nil, "picture %d", i))
	}
	defer s.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true, After: 4})()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		for confirmed(s.sandbox, slug) < 4 && ctx.Err() == nil {
		}
		cancel()
	}()
	if code := Upload(ctx, s.env, []string{"-d", slug, dir}); code != ExitSome {
		t.Fatalf("exit %d\n%s%s", code, s.out.String(), s.errout.String())
	}
	if !strings.HasSuffix(s.out.String(), "To go on with the rest: darwin-uploader upload --resume --dataset alder-valley-wildlife/"+slug+"\n") {
		t.Errorf("it says %q", s.out.String())
	}
	return s, dir
}

func confirmed(sb *sandbox.Sandbox, slug string) (n int) {
	for _, item := range sb.Items(slug) {
		n += item.Confirms
	}
	return n
}

func TestResumeFinishesWhatWasInterruptedAndThenHasNothingToDo(t *testing.T) {
	for slug := range datasets {
		t.Run(slug, func(t *testing.T) {
			s, _ := interruptedStage(t, slug)
			code, r := s.result("--resume", "-d", slug)
			if code != ExitDone || r.Files != 10 || r.Uploaded != 10 || len(r.Failed)+len(r.Skipped) > 0 {
				t.Errorf("exit %d, %+v\n%s", code, r, s.errout.String())
			}
			if !strings.Contains(s.errout.String(), " of 10 files are in Darwin.") {
				t.Errorf("it begins with %q", s.errout.String())
			}
			for _, item := range s.sandbox.Items(slug) {
				if item.Registrations != 1 || item.Stores != 1 || item.Confirms == 0 {
					t.Errorf("%s: registered %d, stored %d, confirmed %d times", item.Name, item.Registrations, item.Stores, item.Confirms)
				}
			}
			if code := s.upload("--resume", "-d", slug); code != ExitDone || !strings.Contains(s.out.String(), "There is nothing to go on with.") {
				t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
			}
			if code, r := s.result("--resume", "-d", slug); code != ExitDone || r.Files != 0 {
				t.Errorf("exit %d: %+v", code, r)
			}
		})
	}
}

func TestAnInterruptedUploadIsGoneOnWithInItsOwnDatasetOnly(t *testing.T) {
	s, _ := interruptedStage(t, "camera-traps-2026")
	if code := s.upload("--resume", "-d", "nest-boxes"); code != ExitDone || !strings.Contains(s.out.String(), "nothing to go on with") {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
	if n := len(s.sandbox.Items("nest-boxes")); n > 0 {
		t.Errorf("%d items landed in the other dataset", n)
	}
}

func TestANewUploadTellsOfOneThatWasInterrupted(t *testing.T) {
	s, _ := interruptedStage(t, "camera-traps-2026")
	other := write(t, filepath.Join(t.TempDir(), "other.jpg"), []byte("other"))
	if code := s.upload("-d", "camera-traps-2026", other); code != ExitDone {
		t.Errorf("exit %d: %s", code, s.out.String())
	}
	if said := s.errout.String(); !strings.Contains(said, " was interrupted: ") || !strings.Contains(said, "--resume --dataset") {
		t.Errorf("it says %q", said)
	}
	if strings.Contains(s.out.String(), "--resume") {
		t.Errorf("of an upload that is complete it says %q", s.out.String())
	}
}

func TestResumeTakesNoNewFiles(t *testing.T) {
	for _, more := range [][]string{{"a.jpg"}, {"--tag", "deer"}, {"--path", "a"}, {"--flat"}} {
		s := newStage(t, sandbox.Config{})
		if code := s.upload(append([]string{"--resume", "-d", "camera-traps-2026"}, more...)...); code != ExitWrong || !strings.Contains(s.errout.String(), "--resume") {
			t.Errorf("%v: exit %d: %s", more, code, s.errout.String())
		}
	}
}

func TestBesideAnotherProgramAnUploadKeepsAJournalOfItsOwn(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	s.env.JournalDir = t.TempDir()
	j, err := journal.Open(s.env.JournalDir) // as the window has it
	if err != nil {
		t.Fatal(err)
	}
	if code := s.upload("--resume", "-d", "camera-traps-2026"); code != ExitWrong || !strings.Contains(s.errout.String(), "Another Darwin Uploader") {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
	dir := filepath.Join(t.TempDir(), "DCIM")
	for i := range 3 {
		write(t, filepath.Join(dir, fmt.Sprintf("%d.jpg", i)), fmt.Appendf(nil, "picture %d", i))
	}
	remove := s.sandbox.Inject(sandbox.Fault{Call: sandbox.Process, Item: "1.jpg", Drop: true})
	if code := s.upload("-d", "camera-traps-2026", dir); code != ExitSome || s.errout.String() != "" {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
	remove()
	if code := s.upload("--resume", "-d", "camera-traps-2026"); code != ExitDone || !strings.HasPrefix(s.out.String(), "3 of 3 are in Darwin") {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if j, err = journal.Open(s.env.JournalDir); err != nil {
		t.Fatal(err)
	}
	list, err := j.History(t.Context(), "", 0)
	if err != nil || len(list) != 1 || list[0].From != "DCIM" || list[0].Counts[receipt.InDarwin] != 3 {
		t.Errorf("the window's history is %+v, %v", list, err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestWithoutAJournalAnUploadSaysSoAndBeginsButNoneGoesOn(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	s.env.JournalDir = write(t, filepath.Join(t.TempDir(), "no folder"), nil)
	file := write(t, filepath.Join(t.TempDir(), "one.jpg"), []byte("x"))
	if code := s.upload("-d", "camera-traps-2026", file); code != ExitDone || !strings.Contains(s.errout.String(), "could not go on after an interruption") {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
	if code := s.upload("--resume", "-d", "camera-traps-2026"); code != ExitWrong || !strings.Contains(s.errout.String(), "cannot be kept on this computer") {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
}
