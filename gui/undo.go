package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// addUndo lets Ctrl/Cmd+Z and its opposites take edits of the queue back and
// forth wherever the keyboard is, but in a field with text: that has an undo of
// its own.
func (w *window) addUndo() {
	undo := func(fyne.Shortcut) {
		if w.place != nil {
			w.place.Undo()
		}
	}
	redo := func(fyne.Shortcut) {
		if w.place != nil {
			w.place.Redo()
		}
	}
	c := w.win.Canvas()
	c.AddShortcut(&fyne.ShortcutUndo{}, undo)
	c.AddShortcut(&fyne.ShortcutRedo{}, redo)
	c.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: command | fyne.KeyModifierShift}, redo)
}
