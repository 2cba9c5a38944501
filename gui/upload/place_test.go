package upload

import (
	"bytes"
	"os"
	"testing"

	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
	"darwin-uploader/uploader/sandbox"
)

func TestStopCountsWhileTagsAreStillBeingLinked(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("a.jpg")
	r.model.AddTag(r.model.IDs(), darwin.Tag{Class: "beagle"})
	defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Classes, Stall: true})()
	r.Upload()
	if !r.Sending() {
		t.Fatal("it does not send")
	}
	r.Stop()
	r.untilEnded()
	r.wantPage(queue.PageList)
	if n := r.Count(uploader.Stopped); n != 1 || !r.CanUpload() {
		t.Errorf("%d files are stopped, want the one; it can be sent again: %v", n, r.CanUpload())
	}
	r.arrived("nest-boxes", 0)
}

func TestNothingOfAStoppedUploadReachesTheNext(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop(numbered(12)...)
	release := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, After: 3, Stall: true})
	r.Upload()
	r.until("the first files", func() bool { return r.Count(uploader.InDarwin) >= 2 })
	r.Stop()
	r.untilEnded()
	release()
	for range 2 { // the second press finds the first one's upload under way
		r.Upload()
	}
	began := r.run.began
	r.untilEnded()
	if r.run.began != began {
		t.Error("two uploads began")
	}
	if arrived, of := r.Progress(); arrived != of || of > 10 {
		t.Errorf("%d of %d arrived, want all that was left", arrived, of)
	}
	r.wantPage(queue.PageDone)
	r.arrived("nest-boxes", 12)
}

func TestFilesDroppedWhileSendingWaitForThePerson(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("a.jpg", "b.jpg")
	release := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true})
	r.Upload()
	r.until("a file on its way", func() bool { return r.Count(uploader.Sending) > 0 })
	r.drop("late.jpg")
	r.Stop()
	r.untilEnded()
	release()
	r.retry(r.model.Sendable(r.model.IDs()[:2]))
	r.untilEnded()
	if arrived, of := r.Progress(); arrived != 2 || of != 2 {
		t.Errorf("%d of %d arrived, want 2 of 2", arrived, of)
	}
	r.arrived("nest-boxes", 2)
	r.wantPage(queue.PageList) // one file is neither sent nor in need: no receipt
	if files, _ := r.model.UnsentTotal(); files != 1 || !r.CanUpload() {
		t.Errorf("%d files wait, want the late one; it can be sent: %v", files, r.CanUpload())
	}
	r.Upload()
	r.untilEnded()
	r.wantPage(queue.PageDone)
	r.arrived("nest-boxes", 3)
}

func TestTheReceiptWaitsForAScanThatMayBringMore(t *testing.T) {
	for name, c := range map[string]struct {
		found intake.Found
		want  queue.Page
	}{
		"nothing":        {intake.Found{LeftOut: []intake.LeftOut{{Path: "/notes.txt", Reason: intake.Unsupported}}}, queue.PageDone},
		"one more image": {intake.Found{Files: []intake.File{{Path: "/more.jpg", Name: "more.jpg", Size: 1}}}, queue.PageList},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			r.choose("Nest boxes")
			r.drop("a.jpg")
			r.Upload()
			r.scans++ // one that takes its time
			r.model.StartAdding()
			r.untilEnded()
			r.wantPage(queue.PageList)
			r.model.Add(c.found)
			r.scanned(nil)
			r.wantPage(c.want)
			r.playPosted()
			r.wantPage(c.want)
		})
	}
}

// twoOfThree has sent three files, of which b.jpg needs the person.
func twoOfThree(t *testing.T) *rig {
	t.Helper()
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("a.jpg", "b.jpg", "c.jpg")
	defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Item: "b.jpg", Status: 400})()
	r.Upload()
	r.untilEnded()
	return r
}

func TestAnotherDatasetStartsAnewWithWhatHasNotArrived(t *testing.T) {
	r := twoOfThree(t)
	r.wantPage(queue.PageDone)
	if n := len(r.model.Needing()); n != 1 {
		t.Fatalf("%d files need the person, want 1", n)
	}
	r.choose("Radiographs")
	r.wantPage(queue.PageList)
	if r.Files() != 1 || !r.CanUpload() {
		t.Errorf("%d files are in the queue, want the one that did not arrive", r.Files())
	}
	r.Upload()
	r.untilEnded()
	r.arrived("nest-boxes", 2)
	r.arrived("radiographs", 1)
	if got := r.outcome().Dataset; got != "Radiographs" {
		t.Errorf("the receipt speaks of %s", got)
	}
}

func TestAfterEverythingArrivedAnotherDatasetShowsTheDropZone(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("a.jpg")
	r.Upload()
	r.untilEnded()
	r.wantPage(queue.PageDone)
	r.choose("Radiographs")
	r.wantPage(queue.PageEmpty)
}

func TestADatasetThatVanishesTakesItsIdsAlong(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("a.jpg")
	defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Status: 400})()
	r.Upload()
	r.untilEnded()
	r.setDatasets(nil) // somebody archived it
	if r.dataset != nil {
		t.Fatal("it is still chosen")
	}
	r.setDatasets([]darwin.Dataset{{ID: 4711, Name: "Ponds"}})
	if items := r.model.ItemsOf(r.model.IDs()); len(items) != 1 || items[0].Reached != (uploader.Reached{}) {
		t.Errorf("in another dataset the items are %+v, want them new", items)
	}
}

func TestADatasetUnderWayStaysWhateverTheListSays(t *testing.T) {
	r := newRig(t)
	d := r.choose("Nest boxes")
	r.drop("a.jpg")
	release := r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true})
	r.Upload()
	r.until("a file on its way", func() bool { return r.Count(uploader.Sending) > 0 })
	r.setDatasets(nil)
	r.header.OnDataset(darwin.Dataset{ID: 4711, Name: "Ponds"})
	if r.dataset == nil || r.dataset.ID != d.ID {
		t.Errorf("while sending the dataset became %+v", r.dataset)
	}
	release()
	r.Stop()
	r.untilEnded()
}

func TestAnOldListOfDatasetsDoesNotReplaceANewerOne(t *testing.T) {
	r := newRig(t)
	r.loadDatasets()
	old := <-r.posted // the answer is on its way, and overtaken
	made := make(chan error, 1)
	r.newDataset("Ponds 2026", func(err error) { made <- err })
	if r.hold() == "" {
		t.Error("an upload could begin before the new dataset is chosen")
	}
	r.until("the new dataset", func() bool { return len(made) > 0 })
	if err := <-made; err != nil {
		t.Fatal(err)
	}
	old()
	if r.dataset == nil || r.dataset.Name != "Ponds 2026" || r.hold() != "" {
		t.Errorf("the new dataset is not chosen but %+v", r.dataset)
	}
}

func TestUploadWaitsForATagThatIsBeingMade(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("a.jpg")
	r.createTag("pine beetle", false, func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	r.Upload()
	if r.Sending() {
		t.Fatal("it sends without the tag")
	}
	r.until("the tag", func() bool { return r.hold() == "" })
	r.Upload()
	r.untilEnded()
	items := r.sandbox.Items("nest-boxes")
	if _, ok := items[0].Tags["pine beetle"]; len(items) != 1 || !ok {
		t.Errorf("the items are %+v", items)
	}
}

func TestSendingAgainTakesTheNewVersionOfAFileThatChanged(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	path := r.drop("a.jpg", "b.jpg")[0]
	grow(t, path)
	r.Upload()
	r.untilEnded()
	r.wantPage(queue.PageDone)
	causes := r.model.Causes()
	if len(causes) != 1 || causes[0].Kind != fault.Changed {
		t.Fatalf("the causes are %+v", causes)
	}
	r.retry(causes[0].IDs)
	r.untilEnded()
	r.arrived("nest-boxes", 2)
	if info, err := os.Stat(path); err != nil || r.sandbox.Items("nest-boxes")[0].Size != info.Size() {
		t.Errorf("%v; Darwin has %d bytes", err, r.sandbox.Items("nest-boxes")[0].Size)
	}
}

func TestAddingAChangedFileAgainTakesTheNewVersion(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	path := r.drop("a.jpg")[0]
	grow(t, path)
	r.Upload()
	r.untilEnded()
	r.Add([]string{path})
	r.untilScanned()
	if r.Files() != 1 || !r.CanUpload() {
		t.Fatalf("%d files, it can be sent: %v", r.Files(), r.CanUpload())
	}
	r.Upload()
	r.untilEnded()
	r.arrived("nest-boxes", 1)
}

func grow(t *testing.T, path string) {
	t.Helper()
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(old, bytes.Repeat([]byte{0}, 100)...), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestWhatStoppedTheUploadIsToldAndTheRestCanBeSent(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop(numbered(5)...)
	release := r.sandbox.Inject(sandbox.Quota())
	r.Upload()
	r.untilEnded()
	release()
	r.wantPage(queue.PageDone)
	if r.Problem() == nil {
		t.Fatal("nobody is told what stopped it")
	}
	r.retry(append(r.model.Needing(), r.model.Unsent()...))
	r.untilEnded()
	if r.Problem() != nil {
		t.Errorf("the old problem is still told: %v", r.Problem())
	}
	r.arrived("nest-boxes", 5)
}

func TestLeavingAReceiptKeepsWhatIsNotInDarwin(t *testing.T) {
	r := twoOfThree(t)
	r.UploadMore()
	r.wantPage(queue.PageList)
	if r.Files() != 1 {
		t.Errorf("%d files are in the queue, want the one that needs the person", r.Files())
	}
	r.retry(r.model.IDs())
	r.untilEnded()
	r.UploadMore()
	r.wantPage(queue.PageEmpty)
	r.arrived("nest-boxes", 3)
}

func TestARetryOfWhatHasArrivedSendsNothing(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("a.jpg")
	ids := r.model.IDs()
	r.Upload()
	r.untilEnded()
	r.retry(ids)
	if r.Sending() {
		t.Error("it sends again what is in Darwin")
	}
}

func TestTheFolderForEverythingMovesWhatIsThereAndWhatComes(t *testing.T) {
	r := newRig(t)
	r.drop("a.jpg")
	if err := r.setFolder("/cats"); err != nil {
		t.Fatal(err)
	}
	r.drop("b.jpg")
	for _, id := range r.model.IDs() {
		if e, _ := r.model.Entry(id); e.Folder != "/cats" {
			t.Errorf("%s is in %s", e.Name, e.Folder)
		}
	}
	r.Undo()
	if got := r.model.Base(); got != "/" {
		t.Errorf("after Undo files land in %s", got)
	}
}

func TestASecondDropCountsTogetherWithTheFirst(t *testing.T) {
	r := newRig(t)
	r.Add(r.write("a.jpg", "notes.txt"))
	r.Add(r.write("b.jpg", "report.docx"))
	r.untilScanned()
	if a := r.model.LastAdded(); a.Files != 2 || a.LeftOut != 2 || a.Running {
		t.Errorf("the drops brought %+v", a)
	}
}

func TestNothingComesBackAfterClose(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop(numbered(5)...)
	defer r.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true})()
	r.Upload()
	r.until("a file on its way", func() bool { return r.Count(uploader.Sending) > 0 })
	closed := make(chan struct{})
	go func() { // as the window does it
		r.Close()
		close(closed)
	}()
	for open := true; open; {
		select {
		case f := <-r.posted:
			f()
		case <-closed:
			open = false
		}
	}
	changes := 0
	r.model.Listen(func(queue.Change) { changes++ })
	r.playPosted()
	r.Add(r.write("late.jpg"))
	if changes != 0 {
		t.Errorf("%d changes came after Close", changes)
	}
}
