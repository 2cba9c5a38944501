// Package receipt is what became of every file of an upload, as Darwin itself
// tells it afterwards: confirmed is not the same as processed, and processed
// is what a person means by "it is in Darwin".
//
// Follow asks Darwin about the files of one upload that were confirmed, until
// each is ready, was refused by Darwin's processing, or turns out to be
// missing; what it learns goes into a Store (package journal has one, and
// Memory is one for programs without a journal). WriteCSV and WriteJSON write
// a receipt for people and for programs. Abandon takes items out of Darwin
// that wait for files which will never come.
//
// # Where the rules come from
//
// Darwin's list of items and its words for processing are those of package
// darwin. Inferred: an item that Darwin does not list although it confirmed
// it was lost or deleted, if two looks with a pause between them both say so;
// one that is listed as waiting for its file two minutes after its
// confirmation has lost the file; an archived item is in Darwin.
//
// # Concurrency
//
// Nothing here starts a goroutine. Follow may run for several uploads at the
// same time, and for one upload while it is still being sent; it is to run
// once at a time for each upload. A Memory may be used from any goroutine.
package receipt
