package gui

import (
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/journal"
)

// tellJournal says what is wrong with the journal, if anything is. Files can
// be uploaded without one.
func (w *window) tellJournal(j *journal.Journal, lacking error) {
	switch {
	case lacking != nil:
		w.place.Tell(fault.Of(lacking).What + " Files can be uploaded all the same, but an upload that is interrupted could not go on after a restart.")
	case j != nil && j.Warning() != "":
		w.place.Tell(j.Warning())
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
