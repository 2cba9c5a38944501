package looktest

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
)

// Speak lets the window speak a language for the rest of a test, which runs beside no other.
func Speak(t testing.TB, tag string) {
	t.Helper()
	if err := lang.Use(tag); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := lang.Use("en"); err != nil {
			t.Error(err)
		}
	})
}

// InEachLanguage runs a test in each language that the window speaks; under the
// race detector, which looks at other things, in one that is not English.
func InEachLanguage(t *testing.T, test func(t *testing.T, tag string)) {
	all := lang.Languages()
	if Watched {
		all = all[1:2]
	}
	for _, l := range all {
		t.Run(l.Tag, func(t *testing.T) {
			Speak(t, l.Tag)
			test(t, l.Tag)
		})
	}
}

// Reads fails the test if a person cannot read a text of a window to its end, or a screen reader has no words for a control.
func Reads(t testing.TB, w fyne.Window) {
	t.Helper()
	found, err := CutOff(w)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(found, Silent(w)...) {
		t.Error(f)
	}
}

// tightest is the smallest of the sizes.
func (g Gallery[V]) tightest() fyne.Size {
	size := g.Sizes[0]
	for _, s := range g.Sizes {
		if s.Width < size.Width {
			size = s
		}
	}
	return size
}

// speak brings every state into a window in each language but English, at the smallest size.
func (g Gallery[V]) speak(t *testing.T) {
	size := g.tightest()
	InEachLanguage(t, func(t *testing.T, tag string) {
		if tag == "en" {
			return
		}
		for state, prepare := range g.States {
			name := fmt.Sprintf("%s-%s-%s-%.0f", g.Name, state, tag, size.Width)
			t.Run(name, func(t *testing.T) {
				test.NewTempApp(t).Settings().SetTheme(look.Theme(look.Light))
				view, content := g.New(t, size)
				w := Window(t, content, size)
				prepare(view)
				Reads(t, w)
				Save(t, name, w)
			})
		}
	})
}
