// Package assign puts what a sheet says about files onto the files: tags,
// Darwin folder, item name and a video's frame rate.
//
// # The sheet
//
// Package sheet says in what forms it may come. The columns are
//
//	file    which file the line is about
//	folder  its folder in Darwin, from the top ("cats/young")
//	tags    "a;b;bedroom=some text", added to the tags that the file has
//	name    its item's name in Darwin, with the file's own ending
//	fps     of a video: "native" or frames per second
//
// in any order; file is needed. An empty cell changes nothing.
//
// # Which file is meant
//
// A file is named by its path seen from the sheet's own folder, by its path on
// this computer, by its place in Darwin as it is in the queue ("cats/cat_1.jpg"),
// or by its name alone where only one file has it. Nothing is guessed: a name
// that several files have, one that no file has, and one that is written with
// other capital letters are listed, with the line, and change nothing.
//
// # Concurrency
//
// Everything here works on the calling goroutine and keeps no state; a Table
// may be used from any goroutine once it has been read.
package assign
