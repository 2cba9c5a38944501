// Package prefs is the Settings place: accounts, transfers, network and
// appearance, each change effective at once.
//
// It is a view with callbacks and remembers nothing: the owner keeps the
// settings and tells the view what they are.
//
// Everything here belongs to the main thread. The only exceptions are the done
// functions that OnTest and OnRemove hand out: each may be called once from any
// goroutine, and reaches the view through the poster given to New.
package prefs
