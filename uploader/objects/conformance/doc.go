// Package conformance tries package objects, and the whole way from a bucket
// of real files to items in Darwin, against versitygw, an S3 gateway made by
// others.
//
// It is a module of its own, so that what versitygw needs stays out of the
// uploader's. It has tests only: run `go test ./...` in this folder.
package conformance
