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
