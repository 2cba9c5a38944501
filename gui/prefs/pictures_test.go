package prefs

import (
	"testing"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/uploader/fault"
)

func twoAccounts() []Account {
	return []Account{
		{ID: "a", Team: "Alder Valley Wildlife", Server: "https://darwin.v7labs.com", KeyHint: "4c7e", Current: true},
		{ID: "b", Team: "Practice Darwin", Server: "http://127.0.0.1:4242", Kept: Practice},
		{ID: "c", Team: "Riverside Radiology", Server: "https://darwin.example.org", KeyHint: "91ab", Kept: ThisRunOnly},
	}
}

func TestEveryStateFitsInBothLooksAndSizes(t *testing.T) {
	looktest.Gallery[*View]{
		Name:  "prefs",
		Sizes: []fyne.Size{{Width: 1092, Height: 760}, {Width: 812, Height: 600}},
		New: func(t *testing.T, size fyne.Size) (*View, fyne.CanvasObject) {
			v := New(func(f func()) { f() })
			v.OnTest = func(string, func(error)) {}
			v.OnRemove = func(string, func(error)) {}
			v.SetAccounts(twoAccounts())
			v.SetWorkers(0, 6)
			return v, v
		},
		States: map[string]func(*View){
			"plain": func(v *View) { v.accounts.mark("a", status{doing: works}); v.mark("b", status{doing: trying}) },
			"ask":   func(v *View) { v.mark("a", status{doing: asking}) },
			"broken": func(v *View) {
				v.mark("c", status{broken, &fault.Error{What: "Darwin does not know this key.", Safe: "Nothing was sent.",
					Do: "Add the account again with a new key from your team lead."}})
			},
			"empty": func(v *View) { v.SetAccounts(nil) },
		},
	}.Draw(t)
}
