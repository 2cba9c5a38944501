package gui

import (
	"testing"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/instance"
)

// telling is an application whose notifications the test reads.
type telling struct {
	fyne.App
	told chan string
}

func (a telling) SendNotification(n *fyne.Notification) { a.told <- n.Content }

// hiding is a window that says whether it is hidden or closed.
type hiding struct {
	fyne.Window
	hidden, closed bool
}

func (h *hiding) Hide()         { h.hidden = true }
func (h *hiding) Show()         { h.hidden = false }
func (h *hiding) RequestFocus() {}
func (h *hiding) Close()        { h.closed = true }

// unattended is an upload under way in a window that can be hidden.
func unattended(t *testing.T) (s *stage, win *hiding, told chan string, release func()) {
	s, release = sendingSlowly(t)
	own := s.win
	win = &hiding{Window: own}
	s.win = win
	t.Cleanup(func() { s.win = own })
	told = make(chan string, 10)
	s.app = telling{s.app, told}
	s.o.Others, s.demo = &instance.First{}, nil
	t.Cleanup(func() { s.o.Others = nil })
	s.stateChanged()
	return s, win, told, release
}

func TestAnUploadThatEndsBehindOtherWindowsIsTold(t *testing.T) {
	s, win, told, release := unattended(t)
	s.attention.away = true
	release()
	s.until("the notification", func() bool { return len(told) > 0 })
	_, of := s.place.Progress()
	if words := <-told; words != endWords(of, of) {
		t.Errorf("it says %q", words)
	}
	if win.closed || win.hidden {
		t.Error("the window goes, too")
	}
}

func TestAnUploadThatEndsBeforeThePersonsEyesIsNotTold(t *testing.T) {
	s, _, told, release := unattended(t)
	release()
	s.until("the end", func() bool { return !s.place.Sending() && !s.attention.sending })
	if len(told) > 0 {
		t.Errorf("it is told all the same: %q", <-told)
	}
}

func TestAWindowThatIsClosedMaySendOnAndEndsTheProgramWhenAllIsSent(t *testing.T) {
	s, win, told, release := unattended(t)
	s.askToClose()
	if s.asked == nil || !s.asked.Visible() || !s.canSendOn() {
		t.Fatal("it is not offered")
	}
	s.sendOn()
	if !win.hidden || !s.place.Sending() {
		t.Fatal("the window is still there, or the upload has ended")
	}
	s.called(nil)
	if win.hidden {
		t.Error("another start does not bring the window back")
	}
	s.sendOn()
	release()
	s.until("the notification", func() bool { return len(told) > 0 })
	if !win.closed {
		t.Error("the program does not end")
	}
}

func TestAHiddenWindowComesBackWhereSomethingNeedsThePerson(t *testing.T) {
	s, win, told, release := unattended(t)
	defer release()
	s.sendOn()
	s.place.Stop()
	s.until("the notification", func() bool { return len(told) > 0 })
	if win.hidden || win.closed {
		t.Error("the window stays hidden, or the program ends")
	}
}

func TestANotificationHoldsNumbersAndWordsOfOursOnly(t *testing.T) {
	for _, c := range []struct {
		arrived, of int
		want        string
	}{
		{1, 1, "1 file sent."},
		{1412, 1412, "1,412 files sent."},
		{388, 412, "388 of 412 files sent. Open Darwin Uploader to see what the others need."},
	} {
		if got := endWords(c.arrived, c.of); got != c.want {
			t.Errorf("it says %q, want %q", got, c.want)
		}
	}
}
