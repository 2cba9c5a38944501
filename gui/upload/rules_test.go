package upload

import (
	"slices"
	"testing"

	"darwin-uploader/gui/inspector"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/sandbox"
)

// ruleCalled finds a rule whose label starts so.
func (r *rig) ruleCalled(start string) inspector.Rule {
	r.Helper()
	var labels []string
	for _, rule := range r.rules() {
		if len(rule.Label) >= len(start) && rule.Label[:len(start)] == start {
			return rule
		}
		labels = append(labels, rule.Label)
	}
	r.Fatalf("no rule %q among %q", start, labels)
	return inspector.Rule{}
}

func (r *rig) doing(rule inspector.Rule) error {
	r.Helper()
	told, answer := false, error(nil)
	rule.Do(func(err error) { told, answer = true, err })
	r.until("the rule", func() bool { return told })
	return answer
}

// trip drops a folder with pictures in two folders.
func (r *rig) trip() {
	r.write("trip/Beagle/1.jpg", "trip/Beagle/2.jpg", "trip/Old Quarry/1.jpg")
	r.Add([]string{r.folder + "/trip"})
	r.untilScanned()
}

func TestFolderNamesBecomeTagsOfTheTeamAndNewOnesAreCreated(t *testing.T) {
	r := newRig(t)
	r.sandbox.AddTagClass("beagle", false)
	r.loadClasses()
	r.until("the classes", func() bool {
		return slices.ContainsFunc(r.classes, func(c darwin.TagClass) bool { return c.Name == "beagle" })
	})
	r.choose("Nest boxes")
	r.trip()
	rule := r.ruleCalled("Tags from their own folder")
	words, press := rule.Preview()
	want := []string{"2 files get the tag “beagle”.", "1 file gets the tag “Old Quarry”.", "1 tag is new to your team."}
	if !slices.Equal(words, want) || press != "Create 1 tag, tag 3 files" {
		t.Errorf("the preview is %q, %q", words, press)
	}
	if err := r.doing(rule); err != nil {
		t.Fatal(err)
	}
	r.Upload()
	r.untilEnded()
	r.arrived("nest-boxes", 3)
	for _, item := range r.sandbox.Items("nest-boxes") {
		_, quarry := item.Tags["Old Quarry"]
		_, beagle := item.Tags["beagle"]
		if quarry == beagle || quarry != (item.Folder == "/trip/Old Quarry") {
			t.Errorf("%s in %s has the tags %v", item.Name, item.Folder, item.Tags)
		}
	}
}

func TestOneUndoTakesARuleBack(t *testing.T) {
	r := newRig(t)
	r.trip()
	for _, start := range []string{"Tags from the first folder", "In Darwin without the folder “trip”", "In Darwin all in one folder"} {
		before := r.model.FoldersOf(r.model.IDs())
		rule := r.ruleCalled(start)
		if err := r.doing(rule); err != nil {
			t.Fatal(err)
		}
		if r.model.UndoLabel() == "" {
			t.Fatalf("%s changed nothing", start)
		}
		r.Undo()
		if after := r.model.FoldersOf(r.model.IDs()); !slices.Equal(before, after) || r.model.UndoLabel() != "" || len(r.model.AllTags()) != 0 {
			t.Errorf("%s is not taken back: %v", start, after)
		}
		r.model.SelectNone()
	}
	rule := r.ruleCalled("In Darwin all in one folder")
	if words, press := rule.Preview(); press != "Move 2 files" || len(words) != 2 {
		t.Errorf("of two files of one name: %q, %q", words, press)
	}
}

func TestNothingIsTaggedIfATagCannotBeCreated(t *testing.T) {
	r := newRig(t)
	r.trip()
	r.Cleanup(r.sandbox.Inject(sandbox.Fault{Call: sandbox.CreateClass, Status: 403}))
	if err := r.doing(r.ruleCalled("Tags from their own folder")); err == nil {
		t.Error("nobody is told")
	}
	if len(r.model.AllTags()) != 0 {
		t.Errorf("tagged all the same: %v", r.model.AllTags())
	}
}
