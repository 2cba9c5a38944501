package assign

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

func read(t *testing.T, dir, content string) Table {
	t.Helper()
	path := filepath.Join(dir, "labels.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	table, err := Read(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// queue is two folders that have a picture of the same name, and a video.
func queue(dir string) []uploader.Item {
	at := func(folder, name string, kind intake.Kind) uploader.Item {
		i := uploader.Item{Path: filepath.Join(dir, filepath.FromSlash(folder), name), Folder: folder, Name: name, Kind: kind}
		if kind == intake.Video {
			i.Video = &darwin.Video{}
		}
		return i
	}
	return []uploader.Item{
		at("/cats", "1.jpg", intake.Image), at("/dogs", "1.jpg", intake.Image), at("/dogs", "2.jpg", intake.Image),
		at("/", "Walk.mp4", intake.Video),
	}
}

func TestASheetPutsTagsFoldersNamesAndFrameRatesOnTheFilesThatItNames(t *testing.T) {
	dir := t.TempDir()
	items := queue(dir)
	items[2].Tags = []darwin.Tag{{Class: "outside"}}
	table := read(t, dir, "fps,tags,file,folder,name,camera\n"+
		",shorthair;bedroom=by the window,cats/1.jpg,,cat_1.jpg,A1\n"+
		",beagle,dogs\\2.jpg,kennel/young,,A2\n"+
		"\"12,5\",,Walk.mp4,,,A3\n")
	res := table.Apply(items)
	if len(res.Mismatches) > 0 {
		t.Fatal(res.Mismatches)
	}
	if !slices.Equal(table.Unknown, []string{"camera"}) {
		t.Errorf("left out columns: %v", table.Unknown)
	}
	if !slices.Equal(res.Changed, []int{0, 2, 3}) || res.NotNamed != 1 {
		t.Errorf("changed %v, not named %d", res.Changed, res.NotNamed)
	}
	cat, dog, video := res.Items[0], res.Items[2], res.Items[3]
	if cat.Name != "cat_1.jpg" || cat.Folder != "/cats" || !reflect.DeepEqual(cat.Tags, []darwin.Tag{{Class: "shorthair"}, {Class: "bedroom", Text: "by the window"}}) {
		t.Errorf("the cat is %+v", cat)
	}
	if dog.Folder != "/kennel/young" || !reflect.DeepEqual(dog.Tags, []darwin.Tag{{Class: "outside"}, {Class: "beagle"}}) {
		t.Errorf("the dog is %+v", dog)
	}
	if video.Video == nil || video.Video.FPS != 12.5 {
		t.Errorf("the video is %+v", video.Video)
	}
	if !reflect.DeepEqual(res.Items[1], items[1]) {
		t.Error("a file that no line names was changed")
	}
	if items[0].Name != "1.jpg" || items[3].Video.FPS != 0 {
		t.Error("the items that were given were changed")
	}
}

func TestWhatASheetDoesNotSayForCertainIsListedAndChangesNothing(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct{ line, why string }{
		"a name that two files have":        {"1.jpg,,fox,,", "2 files are called 1.jpg"},
		"a name that no file has":           {"3.jpg,,fox,,", "No file has this name."},
		"another folder":                    {"birds/2.jpg,,fox,,", "There is dogs/2.jpg"},
		"other capital letters":             {"walk.MP4,,fox,,", "Walk.mp4 is written with other capital letters"},
		"no file":                           {",,fox,,", "names no file"},
		"a frame rate for a picture":        {"2.jpg,,,,25", "Only videos"},
		"a frame rate that is none":         {"Walk.mp4,,,,fast", "no frame rate"},
		"a frame rate of nothing":           {"Walk.mp4,,,,0", "no frame rate"},
		"a frame rate that is not a number": {"Walk.mp4,,,,NaN", "no frame rate"},
		"a name with a folder":              {"2.jpg,,,a/b.jpg,", "neither slashes"},
		"a name with another ending":        {"2.jpg,,,b.png,", "end in .jpg"},
		"a folder above":                    {"2.jpg,../x,,,", "cannot be called"},
		"a place that is taken":             {"2.jpg,,,1.jpg,", "already has this name"},
	} {
		t.Run(name, func(t *testing.T) {
			items := queue(dir)
			res := read(t, dir, "file,folder,tags,name,fps\n"+c.line+"\n").Apply(items)
			if len(res.Mismatches) != 1 || !strings.Contains(res.Mismatches[0].Why, c.why) || res.Mismatches[0].Line != 2 {
				t.Errorf("listed %+v, want %q for line 2", res.Mismatches, c.why)
			}
			if !reflect.DeepEqual(res.Items, items) || len(res.Changed) > 0 {
				t.Error("something was changed all the same")
			}
		})
	}
}

func TestASecondLineAboutAFileIsListed(t *testing.T) {
	dir := t.TempDir()
	res := read(t, dir, "file,tags\n2.jpg,fox\ndogs/2.jpg,deer\n").Apply(queue(dir))
	if len(res.Mismatches) != 1 || res.Mismatches[0].Line != 3 || !strings.Contains(res.Mismatches[0].Why, "Line 2") {
		t.Errorf("%+v", res.Mismatches)
	}
	if got := res.Items[2].Tags; !reflect.DeepEqual(got, []darwin.Tag{{Class: "fox"}}) {
		t.Errorf("tags %v", got)
	}
}

func TestTwoFilesCanSwapTheirNamesOnlyByAThirdName(t *testing.T) {
	dir := t.TempDir()
	res := read(t, dir, "file,name\ndogs/1.jpg,2.jpg\ndogs/2.jpg,1.jpg\n").Apply(queue(dir))
	seen := map[string]bool{}
	for _, i := range res.Items {
		if seen[spot(i)] {
			t.Fatalf("two files at %s", spot(i))
		}
		seen[spot(i)] = true
	}
	if len(res.Mismatches) != 2 {
		t.Errorf("%+v", res.Mismatches)
	}
}

func TestASheetMayNameFilesByTheirWholePath(t *testing.T) {
	dir := t.TempDir()
	items := queue(dir)
	res := read(t, t.TempDir(), "file,tags\n\""+items[1].Path+"\",fox\n").Apply(items)
	if !slices.Equal(res.Changed, []int{1}) {
		t.Errorf("changed %v: %+v", res.Changed, res.Mismatches)
	}
}

func TestTheTextOfATagInTheSheetReplacesTheOneThatTheFileHad(t *testing.T) {
	got := withTags([]darwin.Tag{{Class: "weather", Text: "rain"}, {Class: "fox"}}, []darwin.Tag{{Class: "weather", Text: "sun"}, {Class: "fox"}})
	if !reflect.DeepEqual(got, []darwin.Tag{{Class: "weather", Text: "sun"}, {Class: "fox"}}) {
		t.Errorf("%v", got)
	}
}

func TestASheetWithoutFilesIsRefusedInWords(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x.csv")
	if err := os.WriteFile(path, []byte("tags,name\nfox,a.jpg\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Read(t.Context(), path)
	if fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), "file") {
		t.Errorf("got %v", err)
	}
	if _, err = Read(t.Context(), filepath.Join(dir, "none.csv")); err == nil {
		t.Error("a sheet that is not there was read")
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := os.WriteFile(path, []byte("file\na.jpg\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err = Read(ended, path); !errors.Is(err, context.Canceled) {
		t.Errorf("reading went on after it was called off: %v", err)
	}
}

func FuzzApplyNeverPutsTwoFilesInOnePlace(f *testing.F) {
	f.Add("file,folder,tags,name,fps\ncats/1.jpg,dogs,a;b=c,2.jpg,\n2.jpg,/,,,\n")
	f.Add("file;name\n1.jpg;1.jpg\nWalk.mp4;walk.mp4\n")
	f.Add("sep=;\nfile;fps\nWalk.mp4;1e400\n")
	f.Fuzz(func(t *testing.T, content string) {
		dir := t.TempDir()
		path := filepath.Join(dir, "labels.csv")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		table, err := Read(t.Context(), path)
		if err != nil {
			if fault.KindOf(err) == fault.Unknown {
				t.Errorf("a reason without a kind: %v", err)
			}
			return
		}
		items := queue(dir)
		res := table.Apply(items)
		if len(res.Items) != len(items) {
			t.Fatalf("%d items became %d", len(items), len(res.Items))
		}
		seen := map[string]bool{}
		for i, item := range res.Items {
			if seen[spot(item)] {
				t.Errorf("two files at %q", spot(item))
			}
			seen[spot(item)] = true
			if item.Path != items[i].Path || item.Name == "" || !strings.HasPrefix(item.Folder, "/") {
				t.Errorf("item %d became %+v", i, item)
			}
		}
		for _, m := range res.Mismatches {
			if m.Why == "" || m.Line < 1 {
				t.Errorf("a mismatch without a reason or a line: %+v", m)
			}
		}
	})
}

func BenchmarkApplyToAHundredThousandFiles(b *testing.B) {
	const n = 100_000
	table := Table{Path: "/pictures/labels.csv"}
	items := make([]uploader.Item, n)
	for i := range items {
		name := fmt.Sprintf("%06d.jpg", i)
		items[i] = uploader.Item{Path: "/pictures/" + name, Folder: "/", Name: name}
		table.Rows = append(table.Rows, Row{Line: i + 2, File: name, Tags: []darwin.Tag{{Class: "fox"}}})
	}
	for b.Loop() {
		if res := table.Apply(items); len(res.Changed) != n {
			b.Fatal(len(res.Changed))
		}
	}
}
