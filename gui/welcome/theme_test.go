package welcome

import (
	"testing"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/look/looktest"
)

func TestEverythingFollowsAChangeOfTheTheme(t *testing.T) {
	looktest.FollowsTheTheme(t, fyne.Size{Width: 1180, Height: 760}, func() fyne.CanvasObject {
		v := New(Config{Server: "https://darwin.v7labs.com", Post: func(f func()) { f() }}, nil)
		v.key.SetText("abc")
		succeed(v, unsaved)
		v.toggleSteps()
		return v
	})
}
