package queue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/intake"
)

// file is a file of 1,000 bytes at a path in Darwin.
func file(at string) intake.File {
	cut := strings.LastIndexByte(at, '/')
	folder := at[:cut]
	if folder == "" {
		folder = "/"
	}
	kind := intake.Image
	if strings.HasSuffix(at, ".mp4") {
		kind = intake.Video
	}
	return intake.File{Path: "/home/ada" + at, Name: at[cut+1:], Folder: folder, Size: 1000, Kind: kind}
}

func found(paths ...string) intake.Found {
	var f intake.Found
	for _, p := range paths {
		f.Files = append(f.Files, file(p))
	}
	return f
}

func modelOf(paths ...string) *queue.Model {
	m := queue.New()
	m.StartAdding()
	m.Add(found(paths...))
	m.EndAdding()
	return m
}

// drawn writes the rows as indented lines.
func drawn(m *queue.Model) []string {
	var lines []string
	for i := range m.Rows() {
		r := m.Row(i)
		line := strings.Repeat("  ", r.Level) + r.Name
		if r.IsFolder {
			line += fmt.Sprintf("/ %d", r.Files)
		}
		if r.Tick == queue.On {
			line += " *"
		} else if r.Tick == queue.Partly {
			line += " -"
		}
		lines = append(lines, line)
	}
	return lines
}

func wantRows(t *testing.T, m *queue.Model, want ...string) {
	t.Helper()
	if got := drawn(m); !slices.Equal(got, want) {
		t.Errorf("rows:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func rowOf(t *testing.T, m *queue.Model, name string) int {
	t.Helper()
	for i := range m.Rows() {
		if m.Row(i).Name == name {
			return i
		}
	}
	t.Fatalf("no row %q among %q", name, drawn(m))
	return -1
}

func idOf(t *testing.T, m *queue.Model, at string) queue.ID {
	t.Helper()
	f := file(at)
	for _, id := range m.IDs() {
		if e, _ := m.Entry(id); e.Folder == f.Folder && e.Name == f.Name {
			return id
		}
	}
	t.Fatalf("nothing is at %s", at)
	return -1
}

func TestRowsFollowTheFoldersInNaturalOrder(t *testing.T) {
	m := modelOf("/z.jpg", "/May 2026/Old Quarry/OQ_10.jpg", "/May 2026/Old Quarry/OQ_9.jpg", "/May 2026/Alder Creek/a.jpg", "/a.jpg")
	wantRows(t, m, "May 2026/ 3", "  Alder Creek/ 1", "  Old Quarry/ 2", "a.jpg", "z.jpg")
	m.SetOpen(rowOf(t, m, "Old Quarry"), true)
	wantRows(t, m, "May 2026/ 3", "  Alder Creek/ 1", "  Old Quarry/ 2", "    OQ_9.jpg", "    OQ_10.jpg", "a.jpg", "z.jpg")
	m.SetOpen(0, false)
	wantRows(t, m, "May 2026/ 3", "a.jpg", "z.jpg")
	if r := m.Row(0); r.Size != 3000 || r.Open {
		t.Errorf("the closed folder's row is %+v, want 3000 bytes and closed", r)
	}
}

func TestFilesThatComeLaterTakeTheirPlace(t *testing.T) {
	m := modelOf("/b/2.jpg", "/b/1.jpg")
	m.Add(found("/a/1.jpg", "/b/0.jpg", "/b/10.jpg"))
	wantRows(t, m, "a/ 1", "  1.jpg", "b/ 4", "  0.jpg", "  1.jpg", "  2.jpg", "  10.jpg")
}

func TestAFileIsTakenOnceAndAnotherOfItsNameIsLeftOutWithASentence(t *testing.T) {
	m := modelOf("/a/1.jpg")
	other := file("/a/1.jpg")
	other.Path = "/elsewhere/1.jpg"
	m.StartAdding()
	m.Add(intake.Found{Files: []intake.File{file("/a/1.jpg"), other}})
	if got := m.LastAdded(); got.Files != 0 || got.Already != 1 || got.LeftOut != 1 || got.Types {
		t.Errorf("the gesture brought %+v, want one that was here already and one left out", got)
	}
	left := m.LeftOut()
	if len(left) != 1 || left[0].Reason != intake.SameName || !strings.Contains(left[0].Fault.Error(), "/home/ada/a/1.jpg") {
		t.Errorf("left out: %+v, want the second file with the name of the first in the sentence", left)
	}
}

func TestSearchFindsNamesAndFoldersInAnyCaseAndOpensThem(t *testing.T) {
	m := modelOf("/May/Quarry/OQ_1.jpg", "/May/Quarry/deer.jpg", "/May/Creek/deer.jpg")
	m.SetSearch("DEER")
	wantRows(t, m, "May/ 2", "  Creek/ 1", "    deer.jpg", "  Quarry/ 1", "    deer.jpg")
	m.SetSearch("quarry")
	wantRows(t, m, "May/ 2", "  Quarry/ 2", "    OQ_1.jpg", "    deer.jpg")
	m.SetSearch("")
	wantRows(t, m, "May/ 3", "  Creek/ 1", "  Quarry/ 2")
}

func TestSelectionByClickToggleAndRange(t *testing.T) {
	m := modelOf("/a/1.jpg", "/a/2.jpg", "/a/3.jpg", "/b/1.jpg")
	m.Select(1)
	wantRows(t, m, "a/ 3 -", "  1.jpg *", "  2.jpg", "  3.jpg", "b/ 1", "  1.jpg")
	m.Extend(3)
	wantRows(t, m, "a/ 3 *", "  1.jpg *", "  2.jpg *", "  3.jpg *", "b/ 1", "  1.jpg")
	m.Toggle(2)
	wantRows(t, m, "a/ 3 -", "  1.jpg *", "  2.jpg", "  3.jpg *", "b/ 1", "  1.jpg")
	m.Toggle(0)
	if m.SelectedCount() != 3 || m.AllTick() != queue.Partly {
		t.Errorf("a partly ticked folder became %d selected, want all 3 of it", m.SelectedCount())
	}
	m.Toggle(0)
	if m.SelectedCount() != 0 {
		t.Errorf("a fully ticked folder left %d selected, want none", m.SelectedCount())
	}
	m.SelectAll()
	if m.AllTick() != queue.On || len(m.Selected()) != 4 {
		t.Errorf("everything is selected as %v with %d", m.AllTick(), len(m.Selected()))
	}
	m.SetOpen(4, false)
	m.Select(4)
	if got := m.Selected(); len(got) != 1 || got[0] != idOf(t, m, "/b/1.jpg") {
		t.Errorf("a closed folder's row selects %v, want its one file", got)
	}
}

func TestWhatAFilterHidesIsNoLongerSelected(t *testing.T) {
	m := modelOf("/deer.jpg", "/fox.jpg")
	m.SelectAll()
	m.SetSearch("fox")
	m.SetSearch("")
	wantRows(t, m, "deer.jpg", "fox.jpg *")
}

func TestRemovingCanBeUndoneAndRedone(t *testing.T) {
	m := modelOf("/a/1.jpg", "/a/2.jpg", "/a/3.jpg")
	m.Select(2)
	if n := m.Remove(m.Selected()); n != 1 {
		t.Errorf("removed %d, want 1", n)
	}
	wantRows(t, m, "a/ 2", "  1.jpg", "  3.jpg")
	if got := m.Row(m.Cursor()).Name; got != "3.jpg" {
		t.Errorf("the cursor is at %q, want the file after the one that went", got)
	}
	if got := m.UndoLabel(); got != "Remove 1 file" {
		t.Errorf("undo is called %q", got)
	}
	m.Undo()
	wantRows(t, m, "a/ 3 -", "  1.jpg", "  2.jpg *", "  3.jpg")
	m.Redo()
	wantRows(t, m, "a/ 2", "  1.jpg", "  3.jpg")
}

func TestUndoLeavesOutAFileWhosePlaceIsTaken(t *testing.T) {
	m := modelOf("/1.jpg", "/2.jpg")
	m.Remove(m.IDs())
	other := file("/1.jpg")
	other.Path = "/elsewhere/1.jpg"
	m.Add(intake.Found{Files: []intake.File{other}})
	if _, kept := m.Undo(); kept != 1 {
		t.Errorf("undo kept %d back, want 1", kept)
	}
	wantRows(t, m, "1.jpg", "2.jpg *")
}

func TestTagsOfASelection(t *testing.T) {
	m := modelOf("/1.jpg", "/2.jpg", "/3.jpg")
	ids := m.IDs()
	m.AddTag(ids, darwin.Tag{Class: "dawn"})
	m.AddTag(ids[:1], darwin.Tag{Class: "fox"})
	m.AddTag(ids[:2], darwin.Tag{Class: "weather", Text: "rain"})
	m.AddTag(ids[2:], darwin.Tag{Class: "weather", Text: "sun"})
	want := []queue.TagUse{{Class: "dawn", On: 3, Of: 3}, {Class: "weather", On: 3, Of: 3, Differ: true}, {Class: "fox", On: 1, Of: 3}}
	if got := m.Tags(ids); !slices.Equal(got, want) {
		t.Errorf("tags are %+v, want %+v", got, want)
	}
	m.SetTagText(ids, "weather", "f")
	m.SetTagText(ids, "weather", "fo")
	m.SetTagText(ids, "weather", "fog")
	if got := m.Tags(ids)[1]; got.Text != "fog" || got.Differ {
		t.Errorf("weather is %+v, want fog on all", got)
	}
	m.Undo()
	if got := m.Tags(ids)[1]; !got.Differ {
		t.Errorf("one undo took back %+v, want the whole word and not a letter", got)
	}
	if n := m.AddTag(ids, darwin.Tag{Class: "dawn"}); n != 0 {
		t.Errorf("a tag that is there was added to %d", n)
	}
	m.RemoveTag(ids, "weather")
	if e, _ := m.Entry(ids[0]); !slices.Equal(e.Tags, []darwin.Tag{{Class: "dawn"}, {Class: "fox"}}) {
		t.Errorf("tags left: %+v", e.Tags)
	}
}

func TestAFolderShowsTheTagsThatAllItsFilesCarry(t *testing.T) {
	m := modelOf("/a/1.jpg", "/a/b/2.jpg", "/c.jpg")
	m.AddTag(m.IDs(), darwin.Tag{Class: "deer"})
	m.AddTag(m.IDs()[:1], darwin.Tag{Class: "fox"})
	if got := m.Row(0).Tags; len(got) != 1 || got[0].Class != "deer" {
		t.Errorf("the folder carries %v, want deer", got)
	}
	m.RemoveTag(m.IDs()[:1], "deer")
	if got := m.Row(0).Tags; len(got) != 0 {
		t.Errorf("the folder carries %v, want nothing", got)
	}
}

func TestTwoFilesNeverBecomeTheSameItem(t *testing.T) {
	m := modelOf("/a/1.jpg", "/b/1.jpg", "/b/2.jpg", "/c/1.jpg")
	moved, refused := m.SetFolder(m.IDs(), "/b")
	if moved != 0 || len(refused) != 2 {
		t.Fatalf("moved %d and refused %v, want both others of that name refused", moved, refused)
	}
	if want := "“1.jpg” stays in /a: /b has a file of that name already."; refused[0].Sentence != want {
		t.Errorf("the sentence is %q, want %q", refused[0].Sentence, want)
	}
	moved, refused = m.SetFolder([]queue.ID{idOf(t, m, "/a/1.jpg"), idOf(t, m, "/c/1.jpg")}, "/new")
	if moved != 1 || len(refused) != 1 {
		t.Errorf("moved %d and refused %v, want the first moved and the second refused", moved, refused)
	}
	wantRows(t, m, "b/ 2", "  1.jpg", "  2.jpg", "c/ 1", "  1.jpg", "new/ 1", "  1.jpg")
	m.Undo()
	wantRows(t, m, "a/ 1 *", "  1.jpg *", "b/ 2", "  1.jpg", "  2.jpg", "c/ 1", "  1.jpg")
}

func TestAFolderMovesWithAllBelowItOrNotAtAll(t *testing.T) {
	m := modelOf("/a/1.jpg", "/a/a/1.jpg", "/2.jpg")
	are := func(base string, paths ...string) {
		t.Helper()
		if m.Base() != base {
			t.Errorf("the base is %s, want %s", m.Base(), base)
		}
		for _, at := range paths {
			idOf(t, m, at)
		}
	}
	if moved, refused := m.SetBase("/a"); moved != 3 || refused != nil {
		t.Fatalf("one step down: moved %d, refused %v", moved, refused)
	}
	are("/a", "/a/a/1.jpg", "/a/a/a/1.jpg", "/a/2.jpg")
	m.Add(found("/b/3.jpg"))
	are("/a", "/a/b/3.jpg")
	m.SetFolder([]queue.ID{idOf(t, m, "/a/b/3.jpg")}, "/elsewhere")
	if moved, refused := m.SetBase("/"); moved != 3 || refused != nil {
		t.Fatalf("one step up: moved %d, refused %v", moved, refused)
	}
	are("/", "/a/1.jpg", "/a/a/1.jpg", "/2.jpg", "/elsewhere/3.jpg")
	m.Undo()
	are("/a", "/a/a/1.jpg", "/a/a/a/1.jpg", "/a/2.jpg")
	m.Redo()
	are("/", "/a/1.jpg", "/a/a/1.jpg", "/2.jpg")
	m.Undo()
	m.SetFolder([]queue.ID{idOf(t, m, "/elsewhere/3.jpg")}, "/b")
	m.SetFolder([]queue.ID{idOf(t, m, "/a/2.jpg")}, "/a/b")
	m.Add(found("/3.jpg"))
	m.SetFolder([]queue.ID{idOf(t, m, "/a/3.jpg")}, "/a/b")
	if moved, refused := m.SetBase("/"); moved != 0 || len(refused) != 1 {
		t.Errorf("moved %d, refused %v, want nothing moved and the clash told", moved, refused)
	}
	are("/a")
}
