// Package upload is the Upload place: it binds header, queue and inspector to
// one session with Darwin. The views ask, the place does: it scans what was
// dropped, loads datasets and tag classes, starts and stops batches, and tells
// the views what came of it. After an upload it asks Darwin what became of each
// file, until all have settled; uploads of earlier runs of the program too. What
// it learns goes into the receipts, and on to the queue.
//
// # Concurrency
//
// A Place belongs to the main thread, all its methods but Close are called
// there and return at once. What takes time runs in goroutines of its
// tasks.Group and comes back through Deps.Post; what comes back after Close is
// dropped, in the views too. Close may be called from any goroutine; it ends a
// running batch and waits for the goroutines.
//
// One upload runs at a time. What its goroutine posts arrives in order, the
// end last, so nothing of an earlier upload can reach a later one. What Darwin
// says afterwards is about files by their items, and passed over for those that are
// being sent once more.
package upload
