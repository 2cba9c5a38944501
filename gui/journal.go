package gui

import (
	"errors"

	"darwin-uploader/gui/lang"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/journal"
)

// OpenJournal opens the journal of uploads, for Options. While a command has it, the window
// keeps one of its own beside it, which is taken over at a later start.
func OpenJournal(dir string) (*journal.Journal, error) {
	j, err := journal.Open(dir)
	if errors.Is(err, journal.ErrInUse) {
		return journal.OpenBeside(dir)
	}
	return j, err
}

// OpenImports is OpenJournal for the record of cloud imports.
func OpenImports(dir string) (*ledger.Ledger, error) {
	l, err := ledger.Open(dir)
	if errors.Is(err, ledger.ErrInUse) {
		return ledger.OpenBeside(dir)
	}
	return l, err
}

// tellJournal says what is wrong with the journal, if anything is. Files can
// be uploaded without one.
func (w *window) tellJournal(j *journal.Journal, lacking error) {
	switch {
	case lacking != nil:
		w.place.Tell(lang.L("%s Files can be uploaded all the same, but an upload that is interrupted could not go on after a restart.", lang.S(fault.Of(lacking).What)))
	case j != nil && j.Beside():
		w.place.Tell(lang.L("Another Darwin Uploader is at work and has the journal. This window keeps a journal of its own, until a later start joins the two."))
	case j != nil && j.Warning() != "":
		w.place.Tell(lang.S(j.Warning()))
	}
}

// closeJournal closes it if it was opened.
func (w *window) closeJournal() {
	j := w.opened.Load()
	if j == nil {
		return
	}
	if err := j.Close(); err != nil {
		w.o.Log.Warn("journal", "error", err)
	}
}
