package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
)

func TestButtonCentresIconAndTextAndShortensBeforeItSpills(t *testing.T) {
	themed(t)
	b := NewButton(Plain, "Add folder", look.Icon(look.IconFolder), nil)
	b.Resize(fyne.NewSize(300, 36))
	r := test.WidgetRenderer(b).(*buttonRenderer)
	left := r.icon.Position().X
	right := 300 - r.line.Position().X - r.line.Size().Width
	if left < right-1 || left > right+1 {
		t.Errorf("%v left of the content, %v right of it", left, right)
	}
	b.SetIconTrailing(true)
	if r.icon.Position().X < r.line.Position().X {
		t.Error("a trailing icon is in front")
	}
	b.SetText(longName)
	b.Resize(fyne.NewSize(120, 36))
	if end := max(r.icon.Position().X+r.icon.Size().Width, r.line.Position().X+r.line.Size().Width); end > 120 {
		t.Errorf("content ends at %v of 120", end)
	}
	b.SetIcon(nil)
	if r.icon.Visible() {
		t.Error("the icon stays")
	}
}

func TestFilterChipTellsChosenAndZeroApart(t *testing.T) {
	themed(t)
	c := NewFilterChip("Ready", nil)
	p := test.WidgetRenderer(c).(*pill)
	if p.note.Visible() {
		t.Error("a chip without a count shows one")
	}
	c.SetCount(412)
	full := p.text.Color
	if p.note.Text != "412" || !p.note.Visible() {
		t.Errorf("the count is %q", p.note.Text)
	}
	c.SetCount(0)
	if p.text.Color == full {
		t.Error("zero is as loud as 412")
	}
	c.SetChosen(true)
	if !p.text.TextStyle.Bold || !c.Chosen() {
		t.Error("the chosen chip is not bold")
	}
	if c.AccessibilityLabel() != "Ready, 0, chosen" {
		t.Errorf("says %q", c.AccessibilityLabel())
	}
}

func TestTagChipIsRemovedByItsCrossOnly(t *testing.T) {
	themed(t)
	removed := 0
	c := NewTagChip("pine marten", func() { removed++ })
	c.Resize(c.MinSize())
	test.TapAt(c, fyne.NewPos(6, 14))
	if removed != 0 {
		t.Error("a tap on the word removes the tag")
	}
	test.TapAt(c, fyne.NewPos(c.Size().Width-10, 14))
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	if removed != 3 {
		t.Errorf("cross, Delete and Backspace removed it %d times", removed)
	}
	if without := NewTagChip("pine marten", nil); without.MinSize().Width >= c.MinSize().Width {
		t.Error("a chip that cannot be removed has room for a cross")
	}
}

func TestFrameHoldsItsContentBetweenFourCorners(t *testing.T) {
	themed(t)
	content := canvas.NewRectangle(nil)
	f := NewFrame(content)
	f.Resize(fyne.NewSize(400, 300))
	r := test.WidgetRenderer(f).(*frameRenderer)
	if content.Position() != fyne.NewPos(28, 28) || content.Size() != fyne.NewSize(344, 244) {
		t.Errorf("content at %v, %v", content.Position(), content.Size())
	}
	small := r.corners[0].Size().Width
	f.Resize(fyne.NewSize(1000, 700))
	if r.corners[0].Size().Width <= small {
		t.Error("the corners do not grow with the frame")
	}
	if end := r.corners[2].Position().AddXY(r.corners[2].Size().Width, r.corners[2].Size().Height); end != fyne.NewPos(1000, 700) {
		t.Errorf("the third corner ends at %v", end)
	}
}

func TestFrameTurnsItsFourthCornerIntoACheckWhenDone(t *testing.T) {
	themed(t)
	f := NewFrame(nil)
	test.NewTempWindow(t, f).Resize(fyne.NewSize(400, 300))
	r := test.WidgetRenderer(f).(*frameRenderer)
	if r.disc.Visible() {
		t.Error("the check is there too early")
	}
	f.SetDone(true)
	if !f.Done() || !r.disc.Visible() || !r.check.Visible() || r.corners[2].Visible() {
		t.Error("no check, or the corner is still there")
	}
	if f.grown != 1 {
		t.Errorf("the check is at %v of its size", f.grown)
	}
	f.SetDone(false)
	if r.disc.Visible() || !r.corners[2].Visible() {
		t.Error("the check stays")
	}
}

func TestPickerShortensItsChoiceAndKeepsItsNote(t *testing.T) {
	themed(t)
	p := NewPicker(look.Icon(look.IconLayers))
	p.SetText(longName)
	p.SetNote("1,204 items")
	if got := p.MinSize().Width; got > 420 {
		t.Errorf("a long name makes it ask for %v", got)
	}
	p.Resize(fyne.NewSize(260, 36))
	r := test.WidgetRenderer(p).(*pickerRenderer)
	if r.note.Text != "1,204 items" || !strings.HasSuffix(r.line.Text, "…") {
		t.Errorf("shows %q and %q", r.line.Text, r.note.Text)
	}
	if end := r.note.Position().X + r.note.MinSize().Width; end > r.chevron.Position().X {
		t.Errorf("the note ends at %v, the chevron begins at %v", end, r.chevron.Position().X)
	}
	p.SetLocked(true)
	if r.ground.Visible() || r.chevron.Visible() || !p.Disabled() {
		t.Error("a locked picker still looks like one")
	}
	p.SetLocked(false)
	if !r.ground.Visible() || p.Disabled() {
		t.Error("it stays locked")
	}
}

func TestRailCellShowsItsCountUpToAThousand(t *testing.T) {
	themed(t)
	c := NewRailCell(look.Icon(look.IconUpload), "Upload", nil)
	c.Resize(c.MinSize())
	r := test.WidgetRenderer(c).(*railRenderer)
	for n, want := range map[int]string{0: "", 23: "23", 999: "999", 1204: "999+"} {
		c.SetBadge(n)
		if r.badge.Visible() != (n > 0) || n > 0 && r.count.Text != want {
			t.Errorf("%d shows %q", n, r.count.Text)
		}
		if end := r.badge.Position().X + r.badge.Size().Width; end > c.Size().Width {
			t.Errorf("the badge of %d ends at %v", n, end)
		}
	}
}

func TestCheckGoesFromSomeToAllToNone(t *testing.T) {
	themed(t)
	var got []TriState
	c := NewCheck(func(s TriState) { got = append(got, s) })
	c.SetState(Some)
	if len(got) != 0 {
		t.Error("setting the state counts as a tap")
	}
	test.Tap(c)
	test.Tap(c)
	test.Tap(c)
	if len(got) != 3 || got[0] != On || got[1] != Off || got[2] != On {
		t.Errorf("went through %v", got)
	}
	if c.State() != On {
		t.Errorf("is %v", c.State())
	}
}

func TestCardKeepsRoomAroundItsContent(t *testing.T) {
	themed(t)
	content := canvas.NewRectangle(nil)
	content.SetMinSize(fyne.NewSize(100, 50))
	c := NewCard(content)
	if c.MinSize() != fyne.NewSize(132, 82) {
		t.Errorf("asks for %v", c.MinSize())
	}
	s := NewSurface(content, EdgeTop|EdgeLeft)
	s.Resize(fyne.NewSize(200, 100))
	r := test.WidgetRenderer(s).(*cardRenderer)
	for i, want := range []bool{true, false, true, false} {
		if r.lines[i].Visible() != want {
			t.Errorf("edge %d: %v", i, r.lines[i].Visible())
		}
	}
	if s.MinSize() != fyne.NewSize(100, 50) {
		t.Errorf("a surface asks for %v", s.MinSize())
	}
}

func TestUnchangedIconsAreNotReadAgain(t *testing.T) {
	themed(t)
	m := NewStateMark()
	test.NewTempWindow(t, m)
	m.Set(StateReady, "Ready", -1)
	r := test.WidgetRenderer(m).(*markRenderer)
	first := r.icon.Resource
	m.Refresh()
	if r.icon.Resource != first {
		t.Error("the same icon was set again")
	}
	m.Set(StateInDarwin, "In Darwin", -1)
	if r.icon.Resource == first {
		t.Error("another state keeps the icon")
	}
}

func TestFlushLinkBeginsAndEndsWithItsWords(t *testing.T) {
	themed(t)
	b := NewButton(Link, "Where do I find it?", nil, nil)
	b.SetFlush(true)
	b.Resize(b.MinSize())
	r := test.WidgetRenderer(b).(*buttonRenderer)
	if r.line.Position().X > 0.5 || r.line.Text != b.Text() {
		t.Errorf("%q begins at %v", r.line.Text, r.line.Position().X)
	}
	if r.ground.Position().X >= 0 || r.ground.Size().Width <= b.Size().Width {
		t.Error("the tint touches the words")
	}
}

const longSentence = "The Wi-Fi dropped at 14:02. 388 of 412 are in Darwin; the other 24 are safe on this computer and go on by themselves."

func TestAPlaceholderStaysInsideItsField(t *testing.T) {
	themed(t)
	f := NewSearch("A placeholder that is far wider than its field")
	f.Resize(fyne.NewSize(156, 36))
	if !strings.HasSuffix(f.PlaceHolder, "…") {
		t.Errorf("it shows %q", f.PlaceHolder)
	}
	f.Resize(fyne.NewSize(600, 36))
	if strings.HasSuffix(f.PlaceHolder, "…") {
		t.Errorf("with room it shows %q", f.PlaceHolder)
	}
}

func TestARailCellWritesALongWordSmallerBeforeItShortensIt(t *testing.T) {
	themed(t)
	for words, want := range map[string]struct{ least, most float32 }{
		"Upload": {12, 12}, "Configurações": {10.2, 12}, "Configurações avançadas": {10.2, 10.3},
	} {
		c := NewRailCell(look.Icon(look.IconSettings), words, nil)
		c.Resize(c.MinSize())
		line := test.WidgetRenderer(c).(*railRenderer).line
		if line.TextSize < want.least || line.TextSize > want.most || line.MinSize().Width > c.Size().Width+1 {
			t.Errorf("%q is written as %q with a size of %v, %v wide", words, line.Text, line.TextSize, line.MinSize().Width)
		}
	}
}
