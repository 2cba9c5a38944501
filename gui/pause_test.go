package gui

import (
	"testing"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/sandbox"
)

func TestPauseBeginsNothingNewAndResumeGoesOn(t *testing.T) {
	s := newStage(t, func(o *Options, _ *chain) { o.Demo = true })
	s.untilDatasetsAreThere()
	release := s.sandbox.Inject(sandbox.Fault{Call: sandbox.Register, Status: 503, RetryAfter: "1", Times: 1})
	defer release()
	s.drop(s.pictures())
	s.until("the files", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
	s.place.Header().OnDataset(*s.place.DatasetNamed("Nest boxes"))
	s.place.Upload()
	s.until("a batch that is under way", func() bool { s.place.Pause(true); return s.place.Paused() })
	if n := s.place.Count(uploader.InDarwin); n > 0 {
		t.Errorf("%d files went past the pause", n)
	}
	s.place.TogglePause()
	if s.place.Paused() {
		t.Error("it is still paused")
	}
	s.until("the end", func() bool { return !s.place.Sending() })
	if arrived, _ := s.place.Progress(); arrived != 3 {
		t.Errorf("%d of 3 are in Darwin", arrived)
	}
}
