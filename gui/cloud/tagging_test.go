package cloud

import (
	"reflect"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/sandbox"
)

func TestTagsOfAFolderAreForWhatLiesInIt(t *testing.T) {
	all := tagging(nil).with(everything, []darwin.Tag{{Class: "deer"}}).with("/a", []darwin.Tag{{Class: "weather", Text: "rain"}, {Class: "fox"}}).
		with("/a/b", []darwin.Tag{{Class: "weather", Text: "sun"}}).with("/", []darwin.Tag{{Class: "night"}})
	for folder, want := range map[scope][]darwin.Tag{
		"/a":     {{Class: "weather", Text: "rain"}, {Class: "fox"}},
		"/a/b/c": {{Class: "weather", Text: "sun"}, {Class: "fox"}},
		"/ab":    nil,
		"/":      {{Class: "night"}},
	} {
		if got := all.inside(folder); !reflect.DeepEqual(got, want) {
			t.Errorf("what lies in %q gets %v, want %v", folder, got, want)
		}
	}
	if !all.byFolder() || tagging(nil).with(everything, all["/"]).byFolder() || all.with("/a", nil).carries("/a", "fox") {
		t.Error("which folders have tags is wrong")
	}
	if !scope("/a").has("/a/b") || scope("/a").has("/ab") || scope("/").has("/a") || !everything.has("/") {
		t.Error("what a scope has in it is wrong")
	}
	if scopeOf("/May/cats", "/May") != "/cats" || scopeOf("/May", "/May") != "/" || scopeOf("/cats", "/") != "/cats" {
		t.Error("the scope of a folder is wrong")
	}
	if got := addTags("weather=fog;owl", all["/a"]); got != "weather=fog;owl;fox" {
		t.Errorf("the cell became %q", got)
	}
	if got := addTags("=nameless", all["/a"]); got != "=nameless" {
		t.Errorf("a cell that cannot be read became %q", got)
	}
}

func TestATapOnAFolderOfThePreviewTagsWhatIsInIt(t *testing.T) {
	r := newRig(t, "", nil).open("camera-traps-2026", "team-uploads")
	r.right.folder.SetText("/May")
	r.middle.entry.SetText("a/1.jpg\na/b/2.jpg\nc/3.jpg\n4.jpg")
	r.right.tags.add("deer")
	r.settled()
	r.right.tree.lines["/a"].Tapped(nil)
	if got := r.right.tags.whose.Text(); got != "for a, 2" {
		t.Errorf("the tags are %q", got)
	}
	r.right.tags.field.SetText("weath")
	r.right.tags.take()
	r.settled()
	r.right.tags.write("weather", "rain")
	r.right.tree.lines["/"].TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	r.right.tags.add("night")
	r.right.tags.back.Tapped(nil)
	r.settled()
	if got := r.right.tags.whose.Text(); got != "for all" || len(r.tags) != 3 || r.ready() != 4 {
		t.Errorf("the tags are %q, %v; %d are ready", got, r.tags, r.ready())
	}
	r.bar.main.Tapped(nil)
	r.imported()
	for _, item := range r.sandbox.Items("camera-traps-2026") {
		want := map[string]map[string]string{
			"a/1.jpg": {"deer": "", "weather": "rain"}, "a/b/2.jpg": {"deer": "", "weather": "rain"}, "c/3.jpg": {"deer": ""}, "4.jpg": {"deer": "", "night": ""},
		}[item.Key]
		if !reflect.DeepEqual(item.Tags, want) {
			t.Errorf("%s has the tags %v, want %v", item.Key, item.Tags, want)
		}
	}
}

func TestATagThatTheTeamDoesNotHaveIsCreatedInPlaceAndLinked(t *testing.T) {
	r := newRig(t, "", nil).open("camera-traps-2026", "team-uploads")
	r.middle.entry.SetText("a/1.jpg\nb/2.jpg")
	r.settled()
	r.right.tree.lines["/b"].Tapped(nil)
	tags := r.right.tags
	tags.field.SetText("badger")
	if !tags.maker.box.Visible() || tags.maker.press.Text() != "Create “badger”" {
		t.Fatalf("it offers %q", tags.maker.press.Text())
	}
	tags.maker.text.SetChecked(true)
	tags.maker.press.Tapped(nil)
	r.right.turn(everything)
	r.until("the tag", func() bool { return !tags.maker.making })
	r.settled()
	if !r.tags.carries("/b", "badger") || r.tags.carries(everything, "badger") || !tags.takesText("badger") || tags.maker.box.Visible() {
		t.Fatalf("the tags are %v", r.tags)
	}
	for _, c := range r.classes {
		if c.Name == "badger" && !slices.Contains(c.Datasets, r.dataset.ID) {
			t.Errorf("it is linked to %v", c.Datasets)
		}
	}
	r.bar.main.Tapped(nil)
	r.imported()
	if items := r.sandbox.Items("camera-traps-2026"); len(items) != 2 || len(items[0].Tags) != 0 || len(items[1].Tags) != 1 {
		t.Errorf("the items are %+v", items)
	}
}

func TestATagThatCannotBeCreatedSaysWhy(t *testing.T) {
	r := newRig(t, "", nil).open("camera-traps-2026", "team-uploads")
	r.sandbox.Inject(sandbox.Fault{Status: 403})
	r.right.tags.field.SetText("badger")
	r.right.tags.maker.press.Tapped(nil)
	r.until("an answer", func() bool { return !r.right.tags.maker.making })
	if r.right.tags.hint.Text() == "" || len(r.tags) != 0 {
		t.Errorf("it says %q", r.right.tags.hint.Text())
	}
}
