// Package ledger keeps what an import is to register and what became of each of
// its rows, so that a crash, a power cut or a full disk costs nothing and a
// million rows need no memory. It knows neither Darwin nor sheets.
//
// # What it promises
//
// What Add, Ask, Record, Seal and End were given is on the disk when they
// return (SQLite with WAL, synchronous=FULL, and on macOS a full flush). It
// holds no API key, no signed URL and no password: none of the values that it
// is given has one.
//
// # The file
//
// imports.db lies in the folder that Open is given. One program at a time has
// it: SQLite's own lock on the file is kept until Close, and gone with the
// process, however that ends. A second program keeps imports-2.db (to
// imports-9.db) beside it, which Open takes over when nobody has it open any
// more; see OpenBeside. A file that is damaged or was written by a newer version
// is set aside under another name, never deleted; Warning then says so.
// The tables are built by the numbered files in migrations, each run once; the
// number of the last one is the file's user_version.
//
// # Concurrency
//
// All methods may be called from any goroutine, and wait for the disk and for
// each other. The package starts no goroutine that outlives a call.
package ledger
