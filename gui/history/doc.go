// Package history is the History place: the uploads of the past by day, and
// for each its receipt: what is in Darwin, what was skipped and why, what
// needs the person, and what was left out. Imports from a bucket are listed
// among them (Both puts the two records together).
//
// It is a view with callbacks. It reads receipts from a Source, and never all
// lines of one: they come in pages, in goroutines of its own, so that an
// upload of 100,000 files scrolls as one of ten. What a person asks for (to
// save a receipt, to send files again, to ask Darwin once more) the owner does.
// Of files that are still on this computer as they were sent, the rows show the
// picture, made in workers for what can be seen.
//
// # Concurrency
//
// Everything here belongs to the main thread, all methods but Close return at
// once. What is read comes back through the poster given to New; what comes
// back after Close is dropped. Close may be called from any goroutine and waits
// for the goroutines; one of them may read from a drive that hangs, so Close
// belongs off the main thread. Both may be used from any goroutine. The done function that OnSave hands out may be called
// once from any goroutine.
package history
