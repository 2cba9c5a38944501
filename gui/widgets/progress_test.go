package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
)

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
