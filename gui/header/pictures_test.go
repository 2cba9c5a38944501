package header

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

func TestEveryStateFitsInBothLooksAndSizes(t *testing.T) {
	looktest.Gallery[*View]{
		Name:  "header",
		Sizes: []fyne.Size{{Width: 1092, Height: 560}, {Width: 812, Height: 480}},
		New: func(t *testing.T, size fyne.Size) (*View, fyne.CanvasObject) {
			v := New(func(f func()) { f() })
			v.OnNewDataset = func(string, func(error)) {}
			v.SetNarrow(size.Width < 1000-88)
			v.SetAccounts([]Account{{"a", "Alder Valley Wildlife"}, {"b", "Practice Darwin"}}, "a")
			v.SetDatasets(team)
			v.SetRecent([]int64{2, 3})
			v.SetChosen(&team[1])
			return v, container.NewBorder(container.NewVBox(v, NewDemoBanner(func() {})), nil, nil, nil)
		},
		States: map[string]func(*View){
			"chosen": func(*View) {},
			"none":   func(v *View) { v.SetChosen(nil) },
			"locked": func(v *View) { v.SetLocked(true) },
			"long": func(v *View) {
				v.SetAccounts([]Account{{"a", "The Society for the Observation of Very Small Animals"}}, "a")
				v.SetChosen(&darwin.Dataset{ID: 9, Name: "Everything that was seen near the river between 2019 and 2026", Items: 1234567})
			},
			"list":    func(v *View) { v.ShowDatasets() },
			"search":  func(v *View) { v.ShowDatasets(); v.panel.search.SetText("trap") },
			"nohit":   func(v *View) { v.ShowDatasets(); v.panel.search.SetText("zebra") },
			"loading": func(v *View) { v.SetDatasetsLoading(); v.SetChosen(nil); v.ShowDatasets() },
			"failed": func(v *View) {
				v.OnReload = func() {}
				v.SetDatasetsFailed(&fault.Error{What: "Darwin did not answer.", Safe: "Your files are untouched.", Do: "Look at the network connection and try again."})
				v.ShowDatasets()
			},
			"empty":  func(v *View) { v.SetDatasets(nil); v.SetChosen(nil); v.ShowDatasets() },
			"new":    func(v *View) { v.ShowNewDataset(); v.panel.name.SetText("Ponds 2026") },
			"taken":  func(v *View) { v.ShowNewDataset(); v.panel.name.SetText("Nest boxes") },
			"making": func(v *View) { v.ShowNewDataset(); v.panel.name.SetText("Ponds 2026"); v.create() },
			"notmade": func(v *View) {
				v.ShowNewDataset()
				v.panel.name.SetText("Ponds 2026")
				v.create()
				v.data.created(&fault.Error{What: "This key may not make datasets.", Do: "Ask your team lead for a key that may."})
				v.panel.refresh()
			},
			"menu": func(v *View) {
				v.OnAddAccount, v.OnSettings, v.OnForgetKey = func() {}, func() {}, func() {}
				v.showAccounts()
			},
		},
	}.Draw(t)
}
