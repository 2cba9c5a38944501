// Package dbfile opens the program's own SQLite files: it builds their tables
// step by step, and makes room for a new file where the old one cannot be
// understood. It also has what copying one such file into another takes, and
// says how much of the past such a file keeps.
//
// # What it promises
//
// A file that is damaged, is another program's or was written by a newer
// version is renamed, with all that SQLite keeps beside it, and never deleted
// or written over. A disk that cannot be read or written is told as it is: the
// file may be good. A step that is interrupted was not begun.
//
// What a transaction wrote is on the disk when it is committed (WAL,
// synchronous=FULL, and on macOS a full flush of the drive's cache).
//
// # One program at a time
//
// SQLite's own lock on the file is taken by Open and kept until the file is
// closed; it is gone with the process, however that ends. There is no need for
// memory shared between programs then, which network folders do not offer. For
// a second program Open waits for Kind.Busy and fails, so that InUse says true.
//
// # Concurrency
//
// A Kind is a value. All functions may be called from any goroutine. The
// database that Open gives has a single connection, so that its users take
// turns: none may ask for another while it reads rows. The package starts no
// goroutine.
package dbfile
