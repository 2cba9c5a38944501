package looktest

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
)

// Gallery is one view, to be drawn in all its states.
type Gallery[V any] struct {
	Name  string
	Sizes []fyne.Size
	// New makes the view in its plain state, and what goes into the window.
	New func(t *testing.T, size fyne.Size) (view V, content fyne.CanvasObject)
	// States bring a new view, which is in a window already, into each state.
	States map[string]func(V)
}

// Draw brings every state into a window, in light and dark and at every size, and
// at the smallest in every language. A state that does not fit its window fails the
// test. Under the race detector the smallest window in one look and language does.
func (g Gallery[V]) Draw(t *testing.T) {
	looks, sizes := []look.Choice{look.Light, look.Dark}, g.Sizes
	if Watched {
		looks, sizes = looks[:1], []fyne.Size{g.tightest()}
	} else {
		t.Run("languages", g.speak)
	}
	for _, choice := range looks {
		for state, prepare := range g.States {
			for _, size := range sizes {
				name := fmt.Sprintf("%s-%s-%s-%.0f", g.Name, state, choice, size.Width)
				t.Run(name, func(t *testing.T) {
					test.NewTempApp(t).Settings().SetTheme(look.Theme(choice))
					view, content := g.New(t, size)
					w := Window(t, content, size)
					prepare(view)
					Fits(t, w, size)
					if choice == look.Light {
						Reads(t, w)
					}
					Save(t, name, w)
				})
			}
		}
	}
}

// Window opens a window that holds nothing but content.
func Window(t testing.TB, content fyne.CanvasObject, size fyne.Size) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(size)
	return w
}

// Fits fails the test if a window's content needs more than a size.
func Fits(t testing.TB, w fyne.Window, size fyne.Size) {
	t.Helper()
	if need := w.Content().MinSize(); need.Width > size.Width || need.Height > size.Height {
		t.Errorf("the content needs %v, the window has %v", need, size)
	}
}
