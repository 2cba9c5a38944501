package gui

import (
	"os"
	"testing"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/sandbox"
)

// withJournal gives the window a journal in a folder.
func withJournal(dir string) func(*Options, *chain) {
	return func(o *Options, _ *chain) {
		o.Journal = func() (*journal.Journal, error) { return journal.Open(dir) }
	}
}

func TestAnUploadThatWasInterruptedGoesOnAfterARestart(t *testing.T) {
	dir := t.TempDir()
	s := newStage(t, withJournal(dir))
	typeKey(s, s.sandbox.Key())
	s.untilDatasetsAreThere()
	folder := s.pictures()
	s.drop(folder)
	s.until("the files", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
	s.place.Header().OnDataset(*s.place.DatasetNamed("Nest boxes"))
	release := s.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true, Item: "b.jpg"})
	s.place.Upload()
	s.until("two in Darwin", func() bool { return s.place.Count(uploader.InDarwin) == 2 })
	s.close() // as a quit while sending
	release()

	again := restart(s, withJournal(dir))
	typeKey(again, again.sandbox.Key())
	again.untilDatasetsAreThere()
	again.until("the offer", func() bool { return again.place.Interrupted() })
	again.place.GoOn()
	again.until("a batch", func() bool { return again.place.Sending() })
	again.until("the end", func() bool { return !again.place.Sending() })
	if n := again.place.Count(uploader.InDarwin); n != 3 {
		t.Errorf("%d of 3 are in Darwin", n)
	}
	items := s.sandbox.Items("nest-boxes")
	if len(items) != 3 {
		t.Errorf("the dataset has %d items", len(items))
	}
	for _, item := range items {
		if item.Registrations != 1 || item.Confirms != 1 {
			t.Errorf("%s: registered %d, confirmed %d times", item.Name, item.Registrations, item.Confirms)
		}
	}
	if again.place.Interrupted() {
		t.Error("it is offered again")
	}
}

func TestWhatIsSentAgainInTheSameWindowIsNotOfferedLater(t *testing.T) {
	dir := t.TempDir()
	s := newStage(t, withJournal(dir))
	typeKey(s, s.sandbox.Key())
	s.untilDatasetsAreThere()
	s.drop(s.pictures())
	s.until("the files", func() bool { return s.place.Files() == 3 && !s.place.Scanning() })
	s.place.Header().OnDataset(*s.place.DatasetNamed("Nest boxes"))
	release := s.sandbox.Inject(sandbox.Fault{Call: sandbox.Store, Stall: true, Item: "b.jpg"})
	s.place.Upload()
	s.until("two in Darwin", func() bool { return s.place.Count(uploader.InDarwin) == 2 })
	s.place.Stop()
	s.until("the end", func() bool { return !s.place.Sending() })
	release()
	s.place.Upload()
	s.until("the end", func() bool { return !s.place.Sending() })
	s.close()
	j, err := journal.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if left, err := j.Unfinished(t.Context()); err != nil || len(left) > 0 {
		t.Errorf("the journal offers %+v, %v", left, err)
	}
}

func TestASecondWindowSaysThatItKeepsNoJournal(t *testing.T) {
	dir := t.TempDir()
	held, err := journal.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	s := newStage(t, withJournal(dir))
	typeKey(s, s.sandbox.Key())
	s.untilDatasetsAreThere()
	s.until("the strip", func() bool { return s.place.Offer().Visible() })
	if s.place.Interrupted() {
		t.Error("it offers to go on with what another window sends")
	}
}

// restart is a new window beside the same sandbox.
func restart(s *stage, change func(*Options, *chain)) *stage {
	s.Helper()
	address := os.Getenv("DARWIN_BASE_URL")
	again := newStage(s.T, func(o *Options, c *chain) {
		s.Setenv("DARWIN_BASE_URL", address)
		change(o, c)
	})
	return again
}
