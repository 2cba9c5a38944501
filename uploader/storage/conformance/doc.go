// Package conformance lets two judges try the same uploads: versitygw, an S3
// gateway made by others, and the project's own sandbox bucket. Where they
// agree, the client, the bucket and the bucket's signer are right for one more
// reason than that we wrote all of them.
//
// It is a module of its own, so that what versitygw needs stays out of the
// uploader's. It has tests only: run `go test ./...` in this folder.
package conformance
