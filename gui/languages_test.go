package gui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
)

func TestQuestionsAndStripsCanBeReadInEveryLanguage(t *testing.T) {
	looktest.InEachLanguage(t, func(t *testing.T, tag string) {
		s := atWork(t, false)
		s.setLook(look.Light)
		s.win.Resize(fyne.NewSize(smallestWidth, smallestHeight))
		read := func(what string) {
			t.Helper()
			t.Run(what, func(t *testing.T) {
				looktest.Reads(t, s.win)
				looktest.Save(t, "window-"+what+"-"+tag, s.win)
			})
		}
		s.shell.suggestImport(external.Import{
			About:  external.About{Dataset: darwin.Dataset{Name: "Camera traps 2026"}},
			Begun:  time.Date(2026, 11, 23, 14, 2, 0, 0, time.Local),
			Counts: ledger.Counts{ledger.Registered: 1204, ledger.Waiting: 3796},
		})
		read("strip-import")
		s.place.Tell(lang.L("Another Darwin Uploader is at work and has the journal. This window keeps a journal of its own, until a later start joins the two."))
		read("strip-told")
		s.place.Tell(lang.L("%s Files can be uploaded all the same, but an upload that is interrupted could not go on after a restart.",
			lang.S("The journal of uploads cannot be used.")))
		read("strip-journal")
		s.ask(lang.L("Stop and close?"), lang.L("%s If you close now, the others wait on this computer, and the next start offers to go on with them.",
			lang.N("%s of %s file is sent.", "%s of %s files are sent.", 412, "207", "412")),
			answer{words: lang.L("Keep sending")}, answer{words: lang.L("Send on without the window")}, answer{words: lang.L("Stop and close")})
		read("question")
		s.asked.Hide()
		s.askForKey(&fault.Error{Kind: fault.Key, What: "Darwin does not know this key."})
		read("key")
		s.keyAsked.leave()
	})
}
