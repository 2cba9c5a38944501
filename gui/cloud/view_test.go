package cloud

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/objects"
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

// listener stands before the sandbox and keeps what is registered.
type listener struct {
	mu     sync.Mutex
	bodies []map[string]any
}

func listen(t *testing.T, to string) (*listener, string) {
	t.Helper()
	l := &listener{}
	target, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/data") {
			var raw strings.Builder
			var body map[string]any
			if err := json.NewDecoder(http.MaxBytesReader(w, teed{r.Body, &raw}, 1<<20)).Decode(&body); err == nil {
				l.mu.Lock()
				l.bodies = append(l.bodies, body)
				l.mu.Unlock()
			}
			r.Body = http.NoBody
			if raw.Len() > 0 {
				r.Body = readCloser{strings.NewReader(raw.String())}
			}
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	return l, front.URL
}

type teed struct {
	fs interface {
		Read([]byte) (int, error)
		Close() error
	}
	to *strings.Builder
}

func (r teed) Read(p []byte) (int, error) {
	n, err := r.fs.Read(p)
	r.to.Write(p[:n])
	return n, err
}
func (r teed) Close() error { return r.fs.Close() }

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }

func TestTheGuidesThirdExampleIsSentFromASheet(t *testing.T) {
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
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() })
	sb.AddStorage(sandbox.Storage{Name: "my-own-storage", Provider: "aws", Bucket: "alder-valley-archive", ReadOnly: true})
	l, address := listen(t, sb.URL())
	r := newRigAt(t, sb, address, nil).open("old-archive", "my-own-storage")
	r.Drop([]string{write(t, "animals.csv", "\ufeff"+animals)})
	r.settled()
	if r.bar.title.Text() != "10 items are ready" || !strings.Contains(r.middle.columns.Text(), "left out: filename number.") {
		t.Fatalf("it says %q, %q", r.bar.title.Text(), r.middle.columns.Text())
	}
	if len(r.draft.folders) != 2 || r.draft.folders[0] != (folderCount{"/cats", 5}) {
		t.Errorf("the preview has %v", r.draft.folders)
	}
	r.bar.main.Tapped(nil)
	r.imported()
	if len(l.bodies) != 1 || !reflect.DeepEqual(l.bodies[0], want) {
		t.Errorf("registered\n%v\nwant\n%v", l.bodies, want)
	}
	if r.receipt.title.Text() != "All 10 are in Darwin" {
		t.Errorf("the receipt says %q", r.receipt.title.Text())
	}
}

func TestPastedKeysThatAreForeignAreToldByLineAndStayOut(t *testing.T) {
	r := newRig(t, "", nil).open("camera-traps-2026", "team-uploads")
	r.middle.entry.SetText("shots/north/1.jpg\n\nhttps://elsewhere.example/2.jpg\ns3://alder-valley-uploads/shots/3.mp4\ns3://other/4.jpg\n")
	r.right.folder.SetText("in")
	r.right.tags.add("deer")
	r.settled()
	if got := r.bar.title.Text(); got != "2 of 4 are ready" {
		t.Fatalf("the bar says %q", got)
	}
	if got := r.middle.unfit.Text(); got != "2 of 4 lines cannot be imported. Nothing was sent." {
		t.Errorf("the notice says %q", got)
	}
	r.middle.theUn.Tapped(nil)
	r.middle.table.pages.want(0)
	r.settled()
	r.middle.table.list.Select(1)
	if got := r.middle.table.sentence.Text(); !strings.HasPrefix(got, "Line 5, s3://other/4.jpg: The address is of the bucket") {
		t.Errorf("the second wrong line says %q", got)
	}
	r.middle.leave.Tapped(nil)
	if r.middle.unfit.Visible() || r.bar.title.Text() != "2 items are ready" || r.bar.main.Text() != "Import 2 items" {
		t.Errorf("after leaving them out it says %q, %q", r.bar.title.Text(), r.bar.main.Text())
	}
	r.bar.main.Tapped(nil)
	r.imported()
	items := r.sandbox.Items("camera-traps-2026")
	if len(items) != 2 || items[0].Folder != "/in/shots/north" || items[1].Folder != "/in/shots" || items[1].Key != "shots/3.mp4" ||
		!reflect.DeepEqual(items[0].Tags, map[string]string{"deer": ""}) || r.run.counts.Total() != 2 {
		t.Errorf("the items are %+v, the counts %v", items, r.run.counts)
	}
	r.bar.main.Tapped(nil)
	if r.run != nil || r.middle.entry.Text != "" {
		t.Error("Import more does not begin anew")
	}
}

func TestARuleThatChangesMakesAnotherDraft(t *testing.T) {
	r := newRig(t, "", nil).open("camera-traps-2026", "team-uploads")
	r.middle.entry.SetText("a/1.jpg\nb/1.jpg")
	r.settled()
	if r.ready() != 2 {
		t.Fatalf("%d are ready", r.ready())
	}
	r.right.keep.SetChecked(false)
	r.settled()
	if r.ready() != 1 || r.unfit() != 1 {
		t.Errorf("in one folder %d are ready and %d are not: two are one item", r.ready(), r.unfit())
	}
	r.chooseStorage(1)
	r.settled()
	if r.ready() != 0 || r.unfit() != 2 || r.bar.main.Disabled() == false {
		t.Errorf("a read-only storage takes %d without their sizes", r.ready())
	}
	r.right.folder.SetText("..")
	if !r.right.wrong.Visible() {
		t.Error("a folder that cannot be is not told")
	}
}

func TestAnImportThatWasStoppedIsOfferedAgainAndEachRowIsRegisteredOnce(t *testing.T) {
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() })
	record := keep(t, t.TempDir())
	remove := sb.Inject(sandbox.Fault{Call: sandbox.External, Status: 403})
	anyKey(sb)
	r := newRigAt(t, sb, "", record).open("camera-traps-2026", "team-uploads")
	r.middle.entry.SetText("a.jpg\nb.jpg\nc.jpg")
	r.settled()
	r.bar.main.Tapped(nil)
	r.imported()
	if r.run.problem == nil || r.run.counts.Open() != 3 || r.bar.main.Text() != "Continue with the 3" {
		t.Fatalf("it ended with %v, %v, %q", r.run.problem, r.run.counts, r.bar.main.Text())
	}
	remove()
	r.Close()

	r = newRigAt(t, sb, "", record).open("camera-traps-2026", "team-uploads")
	r.until("the offer", func() bool { return r.middle.resume.Visible() })
	if got := r.middle.resumed.Text(); !strings.HasPrefix(got, "The import of pasted keys to Camera traps 2026 was interrupted: 0 of 3 are done.") {
		t.Errorf("the offer says %q", got)
	}
	r.middle.goOn.Tapped(nil)
	r.imported()
	if items := sb.Items("camera-traps-2026"); len(items) != 3 || items[0].Registrations != 1 || r.run.counts[ledger.Ready] != 3 {
		t.Errorf("%d items, %v", len(items), r.run.counts)
	}
}

func TestAWrongKeyIsExplainedByTheReceipt(t *testing.T) {
	r := newRig(t, "", nil)
	r.sandbox.AddStorage(sandbox.Storage{Name: "team-uploads", Provider: "aws", Bucket: "b", Default: true, Has: func(key string) bool { return key != "A.jpg" }})
	r.open("camera-traps-2026", "team-uploads")
	r.middle.entry.SetText("A.jpg\nb.jpg")
	r.settled()
	r.bar.main.Tapped(nil)
	r.imported()
	if got := r.receipt.title.Text(); got != "1 of 2 are in Darwin" {
		t.Errorf("the receipt says %q", got)
	}
	r.receipt.table.choose(needsYou)
	r.receipt.table.pages.want(0)
	r.until("the row", func() bool { return !r.receipt.table.pages.asking })
	r.receipt.table.list.Select(0)
	if got := r.receipt.table.sentence.Text(); !strings.Contains(got, "The key may be wrong, also in upper and lower case") {
		t.Errorf("the row says %q", got)
	}
}

func TestAListOfKeysThatIsDroppedIsReadLineByLine(t *testing.T) {
	r := newRig(t, "", nil).open("camera-traps-2026", "team-uploads")
	if !r.Drop([]string{write(t, "keys.txt", "\ufeffshots/a 1.jpg\r\n\ns3://alder-valley-uploads/shots/b.mp4\ns3://elsewhere/c.jpg\n")}) {
		t.Fatal("a list is not taken")
	}
	r.settled()
	if r.ready() != 2 || r.unfit() != 1 || r.middle.columns.Text() != "Each line is a key or an address." {
		t.Fatalf("%d are ready, %d are not, it says %q: %v", r.ready(), r.unfit(), r.middle.columns.Text(), r.wrong)
	}
	r.middle.theUn.Tapped(nil)
	r.middle.table.pages.want(0)
	r.settled()
	r.middle.table.list.Select(0)
	if got := r.middle.table.sentence.Text(); !strings.HasPrefix(got, "Line 4, s3://elsewhere/c.jpg: ") {
		t.Errorf("the wrong line says %q", got)
	}
	if isKeyList(write(t, "a.csv", "key\na.jpg\n")) || isKeyList(write(t, "a.txt", "key;width\na.jpg;1\n")) || isKeyList(write(t, "a.csv", "")) {
		t.Error("a sheet is taken for a list")
	}
	r.useSheet(write(t, "long.txt", "a.jpg\n"+strings.Repeat("x", 2*longestKey)))
	r.settled()
	if got := r.middle.notice.Text(); !strings.HasPrefix(got, "The list long.txt could not be read.") {
		t.Errorf("a list with an endless line says %q", got)
	}
}

func TestARowThatIsThereAlreadySaysSo(t *testing.T) {
	r := newRig(t, "", nil).open("camera-traps-2026", "team-uploads")
	for range 2 {
		r.middle.entry.SetText("a.jpg")
		r.settled()
		r.bar.main.Tapped(nil)
		r.imported()
		if r.run.counts[ledger.Ready] == 1 {
			r.bar.main.Tapped(nil)
		}
	}
	if r.run.counts[ledger.Exists] != 1 || !r.receipt.table.chips[exists].Visible() {
		t.Errorf("the counts are %v", r.run.counts)
	}
	r.receipt.table.pages.want(0)
	r.until("the row", func() bool { return !r.receipt.table.pages.asking })
	r.receipt.table.list.Select(0)
	if got := r.receipt.table.sentence.Text(); !strings.Contains(got, "Line 1, a.jpg: ") || strings.HasSuffix(got, "a.jpg: ") {
		t.Errorf("the row says %q", got)
	}
}

func TestWithoutStoragesOrAnAnswerThePlaceSaysSo(t *testing.T) {
	r := newRig(t, "", nil)
	remove := r.sandbox.Inject(sandbox.Fault{Status: 403})
	r.Shown(true)
	r.until("an answer", func() bool { return !r.asking && r.problem != nil })
	if text, again := r.left.words(); !again || text == "" || r.middle.paste.Visible() {
		t.Errorf("it says %q", text)
	}
	remove()
	r.loadStorages()
	r.until("storages", func() bool { return len(r.storages) == 2 })
	if r.storage != 0 || !r.storages[0].Default {
		t.Errorf("storage %d is chosen", r.storage)
	}
}

func TestSizesAndThumbnailsOfAReadOnlyStorageAreFoundInItsBucket(t *testing.T) {
	sb, err := sandbox.Start("127.0.0.1:0", sandbox.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sb.Close() })
	r := newRigAt(t, sb, "", nil).open("camera-traps-2026", "field-archive")
	key := ""
	for o, err := range r.store().List(t.Context(), "originals/", true) {
		if err != nil {
			t.Fatal(err)
		}
		if key == "" {
			key = o.Key
		}
	}
	r.middle.entry.SetText(key + "\noriginals/gone.jpg")
	r.settled()
	if r.ready() != 0 {
		t.Fatalf("%d are ready without their sizes", r.ready())
	}
	r.right.below.SetText("originals")
	r.looking.thumbnails.SetText("thumbnails")
	r.looking.check.SetChecked(true)
	r.looking.take()
	r.settled()
	if r.ready() != 1 || r.unfit() != 1 {
		t.Fatalf("%d are ready, %d are not: %v", r.ready(), r.unfit(), r.wrong)
	}
	r.bar.main.Tapped(nil)
	r.imported()
	items := sb.Items("camera-traps-2026")
	if len(items) != 1 || items[0].Width != 900 || items[0].Height != 675 || items[0].Thumbnail != strings.Replace(key, "originals/", "thumbnails/", 1) {
		t.Errorf("the items are %+v", items)
	}
}

// store is the bucket of the storage that is chosen.
func (r *rig) store() objects.Store {
	r.Helper()
	store, release, err := bucket(context.Background(), r.storages[r.storage], r.sandbox.URL())
	if err != nil {
		r.Fatal(err)
	}
	r.Cleanup(release)
	return store
}

func TestKeysThatAreCopiedArePastedBelowThoseThatAreThere(t *testing.T) {
	r := newRig(t, "", nil).open("camera-traps-2026", "team-uploads")
	r.middle.turn(bySheet)
	r.Paste("a.jpg\n")
	r.Paste(" b.jpg\nc.jpg\n")
	r.settled()
	if r.source.way != byKeys || r.middle.entry.Text != "a.jpg\nb.jpg\nc.jpg" || r.ready() != 3 {
		t.Errorf("%d are ready of %q", r.ready(), r.middle.entry.Text)
	}
	r.FocusSearch()
	if r.source.way != byBrowsing || !r.middle.browser.find.Visible() {
		t.Error("Find does not lead to the bucket")
	}
}
