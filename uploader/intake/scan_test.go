package intake

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"darwin-uploader/uploader/fault"
)

func TestAFolderKeepsItsShapeAndAFileLandsInTheBase(t *testing.T) {
	root := tree(t, map[string]string{"cats/a.jpg": "x", "cats/young/b.mp4": "x", "dog.PNG": "x"})
	paths := []string{filepath.Join(root, "cats"), filepath.Join(root, "dog.PNG")}
	for _, c := range []struct {
		o    Options
		want []string
	}{
		{Options{}, []string{"/cats/a.jpg", "/cats/young/b.mp4", "/dog.PNG"}},
		{Options{Base: `pets\2026/`}, []string{"/pets/2026/cats/a.jpg", "/pets/2026/cats/young/b.mp4", "/pets/2026/dog.PNG"}},
		{Options{Base: "/pets", Flat: true}, []string{"/pets/a.jpg", "/pets/b.mp4", "/pets/dog.PNG"}},
	} {
		if got := landed(scan(t, c.o, paths...)); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v: got %q, want %q", c.o, got, c.want)
		}
	}
}

func TestAFileSaysWhatItIs(t *testing.T) {
	root := tree(t, map[string]string{
		"a.JPG": "1234", "b.mov": "x", "c.pdf": "x", "d.nii.gz": "x", "IM0001": dicomFile(),
		"1.2.840.5": dicomFile(), "scan.IMA": dicomFile(), "e.svs": "x",
	})
	found := scan(t, Options{}, root)
	got := map[string]string{}
	for _, f := range found.Files {
		got[f.Name] = f.Kind.String() + "/" + f.Type
		info, err := os.Stat(f.Path)
		must(t, err)
		if !filepath.IsAbs(f.Path) || f.Size != info.Size() || !f.ModTime.Equal(info.ModTime()) {
			t.Errorf("%+v does not describe the file", f)
		}
	}
	want := map[string]string{
		"a.JPG": "image/", "b.mov": "video/", "c.pdf": "document/", "d.nii.gz": "medical image/", "e.svs": "image/",
		"IM0001": "medical image/dicom", "1.2.840.5": "medical image/dicom", "scan.IMA": "medical image/dicom",
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNaturalOrderInsideAFolder(t *testing.T) {
	root := tree(t, map[string]string{
		"img10.jpg": "x", "img2.jpg": "x", "IMG3.jpg": "x", "img1/z.jpg": "x", "img1/a.jpg": "x", "img02.jpg": "x", "b.jpg": "x",
	})
	want := []string{"/b.jpg", "/img1/a.jpg", "/img1/z.jpg", "/img02.jpg", "/img2.jpg", "/IMG3.jpg", "/img10.jpg"}
	got := landed(scan(t, Options{}, root))
	for i := range got {
		got[i] = strings.TrimPrefix(got[i], "/"+filepath.Base(root))
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEachKindOfTroubleHasItsReason(t *testing.T) {
	root := tree(t, map[string]string{
		"ok.jpg": "x", "empty.jpg": "", "phone.heic": "x", "anim.gif": "x", "all.zip": "x", "notes": "x", "short": dicomFile()[:100],
		"noext": strings.Repeat("x", 200), "x.lnk": "x", ".hidden/in.jpg": "x", ".cat.jpg": "x", ".bashrc": "x",
		"._ok.jpg": "\x00\x05\x16\x07rest", "._real.jpg": "\xff\xd8", "Thumbs.db": "x", ".DS_Store": "x", "Desktop.ini": "x",
		"__MACOSX/._ok.jpg": "x", "@eaDir/t.jpg": "x", "$RECYCLE.BIN/t.jpg": "x", "System Volume Information/t.jpg": "x", "DICOMDIR": dicomFile(),
	})
	found := scan(t, Options{Flat: true}, root)
	if got, want := landed(found), []string{"/._real.jpg", "/.cat.jpg", "/ok.jpg"}; !reflect.DeepEqual(got, want) {
		t.Errorf("taken: %q, want %q", got, want)
	}
	want := map[string]Reason{
		"empty.jpg": Empty, "phone.heic": Unsupported, "anim.gif": Unsupported, "all.zip": Unsupported, "notes": Unsupported, "short": Unsupported,
		"noext": Unsupported, "x.lnk": Unsupported, ".hidden": HiddenFolder, ".bashrc": Unsupported,
		"._ok.jpg": Litter, "Thumbs.db": Litter, ".DS_Store": Litter, "Desktop.ini": Litter,
		"__MACOSX": Litter, "@eaDir": Litter, "$RECYCLE.BIN": Litter, "System Volume Information": Litter, "DICOMDIR": Litter,
	}
	if got := reasons(t, root, found); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for _, l := range found.LeftOut {
		if l.Minor != (l.Reason == Litter) {
			t.Errorf("%s: Minor is %v", l.Path, l.Minor)
		}
	}
}

func TestAFileOverTheLimitIsLeftOutAndOneAtTheLimitIsTaken(t *testing.T) {
	root := tree(t, map[string]string{"at.mp4": "", "over.mp4": "", "over.jpg": ""})
	must(t, os.Truncate(filepath.Join(root, "at.mp4"), MaxSize))
	must(t, os.Truncate(filepath.Join(root, "over.mp4"), MaxSize+1))
	must(t, os.Truncate(filepath.Join(root, "over.jpg"), MaxSize+1))
	found := scan(t, Options{Flat: true}, root)
	if got := landed(found); !reflect.DeepEqual(got, []string{"/at.mp4"}) {
		t.Errorf("taken: %q", got)
	}
	if got, want := reasons(t, root, found), (map[string]Reason{"over.mp4": TooLarge, "over.jpg": TooLarge}); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if f := found.LeftOut[0].Fault; f.Kind != fault.TooLarge || !strings.Contains(f.What, "5.0 GiB") {
		t.Errorf("the problem is %+v", f)
	}
}

func TestNamesGoToDarwinAsTheyAreButComposed(t *testing.T) {
	names := []string{
		"with space.jpg", "wo\u0308lfe.jpg", "猫の写真.jpg", "🦊👩‍🔬.jpg", "100%.jpg", "a#b?c&d.jpg", `it's "it".jpg`, "..two.jpg", "trail...jpg", " lead.jpg", "semi;colon,.jpg",
	}
	if runtime.GOOS == "windows" {
		names = slices.DeleteFunc(names, func(n string) bool { return strings.ContainsAny(n, `"?`) })
	}
	files := map[string]string{}
	for _, n := range names {
		files["fo\u0308lder/"+n] = "x"
	}
	root := tree(t, files)
	found := scan(t, Options{}, filepath.Join(root, "fo\u0308lder"))
	if len(found.LeftOut) != 0 {
		t.Errorf("left out: %v", found.LeftOut)
	}
	got := map[string]bool{}
	for _, f := range found.Files {
		got[f.Name] = true
		if f.Folder != "/földer" {
			t.Errorf("folder %q is not composed", f.Folder)
		}
	}
	for _, n := range names {
		if !got[norm.NFC.String(n)] {
			t.Errorf("%q is missing", n)
		}
	}
}

func TestSameNameNamesTheOtherFile(t *testing.T) {
	root := tree(t, map[string]string{"one/a.jpg": "x", "two/a.jpg": "y", "two/b.jpg": "x", "wo\u0308lf.jpg": "x", "wölf.jpg": "x"})
	found := scan(t, Options{Flat: true}, filepath.Join(root, "one"), filepath.Join(root, "two"))
	if got := landed(found); !reflect.DeepEqual(got, []string{"/a.jpg", "/b.jpg"}) {
		t.Errorf("taken: %q", got)
	}
	if len(found.LeftOut) != 1 || found.LeftOut[0].Reason != SameName || !strings.Contains(found.LeftOut[0].Fault.What, filepath.Join(root, "one", "a.jpg")) {
		t.Errorf("left out: %+v", found.LeftOut)
	}
	if got := scan(t, Options{}, filepath.Join(root, "one"), filepath.Join(root, "two")); len(got.LeftOut) != 0 {
		t.Errorf("different folders clash: %+v", got.LeftOut)
	}
	if entries, _ := os.ReadDir(root); len(entries) == 4 { // a file system that keeps both forms of "ö"
		got := scan(t, Options{}, root)
		if r := slices.Collect(maps.Values(reasons(t, root, got))); !slices.Equal(r, []Reason{SameName}) {
			t.Errorf("two forms of one name: %v", r)
		}
	}
}

func TestAPathCountsOnceHoweverItIsGiven(t *testing.T) {
	root := tree(t, map[string]string{"cats/a.jpg": "x", "cats/young/b.jpg": "x"})
	cats := filepath.Join(root, "cats")
	sep := string(filepath.Separator)
	for name, paths := range map[string][]string{
		"twice":                    {cats, cats + sep, cats + sep + "." + sep},
		"a file beside its folder": {filepath.Join(cats, "a.jpg"), cats},
		"a folder in its folder":   {filepath.Join(cats, "young"), filepath.Join(cats, "young", "b.jpg"), cats},
		"through ..":               {cats, filepath.Join(cats, "young") + sep + ".." + sep + "a.jpg"},
	} {
		found := scan(t, Options{}, paths...)
		if got := landed(found); !reflect.DeepEqual(got, []string{"/cats/a.jpg", "/cats/young/b.jpg"}) || len(found.LeftOut) != 0 {
			t.Errorf("%s: taken %q, left out %v", name, got, found.LeftOut)
		}
	}
}

func TestALeftOutFileBesideItsFolderIsToldOnce(t *testing.T) {
	root := tree(t, map[string]string{"cats/a.heic": "x", "cats/b.jpg": "x"})
	found := scan(t, Options{}, filepath.Join(root, "cats", "a.heic"), filepath.Join(root, "cats"))
	if len(found.LeftOut) != 1 || len(found.Files) != 1 {
		t.Errorf("taken %q, left out %v", landed(found), found.LeftOut)
	}
}

func TestDotsAreResolvedToRealFolders(t *testing.T) {
	root := tree(t, map[string]string{"cats/a.jpg": "x", "cats/young/b.jpg": "x"})
	t.Chdir(filepath.Join(root, "cats", "young"))
	if got := landed(scan(t, Options{}, ".")); !reflect.DeepEqual(got, []string{"/young/b.jpg"}) {
		t.Errorf(". gives %q", got)
	}
	if got := landed(scan(t, Options{}, "..")); !reflect.DeepEqual(got, []string{"/cats/a.jpg", "/cats/young/b.jpg"}) {
		t.Errorf(".. gives %q", got)
	}
	if got := landed(scan(t, Options{}, "b.jpg")); !reflect.DeepEqual(got, []string{"/b.jpg"}) {
		t.Errorf("b.jpg gives %q", got)
	}
}

func TestWhatIsNotThereIsSaid(t *testing.T) {
	root := tree(t, map[string]string{"a.jpg": "x"})
	for path, says := range map[string]string{
		filepath.Join(root, "gone.jpg"):           "There is no such file or folder.",
		filepath.Join(root, "a.jpg", "below.jpg"): "There is no such file or folder.",
		"": "There is no such file or folder.",
		filepath.Join(root, "https:", "example.org", "cat.jpg"): "This is the address of something on the web, not a file.",
	} {
		found := scan(t, Options{}, path)
		if len(found.LeftOut) != 1 || found.LeftOut[0].Reason != Vanished || found.LeftOut[0].Fault.What != says || found.LeftOut[0].Fault.Kind != fault.Vanished {
			t.Errorf("%q: left out %+v", path, found.LeftOut)
		}
	}
}

func TestANamedHiddenFolderIsTakenAndNamedLitterIsNot(t *testing.T) {
	root := tree(t, map[string]string{".secret/a.jpg": "x", "__MACOSX/a.jpg": "x"})
	found := scan(t, Options{}, filepath.Join(root, ".secret"), filepath.Join(root, "__MACOSX"))
	if got := landed(found); !reflect.DeepEqual(got, []string{"/.secret/a.jpg"}) {
		t.Errorf("taken %q", got)
	}
	if got := reasons(t, root, found); got["__MACOSX"] != Litter {
		t.Errorf("left out %v", got)
	}
}

func TestABadBaseIsRefused(t *testing.T) {
	err := Scan(t.Context(), nil, Options{Base: "../up"}, func(Found) {})
	if fault.KindOf(err) != fault.Usage {
		t.Errorf("got %v", err)
	}
}
