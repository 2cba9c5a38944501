package external

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/sheet"
)

var (
	classes  = []darwin.TagClass{{Name: "deer"}, {Name: "weather", TakesText: true}}
	writable = Rules{Root: Root{Storage: onAWS}, Version: 2, Classes: classes}
	readonly = Rules{Root: Root{Storage: darwin.StorageInfo{Name: "archive", Provider: "aws", Bucket: "b", ReadOnly: true}}, Version: 2, Manifest: ReadManifest}
)

func TestEntriesBecomeItems(t *testing.T) {
	with := func(change func(*Rules)) Rules {
		r := writable
		change(&r)
		return r
	}
	for name, tc := range map[string]struct {
		rules Rules
		entry Entry
		want  Item
	}{
		"only a key": {writable, Entry{Key: "a/b/c.jpg"}, Item{Key: "a/b/c.jpg", Name: "c.jpg", Folder: "/a/b"}},
		"an address": {writable, Entry{Key: "s3://my.pictures/c.jpg"}, Item{Key: "c.jpg", Name: "c.jpg", Folder: "/"}},
		"all columns": {
			writable, Entry{Key: "x/1.bin", Thumbnail: "t/1.jpg", Width: "900", Height: " 675.0 ", Folder: "cats\\young", Tags: "deer;weather=light rain", Name: "cat 1.jpg", Type: "Image"},
			Item{Key: "x/1.bin", Thumbnail: "t/1.jpg", Width: 900, Height: 675, Folder: "/cats/young", Name: "cat 1.jpg", Type: "image", Tags: []darwin.Tag{{Class: "deer"}, {Class: "weather", Text: "light rain"}}},
		},
		"a video":                  {writable, Entry{Key: "v.MP4", FPS: "29,97", AsFrames: "Yes"}, Item{Key: "v.MP4", Name: "v.MP4", Folder: "/", Video: &darwin.Video{FPS: 29.97, AsFrames: true}}},
		"a video at its own rate":  {writable, Entry{Key: "v.mp4", FPS: "native", AsFrames: "false"}, Item{Key: "v.mp4", Name: "v.mp4", Folder: "/", Video: &darwin.Video{}}},
		"a rate that says nothing": {writable, Entry{Key: "a.jpg", FPS: "0", AsFrames: "0"}, Item{Key: "a.jpg", Name: "a.jpg", Folder: "/"}},
		"a volume":                 {writable, Entry{Key: "a.nii.gz"}, Item{Key: "a.nii.gz", Name: "a.nii.gz", Folder: "/"}},
		"below a prefix":           {with(func(r *Rules) { r.Folders = Folders{Base: "/in", Below: "animals/originals/"} }), Entry{Key: "animals/originals/cats/1.jpg"}, Item{Key: "animals/originals/cats/1.jpg", Name: "1.jpg", Folder: "/in/cats"}},
		"not below it":             {with(func(r *Rules) { r.Folders = Folders{Below: "animals"} }), Entry{Key: "animalsX/1.jpg"}, Item{Key: "animalsX/1.jpg", Name: "1.jpg", Folder: "/animalsX"}},
		"flat":                     {with(func(r *Rules) { r.Folders = Folders{Base: "in", Flat: true} }), Entry{Key: "a/b/1.jpg"}, Item{Key: "a/b/1.jpg", Name: "1.jpg", Folder: "/in"}},
		"flat, but with a folder":  {with(func(r *Rules) { r.Folders = Folders{Base: "in", Flat: true} }), Entry{Key: "a/b/1.jpg", Folder: "/own"}, Item{Key: "a/b/1.jpg", Name: "1.jpg", Folder: "/in/own"}},
		"tags for all and its own": {
			with(func(r *Rules) { r.Tags = []darwin.Tag{{Class: "deer"}, {Class: "weather", Text: "sun"}} }), Entry{Key: "1.jpg", Tags: "weather=fog;deer"},
			Item{Key: "1.jpg", Name: "1.jpg", Folder: "/", Tags: []darwin.Tag{{Class: "deer"}, {Class: "weather", Text: "fog"}}},
		},
		"frames that are counted": {
			readonly, Entry{Key: "v.mp4", Frames: "v/{n:4}.png", FramesLow: "v/low/{n}.jpg", FrameCount: "3", FirstFrame: "0"},
			Item{Key: "v.mp4", Name: "v.mp4", Folder: "/", Sequence: &Sequence{High: "v/{n:4}.png", Low: "v/low/{n}.jpg", First: 0, Count: 3}},
		},
		"frames to be looked for": {readonly, Entry{Key: "v.mp4", Frames: "v/{n}.png"}, Item{Key: "v.mp4", Name: "v.mp4", Folder: "/", Pattern: "v/{n}.png"}},
	} {
		got, problem := tc.rules.Item(tc.entry)
		if problem != nil || !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%s: %+v, %v\nwant %+v", name, got, problem, tc.want)
		}
	}
	if r := writable; len(r.Tags) != 0 {
		t.Error("the rules have changed")
	}
}

// Every wrong input gets its sentence, before anything is sent.
func TestWrongEntriesGetTheirSentence(t *testing.T) {
	v1 := readonly
	v1.Version = 1
	full := Entry{Key: "a.jpg", Thumbnail: "t.jpg", Width: "8", Height: "6"}
	change := func(f func(*Entry)) Entry {
		e := full
		f(&e)
		return e
	}
	manifest := filepath.Join(t.TempDir(), "metadata.json")
	if err := os.WriteFile(manifest, []byte(`{"registration_payload":{"native_fps":25,"total_frames":3}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		rules Rules
		entry Entry
		says  string
	}{
		{writable, Entry{}, "There is no key."},
		{writable, Entry{Key: "gs://x/y"}, `"gs://" is none of the storage`},
		{writable, Entry{Key: "a.jpg", Thumbnail: "/t.jpg"}, `The thumbnail is wrong: The key "/t.jpg" begins with a slash`},
		{writable, Entry{Key: "a.jpg", Name: "b/c.jpg"}, `The name "b/c.jpg" has a slash in it.`},
		{writable, Entry{Key: "a.jpg", Name: "b\x07.jpg"}, "The name holds a character that cannot be shown."},
		{writable, Entry{Key: "a.jpg", Folder: "../x"}, `A Darwin folder cannot be called "..".`},
		{writable, Entry{Key: "a/../b.jpg"}, `A Darwin folder cannot be called "..".`},
		{writable, Entry{Key: "a.jpg", Tags: "dear"}, `The team has no tag "dear".`},
		{writable, Entry{Key: "a.jpg", Tags: "deer=big"}, `The tag "deer" takes no text.`},
		{writable, Entry{Key: "a.jpg", Tags: "weather="}, "no text after the equals sign"},
		{writable, Entry{Key: "a.jpg", Width: "wide", Height: "1"}, `The width "wide" is not a number of pixels.`},
		{writable, Entry{Key: "a.jpg", Width: "1.5", Height: "1"}, `The width "1.5" is not`},
		{writable, Entry{Key: "a.jpg", Width: "1", Height: "-4"}, `The height "-4" is not`},
		{writable, Entry{Key: "a.jpg", Width: "NaN", Height: "1"}, `The width "NaN" is not`},
		{writable, Entry{Key: "a.jpg", Width: "1e300", Height: "1"}, `The width "1e300" is not`},
		{writable, Entry{Key: "a.jpg", Width: "8"}, "Only one of width and height is there."},
		{writable, Entry{Key: "a.jpg", Type: "picture"}, `The type "picture" is none that Darwin has.`},
		{writable, Entry{Key: "a.docx"}, `The name "a.docx" does not tell what the object is.`},
		{writable, Entry{Key: "README"}, `The name "README" does not tell`},
		{writable, Entry{Key: "a.jpg", FPS: "25"}, "A frame rate is for videos, and this is none."},
		{writable, Entry{Key: "v.mp4", FPS: "fast"}, `The frame rate "fast" is not a number`},
		{writable, Entry{Key: "v.mp4", FPS: "-1"}, `The frame rate "-1" is not`},
		{writable, Entry{Key: "v.mp4", AsFrames: "perhaps"}, `as_frames is "perhaps".`},
		{writable, Entry{Key: "v.mp4", Frames: "v/n.png"}, `"v/n.png" is no naming pattern for frames.`},
		{writable, Entry{Key: "v.mp4", Frames: "v/{n}{n}.png"}, "is no naming pattern"},
		{writable, Entry{Key: "v.mp4", Frames: "/v/{n}.png"}, "begins with a slash"},
		{writable, Entry{Key: "v.mp4", Frames: "v/{n}.png", FrameCount: "many"}, `The number of frames "many" is not one.`},
		{writable, Entry{Key: "v.mp4", Frames: "v/{n}.png", FrameCount: "2", FirstFrame: "-2"}, `The number of the first frame "-2" is not one.`},
		{writable, Entry{Key: "v.mp4", Manifest: "m.json"}, "A manifest cannot be read here."},
		{readonly, Entry{Key: "v.mp4", Manifest: manifest + "x"}, `The manifest "metadata.jsonx" cannot be read.`},
		{readonly, Entry{Key: "v.mp4", Manifest: manifest}, "The manifest lacks visible_frames, hls_segments, storage_sections_key_prefix and storage_frames_manifest_key."},
		{readonly, Entry{Key: "a.jpg", Manifest: manifest}, "A manifest is for videos"},
		{readonly, change(func(e *Entry) { e.Thumbnail = "" }), "A read-only storage needs thumbnail_key here."},
		{readonly, Entry{Key: "a.jpg"}, "A read-only storage needs thumbnail_key, width and height here."},
		{readonly, change(func(e *Entry) { e.Key = "v.mp4" }), "A read-only storage needs frames or manifest here."},
		{readonly, change(func(e *Entry) { e.Key, e.Frames = "v.mp4", "f/{n}.png" }), "A read-only storage needs frame_count here."},
		{readonly, change(func(e *Entry) { e.Key = "a.dcm" }), `images and videos, and "a.dcm" is none`},
		{readonly, change(func(e *Entry) { e.Key = "a.nii" }), `images and videos, and "a.nii" is none`},
		{v1, change(func(e *Entry) { e.Key = "v.mp4" }), "cannot be registered in a dataset of version 1"},
	} {
		item, problem := tc.rules.Item(tc.entry)
		if problem == nil {
			problem = tc.rules.Lacks(item)
		}
		if problem == nil || !strings.Contains(problem.Error(), tc.says) || !strings.HasSuffix(problem.What, ".") || !strings.HasSuffix(problem.Do, ".") {
			t.Errorf("%+v: %v; want %q", tc.entry, problem, tc.says)
		}
	}
	for _, rules := range []Rules{writable, readonly} {
		if item, problem := rules.Item(full); problem != nil || rules.Lacks(item) != nil {
			t.Errorf("%+v is refused: %v, %v", full, problem, rules.Lacks(item))
		}
	}
}

const goodManifest = `{"registration_payload":{"type":"video","width":8,"height":6,"native_fps":25,"fps":5,"visible_frames":3,"total_frames":3,
	"hls_segments":{"high_quality":{"index":"H","bitrate":2.5},"low_quality":{"index":"L","bitrate":1}},"storage_key":"else/v.mp4",
	"storage_sections_key_prefix":"v/sections","storage_frames_manifest_key":"v/frames_manifest.txt","storage_thumbnail_key":"v/thumbnail.jpg","total_size_bytes":99}}`

func TestAManifestGivesAVideoItsCompactForm(t *testing.T) {
	rules := readonly
	rules.Manifest = func(string) (*Manifest, error) { return ParseManifest(strings.NewReader(goodManifest)) }
	item, problem := rules.Item(Entry{Key: "v/v.mp4", Manifest: "x"})
	want := Item{
		Key: "v/v.mp4", Name: "v.mp4", Folder: "/v", Thumbnail: "v/thumbnail.jpg", Width: 8, Height: 6,
		Compact: &darwin.Compact{
			NativeFPS: 25, VisibleFrames: 3, TotalFrames: 3, HighIndex: "H", LowIndex: "L", HighBitrate: 2.5, LowBitrate: 1,
			Sections: "v/sections", FramesManifest: "v/frames_manifest.txt", Size: 99,
		},
	}
	if problem != nil || !reflect.DeepEqual(item, want) || rules.Lacks(item) != nil {
		t.Errorf("%+v, %v", item, problem)
	}
	rules.Root.Storage.Prefix = "w"
	if _, problem := rules.Item(Entry{Key: "w/v.mp4", Manifest: "x"}); problem == nil || !strings.Contains(problem.What, "lies outside") {
		t.Errorf("a manifest of another prefix: %v", problem)
	}
	for _, text := range []string{"", "[]", `{"width":"x"}`} {
		if _, err := ParseManifest(strings.NewReader(text)); fault.KindOf(err) != fault.Usage {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestFramesAreArrangedAndCheckedForGaps(t *testing.T) {
	for pattern, tc := range map[string]struct {
		keys []string
		want Sequence
		says string
	}{
		"f/{n}.png":   {[]string{"f/2.png", "f/1.png", "f/10.png", "f/3.png", "f/4.png", "f/5.png", "f/6.png", "f/7.png", "f/8.png", "f/9.png", "f/x.png", "f/1.jpg"}, Sequence{High: "f/{n}.png", First: 1, Count: 10}, ""},
		"g/{n}.png":   {[]string{"g/000.png", "g/001.png"}, Sequence{High: "g/{n:3}.png", First: 0, Count: 2}, ""},
		"h/{n:2}.png": {[]string{"h/99.png", "h/01.png"}, Sequence{}, "Frame 2 of \"h/{n:2}.png\" is missing."},
		"i/{n}.png":   {[]string{"i/1.png", "i/01.png"}, Sequence{}, "is there twice"},
		"j/{n}.png":   {[]string{"j/5.png", "j/6.png"}, Sequence{}, "begin with number 5"},
		"k/{n}.png":   {nil, Sequence{}, "There is no frame that fits"},
		"l/{n}.png":   {[]string{"l/1.png", "l/1.png"}, Sequence{}, "Frame 1 of \"l/{n}.png\" is there twice."},
		"m/{n}.png":   {[]string{"m/001.png", "m/02.png"}, Sequence{}, "different lengths"},
	} {
		p, err := ParsePattern(pattern)
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.Arrange(tc.keys)
		if tc.says != "" {
			if err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%s: %+v, %v; want %q", pattern, got, err, tc.says)
			}
			continue
		}
		if err != nil || got != tc.want {
			t.Errorf("%s: %+v, %v", pattern, got, err)
		}
		frames, err := got.frames(8, 6)
		if err != nil || len(frames) != got.Count || !strings.HasPrefix(frames[0].High, p.Prefix()) || frames[0].Width != 8 {
			t.Errorf("%s: frames %+v, %v", pattern, frames, err)
		}
	}
}

func FuzzPatternsNameTheFramesThatTheyFind(f *testing.F) {
	f.Add("f/{n}.png", "f/1.png", "f/02.png")
	f.Add("{n:3}", "001", "000")
	f.Fuzz(func(t *testing.T, pattern, one, two string) {
		p, err := ParsePattern(pattern)
		if err != nil {
			return
		}
		keys := []string{one, two}
		s, err := p.Arrange(keys)
		if err != nil {
			return
		}
		frames, err := s.frames(1, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, frame := range frames {
			if frame.High != one && frame.High != two {
				t.Errorf("%q of %q names %q", pattern, keys, frame.High)
			}
		}
	})
}

// animals is the sheet that stands for the guide's third example.
const animals = `name,key,thumbnail_key,width,height,folder,tags,comment
cat_1.jpg,animals/originals/cats/1.jpg,animals/thumbnails/cats/1.jpg,900,675,cats,shorthair,x
cat_2.jpg,animals/originals/cats/2.jpg,animals/thumbnails/cats/2.jpg,800,400,cats,ragdoll,
`

func TestRowsThatLackSomethingAreToldByTheirLineBeforeAnythingIsSent(t *testing.T) {
	r := newRig(t)
	r.into("camera-traps-2026", "field-archive")
	s, err := sheet.New(strings.NewReader(animals+"\n\na.jpg,a.jpg,t.jpg\n"+"x.jpg,/a.jpg\n\"bad\n"), sheet.CSV, Columns()...)
	r.check(err)
	_, err = Plan(t.Context(), r.ledger, About{}, r.rules, Entries(s), nil, nil)
	if err == nil || !strings.Contains(err.Error(), "A quotation mark in line 8 of the sheet is not closed.") {
		t.Errorf("a sheet that cannot be read to its end: %v", err)
	}
	s, err = sheet.New(strings.NewReader(animals+"\n\na.jpg,a.jpg,t.jpg\nx.jpg,/a.jpg\ncat_1.jpg,b.jpg,t.jpg,1,2,cats\n"), sheet.CSV, Columns()...)
	r.check(err)
	told := 0
	i, err := Plan(t.Context(), r.ledger, About{}, r.rules, Entries(s), nil, func(n int) { told = n })
	r.check(err)
	if i.Counts != (ledger.Counts{ledger.Waiting: 2, ledger.Unfit: 3}) || told != 5 {
		t.Errorf("planned %v, told %d", i.Counts, told)
	}
	var got []string
	for _, row := range r.rows(i.ID)[2:] {
		got = append(got, strings.Join([]string{string(rune('0' + row.Line)), row.Reason}, ": "))
	}
	want := []string{
		"6: A read-only storage needs width and height here. Write it into the sheet, or let the program find it in the bucket.",
		`7: The key "/a.jpg" begins with a slash, but keys begin with the name of their first folder. Delete the slash.`,
		"8: Line 2 has an item of the same name in the same folder. Give one of them another name or folder.",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("unfit:\n%s", strings.Join(got, "\n"))
	}
	if items := r.sandbox.Items(r.slug); len(items) != 0 {
		t.Errorf("%d items came of planning", len(items))
	}
	if end := r.run(i.ID); end.Problem != nil || end.Counts != (ledger.Counts{ledger.Registered: 2, ledger.Unfit: 3}) {
		t.Errorf("it ended with %+v", end)
	}
}

func TestSourcesThatGiveNothingAreRefused(t *testing.T) {
	r := newRig(t)
	plan := func(text string) error {
		s, err := sheet.New(strings.NewReader(text), sheet.CSV, Columns()...)
		r.check(err)
		_, err = Plan(t.Context(), r.ledger, About{}, r.rules, Entries(s), nil, nil)
		return err
	}
	if err := plan("key\n"); err == nil || !strings.Contains(err.Error(), "There is nothing to register.") {
		t.Errorf("no rows: %v", err)
	}
	if err := plan("name,width\na,1\n"); err == nil || !strings.Contains(err.Error(), `The sheet has no column "key".`) {
		t.Errorf("no keys: %v", err)
	}
	if list, err := List(t.Context(), r.ledger); err != nil || len(list) != 0 {
		t.Errorf("they left %v, %v", list, err)
	}
}

func TestAPastedListIsAKeyALine(t *testing.T) {
	var got []Entry
	for e := range Pasted(" a.jpg \r\n\n  \ns3://b/c d.jpg") {
		got = append(got, e)
	}
	if want := []Entry{{Line: 1, Key: "a.jpg"}, {Line: 4, Key: "s3://b/c d.jpg"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}
