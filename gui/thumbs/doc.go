// Package thumbs makes small pictures of the files on this computer, in
// workers, for the rows of the queue and the screen after an upload.
//
// A Loader keeps the latest few hundred. Get never waits: it gives a picture or
// says that there is none yet. Want tells what can be seen now; everything that
// was wanted before and is not seen any more is dropped, also in mid-work, so
// that scrolling through 100,000 rows decodes only where it rests.
//
// Files come from anywhere, so a decoder never gets an unlimited job: the
// header is read first, and pictures of more than MaxPixels and files of more
// than MaxFile bytes get no thumbnail. A camera's own thumbnail in the EXIF
// block is taken where there is one, which saves decoding the whole picture.
// A decoder that panics costs the file its thumbnail and nothing else.
//
// # Concurrency
//
// Get, Want and Close may be called from any goroutine. OnReady is set
// before the first Want; it is called through the post function given to New,
// at most once per batch of finished pictures. Close stops the workers and waits
// for them; a file system that hangs is waited for too, so Close belongs off
// the main thread.
package thumbs
