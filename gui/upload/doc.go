// Package upload is the Upload place: it binds header, queue and inspector to
// one session with Darwin. The views ask, the place does: it scans what was
// dropped, loads datasets and tag classes, starts and stops batches, and tells
// the views what came of it.
//
// # Concurrency
//
// A Place belongs to the main thread, all its methods are called there and
// return at once. What takes time runs in goroutines of its tasks.Group and
// comes back through Deps.Post; what comes back after Close is dropped. Close
// ends a running batch and waits for the goroutines.
package upload
