// Package fault is the one shape that every problem of the uploader takes:
// what happened, what is safe, what to do, and, for the program, how to react.
//
// An *Error is made where the problem is seen (at the edge: an HTTP answer, a
// file that cannot be opened) and travels unchanged up to the window or the
// terminal. Its sentences are for the person; Detail is for support and the
// log. Neither ever holds an API key, a signed URL or a signature.
//
// Values are immutable after they were made and may be read from any
// goroutine.
package fault
