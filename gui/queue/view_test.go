package queue_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/queue"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
)

// shownView puts the view of m into a window.
func shownView(t *testing.T, m *queue.Model, on queue.Actions) (*queue.View, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.Theme(look.Light))
	v := queue.NewView(m, nil, on)
	v.SetDataset("Nest boxes")
	size := fyne.NewSize(1180, 760)
	w := test.NewTempWindow(t, shell(v, m, size))
	w.SetPadded(false)
	w.Resize(size)
	return v, w
}

// find gives the first object below o, and o itself, that is an L and matches.
func find[L any](o fyne.CanvasObject, match func(L) bool) (found L, ok bool) {
	if !o.Visible() {
		return found, false
	}
	if l, is := o.(L); is && match(l) {
		return l, true
	}
	var below []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		below = o.Objects
	case fyne.Widget:
		below = test.WidgetRenderer(o).Objects()
	}
	for _, child := range below {
		if found, ok = find(child, match); ok {
			return found, true
		}
	}
	return found, false
}

// texts gives all that can be read below o.
func texts(o fyne.CanvasObject) string {
	var b strings.Builder
	find(o, func(t *canvas.Text) bool {
		b.WriteString(t.Text + "\n")
		return false
	})
	return b.String()
}

func button(t *testing.T, o fyne.CanvasObject, text string) *widgets.Button {
	t.Helper()
	b, ok := find(o, func(b *widgets.Button) bool { return b.Text() == text })
	if !ok {
		t.Fatalf("no button %q among:\n%s", text, texts(o))
	}
	return b
}

// rowsOf gives the list as what the keyboard and what the pointer speak to.
func rowsOf(t *testing.T, v *queue.View) (keys interface {
	fyne.Focusable
	desktop.Keyable
	fyne.Shortcutable
}, pointer desktop.Mouseable) {
	t.Helper()
	type keyboard interface {
		fyne.Focusable
		desktop.Keyable
		fyne.Shortcutable
	}
	k, ok := find(v.Body(), func(k keyboard) bool { _, entry := k.(interface{ SelectedText() string }); return !entry })
	if !ok {
		t.Fatal("there is no list")
	}
	p, ok := find(k.(fyne.CanvasObject), func(p desktop.Mouseable) bool { _, cursored := p.(desktop.Hoverable); return cursored })
	if !ok {
		t.Fatal("the list has no rows")
	}
	return k, p
}

func press(p desktop.Mouseable, x float32, row int, modifier fyne.KeyModifier) {
	ev := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: modifier}
	ev.Position = fyne.NewPos(x, float32(row)*look.RowHeight+20)
	p.MouseDown(ev)
	p.MouseUp(ev)
}

func TestThePagesFollowTheQueue(t *testing.T) {
	m := queue.New()
	v, _ := shownView(t, m, queue.Actions{})
	var pages []queue.Page
	v.OnPage = func(p queue.Page) { pages = append(pages, p) }
	if v.Page() != queue.PageEmpty {
		t.Errorf("an empty queue shows page %d", v.Page())
	}
	m.StartAdding()
	m.Add(found("/a.jpg"))
	m.EndAdding()
	v.ShowDone(queue.Outcome{})
	m.Clear()
	if want := []queue.Page{queue.PageList, queue.PageDone, queue.PageEmpty}; len(pages) != 3 || pages[0] != want[0] || pages[1] != want[1] || pages[2] != want[2] {
		t.Errorf("pages were %v, want %v", pages, want)
	}
}

func TestThePointerSelectsTicksAndOpens(t *testing.T) {
	m := modelOf("/a/1.jpg", "/a/2.jpg", "/a/3.jpg")
	v, _ := shownView(t, m, queue.Actions{})
	_, rows := rowsOf(t, v)
	press(rows, 150, 1, 0)
	press(rows, 150, 3, fyne.KeyModifierShift)
	wantRows(t, m, "a/ 3 *", "  1.jpg *", "  2.jpg *", "  3.jpg *")
	press(rows, 150, 2, fyne.KeyModifierShortcutDefault)
	wantRows(t, m, "a/ 3 -", "  1.jpg *", "  2.jpg", "  3.jpg *")
	press(rows, 20, 1, 0) // the box
	wantRows(t, m, "a/ 3 -", "  1.jpg", "  2.jpg", "  3.jpg *")
	press(rows, 52, 0, 0) // the chevron
	wantRows(t, m, "a/ 3 -")
	press(rows, 150, 9, 0) // below the rows
	wantRows(t, m, "a/ 3")
}

func TestTheKeyboardDoesWhatThePointerDoes(t *testing.T) {
	m := modelOf("/a/1.jpg", "/a/2.jpg", "/a/3.jpg", "/b.jpg")
	pasted, removed := "", 0
	v, w := shownView(t, m, queue.Actions{OnPaste: func(s string) { pasted = s }, OnRemoved: func(n int) { removed = n }})
	list, _ := rowsOf(t, v)
	w.Canvas().Focus(list)
	typed := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			list.TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	typed(fyne.KeyDown)
	list.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	typed(fyne.KeyDown)
	list.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	wantRows(t, m, "a/ 3 -", "  1.jpg *", "  2.jpg *", "  3.jpg", "b.jpg")
	typed(fyne.KeySpace)
	wantRows(t, m, "a/ 3 -", "  1.jpg *", "  2.jpg", "  3.jpg", "b.jpg")
	typed(fyne.KeyLeft, fyne.KeyLeft)
	wantRows(t, m, "a/ 3 *", "b.jpg")
	typed(fyne.KeyRight, fyne.KeyRight, fyne.KeyDelete)
	wantRows(t, m, "a/ 2", "  2.jpg", "  3.jpg", "b.jpg")
	if removed != 1 {
		t.Errorf("%d were told as removed", removed)
	}
	list.TypedShortcut(&fyne.ShortcutUndo{})
	list.TypedShortcut(&fyne.ShortcutSelectAll{})
	if m.SelectedCount() != 4 {
		t.Errorf("%d are selected, want all 4", m.SelectedCount())
	}
	typed(fyne.KeyEscape)
	if m.SelectedCount() != 0 {
		t.Error("Escape left a selection")
	}
	clip := test.NewClipboard()
	clip.SetContent("file:///a")
	list.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if pasted != "file:///a" {
		t.Errorf("pasted %q", pasted)
	}
}

func TestTheButtonSaysWhyItIsOff(t *testing.T) {
	m := modelOf("/a.jpg", "/b.jpg")
	sent := 0
	v, _ := shownView(t, m, queue.Actions{OnUpload: func() { sent++ }})
	test.Tap(button(t, v.Bar(), "Upload 2 files"))
	if sent != 1 {
		t.Errorf("the button sent %d times, want once", sent)
	}
	v.SetDataset("")
	b := button(t, v.Bar(), "Upload 2 files")
	if !b.Disabled() || !strings.Contains(texts(v.Bar()), "Choose a dataset at the top first.") {
		t.Errorf("disabled %v beside:\n%s", b.Disabled(), texts(v.Bar()))
	}
	v.SetDataset("Nest boxes")
	v.SetHold("There is no connection to Darwin.")
	if !strings.Contains(texts(v.Bar()), "There is no connection to Darwin.") || !button(t, v.Bar(), "Upload 2 files").Disabled() {
		t.Error("the reason to hold is not told")
	}
}

func TestAResultSentenceIsReachedByKeyboard(t *testing.T) {
	m := modelOf("/a.jpg", "/b.jpg")
	v, w := shownView(t, m, queue.Actions{OnRetry: func([]queue.ID) {}})
	m.Begin(m.Unsent())
	m.ApplyStatuses([]uploader.Status{{State: uploader.InDarwin}, {State: uploader.Failed, Problem: &fault.Error{
		Kind: fault.Vanished, What: "The file is gone.", Do: "Put it back."}}})
	m.End()
	list, _ := rowsOf(t, v)
	w.Canvas().Focus(list)
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	notice, ok := find(v.Body(), func(n *widgets.Notice) bool { return strings.Contains(n.Text(), "The file is gone. Put it back.") })
	if !ok || !strings.HasPrefix(notice.Text(), "b.jpg") {
		t.Errorf("no sentence about b.jpg in:\n%s", texts(v.Body()))
	}
}

func TestStopIsPressedOnce(t *testing.T) {
	m := modelOf("/a.jpg")
	stops := 0
	v, _ := shownView(t, m, queue.Actions{OnStop: func() { stops++ }})
	m.Begin(m.Unsent())
	v.SetSnapshot(uploader.Snapshot{Files: 1, Bytes: 1000})
	stop := button(t, v.Bar(), "Stop")
	test.Tap(stop)
	test.Tap(stop)
	if stops != 1 || !strings.Contains(texts(v.Bar()), "Stopping") {
		t.Errorf("stopped %d times beside:\n%s", stops, texts(v.Bar()))
	}
}

func TestTheEndTellsTheTruthFirstAndOffersToTryAgain(t *testing.T) {
	m := survey(nil)
	var again []queue.ID
	v, _ := shownView(t, m, queue.Actions{OnRetry: func(ids []queue.ID) { again = ids }})
	send(m, 388, 24, true)
	v.ShowDone(queue.Outcome{Dataset: "Nest boxes"})
	page := texts(v.Body())
	for _, want := range []string{"388 of 412", "24 need you. Nothing on this computer was changed.", "72 of 96", "4 files left out"} {
		if !strings.Contains(page, want) {
			t.Errorf("the end does not say %q:\n%s", want, page)
		}
	}
	test.Tap(button(t, v.Body(), "Send the 24 again"))
	if len(again) != 24 {
		t.Errorf("%d are sent again, want 24", len(again))
	}
	test.Tap(button(t, v.Body(), "Show"))
	if v.Page() != queue.PageList || m.Filter() != queue.NeedsYou || m.SelectedCount() != 16 {
		t.Errorf("Show leads to page %d, filter %v with %d selected", v.Page(), m.Filter(), m.SelectedCount())
	}
	test.Tap(button(t, v.Bar(), "Back to the receipt"))
	if v.Page() != queue.PageDone {
		t.Error("there is no way back to the receipt")
	}
}

func TestWhatWasThereAlreadyIsNotSaidToBeConfirmed(t *testing.T) {
	m := modelOf("/a.jpg", "/b.jpg", "/c.jpg")
	v, _ := shownView(t, m, queue.Actions{})
	m.Begin(m.Unsent())
	m.ApplyStatuses([]uploader.Status{confirmed("0"), {State: uploader.Skipped}, confirmed("2")})
	m.End()
	processed(m, 2)
	v.ShowDone(queue.Outcome{Dataset: "Nest boxes"})
	if page := texts(v.Body()); !strings.Contains(page, "Darwin has processed 2; 1 was there already.") {
		t.Errorf("the end says:\n%s", page)
	}
}

func TestWhatWasLeftOutIsListedWithItsReason(t *testing.T) {
	m := survey(nil)
	v, _ := shownView(t, m, queue.Actions{})
	test.Tap(button(t, v.Body(), "Show the 4"))
	page := texts(v.Body())
	if !strings.Contains(page, "IMG_2201.HEIC") || !strings.Contains(page, "Darwin does not take files of this type.") {
		t.Errorf("the list says:\n%s", page)
	}
	list, ok := find(v.Body(), func(*widget.List) bool { return true })
	if !ok {
		t.Fatal("there is no list")
	}
	list.Select(2)
	if _, ok := find(v.Body(), func(n *widgets.Notice) bool { return strings.HasPrefix(n.Text(), "/cards/IMG_2201.HEIC: ") }); !ok {
		t.Error("a chosen row does not tell all about it")
	}
}

func BenchmarkAPaintOfAHundredThousandRows(b *testing.B) {
	app := test.NewTempApp(b)
	app.Settings().SetTheme(look.Theme(look.Light))
	m := large()
	v := queue.NewView(m, nil, queue.Actions{})
	w := test.NewTempWindow(b, v.Body())
	w.Resize(fyne.NewSize(1000, 700))
	m.Begin(m.Unsent())
	statuses := make([]uploader.Status, 100_000)
	n := int64(0)
	for b.Loop() {
		n++
		for i := range 20 {
			statuses[i] = uploader.Status{State: uploader.Sending, Sent: n % 1000}
		}
		m.ApplyStatuses(statuses)
		v.SetSnapshot(uploader.Snapshot{Files: 100_000, Bytes: 100_000_000, Sent: n})
	}
}
