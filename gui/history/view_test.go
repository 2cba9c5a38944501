package history

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/widgets"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

var wide = fyne.NewSize(1092, 760)

// texts is all that can be read in something, a line each.
func texts(o fyne.CanvasObject) string {
	var b strings.Builder
	for _, each := range test.LaidOutObjects(o) {
		if t, ok := each.(*canvas.Text); ok && t.Visible() && t.Text != "" {
			b.WriteString(t.Text + "\n")
		}
	}
	return b.String()
}

func (r *rig) says(want ...string) {
	r.Helper()
	page := strings.Join(strings.Fields(texts(r.View)), " ")
	for _, words := range want {
		if !strings.Contains(page, words) {
			r.Errorf("the place does not say %q:\n%s", words, texts(r.View))
		}
	}
}

// scrollTo turns the wheel until this part of the lines is above the table.
func (r *rig) scrollTo(part float32) {
	scroll := r.detail.roll.scroll
	scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, scroll.Offset.Y-part*r.detail.roll.sheet.MinSize().Height)})
}

func (r *rig) button(words string) *widgets.Button {
	r.Helper()
	for _, each := range test.LaidOutObjects(r.View) {
		if b, ok := each.(*widgets.Button); ok && b.Visible() && b.Text() == words {
			return b
		}
	}
	r.Fatalf("no button %q in\n%s", words, texts(r.View))
	return nil
}

func TestUploadsAreListedByDayAndTheNewestIsOpen(t *testing.T) {
	r := newRig(t, library(), wide).open()
	r.says("Today Camera traps 2026", "14:11 All 412 sent", "389 sent, 23 need you", "Yesterday", "206 sent, 6 skipped", "All 1,900 imported",
		"Last week", "6 May Stopped, 12 of 40 sent", "Today, 14:11 to 14:16 · 5.2 GB · from April 2026")
	if r.detail.of.ID != 7 {
		t.Errorf("upload %d is open", r.detail.of.ID)
	}
}

func TestTheKeyboardGoesThroughUploadsAndLines(t *testing.T) {
	r := newRig(t, library(), wide).open()
	c := r.window.Canvas()
	c.Focus(r.list)
	press := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			c.Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
		r.settled()
	}
	press(fyne.KeyDown)
	if r.detail.of.ID != 6 {
		t.Errorf("Down opens upload %d", r.detail.of.ID)
	}
	press(fyne.KeyEnd, fyne.KeyUp)
	if r.detail.of.ID != 2 {
		t.Errorf("from the end, Up opens upload %d", r.detail.of.ID)
	}
	press(fyne.KeyHome) // passes over the name of the day
	if r.detail.of.ID != 7 {
		t.Errorf("Home opens upload %d", r.detail.of.ID)
	}
	c.Focus(r.detail.roll)
	press(fyne.KeyEnd)
	if last, ok := r.detail.lines.pages.line(411); !ok || !strings.Contains(r.detail.sentence.Text(), last.Name) {
		t.Errorf("End explains %q", r.detail.sentence.Text())
	}
}

func TestTabGoesFromTheSearchToTheListAndThroughTheReceipt(t *testing.T) {
	b := library()
	r := newRig(t, b, wide)
	r.OnOpen, r.OnSave = func(receipt.Summary) {}, func(receipt.Summary, Format, func(string, error)) {}
	r.open()
	c := r.window.Canvas()
	var path []string
	for range 11 {
		c.(interface{ FocusNext() }).FocusNext()
		switch o := c.Focused().(type) {
		case *widgets.Field:
			path = append(path, "search")
		case *roll:
			path = append(path, o.AccessibilityLabel())
		case *widgets.Button:
			path = append(path, o.AccessibilityLabel())
		case *widgets.FilterChip:
			path = append(path, o.AccessibilityLabel())
		default:
			path = append(path, fmt.Sprintf("%T", o))
		}
	}
	want := []string{"search", "Uploads", "Save as CSV", "Other formats", "Open in Darwin", "All, 412, chosen", "In Darwin, 412", "Skipped, 0", "Needs you, 0", "Files of this upload", "search"}
	if !slices.Equal(path, want) {
		t.Errorf("Tab goes to %q, want %q", path, want)
	}
}

func TestTheSearchAsksForTheLatestWordsOnly(t *testing.T) {
	b := library()
	r := newRig(t, b, wide).open()
	gate := make(chan struct{})
	b.with(func() { b.gate = gate })
	for _, words := range []string{"n", "ne", "nest"} {
		r.search.SetText(words)
	}
	close(gate)
	r.settled()
	if want := []string{"", "n", "nest"}; !slices.Equal(b.asked, want) {
		t.Errorf("it asked for %q, want %q", b.asked, want)
	}
	if r.detail.of.ID != 6 || len(r.batches.list) != 1 {
		t.Errorf("%d uploads are found, %d is open", len(r.batches.list), r.detail.of.ID)
	}
	r.search.SetText("zebra")
	r.settled()
	r.says("No batch and no file has “zebra” in its name.")
	r.search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	r.settled()
	if len(r.batches.list) != 7 {
		t.Errorf("Escape leaves %d uploads", len(r.batches.list))
	}
}

func TestChipsShowTheLinesOfOneKindAndFailuresOfAllKinds(t *testing.T) {
	r := newRig(t, library(), wide).open()
	r.list.step(r.batches.rowOf(6), 1)
	r.settled()
	test.Tap(r.detail.chips[needsYou])
	r.settled()
	var seen []receipt.Outcome
	for i := range r.detail.lines.count() {
		line, ok := r.detail.lines.pages.line(i)
		if !ok {
			t.Fatalf("line %d is not there", i)
		}
		seen = append(seen, line.Outcome)
	}
	if want := slices.Concat(times(20, receipt.NeedsYou), times(3, receipt.Refused)); !slices.Equal(seen, want) {
		t.Errorf("the lines are %v, want %v", seen, want)
	}
	r.detail.roll.step(20, 1)
	r.says("the video has no frames.")
}

func TestAReceiptThatSettlesChangesInPlace(t *testing.T) {
	b := library()
	s := b.add(8, "Camera traps 2026", now.Add(-9*time.Minute), slices.Concat(times(400, receipt.InDarwin), times(12, receipt.Sent))...)
	r := newRig(t, b, wide)
	looked := int64(0)
	r.OnLook = func(s receipt.Summary) { looked = s.ID }
	r.open()
	r.says("Darwin is processing 12", "412 sent, 400 in Darwin", "Darwin was still processing 12 when it was last asked.")
	test.Tap(r.button("Look again"))
	if looked != 8 {
		t.Errorf("Darwin is asked about %d", looked)
	}
	r.SetFollowing(8, true)
	r.says("Darwin is processing 12. The numbers here follow by themselves.")
	r.detail.roll.step(401, 1)
	r.settled()
	before := r.detail.roll.scroll.Offset
	b.with(func() {
		s.Counts = receipt.Counts{receipt.InDarwin: 411, receipt.Refused: 1}
		s.Settled = now
		for i := range b.lines[8] {
			b.lines[8][i].Outcome = receipt.InDarwin
		}
		b.lines[8][401].Outcome, b.lines[8][401].Reason = receipt.Refused, "Darwin could not process it: no pixels."
	})
	r.SetFollowing(8, false)
	r.Changed()
	r.settled()
	r.says("411 sent, 1 needs you", "no pixels")
	if r.detail.roll.scroll.Offset != before || r.detail.roll.chosen != 401 {
		t.Error("the list jumped")
	}
	if r.detail.state.Visible() {
		t.Errorf("it still says %q", r.detail.state.Text())
	}
}

func TestWhatChangesWhileThePlaceIsNotShownIsReadWhenItIs(t *testing.T) {
	b := library()
	r := newRig(t, b, wide).open()
	r.Shown(false)
	n := len(b.asked)
	r.Changed()
	r.settled()
	if len(b.asked) != n {
		t.Error("it reads what nobody sees")
	}
	r.Shown(true)
	r.settled()
	if len(b.asked) != n+1 {
		t.Errorf("it was read %d times more, want once", len(b.asked)-n)
	}
	r.Shown(false)
	r.Shown(true)
	r.settled()
	if len(b.asked) != n+1 {
		t.Error("it reads again what has not changed")
	}
}

func TestTheFilledButtonSendsExactlyWhatFailed(t *testing.T) {
	r := newRig(t, library(), wide)
	var asked []receipt.Outcome
	var done func(error)
	r.OnSendAgain = func(s receipt.Summary, outcomes []receipt.Outcome, d func(error)) { asked, done = outcomes, d }
	r.OnOpen = func(receipt.Summary) {}
	r.open()
	if r.detail.again.Visible() {
		t.Error("it offers to send again what has arrived")
	}
	r.list.step(r.batches.rowOf(6), 1)
	r.settled()
	button := r.button("Send the 23 again")
	test.Tap(button)
	if want := []receipt.Outcome{receipt.NeedsYou, receipt.Refused, receipt.Missing}; !slices.Equal(asked, want) {
		t.Errorf("it sends %v, want %v", asked, want)
	}
	if !button.Disabled() {
		t.Error("it can be pressed twice")
	}
	done(&fault.Error{What: "An upload is under way.", Do: "Send these files again when it has ended."})
	r.settled()
	r.says("An upload is under way. Send these files again when it has ended.")
	r.list.step(r.batches.rowOf(3), 1)
	r.settled()
	test.Tap(r.button("Send the other 28"))
	if want := []receipt.Outcome{receipt.NotSent}; !slices.Equal(asked, want) {
		t.Errorf("it sends %v, want %v", asked, want)
	}
	r.SetRunning(3)
	r.settled()
	r.says("Being sent now", "This upload is under way.")
	if r.detail.again.Visible() {
		t.Error("it offers to send again what is being sent")
	}
}

func TestSavingSaysWhatCameOfIt(t *testing.T) {
	r := newRig(t, library(), wide)
	var format Format
	var done func(string, error)
	r.OnSave = func(_ receipt.Summary, f Format, d func(string, error)) { format, done = f, d }
	r.open()
	test.Tap(r.button("Save as CSV"))
	done("Camera traps.csv", nil)
	r.settled()
	r.says("Saved as Camera traps.csv.")
	r.detail.saveAs(JSON)
	done("", &fault.Error{Kind: fault.Disk, What: "The receipt could not be saved."})
	r.settled()
	r.says("The receipt could not be saved.")
	if format != JSON {
		t.Errorf("it saved as %v", format)
	}
	r.detail.saveAs(CSV)
	done("", nil) // the person thought better of it
	r.list.step(r.batches.rowOf(6), 1)
	r.settled()
	if r.detail.said.Visible() {
		t.Errorf("of another upload it says %q", r.detail.said.Text())
	}
}

func TestAnUnreadableHistorySaysWhyAndTriesAgain(t *testing.T) {
	b := library()
	b.problem = &fault.Error{Kind: fault.Disk, What: "The journal cannot be read.", Do: "Look whether the disk is full."}
	r := newRig(t, b, wide).open()
	r.says("The history cannot be read", "The journal cannot be read. Look whether the disk is full.")
	b.with(func() { b.problem = nil })
	test.Tap(r.button("Try again"))
	r.settled()
	r.says("All 412 sent")

	b.with(func() { b.problem = errors.New("boom") })
	r.list.step(r.batches.rowOf(6), 1)
	r.settled()
	r.says("Something unexpected happened.")
	b.with(func() { b.problem = nil })
	test.Tap(r.button("Try again"))
	r.settled()
	r.says("AC_0001.jpg")
}

func TestAnEmptyHistoryLeadsToTheUpload(t *testing.T) {
	r := newRig(t, &books{}, wide)
	went := false
	r.OnUpload = func() { went = true }
	r.open()
	r.says("Nothing was uploaded yet")
	test.Tap(r.button("Add files"))
	if !went {
		t.Error("the button leads nowhere")
	}
}

func TestNothingComesBackAfterTheEnd(t *testing.T) {
	b := library()
	gate := make(chan struct{})
	b.gate = gate
	r := newRig(t, b, wide)
	r.Shown(true)
	r.Close()
	for len(r.posted) > 0 {
		(<-r.posted)()
	}
	if r.read {
		t.Error("it shows what came too late")
	}
}
