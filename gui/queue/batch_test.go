package queue_test

import (
	"slices"
	"testing"

	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

func TestABatchNumbersItsEntriesAndTakesTheirStatuses(t *testing.T) {
	m := modelOf("/b/1.jpg", "/a/1.jpg", "/c.mp4")
	items := m.Begin(m.Unsent())
	var names []string
	for _, it := range items {
		names = append(names, it.Folder+" "+it.Name)
	}
	if want := []string{"/a 1.jpg", "/b 1.jpg", "/ c.mp4"}; !slices.Equal(names, want) {
		t.Fatalf("items are %q, want the order of the table %q", names, want)
	}
	needs := &fault.Error{Kind: fault.UnknownTag, What: "The tag “lynx” is new."}
	m.ApplyStatuses([]uploader.Status{
		{State: uploader.InDarwin, Sent: 1000}, {State: uploader.Blocked, Problem: needs}, {State: uploader.Sending, Sent: 500},
	})
	total := m.Total()
	if total.Groups != [5]int{queue.Done: 1, queue.NeedsYou: 1, queue.Sending: 1} {
		t.Errorf("groups are %v", total.Groups)
	}
	m.SetFilter(queue.NeedsYou)
	wantRows(t, m, "b/ 1", "  1.jpg")
	if causes := m.Causes(); len(causes) != 1 || causes[0].Kind != fault.UnknownTag || len(causes[0].IDs) != 1 {
		t.Errorf("causes are %+v", causes)
	}
	m.SetFilter(queue.All)
	if n := m.Remove(m.IDs()); n != 1 || m.Total().Count(queue.NeedsYou) != 0 {
		t.Errorf("%d files were taken out of a running batch, want the one that needs the person", n)
	}
	m.Undo()
	m.ApplyStatuses([]uploader.Status{
		{State: uploader.InDarwin, Sent: 1000}, {State: uploader.Blocked, Problem: needs}, {State: uploader.Stopped, Sent: 700},
	})
	m.End()
	m.SetFilter(queue.All)
	if got := m.Unsent(); len(got) != 1 || got[0] != idOf(t, m, "/c.mp4") {
		t.Errorf("unsent are %v, want the stopped one", got)
	}
	if files, bytes := m.UnsentTotal(); files != 1 || bytes != 1000 {
		t.Errorf("unsent are %d files of %d bytes, want 1 of 1000", files, bytes)
	}
	again := m.Begin(m.Needing())
	if len(again) != 1 || again[0].Name != "1.jpg" || m.Total().Groups[queue.NeedsYou] != 0 {
		t.Errorf("the second batch is %+v", again)
	}
}

func TestFilesJoinARunningBatch(t *testing.T) {
	m := modelOf("/1.jpg")
	m.Begin(m.Unsent())
	m.Add(found("/2.jpg"))
	late := idOf(t, m, "/2.jpg")
	if items := m.ItemsOf([]queue.ID{late}); len(items) != 1 || items[0].Name != "2.jpg" {
		t.Fatalf("items are %+v", items)
	}
	m.Join([]queue.ID{late}, 1)
	m.ApplyStatuses([]uploader.Status{{}, {State: uploader.InDarwin}})
	if e, _ := m.Entry(late); e.Batch != 1 || e.Status.State != uploader.InDarwin {
		t.Errorf("the late file is %+v", e)
	}
}

func TestAFolderShowsItsLoudestChildAndHowFarItIs(t *testing.T) {
	for _, c := range []struct {
		name   string
		states []uploader.State
		want   queue.Group
		part   float64
	}{
		{"all arrived", []uploader.State{uploader.InDarwin, uploader.Skipped}, queue.Done, 1},
		{"one waits", []uploader.State{uploader.InDarwin, uploader.Registered}, queue.Ready, 0.5},
		{"one is under way", []uploader.State{uploader.Ready, uploader.Signing}, queue.Sending, 0},
		{"one needs the person", []uploader.State{uploader.Sending, uploader.Failed}, queue.NeedsYou, 0.5},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := modelOf("/a/1.jpg", "/a/2.jpg")
			m.Begin(m.Unsent())
			statuses := make([]uploader.Status, len(c.states))
			for i, s := range c.states {
				statuses[i].State = s
			}
			m.ApplyStatuses(statuses)
			if r := m.Row(0); r.Group != c.want || r.Part != c.part {
				t.Errorf("the folder shows %v at %v, want %v at %v", r.Group, r.Part, c.want, c.part)
			}
		})
	}
}

func TestWhatDarwinKnowsIsNoLongerChanged(t *testing.T) {
	m := modelOf("/1.jpg", "/2.jpg")
	m.Begin(m.Unsent())
	m.ApplyStatuses([]uploader.Status{
		{State: uploader.InDarwin},
		{State: uploader.Failed, Reached: uploader.Reached{Upload: darwin.Upload{ItemID: "1", UploadID: "2"}}},
	})
	m.End()
	if n := m.AddTag(m.IDs(), darwin.Tag{Class: "deer"}); n != 0 || m.Editable(m.IDs()) != 0 {
		t.Errorf("%d files that Darwin knows got a tag", n)
	}
	if n := m.Remove(m.IDs()); n != 2 {
		t.Errorf("%d were removed after the batch, want both", n)
	}
}

func TestTheReceiptTellsTheFoldersOfTheOneThatWasDropped(t *testing.T) {
	m := modelOf("/May/Alder/1.jpg", "/May/Alder/2.jpg", "/May/Quarry/x/1.jpg", "/May/loose.jpg")
	m.Begin(m.Unsent())
	m.ApplyStatuses([]uploader.Status{{State: uploader.InDarwin}, {State: uploader.Failed}, {State: uploader.Skipped}, {State: uploader.InDarwin}})
	want := []queue.ReceiptLine{
		{Folder: "/May/Alder", Arrived: 1, Of: 2, Bytes: 2000},
		{Folder: "/May/Quarry", Arrived: 1, Of: 1, Bytes: 1000, Complete: true, Settled: true},
		{Folder: "/May", Arrived: 1, Of: 1, Bytes: 1000, Complete: true},
	}
	if got := m.Receipt(); !slices.Equal(got, want) {
		t.Errorf("the receipt is %+v, want %+v", got, want)
	}
	single := modelOf("/a/b/1.jpg")
	if got := single.Receipt(); len(got) != 1 || got[0].Folder != "/a/b" {
		t.Errorf("the receipt of one deep file is %+v", got)
	}
}

func TestRevealOpensWhatHidesAnEntry(t *testing.T) {
	m := modelOf("/a/b/1.jpg", "/2.jpg")
	m.SetSearch("2.jpg")
	if !m.Reveal(0) || m.Search() != "" || m.Row(m.Cursor()).Name != "1.jpg" {
		t.Errorf("rows are %q with the cursor at %d", drawn(m), m.Cursor())
	}
}

func TestASecondBatchGoesOnWhereTheFirstEndedUnlessTheDatasetIsAnother(t *testing.T) {
	m := modelOf("/1.jpg", "/2.mp4")
	m.Begin(m.Unsent())
	reached := uploader.Reached{Upload: darwin.Upload{ItemID: "1", UploadID: "2"}}
	m.ApplyStatuses([]uploader.Status{{State: uploader.Stopped, Reached: reached}, {State: uploader.Ready}})
	m.End()
	if items := m.ItemsOf(m.Unsent()); items[0].Reached != reached {
		t.Errorf("the second batch begins at %+v, want %+v", items[0].Reached, reached)
	}
	m.NewTarget()
	if items := m.ItemsOf(m.Unsent()); len(items) != 2 || items[0].Reached != (uploader.Reached{}) {
		t.Errorf("in another dataset the items are %+v, want them new", items)
	}
}

func TestAVideoIsSentAsTheEngineDoesUnlessSomebodyChose(t *testing.T) {
	m := modelOf("/1.mp4", "/2.jpg")
	ids := m.IDs()
	if items := m.ItemsOf(ids); items[0].Video == nil || *items[0].Video != (darwin.Video{}) || items[1].Video != nil {
		t.Errorf("items are %+v", items)
	}
	m.SetVideo(ids, &darwin.Video{FPS: 2})
	if items := m.ItemsOf(ids); items[0].Video.FPS != 2 || items[1].Video != nil {
		t.Errorf("after a choice items are %+v", items)
	}
}

func TestWhatNeedsThePersonCanBeTakenOutAndBroughtBack(t *testing.T) {
	m := modelOf("/1.jpg", "/2.jpg")
	m.Begin(m.Unsent())
	reached := uploader.Reached{Upload: darwin.Upload{ItemID: "1", UploadID: "2"}}
	m.ApplyStatuses([]uploader.Status{{State: uploader.Failed, Reached: reached}, {State: uploader.InDarwin, Reached: reached}})
	m.End()
	if n := m.Remove(m.IDs()); n != 2 || m.Total().Files != 0 {
		t.Fatalf("%d files left the queue", n)
	}
	if _, kept := m.Undo(); kept != 0 || m.Total().Groups != [5]int{queue.NeedsYou: 1, queue.Done: 1} {
		t.Errorf("%d files stayed away, the groups are %v", kept, m.Total().Groups)
	}
}

func TestWhatArrivedLeavesForGoodAndTheRestStays(t *testing.T) {
	m := modelOf("/1.jpg", "/2.jpg", "/3.jpg")
	m.AddTag(m.IDs(), darwin.Tag{Class: "deer"})
	m.Begin(m.Unsent())
	m.LetArrivedGo()
	m.ApplyStatuses([]uploader.Status{{State: uploader.InDarwin}, {State: uploader.Skipped}, {State: uploader.Failed}})
	if m.End(); m.Total().Files != 3 {
		t.Fatal("files left a running batch")
	}
	m.LetArrivedGo()
	wantRows(t, m, "3.jpg")
	if m.Undo(); m.Total().Files != 1 {
		t.Error("Undo brought back what is in Darwin")
	}
	m.Begin(m.Needing())
	m.ApplyStatuses([]uploader.Status{{State: uploader.InDarwin}})
	m.End()
	if m.LetArrivedGo(); m.Total().Files != 0 || m.Rows() != 0 {
		t.Error("the queue is not new")
	}
}

func TestAnotherDatasetLeavesTheHistoryAloneAsLongAsNothingArrived(t *testing.T) {
	m := modelOf("/1.jpg")
	m.AddTag(m.IDs(), darwin.Tag{Class: "deer"})
	m.NewTarget()
	if m.Undo(); len(m.Tags(m.IDs())) != 0 {
		t.Error("the tag cannot be undone")
	}
}

func TestAFileThatIsAddedAgainIsTakenAsItIsNow(t *testing.T) {
	m := modelOf("/1.jpg", "/2.jpg")
	m.Begin(m.Unsent())
	newer := found("/1.jpg", "/2.jpg")
	newer.Files[0].Size, newer.Files[1].Size = 1500, 1500
	m.StartAdding()
	m.Add(newer)
	if a := m.LastAdded(); a.Already != 2 || m.Total().Bytes != 2000 {
		t.Errorf("in a running batch: %+v, %d bytes", a, m.Total().Bytes)
	}
	held := uploader.Status{State: uploader.Failed, Problem: &fault.Error{Kind: fault.Changed}, Reached: uploader.Reached{Stored: true}}
	m.ApplyStatuses([]uploader.Status{held, {State: uploader.InDarwin}})
	m.End()
	m.StartAdding()
	m.Add(newer)
	if a := m.LastAdded(); a.Files != 1 || a.Already != 1 {
		t.Errorf("it tells of %+v, want the one that was held back", a)
	}
	if items := m.ItemsOf(m.Unsent()); len(items) != 1 || items[0].Size != 1500 || items[0].Reached.Stored {
		t.Errorf("it would send %+v", items)
	}
}
