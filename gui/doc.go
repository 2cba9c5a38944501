// Package gui is the window: everything that a person sees, and the only
// place, with its sub-packages, that knows Fyne.
//
// Run builds the application and blocks until it is closed. This package holds
// what belongs to the window as a whole: which screen is shown, the rail, the
// menu and its shortcuts, dialogs, the account in use. What a screen does is in
// its own package: welcome, upload (with header, queue and inspector),
// history, prefs.
//
// Later starts of the program reach the window through instance, and awake keeps
// the computer from falling asleep while it sends. A window that is hidden and
// sends on has a sign beside the clock: tray.
//
// Texts are in the language of the settings, see lang. Another language is used
// at once, by making menu and places anew, or from the next start on where
// something would be lost by that.
//
// # Concurrency
//
// Widgets and everything that holds them belong to the main thread. Work that
// takes time runs in a tasks.Group and comes back through fyne.Do. Neither
// disk, network, keychain nor an image decoder is touched on the main thread.
package gui
