package widgets

import "fyne.io/fyne/v2"

// SetShown shows or hides something, and leaves it alone if it is so already: Show and Hide draw anew each time.
func SetShown(o fyne.CanvasObject, shown bool) {
	switch {
	case shown && !o.Visible():
		o.Show()
	case !shown && o.Visible():
		o.Hide()
	}
}

// SetEnabled is the same for what can be operated.
func SetEnabled(w fyne.Disableable, enabled bool) {
	switch {
	case enabled && w.Disabled():
		w.Enable()
	case !enabled && !w.Disabled():
		w.Disable()
	}
}

// Focus gives the keyboard to a widget in the window that shows near; without a window it does nothing.
func Focus(near fyne.CanvasObject, w fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(near); c != nil {
		c.Focus(w)
	}
}
