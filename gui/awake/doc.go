// Package awake keeps the computer from falling asleep while files are being
// sent.
//
// On Linux it asks the desktop over D-Bus (org.freedesktop.ScreenSaver, which
// GNOME, KDE, XFCE and others serve), in a goroutine of its own, because a bus
// may not answer. Elsewhere it uses what Fyne's driver offers, on the main
// thread: on Windows the wish belongs to the thread that made it.
//
// # Concurrency
//
// Set and Close belong to the main thread and return at once. Where the wish
// cannot be fulfilled the log says so, once for each wish, and nothing else
// happens: the upload goes on when the computer wakes up.
package awake
