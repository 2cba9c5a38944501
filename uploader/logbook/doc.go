// Package logbook keeps the program's own records: a log in a few files that
// never grow beyond 10 MiB together, what a crash left behind, and the report
// that a person copies for support.
//
// # What never gets in
//
// Everything passes one redactor on its way to the disk, to a person's
// clipboard or to the window: API keys by their shape, by the headers that
// carry them and, once Hide was told, by their very characters; the addresses
// of signed uploads down to the host; signatures, policies and credentials of
// upload forms; passwords in addresses. It is the last line, not the only one:
// the packages that hold secrets do not print them.
//
// Names of files and folders may be names of patients. The report shows a short
// mark in place of each, the same for the same name, unless the person chose
// otherwise. Whoever logs a path, a name or a folder gives it as an attribute
// of its own called "path", "file", "name", "folder", "item" or "root", so that
// it is recognised whatever it holds.
//
// # What it never does
//
// It never stops what it tells of. On a disk that is full, in a folder that may
// not be written to, lines are dropped; Problem says why, and the first line
// that is kept again says how many are missing.
//
// # Concurrency
//
// All methods may be called from any goroutine, also after Close, when lines go
// nowhere. They write to the disk; a window calls Log's methods sparingly from
// its main thread, and the others not at all. Several programs may keep their
// log in one folder at the same time: each line has its program's number.
package logbook
