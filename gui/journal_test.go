package gui

import (
	"errors"
	"testing"

	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/journal"
)

func TestAWindowBesideACommandKeepsAJournalOfItsOwnUntilTheCommandEnds(t *testing.T) {
	dir := t.TempDir()
	commands, err := journal.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	own, err := OpenJournal(dir)
	if err != nil || !own.Beside() {
		t.Fatalf("the window has no journal of its own: %v", err)
	}
	if err := errors.Join(own.Close(), commands.Close()); err != nil {
		t.Fatal(err)
	}
	next, err := OpenJournal(dir)
	if err != nil || next.Beside() {
		t.Fatalf("the next window does not have the journal: %v", err)
	}
	if err := next.Close(); err != nil {
		t.Error(err)
	}
}

func TestAWindowBesideACommandKeepsARecordOfImportsOfItsOwn(t *testing.T) {
	dir := t.TempDir()
	commands, err := ledger.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	own, err := OpenImports(dir)
	if err != nil || !own.Beside() {
		t.Fatalf("the window has no record of its own: %v", err)
	}
	if err := errors.Join(own.Close(), commands.Close()); err != nil {
		t.Error(err)
	}
}
