package lang

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"darwin-uploader/settings"
	"darwin-uploader/settings/darwinconfig"
	"darwin-uploader/uploader/assign"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/finder"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/objects"
	"darwin-uploader/uploader/sheet"
	"darwin-uploader/uploader/transport"
)

// TestWhatTheEngineReallySaysIsKnown makes the engine complain in many ways. What the source was read for must be what it says.
func TestWhatTheEngineReallySaysIsKnown(t *testing.T) {
	var all []string
	told := func(err error) {
		if err == nil {
			return
		}
		f := fault.Of(err)
		for _, text := range []string{f.What, f.Safe, f.Do, f.Error()} {
			if text != "" {
				all = append(all, text)
			}
		}
	}
	for _, list := range [][]error{ofFiles(t), ofSheets(t), ofKeys(), ofAddresses(t), ofDarwin(t), ofRecords(t)} {
		before := len(all)
		for _, err := range list {
			told(err)
		}
		if len(all) < before+6 {
			t.Errorf("only %q were said", all[before:])
		}
	}
	for _, l := range Languages()[1:] {
		speak(t, l.Tag)
		for _, text := range all {
			if _, ok := speaking().translated(text, 0); !ok {
				t.Errorf("%s does not know %q", l.Name, text)
			}
		}
	}
}

func ofFiles(t *testing.T) (all []error) {
	dir := t.TempDir()
	for _, name := range []string{
		"a. b.jpg", "x.heic", "x.gif", "x.psd", "x.cr2", "x.webm", "x.zip", "x.docx", "x.nrrd", "x.lnk", "x.part", "x.xyz", "x. y", "none",
		"Thumbs.db", ".DS_Store", "._x.jpg", ".hidden/x.jpg", "top/same.jpg", "in. two/same.jpg",
	} {
		data := []byte("x")
		if name == "a. b.jpg" {
			data = nil
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, o := range []intake.Options{{Flat: true}, {Flat: true, Base: "/cats. and: dogs"}} {
		if err := intake.Scan(t.Context(), []string{dir, filepath.Join(dir, "gone"), "https://example.org/x.jpg"}, o, func(f intake.Found) {
			for _, l := range f.LeftOut {
				all = append(all, l.Fault)
			}
		}); err != nil {
			t.Fatal(err)
		}
	}
	for _, folder := range []string{"..", "a/./b", "a\x00b", "/x/../y"} {
		_, err := intake.CleanFolder(folder)
		all = append(all, err)
	}
	return all
}

func ofSheets(t *testing.T) (all []error) {
	dir := t.TempDir()
	for i, text := range []string{
		"", "file,tags\n\"a", "file,file\na,b\n", "file\na,b\nb\"c,d\n", "what\nx\n", "sep=xx\nfile\n", "file,name,fps,folder,tags\n,,,,\na.jpg,x/y,,,\na.jpg,,fast. very: fast,,\na.jpg,,,..,\na.jpg,,,,=x\na.jpg,,,,x=\na.jpg,,,,x=1;x=2\n",
		"file\n\xff\xfe\xff\n", "file\n" + strings.Repeat("x", sheet.MaxRow+9) + "\n",
	} {
		path := filepath.Join(dir, fmt.Sprintf("%d.csv", i))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		table, err := assign.Read(t.Context(), path)
		all = append(all, err)
		for _, m := range table.Apply(nil).Mismatches {
			all = append(all, &fault.Error{What: m.Why})
		}
	}
	for _, name := range []string{"gone.csv", "x.ods", "x. y"} {
		_, err := assign.Read(t.Context(), filepath.Join(dir, name))
		all = append(all, err)
	}
	for _, text := range []string{"[1]", "{\"file\": {}}\n", "3\n"} {
		s, err := sheet.New(bytes.NewReader([]byte(text)), sheet.JSONLines, "file")
		if all = append(all, err); err != nil {
			continue
		}
		for row, err := range s.Rows() {
			if all = append(all, err); row.Problem != nil {
				all = append(all, row.Problem)
			}
			if err != nil {
				break
			}
		}
	}
	return all
}

func ofKeys() (all []error) {
	storages := []darwin.StorageInfo{
		{Name: "my. storage", Provider: darwin.ProviderAWS, Bucket: "pictures", Prefix: "in"},
		{Name: "s", Provider: darwin.ProviderAzure, Bucket: "account", Prefix: "container/x", ReadOnly: true},
		{Name: "g", Provider: darwin.ProviderGCP, Bucket: "b", ReadOnly: true},
	}
	for _, s := range storages {
		root := external.Root{Storage: s}
		for _, key := range []string{
			"", " x", `C:\x`, "/x", "a\x00", "s3://pictures", "s3://other/x", "gs://b/x", "ftp://x/y", "x/", strings.Repeat("k", 2000), "y. z/x.jpg",
			"https://a.blob.core.windows.net/c/x", "https://account.blob.core.windows.net/c/x", "https://example.org/a: b", "http://x/y",
		} {
			_, err := root.Key(key)
			all = append(all, err)
		}
		rules := external.Rules{Root: external.Root{Storage: s, AnyPrefix: true}, Version: 1, Classes: []darwin.TagClass{{Name: "plain"}}}
		for _, e := range []external.Entry{
			{Key: "x.jpg"}, {Key: "x.mp4"}, {Key: "x"}, {Key: "x.jpg", Width: "w. i"}, {Key: "x.jpg", Height: "0"}, {Key: "x.jpg", Width: "3"}, {Key: "x.jpg", Type: "y. z"},
			{Key: "x.jpg", FPS: "3"}, {Key: "x.mp4", FPS: "q"}, {Key: "x.mp4", AsFrames: "q"}, {Key: "x.jpg", Tags: "gone. tag"}, {Key: "x.jpg", Tags: "plain=text"},
			{Key: "x.jpg", Thumbnail: "/t"}, {Key: "x.mp4", Frames: "nope"}, {Key: "x.mp4", Frames: "a{n}", FrameCount: "many"}, {Key: "x.jpg", Name: "a/b"},
			{Key: "x.mp4", Manifest: "m.json"}, {Key: "x.mp4", Frames: "a{n}", FrameCount: "3", FirstFrame: "x"},
		} {
			item, problem := rules.Item(e)
			if problem == nil {
				problem = rules.Lacks(item)
			}
			if problem != nil {
				all = append(all, problem)
			}
		}
	}
	pattern, err := external.ParsePattern("f/{n}.png")
	all = append(all, err)
	for _, keys := range [][]string{nil, {"f/1.png", "f/3.png"}, {"f/5.png"}, {"f/1.png", "f/01.png"}, {"f/01.png", "f/2.png"}} {
		_, err := pattern.Arrange(keys)
		all = append(all, err)
	}
	return append(all, finder.Rule{Template: "all. of them.jpg"}.Check())
}

func ofAddresses(t *testing.T) (all []error) {
	for _, text := range []string{"", "http://x.example", "ftp://x", "https://u:p@x.example", "https://x.example/y?z", "https://", "::"} {
		_, err := darwin.ParseServer(text)
		all = append(all, err)
	}
	for _, text := range []string{"", "gopher://x", "http://u:p@x:1", "http://x:99999", "::", strings.Repeat("x", 5000)} {
		_, err := transport.ParseProxy(text)
		all = append(all, err)
	}
	file := filepath.Join(t.TempDir(), "none.pem")
	all = append(all, transport.Config{CAFile: file}.Check())
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	all = append(all, transport.Config{CAFile: file}.Check())
	_, err := darwinconfig.Read(file)
	all = append(all, err)
	for _, c := range []objects.Config{{}, {Provider: "aws", Bucket: "a. b"}, {Provider: "aws", Bucket: "b", Endpoint: "http://x.example"}, {Provider: "aws", Bucket: "b", Endpoint: "::"}} {
		_, err := objects.Open(t.Context(), c)
		all = append(all, err)
	}
	return all
}

func ofDarwin(t *testing.T) (all []error) {
	var status int
	var body string
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	address, err := darwin.ParseServer(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	client := func() *darwin.Client {
		c, err := darwin.New(darwin.Config{Server: address, RequestsPerMinute: -1, Key: "abcdefg.hijklmnop", Transport: server.Client().Transport})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	c := client()
	dataset := darwin.Dataset{ID: 1, Slug: "cats", TeamSlug: "team", Version: 2}
	for _, status = range []int{200, 302, 400, 401, 403, 404, 407, 408, 413, 422, 500} {
		for _, body = range []string{"", `{"errors":{"name":["is. too: long."]}}`, `{"errors":{"code":"INSUFFICIENT_REMAINING_STORAGE"}}`, `{"errors":"already been taken"}`} {
			_, err := c.Datasets(t.Context())
			all = append(all, err)
			_, err = c.CreateDataset(t.Context(), "cats")
			all = append(all, err)
			_, err = c.TagClasses(t.Context(), "team")
			all = append(all, err)
			_, err = c.Storages(t.Context(), "team")
			all = append(all, err)
			_, err = c.External(dataset, darwin.StorageInfo{Name: "s"}).Register(t.Context(), []darwin.ExternalItem{{Name: "x.jpg", Folder: "/", Key: "x.jpg"}})
			all = append(all, err)
		}
	}
	_, err = c.CreateDataset(t.Context(), " ")
	all = append(all, err, c.SetKey("a b"), c.SetKey(""))
	status = http.StatusTooManyRequests // the last that a client asks for here, since it keeps a pause then
	for _, body = range []string{"", `{"errors":{"code":"INSUFFICIENT_REMAINING_STORAGE"}}`} {
		_, err = client().Datasets(t.Context())
		all = append(all, err)
	}
	server.Close()
	_, err = c.Datasets(t.Context())
	all = append(all, err)
	for _, r := range []darwin.Reason{"", "NEW", darwin.ReasonAlreadyExists, darwin.ReasonUnknownTag, darwin.ReasonMissingText, darwin.ReasonItemLimit, darwin.ReasonTimeout} {
		all = append(all, r.Fault())
	}
	return all
}

// locked is a keychain that gives nothing.
type locked struct{ why error }

func (k locked) Get(string) (string, error) { return "", k.why }
func (k locked) Set(string, string) error   { return k.why }
func (k locked) Delete(string) error        { return k.why }

func ofRecords(t *testing.T) (all []error) {
	said := func(text string) { all = append(all, &fault.Error{What: text}) }
	dir := t.TempDir()
	for name, text := range map[string]string{"settings.json": "{", "journal.db": "no database", "imports.db": "no database"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	store, err := settings.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	said(store.Warning())
	if store, err = settings.Open(filepath.Join(dir, "journal.db", "x")); err != nil {
		t.Fatal(err)
	}
	said(store.Update(func(*settings.Settings) {}).Error())
	for _, why := range []error{errors.New("failed to unlock"), errors.New("no such thing"), settings.ErrNoKey} {
		keys := settings.NewKeys(locked{why}, time.Minute)
		kept, err := keys.Save(t.Context(), "a", "key")
		if err == nil && kept.Reason != nil {
			err = kept.Reason
		}
		_, other := keys.Load(t.Context(), "b")
		for _, err := range []error{err, other, keys.Remove(t.Context(), "a")} {
			if problem, ok := errors.AsType[*settings.KeychainError](err); ok {
				said(problem.Error())
			}
		}
	}
	j, err := journal.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	said(j.Warning())
	_, err = j.Receipt(t.Context(), 3)
	all = append(all, err)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	said(l.Warning())
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = journal.Open(filepath.Join(dir, "settings-damaged-1.json"))
	return append(all, err)
}
