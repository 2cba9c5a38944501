package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/tray"
)

// attention is whether the person sees the window, and whether an upload runs
// whose end they should be told of.
type attention struct {
	away    bool // another program is in front
	hidden  bool // the window was closed, and sends on
	sending bool

	title   string             // of the window
	ticking context.CancelFunc // not nil while progress is told
	tray    interface {        // nil where there is none
		Show(lines ...tray.Line)
	}
	traced bool // the tray is shown
}

// watchFocus notes when the window is in front.
func (w *window) watchFocus(l fyne.Lifecycle) {
	l.SetOnEnteredForeground(func() { w.attention.away = false })
	l.SetOnExitedForeground(func() { w.attention.away = true })
}

// watchEnd notices that an upload has ended. The person is told where they do
// not look; a window that was closed while it sent ends the program, unless
// something needs the person.
func (w *window) watchEnd() {
	w.tellProgress()
	was := w.attention.sending
	w.attention.sending = w.place != nil && w.place.Sending()
	if !was || w.attention.sending || w.place == nil {
		return
	}
	arrived, of := w.place.Progress()
	if w.attention.away || w.attention.hidden {
		w.notify(endWords(arrived, of))
	}
	if !w.attention.hidden {
		return
	}
	if arrived == of {
		w.win.Close()
		return
	}
	w.reappear()
}

// endWords is what a notification says of an upload that has ended: numbers and
// words of ours only, as some systems run what stands in a notification.
func endWords(arrived, of int) string {
	if arrived == of {
		return lang.N("%s file sent.", "%s files sent.", of)
	}
	return lang.N("%s of %s file sent. Open Darwin Uploader to see what it needs.",
		"%s of %s files sent. Open Darwin Uploader to see what the others need.", of, lang.Number(arrived), lang.Number(of))
}

// notify puts a notification on the screen. Some systems take their time for
// that, or have nothing that shows it.
func (w *window) notify(words string) {
	w.tasks.Go(func(context.Context) {
		w.app.SendNotification(fyne.NewNotification(programName, words))
	})
}

// sendOn closes the window and lets the upload go on. Starting the program once
// more brings the window back.
func (w *window) sendOn() {
	w.attention.hidden = true
	w.win.Hide()
	w.showTray()
}

// canSendOn says whether a window that is hidden could be found again.
func (w *window) canSendOn() bool { return w.o.Others != nil && w.demo == nil }

func (w *window) reappear() {
	w.attention.hidden = false
	w.win.Show()
	w.win.RequestFocus()
}
