package queue_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

func TestThePersonIsAskedAboutWhatWasSkippedUntilTheySayThatItIsFine(t *testing.T) {
	m := modelOf("/1.jpg", "/2.jpg", "/3.jpg")
	m.Begin(m.Unsent())
	m.ApplyStatuses([]uploader.Status{{State: uploader.InDarwin}, {State: uploader.Skipped}, {State: uploader.Failed, Problem: &fault.Error{Kind: fault.Vanished}}})
	m.End()
	files := m.Questions()
	if len(files) != 2 || files[0].Problem.Kind != fault.Exists || files[1].Problem.Kind != fault.Vanished {
		t.Fatalf("asked about %+v", files)
	}
	m.LeaveSkipped(m.IDs())
	if files = m.Questions(); len(files) != 1 || files[0].Name != "3.jpg" {
		t.Errorf("then asked about %+v", files)
	}
	if total := m.Total(); total.Skipped != 1 || total.Count(queue.NeedsYou) != 1 {
		t.Errorf("counted are %+v", total)
	}
}

func TestANewNameIsOneThatNothingInTheQueueHas(t *testing.T) {
	m := modelOf("/a.jpg", "/a (2).jpg", "/b (7).nii.gz", "/c")
	m.Begin(m.Unsent())
	skipped := uploader.Status{State: uploader.Skipped, Reached: uploader.Reached{Upload: darwin.Upload{ItemID: "theirs"}}}
	m.ApplyStatuses([]uploader.Status{skipped, skipped, skipped, skipped})
	m.End()
	if n := m.Rename(m.IDs()); n != 4 {
		t.Errorf("%d were renamed", n)
	}
	var names []string
	for _, id := range m.Unsent() {
		e, _ := m.Entry(id)
		names = append(names, e.Name)
		if e.Item().Reached != (uploader.Reached{}) {
			t.Errorf("%s still goes on under the id of the old name", e.Name)
		}
	}
	slices.Sort(names)
	if want := []string{"a (3).jpg", "a (4).jpg", "b (2).nii.gz", "c (2)"}; !slices.Equal(names, want) {
		t.Errorf("names are %q, want %q", names, want)
	}
	m.Undo()
	idOf(t, m, "/a.jpg")
}

func TestAFileThatNeedsThePersonIsSentOnceMoreByTheBatchThatRuns(t *testing.T) {
	m := modelOf("/1.jpg", "/2.jpg", "/3.jpg")
	m.Begin(m.Unsent())
	blocked := uploader.Status{State: uploader.Blocked, Problem: &fault.Error{Kind: fault.UnknownTag}}
	m.ApplyStatuses([]uploader.Status{{State: uploader.Sending}, blocked, blocked})
	second := idOf(t, m, "/2.jpg")
	places := m.Places([]queue.ID{second})
	if !slices.Equal(places, []int{1}) {
		t.Fatalf("it is at %v", places)
	}
	first := idOf(t, m, "/1.jpg")
	if got := m.Detach([]queue.ID{first, second}); !slices.Equal(got, []queue.ID{second}) {
		t.Errorf("%v left the batch, want only what has ended", got)
	}
	if m.InBatch() != 2 || m.AddTag([]queue.ID{second}, darwin.Tag{Class: "deer"}) != 1 {
		t.Errorf("%d are in the batch, and the one that left cannot be edited", m.InBatch())
	}
	m.Join([]queue.ID{second}, 3)
	m.ApplyStatuses([]uploader.Status{{State: uploader.InDarwin}, {State: uploader.Stopped}, blocked, {State: uploader.InDarwin}})
	if total := m.Total(); total.Count(queue.Done) != 2 || total.Count(queue.NeedsYou) != 1 || m.InBatch() != 3 || m.ArrivedInBatch() != 2 {
		t.Errorf("it ends with %+v, %d of %d", total, m.ArrivedInBatch(), m.InBatch())
	}
}

func TestRowsAreSortedByEachColumn(t *testing.T) {
	m := queue.New()
	f := found("/b/1.jpg", "/a/10.jpg", "/a/9.jpg", "/c.jpg")
	f.Files[0].Size, f.Files[2].Size = 5000, 50
	m.Add(f)
	for i := m.Rows() - 1; i >= 0; i-- {
		m.SetOpen(i, true)
	}
	m.Begin([]queue.ID{idOf(t, m, "/a/10.jpg"), idOf(t, m, "/b/1.jpg")})
	m.ApplyStatuses([]uploader.Status{{State: uploader.Failed}, {State: uploader.InDarwin}})
	m.End()
	for _, c := range []struct {
		key  queue.SortKey
		down bool
		want []string
	}{
		{queue.ByName, false, []string{"a/ 2", "  9.jpg", "  10.jpg", "b/ 1", "  1.jpg", "c.jpg"}},
		{queue.ByName, true, []string{"b/ 1", "  1.jpg", "a/ 2", "  10.jpg", "  9.jpg", "c.jpg"}},
		{queue.ByFolder, true, []string{"b/ 1", "  1.jpg", "a/ 2", "  9.jpg", "  10.jpg", "c.jpg"}},
		{queue.BySize, true, []string{"b/ 1", "  1.jpg", "a/ 2", "  10.jpg", "  9.jpg", "c.jpg"}},
		{queue.BySize, false, []string{"a/ 2", "  9.jpg", "  10.jpg", "b/ 1", "  1.jpg", "c.jpg"}},
		{queue.ByState, false, []string{"a/ 2", "  10.jpg", "  9.jpg", "b/ 1", "  1.jpg", "c.jpg"}},
		{queue.ByState, true, []string{"b/ 1", "  1.jpg", "a/ 2", "  9.jpg", "  10.jpg", "c.jpg"}},
	} {
		m.SetSort(c.key, c.down)
		wantRows(t, m, c.want...)
	}
	m.SetSort(queue.BySize, true)
	unsent := m.Unsent()
	first, _ := m.Entry(unsent[0])
	if first.Name != "9.jpg" { // of those unsent, in the order of the table
		t.Errorf("%s is sent first", first.Name)
	}
}

func TestWhatIsAddedBitByBitLooksAsIfItHadComeAtOnce(t *testing.T) {
	paths := []string{"/b/2.jpg", "/a/x/1.jpg", "/b/1.jpg", "/a/3.mp4", "/z.jpg", "/a/x/0.jpg", "/b/c/9.jpg"}
	for _, key := range []queue.SortKey{queue.ByName, queue.ByFolder, queue.BySize, queue.ByState} {
		for _, search := range []string{"", "a", "1"} {
			whole := modelOf(paths...)
			bit := queue.New()
			for _, m := range []*queue.Model{whole, bit} {
				m.SetSort(key, true)
				m.SetSearch(search)
			}
			for _, p := range paths {
				bit.Add(found(p))
			}
			wantRows(t, bit, drawn(whole)...)
			if a, b := whole.Total(), bit.Total(); a != b || whole.ShownCount() != bit.ShownCount() {
				t.Errorf("%+v, want %+v", b, a)
			}
		}
	}
}

func TestTheBarLeadsToWhatWasThereAlreadyUntilThatIsSettled(t *testing.T) {
	m := modelOf("/1.jpg", "/2.jpg", "/3.jpg")
	v, _ := shownView(t, m, queue.Actions{})
	m.Begin(m.Unsent())
	m.ApplyStatuses([]uploader.Status{{State: uploader.Skipped}, {State: uploader.Skipped}})
	test.Tap(button(t, v.Bar(), "2 were there already"))
	if !v.ShowsQuestions() || !strings.Contains(texts(v.Body()), "2 images are in this dataset already") {
		t.Errorf("it shows:\n%s", texts(v.Body()))
	}
	m.LeaveSkipped(m.IDs())
	if strings.Contains(texts(v.Bar()), "there already") {
		t.Error("the bar still tells of what is settled")
	}
}

func TestNothingIsSelectedWhenAnUploadBegins(t *testing.T) {
	m := modelOf("/1.jpg", "/2.jpg")
	m.SelectAll()
	m.Begin(m.Unsent())
	if m.SelectedCount() != 0 {
		t.Error("rows keep their tint while they are sent")
	}
	m.Select(0)
	if m.SelectedCount() != 1 {
		t.Error("nothing can be chosen while files are sent")
	}
}

func TestWhatCameInIsNoNewsOnceAnUploadHasEnded(t *testing.T) {
	m := modelOf("/1.jpg")
	v, _ := shownView(t, m, queue.Actions{})
	if !strings.Contains(texts(v.Body()), "1 file added.") {
		t.Error("what came is not told")
	}
	m.Begin(m.Unsent())
	m.End()
	if read := texts(v.Body()); strings.Contains(read, "added.") {
		t.Errorf("it is still told:\n%s", read)
	}
}
