// Package instance lets one window serve all starts of the program that share a
// settings folder: a later start hands its paths to the first one and ends.
//
// The first one holds a lock on window.lock for as long as it lives, which the
// system releases however it ends. It listens on a port of this computer only,
// and writes address and token to window.json, which only its user can read.
// Whoever knows the token may hand over paths, and nothing else. Neither the
// settings nor the journal need to be readable.
//
// A program that is ending leaves its place first and lets go of the lock last.
// A start in between waits, and is the next first one.
//
// # Concurrency
//
// Open is for the start of the program. Serve calls take from goroutines of its
// own, possibly several at once. Leave and Close may be called from any
// goroutine, and wait for them.
package instance
