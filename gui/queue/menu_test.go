package queue

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/intake"
)

// menuOf is a list with four files: ready, in Darwin, and two that need the person.
func menuOf(t *testing.T, on *Actions) *pane {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
	m := New()
	var f intake.Found
	for _, name := range []string{"a.jpg", "b.jpg", "c.jpg", "d.jpg"} {
		f.Files = append(f.Files, intake.File{Path: "/cards/" + name, Name: name, Size: 10})
	}
	m.Add(f)
	m.Begin(m.Unsent())
	gone := uploader.Status{State: uploader.Failed, Problem: &fault.Error{Kind: fault.Vanished, What: "The file is no longer where it was."}}
	m.ApplyStatuses([]uploader.Status{{}, {State: uploader.InDarwin}, gone, gone})
	m.End()
	return newPane(m, nil, on)
}

func TestTheMenuOffersWhatTheSelectionAllows(t *testing.T) {
	var again []ID
	var shown string
	p := menuOf(t, &Actions{OnRetry: func(ids []ID) { again = ids }, OnShowFile: func(path string) { shown = path }})
	words := func() (all []string) {
		for _, item := range p.menuItems() {
			all = append(all, item.Label)
		}
		return all
	}
	for i, want := range [][]string{
		{"Show in the file manager", "Take out of the queue", "Sort by"},
		{"Show in the file manager", "Take out of the queue", "Sort by"},
		{"Send it again", "Copy the reason", "Show in the file manager", "Take out of the queue", "Sort by"},
	} {
		p.model.Select(i)
		if got := words(); !slices.Equal(got, want) {
			t.Errorf("row %d offers %q, want %q", i, got, want)
		}
	}
	for _, item := range p.menuItems()[:3] {
		item.Action()
	}
	if text := fyne.CurrentApp().Clipboard().Content(); text != "/cards/c.jpg: Needs you: The file is no longer where it was." {
		t.Errorf("the clipboard has %q", text)
	}
	if !slices.Equal(again, []ID{2}) || shown != "/cards/c.jpg" {
		t.Errorf("sends %v again, shows %s", again, shown)
	}
	p.model.SelectAll()
	if got := words(); !slices.Equal(got, []string{"Send the 2 again", "Copy the reasons", "Take 4 out of the queue", "Sort by"}) {
		t.Errorf("all of them offer %q", got)
	}
	p.model.Begin(p.model.IDs())
	p.model.SelectAll()
	if got := words(); !slices.Equal(got, []string{"Sort by"}) {
		t.Errorf("while they are sent they offer %q", got)
	}
	p.on.OnRemove = func([]ID) int { return 0 }
	if got := words(); !slices.Equal(got, []string{"Take 4 out of the queue", "Sort by"}) {
		t.Errorf("while they are sent, and can be taken out of the batch, they offer %q", got)
	}
}

func TestTheKeyboardOpensTheMenuAndSorts(t *testing.T) {
	p := menuOf(t, &Actions{})
	w := test.NewTempWindow(t, p)
	w.Resize(fyne.NewSize(600, 300))
	p.model.SetCursor(1)
	p.TypedKey(&fyne.KeyEvent{Name: desktop.KeyMenu})
	if w.Canvas().Overlays().Top() == nil || p.model.SelectedCount() != 1 {
		t.Error("no menu opens for the row of the keyboard")
	}
	items := p.menuItems()
	sorts := items[len(items)-1].ChildMenu.Items
	sorts[len(sorts)-1].Action() // by state
	if name := p.model.Row(0).Name; name != "c.jpg" {
		t.Errorf("%s is first, want what needs the person", name)
	}
}

func TestATapOnTheHeadSortsAndASecondTurnsItRound(t *testing.T) {
	p := menuOf(t, &Actions{})
	h := newHead(p.model)
	h.Resize(fyne.NewSize(700, look.TableHeadHeight))
	c := columnsFor(700, h.form)
	tap := func(x float32) { h.Tapped(&fyne.PointEvent{Position: fyne.NewPos(x, 10)}) }
	tap(c.name + 5)
	if key, down := p.model.Sort(); key != ByName || !down {
		t.Errorf("sorted by %v, down %v", key, down)
	}
	tap(c.size + c.sizeWidth - 2)
	if key, down := p.model.Sort(); key != BySize || !down {
		t.Errorf("sorted by %v, down %v: the largest comes first", key, down)
	}
	tap(c.state + 2)
	tap(c.tags + 2)
	if key, down := p.model.Sort(); key != ByState || down {
		t.Errorf("sorted by %v, down %v", key, down)
	}
}

func TestASecondClickOpensTheMenuOfTheRowUnderIt(t *testing.T) {
	p := menuOf(t, &Actions{})
	w := test.NewTempWindow(t, p)
	w.Resize(fyne.NewSize(600, 300))
	p.sheet.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(10, 1000)})
	if w.Canvas().Overlays().Top() != nil {
		t.Error("a menu opens beside the rows")
	}
	p.model.Select(0)
	p.sheet.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(10, 10)})
	if w.Canvas().Overlays().Top() == nil {
		t.Error("no menu opens")
	}
}

func TestRowsThatCameToOthersAreTintedForAMoment(t *testing.T) {
	p := menuOf(t, &Actions{})
	w := test.NewTempWindow(t, p)
	w.Resize(fyne.NewSize(600, 300))
	p.model.StartAdding()
	p.model.Add(intake.Found{Files: []intake.File{{Path: "/cards/e.jpg", Name: "e.jpg", Size: 10}}})
	tinted := func() (rows []int) {
		p.sheet.place()
		for i := range p.model.Rows() {
			if _, _, _, alpha := p.sheet.lines[i].tint.FillColor.RGBA(); alpha > 0 {
				rows = append(rows, i)
			}
		}
		return rows
	}
	p.fading = fyne.NewAnimation(newRows, func(float32) {}) // the test driver's end at once
	if got := tinted(); !slices.Equal(got, []int{4}) {
		t.Errorf("the tinted rows are %v, want the new one", got)
	}
	p.tintNew()
	if got := tinted(); p.fading != nil || len(got) != 0 {
		t.Errorf("afterwards the tinted rows are %v", got)
	}
}
