package cli

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"darwin-uploader/uploader/objects"
	"darwin-uploader/uploader/sandbox"
)

// wrongStage has a storage below a prefix, and a read-only one whose bucket lies
// in the sandbox, with a film that lacks its third frame.
func wrongStage(t *testing.T) *stage {
	t.Helper()
	s := newStage(t, sandbox.Config{})
	s.anyKey()
	s.sandbox.AddStorage(sandbox.Storage{Name: "north", Provider: "aws", Bucket: "alder-valley-north", Prefix: "shots/2026"})
	s.sandbox.AddStorage(sandbox.Storage{Name: "films", Provider: "aws", Bucket: "alder-valley-uploads", ReadOnly: true})
	t.Setenv("AWS_ACCESS_KEY_ID", "any")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "thing")
	store, err := objects.Open(t.Context(), objects.Config{
		Provider: objects.S3, Bucket: "alder-valley-uploads", Region: "eu-west-1", Endpoint: s.sandbox.URL(),
		Credentials: &objects.Credentials{AccessKey: "any", Secret: "thing"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2, 4, 5} {
		if err := store.Write(t.Context(), fmt.Sprintf("films/owl/%03d.jpg", n), "image/jpeg", []byte("a frame")); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// What a person can get wrong is told in full before anything is sent: what it
// is, in which line, and what to do.
func TestEveryWrongInputOfAnImportGetsItsSentence(t *testing.T) {
	const refused = "1 of 1 rows cannot be registered. Nothing was sent. Correct them, or add --skip-bad-rows to register the rest.\n  "
	for name, tc := range map[string]struct {
		storage, sheet string
		args           []string
		says           string
	}{
		"a foreign scheme": {"team-uploads", "", []string{"gs://alder-valley-uploads/a.jpg"}, refused +
			`An address that begins with "gs://" is none of the storage "team-uploads", which is the bucket "alder-valley-uploads". Write the key alone, as the bucket shows it.` +
			"\n    line 1, gs://alder-valley-uploads/a.jpg\n"},
		"an address of the web": {"team-uploads", "", []string{"https://example.com/a.jpg"}, refused +
			`An address that begins with "https://example.com" is none of the storage "team-uploads", which is the bucket "alder-valley-uploads".`},
		"a path of this computer": {"team-uploads", "", []string{`C:\shots\a.jpg`}, refused +
			`"C:\\shots\\a.jpg" is a path on a computer, not a key in the bucket. Upload the file, or write the key of the object.`},
		"a foreign bucket": {"team-uploads", "key\ns3://alder-valley-archive/a.jpg\n", nil, refused +
			`The address is of the bucket "alder-valley-archive", but the storage "team-uploads" is the bucket "alder-valley-uploads". Choose the storage of that bucket, or other objects.` +
			"\n    line 2, s3://alder-valley-archive/a.jpg\n"},
		"a foreign prefix": {"north", "", []string{"films/a.jpg"}, refused +
			`"films/a.jpg" lies outside "shots/2026/", where the storage "north" begins. Write the key from the top of the bucket, or allow other prefixes if Darwin may read there.`},
		"a prefix in the wrong case": {"north", "", []string{"Shots/2026/a.jpg"}, refused + `"Shots/2026/a.jpg" lies outside "shots/2026/", where the storage "north" begins.`},
		"a key in the wrong case": {"films", "", []string{"--find", "2026/river/img_0001.jpg"}, refused +
			`The bucket has no object "2026/river/img_0001.jpg". Check the key, in its upper and lower case too.` + "\n    line 1, 2026/river/img_0001.jpg\n"},
		"a row without what the storage needs": {"field-archive", "key,width,thumbnail_key\n\na.jpg,,t.jpg\n", nil, refused +
			"A read-only storage needs width and height here. Write it into the sheet, or let the program find it in the bucket.\n    line 3, a.jpg\n"},
		"a video without frames": {"field-archive", "key,width,height,thumbnail_key\nv.mp4,8,6,t.jpg\n", nil, refused + "A read-only storage needs frames or manifest here."},
		"a thumbnail of elsewhere": {"field-archive", "key,width,height,thumbnail_key\na.jpg,8,6,s3://elsewhere/t.jpg\n", nil, refused +
			`The thumbnail is wrong: The address is of the bucket "elsewhere", but the storage "field-archive" is the bucket "alder-valley-archive".`},
		"a sheet without keys": {"team-uploads", "name,width\na.jpg,8\n", nil, `The sheet has no column "key". Nothing was sent. Name the column with the objects' keys so, in the first line.`},
		"two rows of one name": {"team-uploads", "key,folder\na/1.jpg,in\nb/1.jpg,in\n", nil,
			"1 of 2 rows cannot be registered. Nothing was sent. Correct them, or add --skip-bad-rows to register the rest.\n" +
				"  Line 2 has an item of the same name in the same folder. Give one of them another name or folder.\n    line 3, b/1.jpg\n"},
		"an unknown tag":     {"team-uploads", "key,tags\na.jpg,deer;wolpertinger\n", nil, refused + `The team has no tag "wolpertinger". Correct its spelling, create it, or take it off.`},
		"a text for a tag":   {"team-uploads", "key,tags\na.jpg,deer=big\n", nil, refused + `The tag "deer" takes no text. Leave the text out.`},
		"a gap in frames":    {"films", "", []string{"--find", "--frames", "films/{stem}/{n}.jpg", "owl.mp4"}, refused + `Frame 3 of "films/owl/{n:3}.jpg" is missing. Put it there, or name the frames anew without a gap.`},
		"no frames":          {"films", "", []string{"--find", "--frames", "films/{stem}/{n}.jpg", "fox.mp4"}, refused + `There is no frame that fits "films/fox/{n}.jpg".`},
		"too many a request": {"team-uploads", "", []string{"--per-request", "101", "a.jpg"}, "101 is not a number of items for a request. Nothing was sent. Choose one from 1 to 100.\n"},
		"none a request":     {"team-uploads", "", []string{"--per-request", "0", "a.jpg"}, "0 is not a number of items for a request."},
		"an unknown storage": {"elsewhere", "", []string{"a.jpg"}, `The team "alder-valley-wildlife" has no storage "elsewhere". Nothing was sent. Its storages: `},
	} {
		t.Run(name, func(t *testing.T) {
			s := wrongStage(t)
			args := append([]string{"--storage", tc.storage, "--dataset", "camera-traps-2026", "--endpoint", s.sandbox.URL()}, tc.args...)
			if tc.sheet != "" {
				args = append(args, "--sheet", write(t, filepath.Join(t.TempDir(), "a.csv"), []byte(tc.sheet)))
			}
			if code := s.register(args...); code != ExitWrong || !strings.Contains(s.errout.String(), tc.says) || s.out.Len() > 0 {
				t.Errorf("exit %d: %s%s\nwant %s", code, s.out.String(), s.errout.String(), tc.says)
			}
			if n := s.sandbox.Count("camera-traps-2026"); n != 0 {
				t.Errorf("%d items were sent", n)
			}
		})
	}
}

func TestAnUnknownColumnIsNamedAndIgnored(t *testing.T) {
	s := wrongStage(t)
	sheet := write(t, filepath.Join(t.TempDir(), "a.csv"), []byte("colour,key,Widht\nred,a.jpg,8\n"))
	if code := s.register("--storage", "team-uploads", "--dataset", "camera-traps-2026", "--sheet", sheet); code != ExitDone ||
		!strings.Contains(s.errout.String(), "Columns that are not known were left out: colour, Widht.\n") {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
}

func TestSkipBadRowsRegistersTheRestAndNamesWhatItLeftOut(t *testing.T) {
	s := wrongStage(t)
	sheet := write(t, filepath.Join(t.TempDir(), "a.csv"), []byte("key,width,height,thumbnail_key\na.jpg,8,6,t.jpg\nb.jpg,8,6,\ngs://x/c.jpg,8,6,t.jpg\nd.jpg,8,6,t.jpg\n"))
	code := s.register("--storage", "field-archive", "--dataset", "camera-traps-2026", "--sheet", sheet, "--skip-bad-rows")
	want := `2 rows were left out:
  Line 3, b.jpg: A read-only storage needs thumbnail_key here. Write it into the sheet, or let the program find it in the bucket.
  Line 4, gs://x/c.jpg: An address that begins with "gs://" is none of the storage "field-archive", which is the bucket "alder-valley-archive". Write the key alone, as the bucket shows it.
2 of 4 are registered in alder-valley-wildlife/camera-traps-2026`
	if code != ExitSome || !strings.HasPrefix(s.out.String(), want) {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
	if items := s.sandbox.Items("camera-traps-2026"); len(items) != 2 || items[0].Name != "a.jpg" || items[1].Name != "d.jpg" {
		t.Errorf("the items are %+v", items)
	}
}
