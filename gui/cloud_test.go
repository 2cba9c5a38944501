package gui

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
