package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"darwin-uploader/uploader/sandbox"
)

// labelled is a folder with two pictures, a video and a sheet beside them.
func labelled(t *testing.T, sheet string) (dir, path string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "animals")
	write(t, filepath.Join(dir, "cats", "1.jpg"), []byte("one cat"))
	write(t, filepath.Join(dir, "dogs", "1.jpg"), []byte("one dog"))
	write(t, filepath.Join(dir, "walk.mp4"), []byte("a walk"))
	return dir, write(t, filepath.Join(dir, "labels.csv"), []byte(sheet))
}

func TestASheetSaysWhatTheFilesAreInDarwin(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	dir, sheet := labelled(t, "file,tags,folder,name,fps,seen by\n"+
		"cats/1.jpg,shorthair;bedroom=by the window,/indoor,cat_1.jpg,,ana\n"+
		"walk.mp4,,,,12.5,\n")
	code, r := s.result("--dataset", "camera-traps-2026", "--sheet", sheet, dir)
	if code != ExitDone || r.Uploaded != 3 || len(r.Skipped) > 0 {
		t.Fatalf("exit code %d, %+v\n%s", code, r, s.errout.String())
	}
	for _, words := range []string{"columns that say nothing here: seen by", "1 file is not in the sheet"} {
		if !strings.Contains(s.errout.String(), words) {
			t.Errorf("%q is not said in %q", words, s.errout.String())
		}
	}
	found := map[string]sandbox.Item{}
	for _, item := range s.sandbox.Items("camera-traps-2026") {
		found[item.Folder+"|"+item.Name] = item
	}
	cat, video, dog := found["/indoor|cat_1.jpg"], found["/animals|walk.mp4"], found["/animals/dogs|1.jpg"]
	if cat.SHA256 != sum([]byte("one cat")) || cat.Tags["bedroom"] != "by the window" || len(cat.Tags) != 2 {
		t.Errorf("the cat is %+v", cat)
	}
	if video.FPS != "12.5" {
		t.Errorf("the video has %q frames a second", video.FPS)
	}
	if dog.SHA256 != sum([]byte("one dog")) || len(dog.Tags) != 0 {
		t.Errorf("the dog is %+v", dog)
	}
}

func TestLinesOfASheetThatFitNoFileSendNothingUnlessThePersonSaysSo(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	dir, sheet := labelled(t, "file,tags\n1.jpg,fox\nnone.jpg,deer\nwalk.mp4,night\n")
	if code := s.upload("--dataset", "camera-traps-2026", "--sheet", sheet, dir); code != ExitWrong {
		t.Errorf("exit code %d", code)
	}
	for _, words := range []string{"2 of the sheet's 3 lines fit no file", "Line 2, 1.jpg: 2 files are called 1.jpg", "Line 3, none.jpg: No file has this name", "Nothing was sent"} {
		if !strings.Contains(s.errout.String(), words) {
			t.Errorf("%q is not said in %q", words, s.errout.String())
		}
	}
	if n := len(s.sandbox.Items("camera-traps-2026")); n != 0 {
		t.Fatalf("%d items were registered", n)
	}
	if code, r := s.result("--dataset", "camera-traps-2026", "--sheet", sheet, "--skip-bad-rows", dir); code != ExitDone || r.Uploaded != 3 {
		t.Errorf("exit code %d, %+v", code, r)
	}
}

func TestASheetsTagsAreHeldAgainstTheTeamsBeforeAnythingIsSent(t *testing.T) {
	for name, c := range map[string]struct{ cell, says string }{
		"a class that is not there":     {"unicorn", `The team has no tag "unicorn", which line 2 of the sheet asks for.`},
		"text where none may be":        {"fox=red", `The tag "fox" takes no text, and line 2 of the sheet gives it one.`},
		"a cell that cannot be read":    {"=text", "line"},
		"a sheet of another kind":       {"", "is not a sheet"},
		"a sheet that names no file":    {"", "no column \"file\""},
		"a sheet that cannot be opened": {"", "The sheet is not there"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, sandbox.Config{})
			dir, sheet := labelled(t, "file,tags\nwalk.mp4,"+c.cell+"\n")
			switch name {
			case "a sheet of another kind":
				sheet = write(t, filepath.Join(dir, "labels.docx"), []byte("x"))
			case "a sheet that names no file":
				sheet = write(t, filepath.Join(dir, "labels.csv"), []byte("name,tags\na.jpg,fox\n"))
			case "a sheet that cannot be opened":
				sheet = filepath.Join(dir, "none.csv")
			}
			if code := s.upload("--dataset", "camera-traps-2026", "--sheet", sheet, dir); code != ExitWrong {
				t.Errorf("exit code %d", code)
			}
			if !strings.Contains(s.errout.String(), c.says) {
				t.Errorf("%q is not said in %q", c.says, s.errout.String())
			}
			if n := len(s.sandbox.Items("camera-traps-2026")); n != 0 {
				t.Errorf("%d items were registered", n)
			}
		})
	}
}
