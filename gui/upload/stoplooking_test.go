package upload

import (
	"os"
	"path/filepath"
	"testing"

	"darwin-uploader/gui/queue"
)

func TestLookingThroughFoldersCanBeStoppedAndWhatWasFoundCanBeSent(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("a.jpg", "b.jpg")
	r.untilScanned()

	r.write("trip/c.jpg")
	r.Add([]string{filepath.Join(r.folder, "trip")}) // nothing of it comes before the test plays what is posted
	if r.hold() == "" || queue.ShowWords(r.model.LastAdded()) != "Stop looking" {
		t.Fatalf("while it looks, the hold is %q and the link %q", r.hold(), queue.ShowWords(r.model.LastAdded()))
	}
	r.StopLooking()
	if r.Scanning() || r.hold() != "" {
		t.Errorf("it still looks: %q", r.hold())
	}
	if added := r.model.LastAdded(); !added.Stopped || added.Running {
		t.Errorf("the line knows nothing of it: %+v", added)
	}
	r.Upload()
	r.untilEnded()
	r.arrived("nest-boxes", 2) // what the stopped scan still brought is not among them

	if err := os.Remove(filepath.Join(r.folder, "trip", "c.jpg")); err != nil {
		t.Fatal(err)
	}
	r.UploadMore()
	r.drop("d.jpg")
	r.untilScanned()
	if n := r.model.Total().Files; n != 1 || r.model.LastAdded().Stopped {
		t.Errorf("afterwards %d files are added: %+v", n, r.model.LastAdded())
	}
}
