package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/sandbox"
)

// animals is the sheet that stands for the guide's third example.
const animals = `filename number;key;thumbnail_key;width;height;name;folder;tags
1;animals/originals/cats/1.jpg;animals/thumbnails/cats/1.jpg;900;675;cat_1.jpg;cats;shorthair
2;animals/originals/cats/2.jpg;animals/thumbnails/cats/2.jpg;800;400;cat_2.jpg;cats;ragdoll
3;animals/originals/cats/3.jpg;animals/thumbnails/cats/3.jpg;800;533;cat_3.jpg;cats;persian
4;animals/originals/cats/4.jpg;animals/thumbnails/cats/4.jpg;700;780;cat_4.jpg;cats;sphynx
5;animals/originals/cats/5.jpg;animals/thumbnails/cats/5.jpg;500;333;cat_5.jpg;cats;unknown
6;animals/originals/dogs/1.jpg;animals/thumbnails/dogs/1.jpg;1200;791;dog_1.jpg;dogs;labrador
7;s3://alder-valley-archive/animals/originals/dogs/2.jpg;animals/thumbnails/dogs/2.jpg;2592;1944;dog_2.jpg;dogs;unknown
8;animals/originals/dogs/3.jpg;animals/thumbnails/dogs/3.jpg;583;485;dog_3.jpg;dogs;german-shepherd
9;animals/originals/dogs/4.jpg;animals/thumbnails/dogs/4.jpg;645;380;dog_4.jpg;dogs;beagle
10;animals/originals/dogs/5.jpg;animals/thumbnails/dogs/5.jpg;868;588;dogs_5.jpg;dogs;bulldog
`

func (s *stage) register(args ...string) int {
	s.Helper()
	s.out.Reset()
	s.errout.Reset()
	return Register(s.Context(), s.env, args)
}

// anyKey lets the demo's storages have every object that is asked for.
func (s *stage) anyKey() {
	s.sandbox.AddStorage(sandbox.Storage{Name: "team-uploads", Provider: "aws", Bucket: "alder-valley-uploads", Default: true})
	s.sandbox.AddStorage(sandbox.Storage{Name: "field-archive", Provider: "aws", Bucket: "alder-valley-archive", ReadOnly: true})
}

// registration runs register with --json and reads what it prints.
func (s *stage) registration(args ...string) (code int, r registration) {
	s.Helper()
	code = s.register(append([]string{"--json"}, args...)...)
	if err := json.Unmarshal(s.out.Bytes(), &r); err != nil {
		s.Fatalf("the output is no JSON object: %v\n%s%s", err, s.out.String(), s.errout.String())
	}
	return code, r
}

func TestRegisterSendsTheGuidesThirdExample(t *testing.T) {
	// The reference requests lie beside the repository, if anywhere.
	reference, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "examples", "example-3-external.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the reference requests are not beside the repository: ../shared/examples")
	}
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal(reference, &want); err != nil {
		t.Fatal(err)
	}
	s := newStage(t, sandbox.Config{})
	s.sandbox.AddStorage(sandbox.Storage{Name: "my-own-storage", Provider: "aws", Bucket: "alder-valley-archive", ReadOnly: true})
	l, address := listen(t, s.sandbox.URL())
	s.vars["DARWIN_BASE_URL"] = address
	sheet := write(t, filepath.Join(t.TempDir(), "animals.csv"), []byte("\ufeff"+animals))
	if code := s.register("--storage", "my-own-storage", "--dataset", "old-archive", "--sheet", sheet); code != ExitDone {
		t.Fatalf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
	if got := l.registered(t); !reflect.DeepEqual(got, want) {
		t.Errorf("registered\n%v\nwant\n%v", got, want)
	}
	if !strings.Contains(s.errout.String(), "Columns that are not known were left out: filename number.") {
		t.Errorf("it says %q", s.errout.String())
	}
}

func TestRegisterBringsAboutTheThirdExampleInEveryDatasetAndStorage(t *testing.T) {
	sheet := write(t, filepath.Join(t.TempDir(), "animals.csv"), []byte(strings.ReplaceAll(animals, "s3://alder-valley-archive/", "")))
	for _, storage := range []string{"team-uploads", "field-archive"} {
		for _, dataset := range []string{"old-archive", "radiographs"} {
			t.Run(storage+" into "+dataset, func(t *testing.T) {
				s := newStage(t, sandbox.Config{})
				s.anyKey()
				code, r := s.registration("--storage", storage, "--dataset", dataset, "--sheet", sheet, "--per-request", "3")
				if code != ExitDone || r.InDarwin != 10 || r.Rows != 10 || len(r.Left) != 0 || r.Storage != storage {
					t.Fatalf("exit %d, %+v %s", code, r, s.errout.String())
				}
				for i, item := range s.sandbox.Items(dataset) {
					if item.Storage != storage || !strings.HasPrefix(item.Key, "animals/originals/") || item.Registrations != 1 || len(item.Tags) != 1 ||
						(storage == "field-archive") != (item.Width > 0 && item.Thumbnail != "") && dataset != "old-archive" || item.Folder != "/cats" && item.Folder != "/dogs" {
						t.Errorf("item %d is %+v", i, item)
					}
				}
			})
		}
	}
}

func TestRegisterTakesKeysWithFoldersAndTags(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	s.anyKey()
	code, r := s.registration("-s", "team-uploads", "-d", "alder-valley-wildlife/camera-traps-2026", "-t", "deer", "-t", "weather=light rain",
		"--folder", "in", "--below", "shots", "shots/north/1.jpg", "s3://alder-valley-uploads/shots/2.mp4")
	if code != ExitDone || r.InDarwin != 2 {
		t.Fatalf("exit %d, %+v %s", code, r, s.errout.String())
	}
	items := s.sandbox.Items("camera-traps-2026")
	if len(items) != 2 || items[0].Folder != "/in/north" || items[1].Folder != "/in" || items[1].Key != "shots/2.mp4" || items[1].Type != "video" ||
		!reflect.DeepEqual(items[0].Tags, map[string]string{"deer": "", "weather": "light rain"}) {
		t.Errorf("the items are %+v", items)
	}
	if code := s.register("-s", "team-uploads", "-d", "camera-traps-2026", "--folder", "in", "--below", "shots", "shots/north/1.jpg"); code != ExitSome ||
		!strings.Contains(s.out.String(), "1 item is in the dataset already:\n  Line 1, shots/north/1.jpg: The dataset has an item") {
		t.Errorf("again: exit %d, %s", code, s.out.String())
	}
}

func TestRegisterTellsWrongRowsByLineAndSendsNothingOrTheRest(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	s.anyKey()
	s.env.JournalDir = t.TempDir()
	dir := t.TempDir()
	sheet := write(t, filepath.Join(dir, "a.csv"), []byte("key,width,height,thumbnail_key\na.jpg,8,6,t.jpg\nb.jpg\n/c.jpg,8,6,t.jpg\n"))
	args := []string{"-s", "field-archive", "-d", "camera-traps-2026", "--sheet", sheet}
	if code := s.register(args...); code != ExitWrong || !strings.Contains(s.errout.String(), "2 of 3 rows cannot be registered. Nothing was sent.") ||
		!strings.Contains(s.errout.String(), "height here. Write it into the sheet, or let the program find it in the bucket.\n    line 3, b.jpg\n  The key") || !strings.Contains(s.errout.String(), "\n    line 4, /c.jpg") {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
	if n := len(s.sandbox.Items("camera-traps-2026")); n != 0 {
		t.Fatalf("%d items were sent", n)
	}
	paper := filepath.Join(dir, "receipt.csv")
	code, r := s.registration(append(args, "--skip-bad-rows", "--receipt", paper)...)
	if code != ExitSome || r.InDarwin != 1 || r.Skipped != 2 || len(r.Left) != 2 || r.Left[0].Line != 3 || r.Left[0].State != "skipped" || r.Left[1].Key != "/c.jpg" {
		t.Errorf("exit %d, %+v", code, r)
	}
	if text, err := os.ReadFile(paper); err != nil || strings.Count(string(text), "\n") != 4 || !strings.Contains(string(text), "a.jpg") {
		t.Errorf("the receipt is %s, %v", text, err)
	}
	if code := s.register("-d", "camera-traps-2026", "--resume"); code != ExitDone || !strings.Contains(s.out.String(), "No import to alder-valley-wildlife/camera-traps-2026 was interrupted.") {
		t.Errorf("resume: exit %d, %s%s", code, s.out.String(), s.errout.String())
	}
}

func TestRegisterGoesOnAfterAProblem(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	s.anyKey()
	s.env.JournalDir = t.TempDir()
	remove := s.sandbox.Inject(sandbox.Fault{Call: sandbox.External, Status: 403})
	keys := []string{"-s", "team-uploads", "-d", "camera-traps-2026", "a.jpg", "b.jpg"}
	if code := s.register(keys...); code != ExitSome || !strings.Contains(s.out.String(), "may not register files of a storage") ||
		!strings.Contains(s.out.String(), "To go on with the rest: darwin-uploader register --resume --dataset alder-valley-wildlife/camera-traps-2026") {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
	remove()
	if code, r := s.registration("--resume", "-d", "camera-traps-2026"); code != ExitDone || r.InDarwin != 2 || r.Storage != "team-uploads" {
		t.Errorf("exit %d, %+v", code, r)
	}
}

func TestRegisterWorksBesideAWindowAndTheWindowTakesItsImportOver(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	s.anyKey()
	s.env.JournalDir = t.TempDir()
	window, err := ledger.Open(s.env.JournalDir)
	if err != nil {
		t.Fatal(err)
	}
	if code := s.register("-d", "camera-traps-2026", "--resume"); code != ExitWrong || !strings.Contains(s.errout.String(), "has the record of imports open. Nothing was sent. Go on with the import there") {
		t.Errorf("resume: exit %d, %s%s", code, s.out.String(), s.errout.String())
	}
	remove := s.sandbox.Inject(sandbox.Fault{Call: sandbox.External, Status: 403})
	if code := s.register("-s", "team-uploads", "-d", "camera-traps-2026", "a.jpg", "b.jpg"); code != ExitSome || !strings.Contains(s.out.String(), "--resume") {
		t.Errorf("refused: exit %d, %s%s", code, s.out.String(), s.errout.String())
	}
	remove()
	if code, r := s.registration("--resume", "-d", "camera-traps-2026"); code != ExitDone || r.InDarwin != 2 {
		t.Errorf("exit %d, %+v %s", code, r, s.errout.String())
	}
	if err := window.Close(); err != nil {
		t.Fatal(err)
	}
	window, err = ledger.Open(s.env.JournalDir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = window.Close() }()
	if list, err := external.List(t.Context(), window); err != nil || len(list) != 1 || list[0].From != "2 keys" || list[0].Ended.IsZero() || list[0].Settled.IsZero() {
		t.Errorf("the window has %+v, %v", list, err)
	}
}

func TestTwoCommandsImportAtTheSameTime(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	s.anyKey()
	s.env.JournalDir = t.TempDir()
	under := make(chan struct{})
	ended := make(chan int)
	go func() {
		e, first := s.env, true
		e.Stdout, e.Stderr = io.Discard, io.Discard
		e.Key = func(context.Context, string, string) (string, error) { return "", nil }
		getenv := e.Getenv
		e.Getenv = func(name string) string {
			if first { // it has begun
				first = false
				close(under)
			}
			return getenv(name)
		}
		ended <- Register(t.Context(), e, append([]string{"-s", "team-uploads", "-d", "nest-boxes", "--per-request", "10"}, shots(20)...))
	}()
	<-under
	code, r := s.registration(append([]string{"-s", "team-uploads", "-d", "camera-traps-2026", "--per-request", "10"}, shots(20)...)...)
	if first := <-ended; first != ExitDone || code != ExitDone || r.InDarwin != 20 {
		t.Errorf("exit %d and %d, %+v %s", first, code, r, s.errout.String())
	}
	for _, slug := range []string{"nest-boxes", "camera-traps-2026"} {
		for _, item := range s.sandbox.Items(slug) {
			if item.Registrations != 1 {
				t.Errorf("%s was registered %d times", item.Name, item.Registrations)
			}
		}
	}
	book, err := ledger.Open(s.env.JournalDir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if list, err := external.List(t.Context(), book); err != nil || len(list) != 2 || book.Warning() != "" {
		t.Errorf("the record has %+v, %v, and warns %q", list, err, book.Warning())
	}
}

func shots(n int) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = fmt.Sprintf("shots/%03d.jpg", i)
	}
	return keys
}

func TestAWrongKeyIsExplainedByRegister(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	s.sandbox.AddStorage(sandbox.Storage{Name: "team-uploads", Provider: "aws", Bucket: "b", Has: func(key string) bool { return key != "A.jpg" }})
	if code := s.register("-s", "team-uploads", "-d", "camera-traps-2026", "A.jpg", "b.jpg"); code != ExitSome ||
		!strings.Contains(s.out.String(), `1 item could not be processed:`) || !strings.Contains(s.out.String(), "The key may be wrong, also in upper and lower case") ||
		!strings.Contains(s.out.String(), "2 of 2 are registered in alder-valley-wildlife/camera-traps-2026") {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
}

func TestRegisterRefusesWrongWords(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	to := []string{"-s", "team-uploads", "-d", "camera-traps-2026"}
	for _, tc := range []struct {
		args []string
		says string
	}{
		{[]string{"-s", "team-uploads", "a.jpg"}, "No dataset is named."},
		{[]string{"-d", "camera-traps-2026", "a.jpg"}, "No storage is named."},
		{[]string{"-s", "elsewhere", "-d", "camera-traps-2026", "a.jpg"}, `has no storage "elsewhere". Nothing was sent. Its storages: team-uploads, field-archive.`},
		{[]string{"-s", "team-uploads", "-d", "nowhere", "a.jpg"}, `has no dataset "nowhere".`},
		{to, "Nothing to register is named."},
		{append(to, "--sheet", "x.csv", "a.jpg"), "cannot be combined"},
		{append(to, "--prefix", "p", "a.jpg"), "cannot be combined"},
		{append(to, "--sheet", "gone.csv"), "The sheet is not there."},
		{append(to, "--sheet", "gone.doc"), `"gone.doc" is not a sheet that can be read here.`},
		{append(to, "--per-request", "101", "a.jpg"), "101 is not a number of items for a request."},
		{append(to, "--tag", "dear", "a.jpg"), `The team has no tag "dear".`},
		{append(to, "--folder", "..", "a.jpg"), "A Darwin folder cannot be called"},
		{append(to, "--thumbnails", "one.jpg", "a.jpg"), "does not name another thumbnail"},
		{append(to, "--make-thumbnails", "a.jpg"), "does not know where to"},
		{append(to, "--receipt", "r.txt", "a.jpg"), "is no name for a receipt"},
		{append(to, "--no-wait", "--wait", "1s", "a.jpg"), "contradict each other"},
		{append(to, "--wait", "-1s", "a.jpg"), "is no time to wait"},
		{append(to, "--resume"), "--resume goes on with the rows"},
		{append(to, "--nonsense"), "was not understood"},
		{append(to, "gs://x/a.jpg"), "1 of 1 rows cannot be registered."},
		{append(to, "--find", "--endpoint", "http://example.com", "a.jpg"), "begins with http, which anybody on the way can read"},
	} {
		if code := s.register(tc.args...); code != ExitWrong || !strings.Contains(s.errout.String(), tc.says) || s.out.Len() > 0 {
			t.Errorf("%q: exit %d, %s%s; want %q", tc.args, code, s.out.String(), s.errout.String(), tc.says)
		}
	}
	if code := s.register("--help"); code != ExitDone || s.out.String() != RegisterHelp {
		t.Errorf("help: exit %d, %s", code, s.out.String())
	}
}

func TestTheDemosArchiveIsRegisteredFromItsOwnBucket(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	t.Setenv("AWS_ACCESS_KEY_ID", "any")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "thing")
	code, r := s.registration("-s", "field-archive", "-d", "camera-traps-2026", "--prefix", "originals/", "--thumbnails", "thumbnails/{rest}", "--endpoint", s.sandbox.URL())
	if code != ExitDone || r.InDarwin != 24 {
		t.Fatalf("exit %d, %+v %s", code, r, s.errout.String())
	}
	for _, item := range s.sandbox.Items("camera-traps-2026") {
		if item.Width != 900 || item.Height != 675 || item.Thumbnail != "thumbnails"+item.Folder+"/"+item.Name {
			t.Errorf("%+v", item)
		}
	}
	// Its frames and its thumbnail, which lie below the prefix as well, are no items.
	code, r = s.registration("-s", "field-archive", "-d", "nest-boxes", "--frames", "{dir}frames/{n}.jpg", "--thumbnails", "{dir}thumbnail.jpg",
		"--endpoint", s.sandbox.URL(), "--prefix", "films/")
	if items := s.sandbox.Items("nest-boxes"); code != ExitDone || r.InDarwin != 1 || len(items) != 1 || items[0].Frames != 24 {
		t.Errorf("the film: exit %d, %+v, %+v %s", code, r, items, s.errout.String())
	}
}

func TestRegisterEndsWhenItIsAskedToAndGoesOnLater(t *testing.T) {
	s := newStage(t, sandbox.Config{})
	s.anyKey()
	s.env.JournalDir = t.TempDir()
	var text strings.Builder
	text.WriteString("key\n")
	for i := range 100 {
		fmt.Fprintf(&text, "shots/%03d.jpg\n", i)
	}
	sheet := write(t, filepath.Join(t.TempDir(), "shots.csv"), []byte(text.String()))
	soon, end := context.WithCancel(t.Context())
	s.env.Soon = soon
	ended := make(chan int)
	go func() { ended <- s.register("-s", "team-uploads", "-d", "camera-traps-2026", "--sheet", sheet) }()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for s.sandbox.Count("camera-traps-2026") < 50 {
		<-tick.C
	}
	end()
	if code := <-ended; code != ExitSome || !strings.Contains(s.out.String(), "The import was stopped.") || !strings.Contains(s.out.String(), "--resume") {
		t.Errorf("exit %d: %s%s", code, s.out.String(), s.errout.String())
	}
	s.env.Soon = nil
	if code, r := s.registration("--resume", "-d", "camera-traps-2026", "--per-request", "100"); code != ExitDone || r.InDarwin != 100 {
		t.Errorf("exit %d, %+v", code, r)
	}
	for _, item := range s.sandbox.Items("camera-traps-2026") {
		if item.Registrations != 1 {
			t.Errorf("%s was registered %d times", item.Name, item.Registrations)
		}
	}
}
