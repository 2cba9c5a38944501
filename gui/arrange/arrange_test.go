package arrange

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func box(w, h float32) *canvas.Rectangle {
	r := canvas.NewRectangle(color.Black)
	r.SetMinSize(fyne.NewSize(w, h))
	return r
}

func wantAt(t *testing.T, o fyne.CanvasObject, x, y, w, h float32) {
	t.Helper()
	if o.Position() != fyne.NewPos(x, y) || o.Size() != fyne.NewSize(w, h) {
		t.Errorf("at %v with %v, want at %v %v with %v %v", o.Position(), o.Size(), x, y, w, h)
	}
}

func TestLineGrowsOneThingAndCentresAll(t *testing.T) {
	test.NewTempApp(t)
	a, hidden, b, c := box(10, 10), box(50, 50), box(20, 30), box(5, 20)
	hidden.Hide()
	l := Line(4, 2, a, hidden, b, c)
	if got := l.MinSize(); got != fyne.NewSize(43, 30) {
		t.Errorf("asks for %v", got)
	}
	l.Resize(fyne.NewSize(143, 40))
	wantAt(t, a, 0, 15, 10, 10)
	wantAt(t, b, 14, 5, 120, 30)
	wantAt(t, c, 138, 10, 5, 20)
	l.Resize(fyne.NewSize(33, 30))
	wantAt(t, b, 14, 0, 10, 30)
}

func TestColumnLeavesNoGapForWhatIsHidden(t *testing.T) {
	test.NewTempApp(t)
	a, hidden, b := box(10, 10), box(50, 50), box(20, 30)
	hidden.Hide()
	c := Column(4, a, Wide(50, hidden), Inset(3, 3, 3, 3, Prose(50, hidden)), b)
	if got := c.MinSize(); got != fyne.NewSize(20, 44) {
		t.Errorf("asks for %v", got)
	}
	c.Resize(fyne.NewSize(60, 100))
	wantAt(t, a, 0, 0, 60, 10)
	wantAt(t, b, 0, 14, 60, 30)
}

func TestFlowStartsARowWhereAThingDoesNotFit(t *testing.T) {
	test.NewTempApp(t)
	a, b, c, wide := box(40, 10), box(40, 10), box(40, 12), box(400, 10)
	f := Flow(100, 5, a, b, c, wide)
	if got := f.MinSize().Height; got != 10+5+12+5+10 {
		t.Errorf("asks for a height of %v", got)
	}
	f.Resize(fyne.NewSize(100, 42))
	wantAt(t, b, 45, 0, 40, 10)
	wantAt(t, c, 0, 15, 40, 12)
	wantAt(t, wide, 0, 32, 100, 10)
}

func TestHeldWidths(t *testing.T) {
	test.NewTempApp(t)
	a := box(10, 10)
	if got := Wide(80, a).MinSize(); got != fyne.NewSize(80, 10) {
		t.Errorf("Wide asks for %v", got)
	}
	at := AtMost(80, a)
	at.Resize(fyne.NewSize(200, 20))
	wantAt(t, a, 0, 0, 80, 20)
	at.Resize(fyne.NewSize(50, 20))
	wantAt(t, a, 0, 0, 50, 20)
	if got := Gap(7).MinSize(); got != fyne.NewSize(7, 0) {
		t.Errorf("Gap asks for %v", got)
	}
}

func TestTextThatWrapsAsksForTheHeightThatItNeedsAtItsWidth(t *testing.T) {
	test.NewTempApp(t)
	long := "Twelve words that are far too long for one line of eighty pixels"
	for name, held := range map[string]fyne.CanvasObject{
		"Wide": Wide(80, wrapping(long)), "Prose": Prose(80, wrapping(long)),
	} {
		if got, one := held.MinSize().Height, widget.NewLabel("x").MinSize().Height; got < 3*one {
			t.Errorf("%s asks for a height of %v before it was laid out, one line is %v", name, got, one)
		}
	}
}

func wrapping(text string) *widget.RichText {
	r := widget.NewRichTextWithText(text)
	r.Wrapping = fyne.TextWrapWord
	return r
}
