package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
)

func TestTipComesWithPointerOrFocusAndGoesWithThem(t *testing.T) {
	themed(t)
	done := 0
	trash := NewIconButton(look.Icon(look.IconTrash), "Take these out of the queue", func() { done++ })
	words := NewButton(Plain, "Stop", nil, nil)
	layer := NewTipLayer(container.NewBorder(container.NewHBox(layout.NewSpacer(), words, trash), nil, nil, nil))
	w := test.NewTempWindow(t, layer)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 300))

	words.MouseIn(&desktop.MouseEvent{})
	if layer.Tip() != "" {
		t.Error("a button with words has a tip")
	}
	words.MouseOut()
	for what, c := range map[string]struct{ come, leave func() }{
		"pointer": {func() { trash.MouseIn(&desktop.MouseEvent{}) }, trash.MouseOut},
		"focus":   {func() { w.Canvas().Focus(trash) }, func() { w.Canvas().Unfocus() }},
		"press":   {func() { trash.MouseIn(&desktop.MouseEvent{}) }, func() { trash.MouseDown(&desktop.MouseEvent{}) }},
	} {
		c.come()
		if layer.Tip() != "Take these out of the queue" {
			t.Errorf("%s: no tip", what)
		}
		ground := test.WidgetRenderer(layer).(*tipRenderer).ground
		if end := ground.Position().X + ground.Size().Width; end > 400 || !ground.Visible() {
			t.Errorf("%s: the tip ends at %v of 400", what, end)
		}
		c.leave()
		if layer.Tip() != "" || ground.Visible() {
			t.Errorf("%s: the tip stays", what)
		}
	}
	test.TapCanvas(w.Canvas(), fyne.CurrentApp().Driver().AbsolutePositionForObject(trash).AddXY(10, 10))
	if done != 1 {
		t.Error("the layer keeps taps from the content")
	}
}

func TestButtonsWithoutATipLayerStillWork(t *testing.T) {
	themed(t)
	b := NewIconButton(look.Icon(look.IconTrash), "Take out", nil)
	b.MouseIn(&desktop.MouseEvent{})
	b.MouseOut()
	b.FocusGained()
	b.FocusLost()
}
