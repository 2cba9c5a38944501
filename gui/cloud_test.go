package gui

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/uploader/external/ledger"
)

func TestCloudImportSharesTheHeaderAndTakesSheetsThatAreDropped(t *testing.T) {
	s := newStage(t, func(o *Options, _ *chain) { o.Demo = true })
	s.untilDatasetsAreThere()
	s.goTo(cloudPlace)()
	if !s.shell.upload.Visible() || s.shell.body.Visible() || !s.shell.cloud.Visible() || !s.shell.cells[cloudPlace].Chosen() || s.shell.bar.Visible() {
		t.Error("Cloud import is not what the window shows below the header")
	}
	sheet := filepath.Join(t.TempDir(), "archive.csv")
	if err := os.WriteFile(sheet, []byte("key\na.jpg\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.take([]string{sheet})
	if s.shell.at != cloudPlace || s.place.Files() != 0 {
		t.Errorf("a sheet led to place %d, with %d files in the queue", s.shell.at, s.place.Files())
	}
	s.take([]string{s.pictures()})
	if s.shell.at != uploadPlace || s.shell.cloud.Visible() || !s.shell.body.Visible() {
		t.Error("pictures do not lead to Upload")
	}
}

func TestARecordOfImportsThatWasSetAsideIsToldOnce(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "imports.db"), bytes.Repeat([]byte("no database\n"), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	var told []string
	i := imports{make: func() (*ledger.Ledger, error) { return ledger.Open(dir) }}
	i.heed(func(words string) { told = append(told, words) })
	for range 2 {
		if _, err := i.open(); err != nil {
			t.Fatal(err)
		}
	}
	if err := i.close(); err != nil || len(told) != 1 || !strings.HasPrefix(told[0], "The record of earlier imports was damaged. It was set aside as imports-damaged-") {
		t.Errorf("told was %q, %v", told, err)
	}
}

func TestAKeyThatIsRefusedDuringAnImportIsAskedForAndTheImportGoesOn(t *testing.T) {
	s := atWork(t, false)
	s.place.Header().OnDataset(*s.place.DatasetNamed("Nest boxes"))
	s.goTo(cloudPlace)()
	s.until("the storages", func() bool { return s.inCloud("team-uploads") != nil })
	s.shell.cloud.Paste("2026/river/IMG_0001.jpg\n2026/river/IMG_0002.jpg")
	s.until("the items", func() bool { return s.inCloud("Import 2 items") != nil })
	s.sandbox.SetKey(newKey)
	s.inCloud("Import 2 items").(fyne.Tappable).Tapped(&fyne.PointEvent{})
	s.until("the question", func() bool { return s.keyAsked != nil && !s.shell.cloud.Sending() })
	q := s.keyAsked
	q.field.SetText(newKey)
	q.test()
	s.until("the items", func() bool {
		return s.keyAsked == nil && len(s.sandbox.Items("nest-boxes")) == 2 && !s.shell.cloud.Sending()
	})
	for _, item := range s.sandbox.Items("nest-boxes") {
		if item.Registrations != 1 {
			t.Errorf("%s was registered %d times", item.Name, item.Registrations)
		}
	}
}

// inCloud is what says these words in Cloud import, nil if nothing does.
func (s *stage) inCloud(words string) fyne.CanvasObject {
	for _, o := range test.LaidOutObjects(s.shell.cloud) {
		if says, ok := o.(interface{ Text() string }); ok && o.Visible() && says.Text() == words {
			return o
		}
	}
	return nil
}
