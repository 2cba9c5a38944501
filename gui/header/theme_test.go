package header

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"darwin-uploader/gui/look/looktest"
)

func TestEverythingFollowsAChangeOfTheTheme(t *testing.T) {
	looktest.FollowsTheTheme(t, fyne.Size{Width: 1092, Height: 120}, func() fyne.CanvasObject {
		v := New(func(f func()) { f() })
		v.SetAccounts([]Account{{"a", "Alder Valley Wildlife"}}, "a")
		v.SetDatasets(team)
		v.SetChosen(&team[1])
		return container.NewVBox(v, NewDemoBanner(func() {}))
	})
}
