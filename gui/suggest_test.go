package gui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/sandbox"
)

// tap presses the button with these words that can be seen there; false if there is none.
func tap(on fyne.CanvasObject, words string) bool {
	for _, o := range test.LaidOutObjects(on) {
		b, ok := o.(interface {
			fyne.Tappable
			Text() string
			Disabled() bool
		})
		if ok && o.Visible() && b.Text() == words && !b.Disabled() {
			b.Tapped(&fyne.PointEvent{})
			return true
		}
	}
	return false
}

func TestAnImportThatWasInterruptedIsOfferedAtTheNextStart(t *testing.T) {
	s := atWork(t, false)
	dir := t.TempDir()
	s.o.Imports = func() (*ledger.Ledger, error) { return ledger.Open(dir) }
	s.imports.make = s.o.Imports
	s.rebuild() // with a record of imports from now on
	s.untilDatasetsAreThere()
	s.place.Header().OnDataset(*s.place.DatasetNamed("Nest boxes"))
	s.goTo(cloudPlace)()
	hold := s.sandbox.Inject(sandbox.Fault{Call: sandbox.External, Status: 503})
	s.until("the storages", func() bool { return says(s.shell.cloud, "team-uploads") })
	s.shell.cloud.Paste("2026/river/IMG_0001.jpg\n2026/river/IMG_0002.jpg")
	s.until("the button", func() bool { return tap(s.shell.cloud, "Import 2 items") })
	s.until("the import", func() bool {
		return slices.ContainsFunc(s.sandbox.Requests(), func(r sandbox.Request) bool { return r.Call == sandbox.External })
	})
	before := s.place
	s.closePlace()
	before.Close()
	s.openPlace(s.work) // as the next start does
	hold()

	s.until("the offer", func() bool { return says(s.place.Offer(), "An import to Nest boxes on") })
	if s.shell.at != uploadPlace || !s.shell.offer.Visible() {
		t.Error("the offer cannot be seen")
	}
	if !tap(s.place.Offer(), "Open Cloud import") || s.shell.at != cloudPlace {
		t.Error("its button does not lead to Cloud import")
	}
	if s.place.Offer().Visible() {
		t.Error("it is offered once more")
	}
}

func TestASuggestionWaitsUntilNothingElseIsToBeSaid(t *testing.T) {
	s := atWork(t, false)
	s.place.Tell("Something else.")
	s.place.Suggest("There is more to do.", "Do it", func() {})
	if !says(s.place.Offer(), "Something else.") {
		t.Error("it takes the place of what was said")
	}
	if !tap(s.place.Offer(), "Close") {
		t.Fatal("what was said cannot be closed")
	}
	s.drop(s.pictures())
	s.until("the suggestion", func() bool { return says(s.place.Offer(), "There is more to do.") })
	if !tap(s.place.Offer(), "Not now") || s.place.Offer().Visible() {
		t.Error("it cannot be sent away")
	}
}
