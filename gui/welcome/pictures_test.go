package welcome

import (
	"fmt"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
	"darwin-uploader/uploader/fault"
)

// TestPictures writes the screen in all its states for a person to look at.
func TestPictures(t *testing.T) {
	dir := os.Getenv("DARWIN_UPLOADER_PICTURES")
	if dir == "" {
		t.Skip("set DARWIN_UPLOADER_PICTURES to a folder to get pictures")
	}
	for _, choice := range []look.Choice{look.Light, look.Dark} {
		app := test.NewTempApp(t)
		app.Settings().SetTheme(look.Theme(choice))
		for name, arrangeState := range map[string]func(*View){
			"asking": func(*View) {},
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
			"steps":  func(v *View) { v.toggleSteps() },
			"server": func(v *View) { v.toggleServer(); v.key.SetText("abc"); v.server.SetText("ftp://x"); v.p.Test() },
		} {
			for _, size := range []fyne.Size{{Width: 1180, Height: 760}, {Width: 900, Height: 600}} {
				v := New(Config{Server: "https://darwin.v7labs.com", OnDemo: func() {}, Post: func(f func()) { f() }}, func(*url.URL) {})
				w := test.NewTempWindow(t, v)
				w.SetPadded(false)
				w.Resize(size)
				v.Focus()
				arrangeState(v)
				f, err := os.Create(filepath.Join(dir, fmt.Sprintf("welcome-%s-%s-%.0f.png", name, choice, size.Width)))
				if err != nil {
					t.Fatal(err)
				}
				if err := png.Encode(f, w.Canvas().Capture()); err != nil {
					t.Fatal(err)
				}
				f.Close()
				v.Close()
			}
		}
	}
}

func succeed(v *View, s stage) {
	v.p.tried = Connection{Server: v.p.server, Key: v.p.key, Team: "Alder Valley Wildlife"}
	v.p.stage = s
	v.show()
}
