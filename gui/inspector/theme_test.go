package inspector

import (
	"testing"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/look/looktest"
)

func TestEverythingFollowsAChangeOfTheTheme(t *testing.T) {
	looktest.FollowsTheTheme(t, fyne.Size{Width: 328, Height: 620}, func() fyne.CanvasObject {
		v := New(func(f func()) { f() })
		v.SetClasses(teamClasses())
		v.SetSelection(mockup())
		v.entry.field.SetText("mar")
		return v
	})
}
