package welcome

import (
	"net/url"
	"testing"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/uploader/fault"
)

func TestEveryStateFitsInBothLooksAndSizes(t *testing.T) {
	looktest.Gallery[*View]{
		Name:  "welcome",
		Sizes: []fyne.Size{{Width: 1180, Height: 760}, {Width: 900, Height: 600}},
		New: func(t *testing.T, size fyne.Size) (*View, fyne.CanvasObject) {
			v := New(Config{Server: "https://darwin.v7labs.com", OnDemo: func() {}, Post: func(f func()) { f() }}, func(*url.URL) {})
			t.Cleanup(v.Close)
			return v, v
		},
		States: map[string]func(*View){
			"asking": func(v *View) { v.Focus() },
			"typed":  func(v *View) { v.key.SetText("ABCDEFG.0123456789abcdef4c7e") },
			"trying": func(v *View) { v.key.SetText("ABCDEFG.0123456789abcdef4c7e"); v.p.stage = trying; v.show() },
			"works":  func(v *View) { v.key.SetText("ABCDEFG.0123456789abcdef4c7e"); succeed(v, works) },
			"unsaved": func(v *View) {
				v.key.SetText("ABCDEFG.0123456789abcdef4c7e")
				succeed(v, unsaved)
			},
			"failed": func(v *View) {
				v.key.SetText("ABCDEFG.0123456789abcdef4c7e")
				v.p.fail(&fault.Error{Kind: fault.Key, What: "Darwin does not know this key.",
					Safe: "Nothing was sent.", Do: "Copy the key again, all 40 characters of it, or ask your team lead for a new one."})
			},
			"kept": func(v *View) {
				v.p.Say(&fault.Error{Kind: fault.Keychain, What: "This computer's keychain is locked.", Safe: "The key in it is safe.",
					Do: "Unlock it and try again, or enter the key."}, func() {})
			},
			"found": func(v *View) { v.SetFound([]Found{{Team: "alder-valley-wildlife"}, {Team: "riverside"}}) },
			"brought": func(v *View) {
				v.SetFound([]Found{{Team: "alder-valley-wildlife"}, {Team: "riverside"}, {Team: "north"}})
				v.bring.list.Show()
				v.p.bring.rows[0].state, v.p.bring.rows[0].result = bringDone, Brought{Team: "Alder Valley Wildlife", Stored: true}
				v.p.bring.rows[1].state, v.p.bring.rows[1].chosen = bringFailed, false
				v.p.bring.rows[1].failed = &fault.Error{What: "Darwin does not know this key.", Do: "Ask your team lead for a new one."}
				v.p.bring.rows[2].state = bringTrying
				v.p.bring.busy = true
				v.show()
			},
			"steps":  func(v *View) { v.toggleSteps() },
			"server": func(v *View) { v.toggleServer(); v.key.SetText("abc"); v.server.SetText("ftp://x"); v.p.Test() },
		},
	}.Draw(t)
}

func succeed(v *View, s stage) {
	v.p.tried = Connection{Server: v.p.server, Key: v.p.key, Team: "Alder Valley Wildlife"}
	v.p.stage = s
	v.show()
}
