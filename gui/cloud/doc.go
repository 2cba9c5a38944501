// Package cloud is the Cloud import place: objects that lie in one of the
// team's own storages already are chosen, looked over, and registered in a
// dataset. Nothing is copied.
//
// What the person chose (an order) is planned into a draft, a ledger in a
// folder of its own that goes with the place, each time something about it
// changes: so the list, the folders and the numbers are those that will be
// registered, and what is wrong is told by its line before anything is sent.
// Import copies the draft into the record of imports, row by row, and
// registers from there; an import that was interrupted is offered again.
//
// A bucket is looked into with the person's own credentials, which are those of
// this computer unless others were entered here; the place hands these on to be
// kept, and forgets them. It is looked into in parts: folders are listed as far
// as somebody scrolls, and sizes and thumbnails are looked up for what is seen,
// or is in the draft. It is written to only for thumbnails, and
// only for the one draft of which the person saw what would be written and agreed
// to it.
//
// Neither the draft nor an import is held in memory: lists read the rows that
// can be seen, in pages, so that a million of them scroll as ten do.
//
// # Concurrency
//
// Everything here belongs to the main thread, and all methods but Close return
// at once; those of a making may be called from any goroutine. Disk, network and
// ledgers are used in goroutines of the place, whose outcome comes back through
// the poster given to New; what comes back after Close is dropped. Close may be
// called from any goroutine: it stops a running import, which can be continued
// later, and waits for the goroutines.
package cloud
