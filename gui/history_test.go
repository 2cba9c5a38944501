package gui

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/history"
	"darwin-uploader/gui/look"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
	"darwin-uploader/uploader/sandbox"
)

// words is all that can be read in the history.
func (s *stage) words() string {
	var all []string
	for _, o := range test.LaidOutObjects(s.shell.history) {
		if t, ok := o.(*canvas.Text); ok && t.Visible() {
			all = append(all, strings.Fields(t.Text)...)
		}
	}
	return strings.Join(all, " ")
}

func (s *stage) untilSaid(words string) {
	s.Helper()
	late := time.After(patience)
	for !strings.Contains(s.words(), words) {
		select {
		case f := <-s.posted:
			f()
		case <-late:
			s.Fatalf("the history does not say %q:\n%s", words, s.words())
		}
	}
}

// uploadThree sends three files, of which b.jpg fails.
func (s *stage) uploadThree() {
	s.Helper()
	s.setLook(look.Light)
	typeKey(s, s.sandbox.Key())
	s.untilDatasetsAreThere()
	s.drop(s.pictures())
	s.until("three rows", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
	s.place.Header().OnDataset(*s.place.DatasetNamed("Nest boxes"))
	defer s.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Item: "b.jpg", Status: 400})()
	s.place.Upload()
	s.until("the end", func() bool { return !s.place.Sending() })
}

func TestAnUploadIsInTheHistoryAndWhatFailedIsSentAgainFromThere(t *testing.T) {
	for name, change := range map[string]func(*Options, *chain){"journal": withJournal(t.TempDir()), "memory": nil} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, change)
			s.uploadThree()
			s.shortcut(fyne.Key3)
			s.untilSaid("2 sent, 1 needs you")
			s.untilSaid("2 sent and in Darwin")
			s.untilSaid("from May 2026")
			s.untilSaid("b.jpg")
			if s.shell.at != historyPlace || !s.shell.cells[historyPlace].Chosen() {
				t.Error("the rail does not show where the window is")
			}
			s.press("Send the 1 again")
			s.until("the file to be sent", func() bool { return s.place.Sending() })
			if s.shell.at != uploadPlace {
				t.Error("nobody sees it being sent")
			}
			s.until("the end", func() bool { return !s.place.Sending() })
			s.shortcut(fyne.Key3)
			s.untilSaid("2 sent, 1 sent again later")
			s.untilSaid("1 file sent")
			if items := s.sandbox.Items("nest-boxes"); len(items) != 3 {
				t.Errorf("the dataset has %d items", len(items))
			}
		})
	}
}

// shortcut types a letter with the key of menu commands.
func (s *stage) shortcut(key fyne.KeyName) {
	s.Helper()
	for _, menu := range s.win.MainMenu().Items {
		for _, item := range menu.Items {
			if c, ok := item.Shortcut.(*desktop.CustomShortcut); ok && c.KeyName == key && c.Modifier == command {
				item.Action()
				return
			}
		}
	}
	s.Fatalf("nothing has the shortcut %s", key)
}

// press taps a button of the history by its words.
func (s *stage) press(words string) {
	s.Helper()
	for _, o := range test.LaidOutObjects(s.shell.history) {
		if b, ok := o.(interface {
			fyne.Tappable
			Text() string
		}); ok && o.Visible() && b.Text() == words {
			b.Tapped(&fyne.PointEvent{})
			return
		}
	}
	s.Fatalf("no button %q in\n%s", words, s.words())
}

func TestAReceiptIsSavedWithItsLines(t *testing.T) {
	s := newStage(t, withJournal(t.TempDir()))
	s.uploadThree()
	list, err := s.place.Receipts().History(t.Context(), "", 0)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d receipts, %v", len(list), err)
	}
	path := filepath.Join(t.TempDir(), receiptName(list[0], history.CSV))
	if err := writeReceipt(t.Context(), path, list[0].ID, history.CSV, s.past()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data[3:])).ReadAll() // behind the byte order mark
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		if failed := row[4] == "Needs you"; failed != (row[1] == "b.jpg") || !strings.HasPrefix(row[2], "/May 2026") {
			t.Errorf("the row is %q", row)
		}
	}
	path = filepath.Join(t.TempDir(), "receipt")
	if err := writeReceipt(t.Context(), path, list[0].ID, history.JSON, s.past()); err != nil {
		t.Fatal(err)
	}
	if data, err = os.ReadFile(path); err != nil || !json.Valid(data) {
		t.Errorf("it is no JSON: %v", err)
	}
}

func TestAReceiptThatCannotBeWrittenLeavesTheOlderOneWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "receipt.csv")
	if err := os.WriteFile(path, []byte("older"), 0o600); err != nil {
		t.Fatal(err)
	}
	full := errors.New("no space left")
	if err := replaceFile(path, func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return full }); !errors.Is(err, full) {
		t.Errorf("it says %v", err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "older" {
		t.Errorf("the file holds %q, %v", data, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
	s := newStage(t, withJournal(t.TempDir()))
	s.uploadThree()
	err := writeReceipt(t.Context(), filepath.Join(dir, "not there", "receipt.csv"), 1, history.CSV, s.past())
	if problem := fault.Of(err); problem == nil || problem.Kind != fault.Disk || problem.Do == "" {
		t.Errorf("it says %v", err)
	}
}

func TestTheNameOfAReceiptIsOneThatEverySystemTakes(t *testing.T) {
	s := receipt.Summary{Dataset: darwin.Dataset{Name: `Traps: "North/South" 50 %? `}, Began: time.Date(2026, 5, 14, 9, 0, 0, 0, time.UTC)}
	if got := receiptName(s, history.CSV); got != "Traps- -North-South- 50 %-, 2026-05-14.csv" {
		t.Errorf("it is %q", got)
	}
	for path, want := range map[string]string{"/a/b": "/a/b.json", "/a/b.txt": "/a/b.txt"} {
		if got := withEnding(path, history.JSON); got != want {
			t.Errorf("%q becomes %q, want %q", path, got, want)
		}
	}
}

func TestAnImportIsInTheHistoryAndIsContinuedFromThere(t *testing.T) {
	for name, keeps := range map[string]bool{"record": true, "demo": false} {
		t.Run(name, func(t *testing.T) {
			s := atWork(t, false)
			if dir := t.TempDir(); keeps {
				s.o.Imports = func() (*ledger.Ledger, error) { return ledger.Open(dir) }
				s.imports.make = s.o.Imports
				s.rebuild() // with a record of imports from now on
				s.untilDatasetsAreThere()
			}
			s.place.Header().OnDataset(*s.place.DatasetNamed("Nest boxes"))
			s.goTo(cloudPlace)()
			s.until("the storages", func() bool { return s.inCloud("team-uploads") != nil })
			s.shell.cloud.Paste("2026/river/IMG_0001.jpg\n2026/river/IMG_0002.jpg")
			s.until("the items", func() bool { return s.inCloud("Import 2 items") != nil })
			restore := s.sandbox.Inject(sandbox.Fault{Call: sandbox.External, Status: 422})
			s.inCloud("Import 2 items").(fyne.Tappable).Tapped(&fyne.PointEvent{})
			s.until("the beginning", s.shell.cloud.Sending)
			s.until("the end", func() bool { return !s.shell.cloud.Sending() })
			restore()
			s.shortcut(fyne.Key3)
			s.untilSaid("0 imported, 2 need you")
			s.untilSaid("storage team-uploads")
			s.untilSaid("IMG_0002.jpg")
			list, err := s.past().History(t.Context(), "", 9)
			if err != nil || len(list) != 1 {
				t.Fatalf("the past is %+v, %v", list, err)
			}
			path := filepath.Join(t.TempDir(), "import.csv")
			if err := writeReceipt(t.Context(), path, list[0].ID, history.CSV, s.past()); err != nil {
				t.Fatal(err)
			}
			if data, err := os.ReadFile(path); err != nil || !bytes.Contains(data, []byte("2026/river/IMG_0002.jpg")) {
				t.Errorf("the receipt says %s, %v", data, err)
			}
			s.press("Import the 2 again")
			s.until("the item", func() bool {
				return s.shell.at == cloudPlace && !s.shell.cloud.Sending() && len(s.sandbox.Items("nest-boxes")) == 2
			})
			s.shortcut(fyne.Key3)
			s.untilSaid("All 2 imported")
		})
	}
}
