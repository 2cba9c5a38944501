package gui

import (
	"testing"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/look/looktest"
)

func TestTheSmallestWindowCanBeReadToItsEndInEveryLanguage(t *testing.T) {
	speakEnglish(t)
	for _, l := range lang.Languages() {
		t.Run(l.Tag, func(t *testing.T) {
			if err := lang.Use(l.Tag); err != nil {
				t.Fatal(err)
			}
			s := atWork(t, false)
			s.app.Settings().SetTheme(look.Theme(look.Light))
			s.win.Resize(fyne.NewSize(smallestWidth, smallestHeight))
			for name, place := range map[string]placeName{"upload": uploadPlace, "cloud": cloudPlace, "history": historyPlace, "settings": settingsPlace} {
				s.shell.visit(place)
				looktest.Reads(t, s.win)
				looktest.Save(t, "window-"+name+"-"+l.Tag, s.win)
			}
			s.ask(lang.L("Stop and close?"), lang.L("%s If you close now, the others wait on this computer, and the next start offers to go on with them.",
				lang.N("%s of %s file is sent.", "%s of %s files are sent.", 412, "207", "412")), answer{words: lang.L("Keep sending")},
				answer{words: lang.L("Send on without the window")}, answer{words: lang.L("Stop and close")})
			looktest.Reads(t, s.win)
			looktest.Save(t, "window-ask-"+l.Tag, s.win)
		})
	}
}
