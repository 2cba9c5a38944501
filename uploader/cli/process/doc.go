// Package process proves by its tests what the commands promise, with the real
// program in a process of its own: bytes, exit codes, sentences, signals, the
// memory that it takes. It has no code to offer.
package process
