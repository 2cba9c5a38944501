// Package intake turns what a person dropped, picked or named into the files
// that will be uploaded: it walks folders, tells what Darwin takes, gives each
// file its item name and Darwin folder, and says of everything else why it is
// left out. It sends nothing, and it reads a file's content only where the name
// does not tell what the file is.
//
// Rules that hold for every scan:
//
//   - A file lands in Options.Base; a folder "cats" lands in Base/cats with
//     everything below it. With Options.Flat all files land in Base.
//   - Links inside a folder are never followed. A path that the person named is
//     followed even if it is a link.
//   - Only regular files are opened, so a pipe or a device cannot hang a scan.
//   - Names and folders are in Unicode's composed form (NFC), whatever form the
//     disk holds.
//   - A path is taken once. Of two files that would be one item, the first found
//     is kept.
//
// # Concurrency
//
// Scan works on the calling goroutine, starts no other one, and calls emit from
// it; after Scan has returned, emit is not called again. A Scanner may be used
// from any goroutine: Scan calls run one after the other, Forget and Move may
// come in between at any time. Cancelling the context ends a scan between two
// files; a call into a file system that hangs (a dead network drive) cannot be
// cut, so scans belong on a goroutine that nothing else waits for.
package intake
