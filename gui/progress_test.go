package gui

import (
	"regexp"
	"testing"

	"darwin-uploader/gui/tray"
)

func TestTheTitleTellsHowMuchIsSentAndIsTheNameAloneOtherwise(t *testing.T) {
	s, release := sendingSlowly(t)
	if got := s.win.Title(); !regexp.MustCompile(`^[0-9]{1,2} % · Darwin Uploader$`).MatchString(got) {
		t.Errorf("while files are sent the title is %q", got)
	}
	s.place.Pause(true)
	if got := s.win.Title(); !regexp.MustCompile(`^Paused at [0-9]{1,2} % · Darwin Uploader$`).MatchString(got) {
		t.Errorf("in a pause the title is %q", got)
	}
	s.place.Pause(false)
	if s.attention.ticking == nil {
		t.Error("the title is not brought up to date by itself")
	}
	release()
	s.until("the end", func() bool { return !s.place.Sending() })
	if got := s.win.Title(); got != programName {
		t.Errorf("at the end the title is %q", got)
	}
	if s.attention.ticking != nil {
		t.Error("it is still looked at")
	}
}

// sign notes what the tray shows.
type sign struct{ shown [][]tray.Line }

func (s *sign) Show(lines ...tray.Line) { s.shown = append(s.shown, lines) }

func (s *sign) last() []tray.Line { return s.shown[len(s.shown)-1] }

func TestTheTrayIsThereOnceTheWindowIsHiddenAndLeadsBack(t *testing.T) {
	s, win, _, release := unattended(t)
	tray := &sign{}
	s.attention.tray = tray
	s.stateChanged()
	if len(tray.shown) != 0 {
		t.Error("there is a sign beside the clock while the window can be seen")
	}
	s.sendOn()
	if got := tray.last(); len(got) != 4 || got[1].Words != "0 of 3 are sent" || got[1].Do != nil || got[2].Words != "Pause" {
		t.Fatalf("the menu is %v", got)
	}
	tray.last()[2].Do()
	if !s.place.Paused() || tray.last()[2].Words != "Go on" {
		t.Error("Pause does not pause")
	}
	tray.last()[2].Do()
	if s.place.Paused() {
		t.Error("Go on does not go on")
	}
	tray.last()[0].Do()
	if s.attention.hidden || win.hidden {
		t.Error("the window is still hidden")
	}
	release()
	s.until("the end", func() bool { return !s.place.Sending() })
	if got := tray.last()[1].Words; got != "Nothing is being sent" {
		t.Errorf("after the end it says %q", got)
	}
}

func TestStopAndQuitInTheTrayClosesTheWindow(t *testing.T) {
	s, win, _, release := unattended(t)
	defer release()
	tray := &sign{}
	s.attention.tray = tray
	s.sendOn()
	tray.last()[3].Do()
	if !win.closed {
		t.Error("the window is still open")
	}
}
