package prefs

import (
	"testing"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/settings"
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
			v.OnCopyReport = func(func(error)) {}
			v.OnOpenLog = func() {}
			v.SetSettings(settings.Settings{Transfers: settings.Transfers{LimitSpeed: true, BytesPerSecond: 8_000_000}})
			v.SetAccounts(twoAccounts())
			v.SetWorkersNow(6)
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
			"network": func(v *View) {
				v.SetAccounts(nil)
				v.SetSettings(settings.Settings{
					Workers: 8, Transfers: settings.Transfers{LimitHours: true, From: 19 * 60, Until: 7 * 60},
					Network: settings.Network{Proxy: settings.ProxyManual, ProxyAddress: "proxy.alder.example:3128", ProxyUser: "ann", CAFile: "/home/ann/office-ca.pem"},
				})
				v.SetNetworkProblem(&fault.Error{What: "The certificate file cannot be read.", Do: "Look whether it is still where it was, or choose it again."})
			},
		},
	}.Draw(t)
}
