package header

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// TestPictures writes the header in all its states for a person to look at.
func TestPictures(t *testing.T) {
	dir := os.Getenv("DARWIN_UPLOADER_PICTURES")
	if dir == "" {
		t.Skip("set DARWIN_UPLOADER_PICTURES to a folder to get pictures")
	}
	for _, choice := range []look.Choice{look.Light, look.Dark} {
		for name, prepare := range map[string]func(*View){
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
		} {
			for _, size := range []fyne.Size{{Width: 1092, Height: 560}, {Width: 812, Height: 480}} {
				test.NewTempApp(t).Settings().SetTheme(look.Theme(choice))
				v := New(func(f func()) { f() })
				v.OnNewDataset = func(string, func(error)) {}
				v.SetNarrow(size.Width < 1000-88)
				v.SetAccounts([]Account{{"a", "Alder Valley Wildlife"}, {"b", "Practice Darwin"}}, "a")
				v.SetDatasets(team)
				v.SetRecent([]int64{2, 3})
				v.SetChosen(&team[1])
				w := test.NewTempWindow(t, container.NewBorder(container.NewVBox(v, NewDemoBanner(func() {})), nil, nil, nil))
				w.SetPadded(false)
				w.Resize(size)
				prepare(v)
				f, err := os.Create(filepath.Join(dir, fmt.Sprintf("header-%s-%s-%.0f.png", name, choice, size.Width)))
				if err != nil {
					t.Fatal(err)
				}
				if err := png.Encode(f, w.Canvas().Capture()); err != nil {
					t.Fatal(err)
				}
				f.Close()
			}
		}
	}
}
