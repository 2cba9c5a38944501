// Package journal keeps what became of every file of every batch, so that a
// crash, a power cut or a full disk costs nothing: it implements
// uploader.Journal on one SQLite file, and gives back what was not finished.
//
// # What it promises
//
// What Begin, Add and Record were given is on the disk when they return (WAL,
// synchronous=FULL, and on macOS a full flush of the drive's cache). What Note
// was given follows soon after. Calls that come from many goroutines at the
// same time share one transaction, so that waiting for the disk does not limit
// how many files a second are sent.
//
// # Receipts
//
// It keeps what became of every file: Settle writes what Darwin says of an item
// after it was confirmed, LeaveOut what was never taken into a batch (of very
// much only the number), History and Lines read it. A file that Darwin lost
// makes its batch one to go on with. The last 200 batches are kept, those older
// than two years excepted (the last 20 stay whatever the clock says), and no
// more than two million files; what has not ended is always kept. What is
// beyond leaves after Open, a little at a time.
//
// It never holds a key, a signed URL or a signature: none of the values that
// it is given has one. Of a problem it keeps the sentences for the person, not
// the details.
//
// # The file
//
// journal.db lies in the folder that Open is given; journal.lock beside it
// makes sure that one program at a time works on it. A second program keeps
// journal-2.db (to journal-9.db) beside it, which Open takes over when nobody
// has it open any more; see OpenBeside. A journal that is damaged or was
// written by a newer version is set aside under another name, never deleted;
// Warning then says so.
//
// The tables are built by the numbered files in migrations, each run once, in
// a transaction; the number of the last one is the file's user_version.
//
// # Concurrency
//
// All methods may be called from any goroutine, and wait for the disk. One
// goroutine writes, and one prunes; they begin with Open and end with Close.
// Reading and writing take turns, so that what reads much (History with a
// search, AllLines) does so in parts. After Close every method fails.
package journal
