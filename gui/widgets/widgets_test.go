package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/arrange"
	"darwin-uploader/gui/look"
)

const longName = "DSC_20260514_Alder_Creek_north_camera_with_a_name_that_nobody_would_ever_choose_0042.jpg"

func TestTextShortensToTheRoomItGets(t *testing.T) {
	themed(t)
	for _, width := range []float32{0, 5, 12, 40, 100, 399, 2000} {
		got := Shorten(longName, width, 14, TextStyle{})
		if w := fyne.MeasureText(got, 14, TextStyle{}).Width; w > width && got != "" {
			t.Errorf("%q is %v wide, room is %v", got, w, width)
		}
		if got != longName && got != "" && !strings.HasSuffix(got, "…") {
			t.Errorf("%q was cut without saying so", got)
		}
	}
	if got := Shorten("Zürich…", 1000, 14, TextStyle{}); got != "Zürich…" {
		t.Errorf("text that fits became %q", got)
	}
}

func TestTextAsksForItsWidthUnlessItMayShrink(t *testing.T) {
	themed(t)
	whole := fyne.MeasureText(longName, 14, TextStyle{}).Width
	if got := NewText(longName, theme.SizeNameText, TextStyle{}).MinSize().Width; got != whole {
		t.Errorf("a text asks for %v, is %v wide", got, whole)
	}
	small := NewShrinkingText(longName, theme.SizeNameText, TextStyle{})
	if got := small.MinSize().Width; got > 20 {
		t.Errorf("a shrinking text asks for %v", got)
	}
	small.SetText("a")
	if got := small.MinSize().Width; got > fyne.MeasureText("a", 14, TextStyle{}).Width {
		t.Errorf("one letter asks for %v", got)
	}
	small.SetText(longName)
	small.Resize(fyne.NewSize(100, 20))
	line := test.WidgetRenderer(small).(*textRenderer).line
	if !strings.HasSuffix(line.Text, "…") || small.Text() != longName {
		t.Errorf("shows %q, keeps %q", line.Text, small.Text())
	}
	small.Resize(fyne.NewSize(1000, 20))
	if line.Text != longName {
		t.Errorf("with room again it shows %q", line.Text)
	}
}

func TestTextStandsWhereItIsTold(t *testing.T) {
	themed(t)
	for align, want := range map[fyne.TextAlign]float32{fyne.TextAlignLeading: 0, fyne.TextAlignTrailing: 200, fyne.TextAlignCenter: 100} {
		x := NewText("5.1 GB", theme.SizeNameText, TextStyle{}).Aligned(align)
		x.Resize(fyne.NewSize(200+x.MinSize().Width, 20))
		if got := test.WidgetRenderer(x).(*textRenderer).line.Position().X; got < want-1 || got > want+1 {
			t.Errorf("alignment %d stands at %v, want %v", align, got, want)
		}
	}
}

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

func TestThinBarNeverGoesBack(t *testing.T) {
	themed(t)
	b := NewThinBar(8)
	test.NewTempWindow(t, b).Resize(fyne.NewSize(400, 40))
	b.SetValue(0.5)
	b.SetValue(0.3)
	if b.Value() != 0.5 {
		t.Errorf("went back to %v", b.Value())
	}
	b.SetValue(7)
	if b.Value() != 1 {
		t.Errorf("went to %v", b.Value())
	}
	b.Reset(0.2)
	if b.Value() != 0.2 || b.shown != 0.2 {
		t.Errorf("reset shows %v of %v", b.shown, b.Value())
	}
	b.Reset(-1)
	full := test.WidgetRenderer(b).(*barRenderer).full
	if full.Visible() {
		t.Error("nothing is drawn as something")
	}
	b.SetValue(0.0001)
	if !full.Visible() || full.Size().Width < 8 {
		t.Error("the start cannot be seen")
	}
}

func TestThinBarArrivesAndThenRestsWithoutAnimation(t *testing.T) {
	themed(t)
	b := NewThinBar(8)
	b.SetValue(0.1) // not on a canvas: at once
	if b.shown != 0.1 || b.animation != nil {
		t.Error("an invisible bar moves")
	}
	w := test.NewTempWindow(t, b)
	w.Resize(fyne.NewSize(400, 40))
	b.SetValue(0.8)
	if b.shown != 0.8 {
		t.Errorf("shows %v", b.shown)
	}
	if b.animation != nil {
		t.Error("something still runs")
	}
	b.SetPaused(true)
	grey := test.WidgetRenderer(b).(*barRenderer).full.FillColor
	b.SetPaused(false)
	if test.WidgetRenderer(b).(*barRenderer).full.FillColor == grey {
		t.Error("paused looks like moving")
	}
}

func TestThinBarIsNearlyThereAfterThreePaintsAndThenArrives(t *testing.T) {
	shown, paints := 0.0, 0
	for shown < 1 {
		next := step(shown, 1, 1000)
		if next <= shown || next > 1 {
			t.Fatalf("went from %v to %v", shown, next)
		}
		shown = next
		if paints++; paints == 3 && shown < 0.9 {
			t.Errorf("after 300 ms it is at %.2f of the way", shown)
		}
		if paints > 12 {
			t.Fatal("it never arrives")
		}
	}
}

func TestStateMarkKeepsIconAndFigureWhereRoomIsShort(t *testing.T) {
	themed(t)
	m := NewStateMark()
	r := test.WidgetRenderer(m).(*markRenderer)
	m.Set(StateSending, "Sending", 0.62)
	for _, c := range []struct {
		width      float32
		bar, words bool
	}{{188, true, true}, {130, false, true}, {84, false, false}} {
		m.Resize(fyne.NewSize(c.width, 40))
		if !r.icon.Visible() || !r.percent.Visible() || r.percent.Text != "62 %" {
			t.Errorf("at %v the icon or the figure is missing", c.width)
		}
		if r.track.Visible() != c.bar || (r.line.Text == "Sending") != c.words {
			t.Errorf("at %v: bar %v, words %q", c.width, r.track.Visible(), r.line.Text)
		}
		if end := r.percent.Position().X + r.percent.Size().Width; end > c.width {
			t.Errorf("at %v the figure ends at %v", c.width, end)
		}
	}
	m.Set(StateNeedsYou, "Needs you: tag is new", -1)
	m.Resize(fyne.NewSize(110, 40))
	if r.percent.Visible() || r.track.Visible() || !strings.HasPrefix(r.line.Text, "Needs you") {
		t.Errorf("shows %q", r.line.Text)
	}
}

func TestStatesDifferInShapeAndNotOnlyInColour(t *testing.T) {
	seen := map[look.IconName]StateKind{}
	for kind := StateReady; kind <= StateWaiting; kind++ {
		if other, taken := seen[kind.Icon()]; taken {
			t.Errorf("states %d and %d have one icon", kind, other)
		}
		seen[kind.Icon()] = kind
	}
}

func TestPercentNeverSaysAllTooEarly(t *testing.T) {
	for fraction, want := range map[float64]string{-1: "0 %", 0: "0 %", 0.08: "8 %", 0.29: "29 %", 0.57: "57 %", 0.9999: "99 %", 1: "100 %", 2: "100 %"} {
		if got := Percent(fraction); got != want {
			t.Errorf("%v is %q, want %q", fraction, got, want)
		}
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

func TestNoticeWrapsItsWordsAndKeepsItsActions(t *testing.T) {
	themed(t)
	action := NewButton(Plain, "Try now", nil, nil)
	n := NewNotice(NoticeNeutral, strings.Repeat("365 of 412 are in Darwin. ", 8), action)
	w := test.NewTempWindow(t, container.NewVBox(n))
	w.Resize(fyne.NewSize(420, 300))
	w.Resize(fyne.NewSize(421, 300)) // wrapped text knows its height only at its second layout
	if n.MinSize().Height <= noticeLine {
		t.Errorf("does not wrap: %v high", n.MinSize().Height)
	}
	if end := action.Position().X + action.Size().Width; end > n.Size().Width {
		t.Errorf("the action ends at %v of %v", end, n.Size().Width)
	}
	n.Set(NoticeSuccess, "This key works.")
	if n.Text() != "This key works." {
		t.Errorf("says %q", n.Text())
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

func TestANoticeHasRoomForAllItsLinesAtOnce(t *testing.T) {
	themed(t)
	n, below := NewNotice(NoticeWarning, longSentence), canvas.NewRectangle(nil)
	column := arrange.Column(0, n, below)
	column.Resize(fyne.NewSize(300, 400))
	if need := n.MinSize().Height; need <= noticeLine || n.Size().Height != need || below.Position().Y != need {
		t.Errorf("it needs %v, has %v, and what is below stands at %v", need, n.Size().Height, below.Position().Y)
	}
	if got := NewNotice(NoticeWarning, longSentence).MinSize().Height; got != noticeLine {
		t.Errorf("before it knows its width it asks for %v, want one line", got)
	}
}

func TestSetReplacesWhatWasRich(t *testing.T) {
	themed(t)
	n := NewNotice(NoticeNeutral, "first")
	n.SetRich(&widget.HyperlinkSegment{Text: "a link"}, &widget.TextSegment{Text: " and more"})
	n.Set(NoticeWarning, "second")
	if n.Text() != "second" {
		t.Errorf("it says %q", n.Text())
	}
}

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
