package gui

import (
	"bytes"
	"context"
	"image/png"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/look"
	"darwin-uploader/gui/tasks"
	"darwin-uploader/gui/tray"
)

// progressEvery is how often title and tray are brought up to date while
// something is sent: often enough to be believed, and seldom enough for menus
// that the desktop draws.
const progressEvery = 3 * time.Second

// tellProgress tells the taskbar and the tray how far it is, now and from time
// to time until nothing is sent any more.
func (w *window) tellProgress() {
	active := w.place != nil && w.place.Sending() || w.importing()
	if tick := w.attention.ticking; active && tick == nil {
		work, stop := tasks.Stoppable(func(ctx, _ context.Context) { w.tick(ctx) })
		w.attention.ticking = stop
		w.tasks.Go(work)
	} else if !active && tick != nil {
		tick()
		w.attention.ticking = nil
	}
	w.showProgress()
}

func (w *window) tick(ctx context.Context) {
	ticker := time.NewTicker(progressEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			w.post(func() {
				if ctx.Err() == nil {
					w.showProgress()
				}
			})
		}
	}
}

// showProgress writes how far it is into the window's title, which the taskbar
// shows, and into the tray.
func (w *window) showProgress() {
	if title := w.title(); title != w.attention.title {
		w.attention.title = title
		w.win.SetTitle(title)
	}
	if w.attention.traced {
		w.attention.tray.Show(w.trayLines()...)
	}
}

// title is the program's name, and before it how much is sent.
func (w *window) title() string {
	switch {
	case w.place != nil && w.place.Sending():
		percent := min(int(100*w.place.Part()), 99) // all has left, and Darwin has not confirmed it yet
		if w.place.Paused() {
			return lang.L("Paused at %d %% · %s", percent, programName)
		}
		return lang.L("%d %% · %s", percent, programName)
	case w.importing():
		if registered, of := w.shell.cloud.Progress(); of > 0 {
			return lang.L("%d %% · %s", 100*registered/of, programName)
		}
	}
	return programName
}

// showTray puts the sign beside the clock, where the system has one, for a
// window that is hidden: it says how far it is and leads back. A window that can
// be seen needs none. Once there it stays until the end, see package tray.
func (w *window) showTray() {
	if w.attention.tray != nil {
		w.attention.traced = true
		w.showProgress()
	}
}

// trayLines is the menu of the tray. Their number is always the same.
func (w *window) trayLines() []tray.Line {
	progress, pause := lang.L("Nothing is being sent"), lang.L("Pause")
	if w.place != nil && w.place.Sending() {
		arrived, of := w.place.Progress()
		progress = lang.N("%s of %s is sent", "%s of %s are sent", of, lang.Number(arrived), lang.Number(of))
		if w.place.Paused() {
			pause = lang.L("Go on")
		}
	}
	return []tray.Line{
		{Words: lang.L("Show the window"), Do: w.reappear},
		{Words: progress},
		{Words: pause, Do: func() {
			if w.place != nil {
				w.place.TogglePause()
			}
		}},
		{Words: lang.L("Stop and quit"), Do: w.win.Close},
	}
}

// trayIcon is the program's mark for a place beside the clock.
func trayIcon() []byte {
	const side = 64
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(canvas.NewImageFromResource(look.Mark()))
	c.Resize(fyne.NewSquareSize(side))
	var picture bytes.Buffer
	_ = png.Encode(&picture, c.Capture()) // a buffer takes everything
	return picture.Bytes()
}
