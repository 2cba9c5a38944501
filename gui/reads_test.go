package gui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"darwin-uploader/gui/look"
	"darwin-uploader/gui/look/looktest"
	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader/sandbox"
)

// TestEveryScreenCanBeReadInEveryLanguage leads a person through the whole window, and looks at each screen.
func TestEveryScreenCanBeReadInEveryLanguage(t *testing.T) {
	looktest.InEachLanguage(t, func(t *testing.T, tag string) {
		tight := fyne.NewSize(900, 600)
		s := newStage(t, withJournal(t.TempDir()))
		s.setLook(look.Light)
		s.win.Resize(tight)
		read := func(screen string) {
			s.win.Resize(tight)
			t.Run(screen, func(t *testing.T) {
				looktest.Reads(t, s.win)
				looktest.Save(t, "window-"+screen+"-"+tag, s.win)
			})
		}
		read("welcome")
		s.welcome.Presenter().SetKey(newKey)
		s.welcome.Presenter().Submit()
		s.until("the key is refused", func() bool { return s.welcome.Presenter().CanTest() })
		read("key-refused")
		typeKey(s, s.sandbox.Key())
		s.untilDatasetsAreThere()
		read("empty")

		folder := s.pictures()
		s.drop(folder)
		s.until("the files", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
		read("ready-without-dataset")
		s.place.Header().OnDataset(*s.place.DatasetNamed("Nest boxes"))
		read("ready")

		release := s.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Item: "b.jpg", Status: 400})
		slow := s.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Status: 503})
		s.place.Upload()
		s.until("something is sent", func() bool { return s.place.Workers() > 0 })
		read("sending")
		s.place.Pause(true)
		s.until("a pause", func() bool { return s.place.Paused() })
		read("paused")
		slow()
		s.place.TogglePause()
		s.until("the end", func() bool { return !s.place.Sending() })
		release()
		if s.place.Page() != queue.PageDone {
			s.until("the receipt", func() bool { return s.place.Page() == queue.PageDone })
		}
		read("done")
		s.goTo(historyPlace)()
		s.untilSaid("b.jpg")
		read("history")
		s.goTo(cloudPlace)()
		s.until("the storages", func() bool { return drawn(s.shell.cloud, "team-uploads") })
		read("cloud")
		s.goTo(settingsPlace)()
		read("settings")
	})
}

// drawn tells whether something shows a text.
func drawn(o fyne.CanvasObject, text string) bool {
	return slices.ContainsFunc(test.LaidOutObjects(o), func(o fyne.CanvasObject) bool {
		t, ok := o.(*canvas.Text)
		return ok && t.Visible() && t.Text == text
	})
}
