// Package bucket is a small object store that judges uploads as S3 does: a
// handler for http.Server that takes the form POST and the presigned PUT of
// Signature Version 4, verifies every part of them, and answers with S3's XML.
//
// It is an independent reading of the rules: it shares no code with the client
// that it judges, and rather refuses than guesses. It is stricter than S3 in
// one place: S3 ignores form fields after the file, bucket refuses them.
//
// Bodies are streamed, to files below Config.Dir or, without one, through the
// hashes only. A body that does not arrive whole leaves nothing behind.
// Objects cannot be fetched over HTTP; tests read them with Open.
//
// A Bucket may be used from any goroutine.
package bucket
