//go:build ignore

// This program draws Icon.png, the icon of the app, from the mark. Run it with go generate ./gui/look.
package main

import (
	"image/png"
	"log"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: go run icon_png.go FILE") // not shown
	}
	app := test.NewApp()
	app.Settings().SetTheme(look.Theme(look.Light))
	mark := canvas.NewImageFromResource(look.Mark())
	mark.SetMinSize(fyne.NewSquareSize(512))
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(mark)

	file, err := os.Create(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := png.Encode(file, c.Capture()); err != nil {
		log.Fatal(err)
	}
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
}
