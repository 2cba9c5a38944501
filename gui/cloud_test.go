package gui

import (
	"os"
	"path/filepath"
	"testing"
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
