// Package cause sorts the files that need the person by what is wrong with
// them: one Group for each cause, with what happened, why, and the one or two
// things that help, in the words that the window shows.
//
// It is pure: it knows files only as the values that it is given, draws nothing
// and does nothing. Everything here may be called from any goroutine.
package cause
