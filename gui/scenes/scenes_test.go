package scenes

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
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
		w := test.NewTempWindow(t, picture)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(Width, Height))
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

// TestPictures writes the scenes as one picture for a person to look at.
func TestPictures(t *testing.T) {
	dir := os.Getenv("DARWIN_UPLOADER_PICTURES")
	if dir == "" {
		t.Skip("set DARWIN_UPLOADER_PICTURES to a folder to get pictures")
	}
	test.NewTempApp(t)
	grid := container.NewGridWithColumns(3)
	for _, r := range All() {
		picture := canvas.NewImageFromResource(r)
		picture.CornerRadius = 6
		picture.SetMinSize(fyne.NewSize(Width*3, Height*3))
		grid.Add(picture)
	}
	w := test.NewTempWindow(t, grid)
	f, err := os.Create(filepath.Join(dir, "scenes.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
