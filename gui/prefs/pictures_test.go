package prefs

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
	"darwin-uploader/uploader/fault"
)

func twoAccounts() []Account {
	return []Account{
		{ID: "a", Team: "Alder Valley Wildlife", Server: "https://darwin.v7labs.com", KeyHint: "4c7e", Current: true},
		{ID: "b", Team: "Practice Darwin", Server: "http://127.0.0.1:4242", Kept: Practice},
		{ID: "c", Team: "Riverside Radiology", Server: "https://darwin.example.org", KeyHint: "91ab", Kept: ThisRunOnly},
	}
}

// TestPictures writes the place in all its states for a person to look at.
func TestPictures(t *testing.T) {
	dir := os.Getenv("DARWIN_UPLOADER_PICTURES")
	if dir == "" {
		t.Skip("set DARWIN_UPLOADER_PICTURES to a folder to get pictures")
	}
	for _, choice := range []look.Choice{look.Light, look.Dark} {
		for name, prepare := range map[string]func(*View){
			"plain": func(v *View) { v.accounts.mark("a", status{doing: works}); v.mark("b", status{doing: trying}) },
			"ask":   func(v *View) { v.mark("a", status{doing: asking}) },
			"broken": func(v *View) {
				v.mark("c", status{broken, &fault.Error{What: "Darwin does not know this key.", Safe: "Nothing was sent.",
					Do: "Add the account again with a new key from your team lead."}})
			},
			"empty": func(v *View) { v.SetAccounts(nil) },
		} {
			for _, size := range []fyne.Size{{Width: 1092, Height: 760}, {Width: 812, Height: 600}} {
				test.NewTempApp(t).Settings().SetTheme(look.Theme(choice))
				v := New(func(f func()) { f() })
				v.OnTest = func(string, func(error)) {}
				v.OnRemove = func(string, func(error)) {}
				v.SetAccounts(twoAccounts())
				v.SetWorkers(0, 6)
				w := test.NewTempWindow(t, v)
				w.SetPadded(false)
				w.Resize(size)
				prepare(v)
				f, err := os.Create(filepath.Join(dir, fmt.Sprintf("prefs-%s-%s-%.0f.png", name, choice, size.Width)))
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
