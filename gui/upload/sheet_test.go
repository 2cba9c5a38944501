package upload

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader/darwin"
)

// labelled drops a folder with three pictures and a sheet beside them, and
// waits for the question.
func (r *rig) labelled(content string) {
	r.Helper()
	r.write("trip/cats/1.jpg", "trip/dogs/1.jpg", "trip/dogs/2.jpg")
	if err := os.WriteFile(filepath.Join(r.folder, "trip", "labels.csv"), []byte(content), 0o600); err != nil {
		r.Fatal(err)
	}
	r.Add([]string{filepath.Join(r.folder, "trip")})
	r.untilScanned()
}

func TestASheetThatComesWithTheFilesPutsItsTagsAndFoldersOnThem(t *testing.T) {
	r := newRig(t)
	r.loadClasses()
	r.until("the classes", func() bool { return r.classes != nil })
	r.choose("Nest boxes")
	var lines []string
	r.deps.ShowLines = func(_ string, all []string) { lines = all }
	r.labelled("file,tags,folder,name,camera\ncats/1.jpg,night;old barn;seen by=Ana,/barn,owl.jpg,7\ndogs/2.jpg,fox,,,\n1.jpg,fox,,,\n")
	r.until("the question", func() bool { return r.offer.Visible() })
	if words := r.offer.words.Text(); words != "labels.csv says more about 2 of 3 files. 1 line fits no file." {
		t.Errorf("the strip says %q", words)
	}
	if n := len(r.model.LeftOut()); n != 0 {
		t.Errorf("%d files count as left out; the sheet is none of them", n)
	}
	r.offer.onMore()
	if all := strings.Join(lines, "\n"); !strings.Contains(all, "say nothing here: camera") || !strings.Contains(all, "Line 4, 1.jpg: 2 files are called 1.jpg") {
		t.Errorf("the details are %q", all)
	}
	if got := r.offer.goOn.Text(); got != "Use it for 2 files" {
		t.Errorf("the button says %q", got)
	}
	r.offer.onGoOn()
	r.until("the end of the question", func() bool { return !r.offer.Visible() })
	r.Upload()
	r.untilEnded()
	r.arrived("nest-boxes", 3)
	for _, item := range r.sandbox.Items("nest-boxes") {
		switch item.Folder + "/" + item.Name {
		case "/barn/owl.jpg":
			if _, ok := item.Tags["old barn"]; !ok || item.Tags["seen by"] != "Ana" || len(item.Tags) != 3 {
				t.Errorf("the owl has the tags %v", item.Tags)
			}
		case "/trip/dogs/2.jpg":
			if _, ok := item.Tags["fox"]; !ok {
				t.Errorf("the dog has the tags %v", item.Tags)
			}
		case "/trip/dogs/1.jpg":
			if len(item.Tags) != 0 {
				t.Errorf("a file without a line has the tags %v", item.Tags)
			}
		default:
			t.Errorf("%s in %s was not asked for", item.Name, item.Folder)
		}
	}
	if !slices.ContainsFunc(r.classes, func(c darwin.TagClass) bool { return c.Name == "seen by" && c.TakesText }) {
		t.Error("the tag with text was not made to take text")
	}
}

func TestOneUndoTakesASheetBack(t *testing.T) {
	r := newRig(t)
	r.labelled("file,name\ndogs/1.jpg,one.jpg\ndogs/2.jpg,two.jpg\n")
	r.until("the question", func() bool { return r.offer.Visible() })
	names := func() (all []string) {
		for _, item := range r.model.ItemsOf(r.model.IDs()) {
			all = append(all, item.Name)
		}
		slices.Sort(all)
		return all
	}
	before := names()
	r.offer.onGoOn()
	if now := names(); slices.Equal(before, now) {
		t.Fatalf("nothing was renamed: %v", now)
	}
	if label, kept := r.model.Undo(); label != "Use labels.csv" || kept != 0 {
		t.Errorf("undone: %q, kept %d", label, kept)
	}
	if now := names(); !slices.Equal(before, now) {
		t.Errorf("after undo the names are %v, want %v", now, before)
	}
}

func TestASheetThatIsLeftChangesNothingAndATableAboutOtherThingsIsAFileThatDarwinDoesNotTake(t *testing.T) {
	r := newRig(t)
	r.labelled("file,tags\ndogs/1.jpg,fox\n")
	r.until("the question", func() bool { return r.offer.Visible() })
	r.offer.onForget()
	if r.offer.Visible() {
		t.Error("the question stays")
	}
	for _, item := range r.model.ItemsOf(r.model.IDs()) {
		if len(item.Tags) > 0 {
			t.Errorf("%s has the tags %v", item.Name, item.Tags)
		}
	}
	if err := os.WriteFile(filepath.Join(r.folder, "prices.csv"), []byte("what,price\nmilk,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.Add([]string{filepath.Join(r.folder, "prices.csv")})
	r.untilScanned()
	if n := len(r.model.LeftOut()); n != 1 || r.offer.Visible() {
		t.Errorf("%d files are left out, and the strip is shown: %v", n, r.offer.Visible())
	}
}

func TestASheetThatNobodyAnsweredForIsLeftWhenTheFilesAreSent(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.labelled("file,tags\ncats/1.jpg,fox\n")
	r.until("the question", func() bool { return r.offer.Visible() })
	r.Upload()
	r.untilEnded()
	if words := r.offer.words.Text(); words != "labels.csv was not used: the files are sent as they stand in the list." || r.offer.goOn.Visible() {
		t.Errorf("the strip says %q", words)
	}
	r.arrived("nest-boxes", 3)
	for _, item := range r.sandbox.Items("nest-boxes") {
		if len(item.Tags) > 0 {
			t.Errorf("%s has the tags %v", item.Name, item.Tags)
		}
	}
}

func TestASheetThatIsDroppedAloneIsNotSaidToBringNoFiles(t *testing.T) {
	r := newRig(t)
	r.Add(r.write("trip/1.jpg"))
	r.untilScanned()
	list := filepath.Join(r.folder, "labels.csv")
	if err := os.WriteFile(list, []byte("file,tags\n1.jpg,night\n"), 0o600); err != nil {
		r.Fatal(err)
	}
	r.Add([]string{list})
	r.untilScanned()
	r.until("the question", func() bool { return r.offer.Visible() })
	if words := queue.AddedWords(r.model.LastAdded(), false); words != "Drop more files whenever you like." {
		t.Errorf("above the question stands %q", words)
	}
}
