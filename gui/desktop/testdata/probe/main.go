// Command probe is the smallest Fyne window that takes a drop. It stands in for the real program where the test harness tests
// itself: what reaches the window is printed on standard output, one line of quoted text per event.
package main

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

func main() {
	a := app.NewWithID("darwin-uploader.probe")
	w := a.NewWindow("Harness probe")

	field := widget.NewEntry()
	field.SetPlaceHolder("Type here")
	field.OnSubmitted = func(text string) { fmt.Printf("typed %q\n", text) }
	w.SetContent(field)
	w.Canvas().Focus(field)

	control := &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl}
	item := fyne.NewMenuItem("Chord", func() { fmt.Printf("chord %q\n", "Control+K") })
	item.Shortcut = control
	w.SetMainMenu(fyne.NewMainMenu(fyne.NewMenu("Probe", item)))

	w.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) {
		for _, u := range uris {
			fmt.Printf("dropped %q\n", u.Path())
		}
		fmt.Printf("drop-of %q\n", fmt.Sprint(len(uris)))
	})
	w.Resize(fyne.NewSize(500, 300))
	w.ShowAndRun()
}
