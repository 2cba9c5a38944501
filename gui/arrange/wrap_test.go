package arrange

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

func TestAWrapHasTheHeightThatItsLatestWidthAsksFor(t *testing.T) {
	var boxes []fyne.CanvasObject
	for range 4 {
		box := canvas.NewRectangle(color.Black)
		box.SetMinSize(fyne.NewSize(100, 20))
		boxes = append(boxes, box)
	}
	w := Wrap(8, boxes...)
	if h := w.MinSize().Height; h != 20 {
		t.Errorf("before it has a width it is %v high", h)
	}
	for width, want := range map[float32]float32{424: 20, 423: 48, 208: 48, 207: 104, 60: 104} {
		w.Resize(fyne.NewSize(width, 10))
		if h := w.MinSize().Height; h != want {
			t.Errorf("at %v it is %v high, want %v", width, h, want)
		}
	}
	boxes[3].Hide()
	w.Resize(fyne.NewSize(316, 10))
	if at := boxes[2].Position(); at != fyne.NewPos(216, 0) || w.MinSize().Height != 20 {
		t.Errorf("without the last the third is at %v", at)
	}
}

func TestWhatIsToppedHasTheHeightThatItsHeadLeaves(t *testing.T) {
	head, rest := canvas.NewRectangle(color.Black), canvas.NewRectangle(color.Black)
	head.SetMinSize(fyne.NewSize(10, 36))
	rest.SetMinSize(fyne.NewSize(80, 20))
	c := Topped(head, rest)
	if size := c.MinSize(); size != fyne.NewSize(80, 56) {
		t.Errorf("it needs %v", size)
	}
	c.Resize(fyne.NewSize(200, 100))
	if head.Size() != fyne.NewSize(200, 36) || rest.Size() != fyne.NewSize(200, 64) || rest.Position().Y != 36 {
		t.Errorf("the head has %v, the rest %v at %v", head.Size(), rest.Size(), rest.Position())
	}
}
