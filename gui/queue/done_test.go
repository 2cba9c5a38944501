package queue_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

// confirmed is the status of a file that Darwin has confirmed as this item.
func confirmed(item string) uploader.Status {
	return uploader.Status{State: uploader.InDarwin, Reached: uploader.Reached{Upload: darwin.Upload{ItemID: item, UploadID: "u" + item}, Stored: true, Confirmed: true}}
}

// verdicts is what Darwin says of so many of the confirmed files.
func verdicts(m *queue.Model, n int, problem *fault.Error) []queue.Verdict {
	var all []queue.Verdict
	for item, id := range m.Confirmed() {
		if e, _ := m.Entry(id); !e.Processed {
			all = append(all, queue.Verdict{ID: id, ItemID: item, Problem: problem, Reached: e.Status.Reached})
		}
	}
	slices.SortFunc(all, func(a, b queue.Verdict) int { return int(a.ID - b.ID) })
	return all[:min(n, len(all))]
}

// processed has Darwin say that so many files are ready.
func processed(m *queue.Model, n int) { m.Judge(verdicts(m, n, nil)) }

// noFrames is a problem of Darwin's processing.
var noFrames = &fault.Error{Kind: fault.Refused, What: "Darwin could not process the file: the video has no frames.", Do: "Check the file, and send it again: that replaces the item in Darwin."}

// confirmAll has n files confirmed and none processed.
func confirmAll(n int) *queue.Model {
	var paths []string
	for i := range n {
		paths = append(paths, fmt.Sprintf("/May/%d.mp4", i))
	}
	m := modelOf(paths...)
	m.Begin(m.Unsent())
	statuses := make([]uploader.Status, n)
	for i := range statuses {
		statuses[i] = confirmed(strconv.Itoa(i))
	}
	m.ApplyStatuses(statuses)
	m.End()
	return m
}

func TestFilesAreInDarwinOnlyOnceDarwinHasProcessedThem(t *testing.T) {
	m := confirmAll(12)
	v, _ := shownView(t, m, queue.Actions{})
	following := queue.Outcome{Dataset: "Nest boxes", Following: true}
	v.ShowDone(following)
	says := func(want ...string) {
		t.Helper()
		page := strings.Join(strings.Fields(texts(v.Body())), " ")
		for _, words := range want {
			if !strings.Contains(page, words) {
				t.Errorf("the end does not say %q:\n%s", words, page)
			}
		}
	}
	says("12 sent", "Darwin is processing 12")
	processed(m, 5)
	v.UpdateDone(following)
	says("12 sent", "Darwin is processing 7")
	if strings.Contains(texts(v.Body()), "are in Darwin") {
		t.Errorf("it says too early that files are in Darwin:\n%s", texts(v.Body()))
	}
	m.Judge(verdicts(m, 2, noFrames))
	v.UpdateDone(following)
	says("10 of 12 sent", "Darwin is processing 5", "2 files: Darwin could not process the file: the video has no frames.")
	processed(m, 5)
	v.UpdateDone(queue.Outcome{Dataset: "Nest boxes"})
	says("10 of 12", "are in Darwin", "2 need you.")
}

func TestWhatDarwinCouldNotProcessHasAButtonOfItsOwn(t *testing.T) {
	m := confirmAll(6)
	m.Judge(verdicts(m, 3, noFrames))
	m.Judge(verdicts(m, 1, &fault.Error{Kind: fault.Missing, What: "Darwin confirmed the file, and its list does not have the item."}))
	processed(m, 2)
	var again []queue.ID
	v, _ := shownView(t, m, queue.Actions{OnRetry: func(ids []queue.ID) { again = ids }})
	v.ShowDone(queue.Outcome{Dataset: "Nest boxes"})
	test.Tap(button(t, v.Body(), "Send these 3 again"))
	if len(again) != 3 {
		t.Errorf("%d are sent again, want 3", len(again))
	}
	test.Tap(button(t, v.Body(), "Send it again"))
	if len(again) != 1 {
		t.Errorf("%d are sent again, want the one that is missing", len(again))
	}
	test.Tap(button(t, v.Body(), "Send the 4 again"))
	if len(again) != 4 {
		t.Errorf("%d are sent again, want all", len(again))
	}
}

func TestVerdictsAboutFilesThatAreSentOnceMoreArePassedOver(t *testing.T) {
	m := confirmAll(2)
	late := verdicts(m, 2, noFrames)
	m.Judge(late[:1])
	ids := m.Sendable(m.Needing())
	m.Begin(ids)
	m.Judge(late)
	m.Judge(late)
	if e, _ := m.Entry(late[0].ID); e.Status.State != uploader.Ready {
		t.Errorf("the file that is sent once more is %v", e.Status.State)
	}
	if n := m.Processing(); n != 0 {
		t.Errorf("%d are said to be processed by Darwin", n)
	}
}

func TestTheRowsSaySentUntilDarwinIsReady(t *testing.T) {
	m := confirmAll(3)
	v, _ := shownView(t, m, queue.Actions{})
	v.ShowList(queue.All)
	if page := texts(v.Body()) + "\n"; strings.Count(page, "Sent\n") < 4 || strings.Contains(page, "In Darwin") {
		t.Errorf("the table says\n%s", page)
	}
	processed(m, 3)
	if page := texts(v.Body()) + "\n"; strings.Count(page, "In Darwin\n") != 4 {
		t.Errorf("the table says\n%s", page)
	}
}

func TestLookingAgainIsOfferedWhenNobodyAsksDarwin(t *testing.T) {
	m := confirmAll(2)
	asked, saved := 0, 0
	v, _ := shownView(t, m, queue.Actions{OnLookAgain: func() { asked++ }, OnSaveReceipt: func() { saved++ }})
	v.ShowDone(queue.Outcome{Dataset: "Nest boxes"})
	test.Tap(button(t, v.Body(), "Look again"))
	test.Tap(button(t, v.Body(), "Save receipt"))
	if asked != 1 || saved != 1 {
		t.Errorf("Darwin is asked %d times, the receipt saved %d times", asked, saved)
	}
	v.UpdateDone(queue.Outcome{Dataset: "Nest boxes", Following: true})
	if strings.Contains(texts(v.Body()), "Look again") {
		t.Error("it offers to look again while it looks")
	}
}

func TestTheReceiptCanBeSavedWhereFilesAreLeftToo(t *testing.T) {
	m := confirmAll(5)
	processed(m, 4)
	m.Judge(verdicts(m, 1, noFrames))
	saved := 0
	v, _ := shownView(t, m, queue.Actions{OnSaveReceipt: func() { saved++ }, OnRetry: func([]queue.ID) {}})
	v.ShowDone(queue.Outcome{Dataset: "Nest boxes"})
	again, save := button(t, v.Body(), "Send it again"), button(t, v.Body(), "Save receipt")
	test.Tap(save)
	if saved != 1 {
		t.Errorf("the receipt was saved %d times", saved)
	}
	if right := save.Position().X + save.Size().Width; right > 520 || save.Position() == again.Position() || save.Size().Height < again.Size().Height {
		t.Errorf("the button stands at %v, %v", save.Position(), save.Size())
	}
}

func TestFilesOfAnEarlierUploadComeBackBesideThoseThatWait(t *testing.T) {
	m := modelOf("/May/here.jpg", "/May/other.jpg")
	here := m.ItemsOf(m.IDs())[0]
	another := m.ItemsOf(m.IDs())[1]
	another.Path = "/elsewhere/other.jpg"
	fresh := here
	fresh.Path, fresh.Name, fresh.Tags = "/cards/back.jpg", "back.jpg", []darwin.Tag{{Class: "fox"}}
	ids := m.Bring([]uploader.Item{here, another, fresh})
	if len(ids) != 2 || m.Total().Files != 3 {
		t.Fatalf("%d files come back, the queue has %d", len(ids), m.Total().Files)
	}
	e, _ := m.Entry(ids[1])
	if e.Name != "back.jpg" || e.Folder != here.Folder || len(e.Tags) != 1 {
		t.Errorf("it comes back as %+v", e)
	}
}

func TestAnUploadIsKnownByTheFolderThatWasDropped(t *testing.T) {
	for want, files := range map[string][]intake.File{
		"May":  {{Path: "/cards/May/a/1.jpg", Folder: "/May/a"}, {Path: "/cards/May/b/2.jpg", Folder: "/May/b"}, {Path: "/cards/May/3.jpg", Folder: "/May"}},
		"One":  {{Path: "/cards/One/deep/1.jpg", Folder: "/One/deep"}},
		"DCIM": {{Path: "/cards/DCIM/1.jpg", Folder: "/"}, {Path: "/cards/DCIM/2.jpg", Folder: "/"}},
		"":     {{Path: "/cards/May/1.jpg", Folder: "/May"}, {Path: "/cards/2.jpg", Folder: "/"}},
	} {
		m := queue.New()
		m.StartAdding()
		for i := range files {
			files[i].Path, files[i].Name, files[i].Size = filepath.FromSlash(files[i].Path), fmt.Sprint(i), 1
		}
		m.Add(intake.Found{Files: files})
		m.EndAdding()
		if got := m.Source(m.IDs()); got != want {
			t.Errorf("%v came from %q, want %q", files, got, want)
		}
	}
	loose := queue.New()
	if got := loose.Source(nil); got != "" {
		t.Errorf("no files came from %q", got)
	}
}

// ending is the screen after an upload, and the model that it draws.
type ending struct {
	m *queue.Model
	v *queue.View
}

func (e ending) show(following bool) {
	from := time.Date(2026, 5, 14, 14, 2, 0, 0, time.Local)
	e.v.ShowDone(queue.Outcome{Dataset: "Camera traps 2026", From: from, To: from.Add(9 * time.Minute), Following: following})
}

func TestTheEndFitsInBothLooksAndSizes(t *testing.T) {
	looktest.Gallery[ending]{
		Name: "done", Sizes: []fyne.Size{{Width: 1092, Height: 696}, {Width: 812, Height: 536}},
		New: func(t *testing.T, _ fyne.Size) (ending, fyne.CanvasObject) {
			e := ending{m: confirmAll(412)}
			e.v = queue.NewView(e.m, nil, queue.Actions{OnSaveReceipt: func() {}, OnLookAgain: func() {}, OnRetry: func([]queue.ID) {}})
			return e, e.v.Body()
		},
		States: map[string]func(ending){
			"processing": func(e ending) { processed(e.m, 400); e.show(true) },
			"slow":       func(e ending) { processed(e.m, 400); e.show(false) },
			"settled":    func(e ending) { processed(e.m, 412); e.show(false) },
			"refused": func(e ending) {
				processed(e.m, 409)
				e.m.Judge(verdicts(e.m, 3, noFrames))
				e.show(false)
			},
		},
	}.Draw(t)
}
