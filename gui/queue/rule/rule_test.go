package rule_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"darwin-uploader/gui/queue/rule"
)

func filesAt(paths ...string) []rule.File {
	var all []rule.File
	for i, p := range paths {
		cut := strings.LastIndexByte(p, '/')
		folder := p[:cut]
		if folder == "" {
			folder = "/"
		}
		all = append(all, rule.File{ID: int32(i), Name: p[cut+1:], Folder: folder})
	}
	return all
}

// team has the tag "alder creek".
func team(name string) (string, bool) {
	return "alder creek", strings.EqualFold(name, "alder creek")
}

func TestFolderNamesBecomeTags(t *testing.T) {
	trip := filesAt("/May/Alder Creek/1", "/May/Alder Creek/2", "/May/Quarry/3", "/May/Quarry/deep/4", "/5")
	for name, c := range map[string]struct {
		files   []rule.File
		level   int
		classes rule.Classes
		words   []string
		press   string
	}{
		"their own": {trip, rule.Own, team, []string{
			"2 files get the tag “alder creek”.", "1 file gets the tag “Quarry”.", "1 file gets the tag “deep”.",
			"2 tags are new to your team.", "1 file has no such folder and gets none."}, "Create 2 tags, tag 4 files"},
		"the first": {trip, 1, team, []string{"4 files get the tag “May”.", "1 tag is new to your team.", "1 file has no such folder and gets none."}, "Create 1 tag, tag 4 files"},
		"the third": {trip, 3, nil, []string{"1 file gets the tag “deep”.", "4 files have no such folder and get none."}, "Tag 1 file"},
		"none":      {trip, 9, team, []string{"5 files have no such folder and get none."}, ""},
		"case only": {filesAt("/Fox/1", "/fox/2"), rule.Own, nil, []string{"2 files get the tag “Fox”."}, "Tag 2 files"},
		"many": {filesAt("/a/1", "/b/1", "/c/1", "/d/1", "/e/1", "/f/1"), rule.Own, nil, []string{
			"1 file gets the tag “a”.", "1 file gets the tag “b”.", "1 file gets the tag “c”.", "1 file gets the tag “d”.",
			"2 files get one of 2 other tags."}, "Tag 6 files"},
	} {
		got := rule.Tags(c.files, c.level, c.classes)
		if !slices.Equal(got.Words(), c.words) || got.Press() != c.press {
			t.Errorf("%s: %q, %q", name, got.Words(), got.Press())
		}
	}
}

func TestLevelsAreNamedByTheirFolders(t *testing.T) {
	for name, c := range map[string]struct {
		files []rule.File
		want  []string
	}{
		"none":  {filesAt("/1"), nil},
		"one":   {filesAt("/a/1", "/b/2", "/c/2"), []string{"their own folder: “a” and 2 more"}},
		"two":   {filesAt("/May/a/1", "/May/b/2"), []string{"their own folder: “a” and 1 more", "the first folder: “May”", "the second folder: “a” and 1 more"}},
		"mixed": {filesAt("/May/1", "/May/b/2"), []string{"their own folder: “May” and 1 more", "the first folder: “May”", "the second folder: “b”"}},
	} {
		var got []string
		for _, l := range rule.Levels(c.files) {
			got = append(got, l.Label())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestFoldersAreFlattenedOrLeftOut(t *testing.T) {
	trip := filesAt("/May/a/1.jpg", "/May/b/1.jpg", "/May/b/2.jpg", "/May/3.jpg")
	for name, c := range map[string]struct {
		files []rule.File
		way   rule.Way
		base  string
		want  map[int32]string
		words []string
		press string
	}{
		"flattened": {trip, rule.Flatten, "/", map[int32]string{0: "/", 2: "/", 3: "/"},
			[]string{"3 files move to “/”.", "1 file stays, as another has the same name: “1.jpg”."}, "Move 3 files"},
		"flattened into a folder": {trip, rule.Flatten, "/May", map[int32]string{0: "/May", 2: "/May"},
			[]string{"2 files move to “/May”.", "1 file stays, as another has the same name: “1.jpg”."}, "Move 2 files"},
		"the top left out": {trip, rule.Strip, "/", map[int32]string{0: "/a", 1: "/b", 2: "/b", 3: "/"},
			[]string{"4 files move to “/a” and 2 other folders."}, "Move 4 files"},
		"there already": {filesAt("/1.jpg"), rule.Strip, "/", map[int32]string{}, []string{"They are there already."}, ""},
		"beyond the base": {filesAt("/June/1.jpg", "/Mayor/2.jpg"), rule.Flatten, "/May", map[int32]string{},
			[]string{"They are there already."}, ""},
	} {
		got := rule.Folders(c.files, c.way, c.base)
		moves := map[int32]string{}
		for _, m := range got.Moves {
			moves[m.ID] = m.Folder
		}
		if !reflect.DeepEqual(moves, c.want) || !slices.Equal(got.Words(), c.words) || got.Press() != c.press {
			t.Errorf("%s: %v, %q, %q", name, moves, got.Words(), got.Press())
		}
	}
}

func TestTheOneFolderAtTheTopIsFound(t *testing.T) {
	for want, files := range map[string][]rule.File{
		"May": filesAt("/May/1", "/May/a/2"),
		"":    filesAt("/May/1", "/June/2"),
	} {
		if got := rule.Top(files, "/"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := rule.Top(filesAt("/May/a/1", "/May/a/b/2"), "/May"); got != "a" {
		t.Errorf("below a base: %q", got)
	}
	if got := rule.Top(filesAt("/May/1", "/2"), "/"); got != "" {
		t.Errorf("with one at the root: %q", got)
	}
}

func FuzzEveryFileIsAccountedForAndNoTwoMeet(f *testing.F) {
	f.Add("/a/b/1\n/a/1\n/1\n/c//x", "/", uint8(0))
	f.Add("/May/a/1\n/May/1\n/a/1", "/May", uint8(1))
	f.Add("/a/b/c/1\n/b/c/1\n/c/1\n/1\n/x/c/1", "/", uint8(1))
	f.Fuzz(func(t *testing.T, list, base string, level uint8) {
		if base == "" || base[0] != '/' {
			return
		}
		var files []rule.File
		there := map[string]bool{}
		for _, line := range strings.Split(list, "\n") {
			if line == "" || line[0] != '/' {
				continue
			}
			one := filesAt(line)[0]
			if at := one.Folder + "\x00" + one.Name; there[at] {
				continue
			} else {
				there[at] = true
			}
			one.ID = int32(len(files))
			files = append(files, one)
		}
		tags := rule.Tags(files, int(level), team)
		if tags.Files()+tags.Without != len(files) {
			t.Errorf("%d with and %d without a tag of %d", tags.Files(), tags.Without, len(files))
		}
		for _, tag := range tags.Tags {
			if strings.TrimSpace(tag.Class) == "" || strings.Contains(tag.Class, "/") {
				t.Errorf("a tag is called %q", tag.Class)
			}
		}
		for _, way := range []rule.Way{rule.Flatten, rule.Strip} {
			m := rule.Folders(files, way, base)
			if len(m.Moves)+m.Stay+len(m.Clashes) != len(files) {
				t.Errorf("%d move, %d stay, %d clash of %d", len(m.Moves), m.Stay, len(m.Clashes), len(files))
			}
			at := map[int32]string{}
			for _, f := range files {
				at[f.ID] = f.Folder
			}
			for _, move := range m.Moves {
				at[move.ID] = move.Folder
			}
			places := map[string]string{}
			for _, f := range files {
				place := fmt.Sprintf("%q %q", at[f.ID], f.Name)
				if other, taken := places[place]; taken {
					t.Errorf("%s and %s are both at %s", other, f.Folder, place)
				}
				places[place] = f.Folder
			}
		}
	})
}
