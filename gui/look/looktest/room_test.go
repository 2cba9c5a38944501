package looktest

import (
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"darwin-uploader/gui/widgets"
)

// found is what is wrong with an object that has this room.
func found(t *testing.T, size fyne.Size, o fyne.CanvasObject) string {
	t.Helper()
	test.NewTempApp(t)
	w := Window(t, container.NewWithoutLayout(o), fyne.NewSize(400, 300))
	o.Resize(size)
	all, err := CutOff(w)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, "\n")
}

func text(words string) *widgets.Text {
	return widgets.NewShrinkingText(words, theme.SizeNameText, fyne.TextStyle{})
}

func TestWordsOfTheProgramMayNotBeShortenedAndNamesMay(t *testing.T) {
	for _, c := range []struct {
		words string
		width float32
		want  string
	}{
		{"The names of your files stay as they are.", 300, ""},
		{"The names of your files stay as they are.", 120, "is shortened"},
		{"Automatic (now 1,204)", 80, "is shortened"},
		{"Riverside Radiology of the Northern Valley", 120, ""},
	} {
		if got := found(t, fyne.NewSize(c.width, 20), text(c.words)); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%q with a width of %v: %q, want %q", c.words, c.width, got, c.want)
		}
	}
}

func TestTheWordsOfTheLanguageInUseCount(t *testing.T) {
	InEachLanguage(t, func(t *testing.T, tag string) {
		got := found(t, fyne.NewSize(120, 20), text("Die Namen Ihrer Dateien bleiben, wie sie sind."))
		if (got != "") != (tag == "de") {
			t.Errorf("found %q", got)
		}
	})
}

func TestWordsBrokenInTheMiddleAreFound(t *testing.T) {
	p := widgets.NewParagraph("Appearance", theme.SizeNameText, fyne.TextStyle{})
	if got := found(t, fyne.NewSize(70, 60), p); !strings.Contains(got, "is broken after") {
		t.Errorf("found %q", got)
	}
	p.SetText("Proxy")
	if got := found(t, fyne.NewSize(100, 60), p); got != "" {
		t.Errorf("found %q", got)
	}
}

func TestWhatSticksOutOrLiesOverAnotherTextIsFound(t *testing.T) {
	far := canvas.NewText("far away", color.Black)
	far.Move(fyne.NewPos(380, 10))
	if got := found(t, far.MinSize(), far); !strings.Contains(got, "sticks out") {
		t.Errorf("found %q", got)
	}
	a, b := canvas.NewText("one", color.Black), canvas.NewText("two", color.Black)
	if got := found(t, fyne.NewSize(100, 30), container.NewStack(a, b)); !strings.Contains(got, "lies over") {
		t.Errorf("found %q", got)
	}
}

func TestWhatIsScrolledAwayIsNotCutOff(t *testing.T) {
	rows := container.NewVBox()
	for range 20 {
		rows.Add(widget.NewLabel("a row"))
	}
	below := container.NewBorder(nil, widget.NewLabel("below"), nil, nil, container.NewVScroll(rows))
	if got := found(t, fyne.NewSize(100, 100), below); got != "" {
		t.Errorf("found %q", got)
	}
}

// mute can be tapped and says nothing.
type mute struct{ widget.BaseWidget }

func (*mute) Tapped(*fyne.PointEvent) {}
func (*mute) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewLine(nil))
}

func TestControlsWithoutWordsAreFound(t *testing.T) {
	test.NewTempApp(t)
	m := &mute{}
	m.ExtendBaseWidget(m)
	w := Window(t, container.NewVBox(m, widgets.NewIconButton(nil, "", nil), widgets.NewButton(widgets.Plain, "Stop", nil, nil), widget.NewCheck("x", nil)), fyne.NewSize(200, 200))
	if got := strings.Join(Silent(w), "\n"); got != "looktest.mute has no label\nwidgets.Button has an empty label" {
		t.Errorf("found %q", got)
	}
}
