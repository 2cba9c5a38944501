package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
)

// A table refreshes all of its visible rows ten times a second while something is sent.
func BenchmarkStateMarkOfARowThatIsBeingSent(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(look.Theme(look.Light))
	m := NewStateMark()
	test.NewTempWindow(b, m).Resize(fyne.NewSize(190, 40))
	fraction := 0.0
	for b.Loop() {
		fraction += 0.0001
		m.Set(StateSending, "Sending", fraction)
	}
}

func BenchmarkRefreshOfAnUnchangedButton(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(look.Theme(look.Light))
	w := NewButton(Plain, "Add folder", look.Icon(look.IconFolder), nil)
	test.NewTempWindow(b, w)
	for b.Loop() {
		w.Refresh()
	}
}
