package upload

import (
	"context"
	"os"
	"slices"
	"sync"
	"testing"

	"darwin-uploader/gui/queue"
	"darwin-uploader/gui/queue/cause"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/receipt"
	"darwin-uploader/uploader/sandbox"
)

// slowly lets one file take its time, until release.
func (r *rig) slowly(name string) (release func()) {
	r.oneByOne()
	return r.holdAnswers(sandbox.Sign, name)
}

// holdAnswers keeps the answers to a call about a file, or about any, until release.
func (r *rig) holdAnswers(call sandbox.Call, item string) (release func()) {
	gate := make(chan struct{})
	remove := r.sandbox.Inject(sandbox.Fault{Call: call, Item: item, Rewrite: func(answer []byte) []byte {
		<-gate
		return answer
	}})
	release = sync.OnceFunc(func() {
		remove()
		close(gate)
	})
	r.Cleanup(release)
	return release
}

// oneByOne has files sent one by one, and not many of them in one request.
func (r *rig) oneByOne() {
	r.Cleanup(r.sandbox.Inject(sandbox.Fault{Call: sandbox.DirectUpload, Status: 404}))
}

func (r *rig) id(name string) queue.ID {
	r.Helper()
	for _, id := range r.model.IDs() {
		if e, _ := r.model.Entry(id); e.Name == name {
			return id
		}
	}
	r.Fatalf("no file %q", name)
	return -1
}

// need gives the one thing that the person is asked.
func (r *rig) need(kind cause.Kind) cause.Group {
	r.Helper()
	known := map[string]bool{}
	all, err := r.session.Darwin.TagClasses(r.Context(), r.session.Account.TeamSlug)
	if err != nil {
		r.Fatal(err)
	}
	for _, c := range all {
		known[c.Name] = c.TakesText
	}
	groups := cause.Groups(r.model.Questions(), func(name string) (bool, bool) { text, ok := known[name]; return text, ok })
	if len(groups) != 1 || groups[0].Kind != kind {
		r.Fatalf("the questions are %+v", groups)
	}
	return groups[0]
}

// choosing presses a button of the only card.
func (r *rig) choosing(kind cause.Kind, do cause.Do, text string) error {
	r.Helper()
	g := r.need(kind)
	m := queue.Mend{Do: do, Tags: g.Tags, Text: text}
	for _, id := range g.IDs {
		m.IDs = append(m.IDs, queue.ID(id))
	}
	told, answer := false, error(nil)
	r.mend(m, func(err error) { told, answer = true, err })
	r.until("an answer", func() bool { return told })
	return answer
}

func TestATagIsCreatedFromItsCardAndItsFilesGoOnWhileTheRestIsSent(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("slow.jpg", "a.jpg", "b.jpg")
	marked := []queue.ID{r.id("a.jpg"), r.id("b.jpg")}
	r.model.AddTag(marked, darwin.Tag{Class: "pine beetle"})
	release := r.slowly("slow.jpg")
	r.Upload()
	r.until("the refusal", func() bool { return r.Count(uploader.Blocked) == 2 })
	if err := r.choosing(cause.UnknownTag, cause.CreateTags, ""); err != nil {
		t.Fatal(err)
	}
	r.until("the files to join", func() bool { return r.model.InBatch() == 3 })
	batch := r.run.batch
	release()
	r.untilEnded()
	r.arrived("nest-boxes", 3)
	for _, item := range r.sandbox.Items("nest-boxes") {
		if _, tagged := item.Tags["pine beetle"]; tagged != (item.Name != "slow.jpg") {
			t.Errorf("%s has the tags %v", item.Name, item.Tags)
		}
	}
	if batch == nil || batch.Snapshot().Files != 5 {
		t.Error("the files did not go with the batch that ran")
	}
}

func TestATagIsTakenOffFromItsCardAfterTheEnd(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("a.jpg", "b.jpg")
	r.model.AddTag([]queue.ID{r.id("a.jpg")}, darwin.Tag{Class: "pine beetle"})
	r.Upload()
	r.untilEnded()
	if err := r.choosing(cause.UnknownTag, cause.RemoveTags, ""); err != nil {
		t.Fatal(err)
	}
	r.untilEnded()
	r.arrived("nest-boxes", 2)
	r.wantPage(queue.PageDone)
}

func TestATagThatCannotBeCreatedIsToldAndNothingIsSent(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("a.jpg")
	r.model.AddTag(r.model.IDs(), darwin.Tag{Class: "pine beetle"})
	r.Upload()
	r.untilEnded()
	release := r.sandbox.Inject(sandbox.Fault{Call: sandbox.CreateClass, Status: 403})
	if err := r.choosing(cause.UnknownTag, cause.CreateTags, ""); err == nil {
		t.Error("nobody is told")
	}
	release()
	if r.Sending() || r.model.Total().Count(queue.NeedsYou) != 1 || r.hold() != "" {
		t.Error("the file does not wait for the person any more")
	}
}

func TestATextThatDarwinDidNotTakeIsRemovedFromItsCard(t *testing.T) {
	r := newRig(t)
	r.sandbox.AddTagClass("plain", false)
	r.choose("Nest boxes")
	r.drop("a.jpg")
	r.model.AddTag(r.model.IDs(), darwin.Tag{Class: "plain", Text: "two of them"})
	r.Upload()
	r.untilEnded()
	if err := r.choosing(cause.TextTooMuch, cause.RemoveText, ""); err != nil {
		t.Fatal(err)
	}
	r.untilEnded()
	r.arrived("nest-boxes", 1)
}

func TestWhatWasThereAlreadyGoesUnderANewNameOrStaysSkipped(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	path := r.drop("a.jpg", "b.jpg")[0]
	r.Upload()
	r.untilEnded()
	r.UploadMore()
	r.Add([]string{path})
	r.untilScanned()
	r.Upload()
	r.untilEnded()
	if n := r.Count(uploader.Skipped); n != 1 {
		t.Fatalf("%d were there already", n)
	}
	if err := r.choosing(cause.Exists, cause.Rename, ""); err != nil {
		t.Fatal(err)
	}
	r.untilEnded()
	var names []string
	for _, item := range r.sandbox.Items("nest-boxes") {
		names = append(names, item.Name)
	}
	slices.Sort(names)
	if want := []string{"a (2).jpg", "a.jpg", "b.jpg"}; !slices.Equal(names, want) {
		t.Errorf("Darwin has %q, want %q", names, want)
	}
}

func TestTheNewVersionOfAFileIsSentWhileTheRestIs(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	path := r.drop("a.jpg", "slow.jpg")[0]
	grow(t, path)
	release := r.slowly("slow.jpg")
	r.Upload()
	r.until("the file to be held back", func() bool { return r.Count(uploader.Failed) == 1 })
	if err := r.choosing(cause.Changed, cause.NewVersions, ""); err != nil {
		t.Fatal(err)
	}
	r.until("the file to join", func() bool { return r.model.InBatch() == 2 && r.Count(uploader.Failed) == 0 })
	release()
	r.untilEnded()
	r.arrived("nest-boxes", 2)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := r.Count(uploader.InDarwin); n != 2 || r.Sending() {
		t.Errorf("%d files are in Darwin", n)
	}
	for _, item := range r.sandbox.Items("nest-boxes") {
		if item.Name == "a.jpg" && item.Size != info.Size() {
			t.Errorf("Darwin has %d bytes, want %d", item.Size, info.Size())
		}
	}
}

func TestFilesThatHaveNotBegunAreTakenOutOfABatchThatRuns(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop(numbered(40)...)
	r.oneByOne()
	release := r.holdAnswers(sandbox.Sign, "")
	r.Upload()
	r.until("the batch", func() bool { return r.run.batch != nil && r.Count(uploader.Signing) > 0 })
	r.model.SelectAll()
	removed := r.remove(r.model.Selected())
	release()
	if removed == 0 || removed >= 40 || r.Files() != 40-removed {
		t.Fatalf("%d of 40 were taken out, %d are left", removed, r.Files())
	}
	r.untilEnded()
	r.arrived("nest-boxes", 40-removed)
	if arrived, of := r.Progress(); arrived != of || of != 40-removed {
		t.Errorf("%d of %d arrived", arrived, of)
	}
	r.Undo()
	if files, _ := r.model.UnsentTotal(); files != removed {
		t.Errorf("%d can be sent after all, want %d", files, removed)
	}
}

func TestAFolderThatIsDroppedWhileSendingGoesWithTheBatchIfThePersonWants(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("slow.jpg")
	release := r.slowly("slow.jpg")
	r.Upload()
	r.until("the batch", func() bool { return r.run.batch != nil })
	r.write("later/a.jpg", "later/b.jpg")
	r.Add([]string{r.folder + "/later"})
	r.untilScanned()
	if added := r.model.AddedMeanwhile(); len(added) != 2 {
		t.Fatalf("%d files came meanwhile", len(added))
	}
	r.SendAdded()
	r.until("the files to join", func() bool { return r.model.InBatch() == 3 })
	release()
	r.untilEnded()
	r.arrived("nest-boxes", 3)
	r.wantPage(queue.PageDone)
}

func TestWhatCannotJoinABatchAnyMoreIsSentByTheNext(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop("a.jpg", "b.jpg")
	r.Upload()
	r.until("the batch", func() bool { return r.run.batch != nil })
	ended := r.run.batch
	r.untilEnded()
	r.drop("c.jpg")
	r.join(ended, []queue.ID{r.id("c.jpg")}, nil)
	r.untilEnded()
	r.arrived("nest-boxes", 3)
}

func TestTheReceiptCountsAFileThatWasSentOnceMoreOnce(t *testing.T) {
	r := rigOf(t, practice(t, sandbox.Config{}), books(t, t.TempDir()))
	r.choose("Nest boxes")
	r.drop("slow.jpg", "a.jpg")
	r.model.AddTag([]queue.ID{r.id("a.jpg")}, darwin.Tag{Class: "pine beetle"})
	release := r.slowly("slow.jpg")
	r.Upload()
	r.until("the refusal", func() bool { return r.Count(uploader.Blocked) == 1 })
	if err := r.choosing(cause.UnknownTag, cause.CreateTags, ""); err != nil {
		t.Fatal(err)
	}
	r.until("the file to join", func() bool { return r.model.InBatch() == 2 && r.Count(uploader.Blocked) == 0 })
	release()
	r.untilEnded()
	r.arrived("nest-boxes", 2)
	number := r.run.number
	r.Close()
	s, err := r.receipts.Receipt(context.Background(), number)
	if err != nil {
		t.Fatal(err)
	}
	if s.Counts.Bad() != 0 || s.Counts[receipt.SentAgain] != 1 {
		t.Errorf("the receipt counts %+v", s.Counts)
	}
}

func TestFilesThatAreBeingRegisteredAreTakenOutAsSoonAsTheyCanBe(t *testing.T) {
	r := newRig(t)
	r.choose("Nest boxes")
	r.drop(numbered(30)...)
	r.oneByOne()
	registered, signed := r.holdAnswers(sandbox.Register, ""), r.holdAnswers(sandbox.Sign, "")
	r.Upload()
	ids := r.model.IDs()
	r.remove(ids[25:]) // nothing has begun yet
	r.until("the registration", func() bool { return r.run.batch != nil && r.Count(uploader.Registering) > 0 })
	r.remove(ids[20:25]) // and now nothing can be let go
	if r.Files() < 25 {
		t.Fatalf("%d files are left while all are being registered", r.Files())
	}
	registered()
	r.until("the files to leave", func() bool { return r.Files() == 20 })
	signed()
	r.untilEnded()
	r.arrived("nest-boxes", 20)
}
