// Package help holds what the Help menu shows: what happens to a person's
// files, the keys, and what the program is made of. It knows neither uploads
// nor settings; what is true of this run is handed to it.
//
// # Threads
//
// Everything here belongs on Fyne's main thread. Nothing starts a goroutine,
// and nothing reads a file: the licences are part of the program.
package help
