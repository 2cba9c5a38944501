package scenes

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look/looktest"
)

func TestThereAreSixScenesThatEachDrawADifferentPicture(t *testing.T) {
	test.NewTempApp(t)
	all := All()
	if len(all) != 6 {
		t.Fatalf("%d scenes, the frame holds six", len(all))
	}
	names := map[string]bool{}
	for _, r := range all {
		if names[r.Name()] {
			t.Errorf("two scenes are named %s; Fyne's picture cache goes by name", r.Name())
		}
		names[r.Name()] = true
		picture := canvas.NewImageFromResource(r)
		w := looktest.Window(t, picture, fyne.NewSize(Width, Height))
		seen := map[[3]uint32]bool{}
		shot := w.Canvas().Capture()
		for x := shot.Bounds().Min.X; x < shot.Bounds().Max.X; x += 3 {
			for y := shot.Bounds().Min.Y; y < shot.Bounds().Max.Y; y += 3 {
				r, g, b, _ := shot.At(x, y).RGBA()
				seen[[3]uint32{r, g, b}] = true
			}
		}
		if len(seen) < 4 {
			t.Errorf("%s shows %d colours, want at least sky, hill, ground and trees", r.Name(), len(seen))
		}
	}
}

func TestTheScenesStandSideBySide(t *testing.T) {
	test.NewTempApp(t)
	grid := container.NewGridWithColumns(3)
	for _, r := range All() {
		picture := canvas.NewImageFromResource(r)
		picture.CornerRadius = 6
		picture.SetMinSize(fyne.NewSize(Width*3, Height*3))
		grid.Add(picture)
	}
	size := fyne.NewSize(3*3*Width+20, 2*3*Height+20)
	w := looktest.Window(t, grid, size)
	looktest.Fits(t, w, size)
	looktest.Save(t, "scenes", w)
}
