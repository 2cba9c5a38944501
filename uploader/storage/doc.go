// Package storage sends one file to object storage with the permission that
// Darwin signed for it: a presigned PUT, or a form POST.
//
// A request is streamed from the file, with its length stated beforehand, and
// is cut when no byte moves for a while; there is no limit on its whole time.
// HTTP/1.1 only, no redirects, https except on this computer. Each Send is one
// try: retrying and signing again are the caller's, who reads the fault's kind.
//
// A signed URL, and the policy and signature of a form, are bearer secrets.
// They never show in an error, a log or a String of this package.
//
// A Client may be used from any goroutine. Send calls back from other
// goroutines, one at a time, and never after it returned.
package storage
