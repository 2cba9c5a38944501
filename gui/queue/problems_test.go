package queue_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/gui/queue"
	"darwin-uploader/gui/queue/cause"
	"darwin-uploader/gui/thumbs"
	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// asked sends a survey of which 17 files need the person, and six were there
// already.
func asked(pictures []string, ended bool) (*queue.Model, uploader.Snapshot) {
	m := survey(pictures)
	ids := m.Unsent()
	m.AddTag(ids[318:332], darwin.Tag{Class: "pine marten"})
	s := send(m, 318, 0, ended)
	statuses := make([]uploader.Status, len(ids))
	for i := range statuses {
		st := &statuses[i]
		st.State = uploader.InDarwin
		problem := func(k fault.Kind) {
			st.State, st.Problem = uploader.Blocked, &fault.Error{Kind: k, What: "Darwin did not take this file.", Do: "The details hold its own reason.", Detail: "reason UNKNOWN_TAGS"}
		}
		switch {
		case i < 318:
		case i < 332:
			problem(fault.UnknownTag)
		case i < 338:
			st.State = uploader.Skipped
		case i < 340:
			problem(fault.Changed)
		case i == 340:
			problem(fault.Vanished)
		case !ended:
			st.State = uploader.Registered
		}
	}
	m.ApplyStatuses(statuses)
	return m, s
}

func team(name string) (takesText, exists bool) { return name == "weather", name != "pine marten" }

func TestWhatNeedsThePersonIsDrawnAsCards(t *testing.T) {
	var pictures []string
	var loader *thumbs.Loader
	ready := make(chan func(), 1)
	if looktest.Folder() != "" {
		test.NewTempApp(t)
		pictures = scenery(t, t.TempDir())
		loader = thumbs.New(func(f func()) { ready <- f })
		defer loader.Close()
	}
	lost := &uploader.Waiting{Since: time.Date(2026, 5, 14, 9, 32, 0, 0, time.Local)}
	screens := map[string]func() (*queue.Model, func(*queue.View)){
		"questions": func() (*queue.Model, func(*queue.View)) {
			m, s := asked(pictures, false)
			s.Waiting = lost
			return m, func(v *queue.View) { v.SetSnapshot(s); m.SetFilter(queue.NeedsYou) }
		},
		"questions-list": func() (*queue.Model, func(*queue.View)) {
			m, s := asked(pictures, true)
			return m, func(v *queue.View) {
				v.SetSnapshot(s)
				m.SetFilter(queue.NeedsYou)
				test.Tap(button(t, v.Body(), lang.L("Show as a list")))
			}
		},
		"questions-failed": func() (*queue.Model, func(*queue.View)) {
			m, s := asked(pictures, true)
			return m, func(v *queue.View) {
				v.SetSnapshot(s)
				v.SetStopped(&fault.Error{Kind: fault.Key, What: "Darwin does not take this key any more.", Safe: "Nothing on this computer was changed.", Do: "Put a new key into the settings."})
				m.SetFilter(queue.NeedsYou)
				test.Tap(button(t, v.Body(), lang.L("Create %s", lang.L("“%s”", "pine marten"))))
			}
		},
		"waiting": func() (*queue.Model, func(*queue.View)) {
			m, s := asked(pictures, false)
			s.Waiting = lost
			open(m, "River Bend")
			return m, func(v *queue.View) { v.SetSnapshot(s); m.SetSort(queue.ByName, true) }
		},
	}
	for name, screen := range screens {
		for _, variant := range variants() {
			full := name + "-" + variant.name()
			t.Run(full, func(t *testing.T) {
				variant.use(t)
				m, prepare := screen()
				v := queue.NewView(m, loader, queue.Actions{OnRetry: func([]queue.ID) {}, OnReport: func() {}, OnSendAdded: func() {}, OnPause: func(bool) {},
					OnMend: func(_ queue.Mend, done func(error)) {
						done(errors.New("The tag was not created. Darwin does not answer."))
					}})
				v.SetDataset("Nest boxes")
				v.SetClasses(team)
				w := variant.window(t, wide(v, m, variant.size))
				prepare(v)
				w.SetContent(wide(v, m, variant.size))
				w.Resize(variant.size)
				settle(loader, ready)
				looktest.Fits(t, w, variant.size)
				looktest.Reads(t, w)
				looktest.Save(t, full, w)
			})
		}
	}
}

// wide is shell, without the inspector where the cards need its room.
func wide(v *queue.View, m *queue.Model, size fyne.Size) fyne.CanvasObject {
	o := shell(v, m, size)
	if v.ShowsQuestions() {
		o.(*fyne.Container).Objects[1].(*fyne.Container).Objects[3].Hide()
	}
	return o
}

func TestEachCauseHasACardWhoseButtonMendsIt(t *testing.T) {
	m, s := asked(nil, false)
	var mended []queue.Mend
	var done func(error)
	v, _ := shownView(t, m, queue.Actions{OnMend: func(mend queue.Mend, d func(error)) { mended, done = append(mended, mend), d }})
	v.SetClasses(team)
	v.SetSnapshot(s)
	m.SetFilter(queue.NeedsYou)
	if !v.ShowsQuestions() {
		t.Fatal("no cards are shown")
	}
	read := texts(v.Body())
	for _, words := range []string{"17 files need you", "Four questions, one button each.", "14 files carry a tag that your team does not have", "+12", "Skip these 6", "Send the new versions", "Look again"} {
		if !strings.Contains(read, words) {
			t.Errorf("%q is not told in:\n%s", words, read)
		}
	}
	create := button(t, v.Body(), "Create “pine marten”")
	test.Tap(create)
	if len(mended) != 1 || mended[0].Do != cause.CreateTags || len(mended[0].IDs) != 14 || mended[0].Tags[0] != "pine marten" {
		t.Fatalf("asked for %+v", mended)
	}
	test.Tap(button(t, v.Body(), "Creating"))
	if len(mended) != 1 {
		t.Error("it was asked for twice")
	}
	done(errors.New("Darwin does not answer."))
	if read := texts(v.Body()); !strings.Contains(read, "Darwin does not answer.") || !strings.Contains(read, "Create “pine marten”") {
		t.Errorf("the reason is not told in:\n%s", read)
	}
	test.Tap(button(t, v.Body(), "Remove it from these 14"))
	if len(mended) != 2 || mended[1].Do != cause.RemoveTags {
		t.Errorf("asked for %+v", mended)
	}
	test.Tap(button(t, v.Body(), "Show as a list"))
	if v.ShowsQuestions() || m.Rows() != 17+2 {
		t.Errorf("there is no list of them: %q", drawn(m))
	}
	m.SetFilter(queue.All)
	m.SetFilter(queue.NeedsYou)
	if !v.ShowsQuestions() {
		t.Error("the chip does not bring the cards back")
	}
}

func TestCardsGoWhenTheirFilesDoAndKeepWhatIsTyped(t *testing.T) {
	m := modelOf("/1.jpg", "/2.jpg")
	m.AddTag(m.IDs(), darwin.Tag{Class: "weather"})
	var got queue.Mend
	v, _ := shownView(t, m, queue.Actions{OnMend: func(mend queue.Mend, d func(error)) { got = mend; d(nil) }})
	v.SetClasses(team)
	m.Begin(m.Unsent())
	text := uploader.Status{State: uploader.Blocked, Problem: &fault.Error{Kind: fault.TagText}}
	m.ApplyStatuses([]uploader.Status{text})
	m.SetFilter(queue.NeedsYou)
	send := button(t, v.Body(), "Send with this text")
	if !send.Disabled() {
		t.Error("nothing is typed, and it can be sent")
	}
	field, ok := find(v.Body(), func(f *widgets.Field) bool { return f.PlaceHolder == "Text" })
	if !ok {
		t.Fatal("no field for the text")
	}
	test.Type(field, "light rain")
	m.ApplyStatuses([]uploader.Status{text, text})
	if !strings.Contains(texts(v.Body()), "2 images need a text") {
		t.Error(texts(v.Body()))
	}
	if field.Text != "light rain" {
		t.Errorf("the field has %q after another file came to the cause", field.Text)
	}
	test.Tap(send)
	if got.Do != cause.SetText || got.Text != "light rain" || len(got.IDs) != 2 || !slices.Equal(got.Tags, []string{"weather"}) {
		t.Errorf("asked for %+v", got)
	}
	m.ApplyStatuses([]uploader.Status{{State: uploader.InDarwin}, {State: uploader.InDarwin}})
	if !strings.Contains(texts(v.Body()), "Nothing needs you") {
		t.Error(texts(v.Body()))
	}
}

func TestTheBannerSaysWhatHoldsEverythingUp(t *testing.T) {
	m, s := asked(nil, false)
	tried := 0
	v, _ := shownView(t, m, queue.Actions{OnTryNow: func() { tried++ }})
	s.Waiting = &uploader.Waiting{Since: time.Date(2026, 5, 14, 9, 32, 0, 0, time.Local)}
	v.SetSnapshot(s)
	read := texts(v.Body())
	for _, words := range []string{"No network since 09:32", "324 of 412 are sent. 71 more are safe on this computer and go on by themselves.", "Waiting"} {
		if !strings.Contains(read, words) {
			t.Errorf("%q is not told in:\n%s", words, read)
		}
	}
	test.Tap(button(t, v.Body(), "Try now"))
	s.Waiting = nil
	v.SetSnapshot(s)
	if strings.Contains(texts(v.Body()), "No network") || tried != 1 {
		t.Errorf("the banner stays, or was pressed %d times", tried)
	}
	m.SetFilter(queue.Sending)
	if m.ShownCount() != 0 {
		t.Errorf("%d are said to be sent", m.ShownCount())
	}
	m.SetWaiting(true)
	if m.ShownCount() != 71 {
		t.Errorf("%d are shown as waiting, want 71", m.ShownCount())
	}
}

func TestAFolderThatIsNotSentYetWaitsForTheNetworkAsItsFilesDo(t *testing.T) {
	m := survey(nil)
	send(m, 128+3, 0, false)
	for _, waiting := range []bool{true, false} {
		m.SetWaiting(waiting)
		folders := 0
		for i := range m.Rows() {
			if r := m.Row(i); r.IsFolder && r.Group != queue.Done {
				folders++
				if r.Waits != waiting {
					t.Errorf("waiting is %v, and of the folder %s it is %v", waiting, r.Name, r.Waits)
				}
			} else if r.Waits {
				t.Errorf("%s waits, and is sent", r.Name)
			}
		}
		if folders == 0 {
			t.Error("all folders are sent")
		}
	}
}
