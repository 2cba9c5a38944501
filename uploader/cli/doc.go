// Package cli is the engine without a window: the `upload`, `register` and
// `sandbox` commands and the words of the command line.
//
// It reads no settings and no keychain by itself; Env brings what it may use.
// Results go to Env.Stdout, everything said on the way to Env.Stderr.
//
// Exit codes: 0 every file is in Darwin or being processed there, 1 some were
// skipped, failed, could not be processed or are missing, or the upload was
// stopped, or the receipt could not be written, 2 wrong words or wrong
// configuration (nothing was sent, and there is no result).
//
// # Concurrency
//
// The commands run on the calling goroutine and end when ctx does, or, with the
// files on their way finished, after Env.Soon has ended. They start
// no goroutine that outlives them.
package cli
