package cloud

import (
	"reflect"
	"testing"

	"darwin-uploader/uploader/darwin"
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
