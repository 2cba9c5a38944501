package prefs

import (
	"testing"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/look/looktest"
)

func TestEverythingFollowsAChangeOfTheTheme(t *testing.T) {
	looktest.FollowsTheTheme(t, fyne.Size{Width: 1092, Height: 760}, func() fyne.CanvasObject {
		v := New(func(f func()) { f() })
		v.SetAccounts(twoAccounts())
		v.mark("a", status{doing: asking})
		return v
	})
}
