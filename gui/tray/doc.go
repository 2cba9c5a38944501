// Package tray is the program's sign beside the clock, for the time in which its
// window is hidden: how far it is, and the way back.
//
// It drives fyne.io/systray itself. Fyne's own way shows the sign from the
// program's start or not at all, and begins on the main thread with a
// conversation over the desktop's message bus, which may hang.
//
// Once shown the sign stays until the program ends: what stands behind it cannot
// be begun twice, and on Linux it shares its connection to the bus with Fyne.
//
// Where there is nothing that shows such signs, as on a Linux without a message
// bus or without a StatusNotifierWatcher on it, one line goes to the log and
// nothing else happens. A host that comes later is not waited for: starting the
// program once more brings the window back in any case.
//
// # Concurrency
//
// A Tray belongs to the main thread. Everything that may wait runs in goroutines
// of its own; what is pressed is done through post.
package tray
