package looktest

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

func TestPicturesThatDifferAreCountedByPixel(t *testing.T) {
	a, b := image.NewGray(image.Rect(0, 0, 3, 2)), image.NewGray(image.Rect(0, 0, 3, 2))
	b.SetGray(1, 1, color.Gray{Y: 1})
	if n := Different(a, b); n != 1 {
		t.Errorf("%d pixels differ, want 1", n)
	}
	if n := Different(a, a); n != 0 {
		t.Errorf("a picture differs from itself in %d pixels", n)
	}
}

func TestPicturesAreWrittenOnlyWhereSomebodyAsked(t *testing.T) {
	dir := t.TempDir()
	test.NewTempApp(t)
	w := Window(t, canvas.NewRectangle(color.Black), fyne.NewSize(3, 2))
	t.Setenv("DARWIN_UPLOADER_PICTURES", "")
	Save(t, "none", w)
	t.Setenv("DARWIN_UPLOADER_PICTURES", dir)
	Save(t, "one", w)
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 || filepath.Ext(files[0].Name()) != ".png" {
		t.Errorf("%v, %v", files, err)
	}
}
