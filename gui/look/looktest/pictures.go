package looktest

import (
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
)

// Folder is where pictures for people to look at go, "" if nobody asked for them.
func Folder() string { return os.Getenv("DARWIN_UPLOADER_PICTURES") }

// Save draws a window into Folder, if there is one.
func Save(t testing.TB, name string, w fyne.Window) {
	t.Helper()
	if dir := Folder(); dir != "" {
		Write(t, filepath.Join(dir, name+".png"), w.Canvas().Capture())
	}
}

// Write writes a picture as a PNG file.
func Write(t testing.TB, path string, picture image.Image) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(png.Encode(f, picture), f.Close()); err != nil {
		t.Fatal(err)
	}
}
