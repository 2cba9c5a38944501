// Package sheet reads the tables that people keep about their files: CSV (with
// commas, semicolons or tabs), XLSX, and JSON lines (one object on each line),
// as a stream of rows with named columns. It knows nothing of what the columns
// mean; the caller says which names it knows.
//
// # The form of a sheet
//
// The first line names the columns, in any order and in any case; spaces and
// hyphens count as underscores ("Thumbnail key" is thumbnail_key). In JSON
// lines each object names its own. A column that is missing is a value that is
// missing; one that nobody knows is left out, and Unknown names it. Empty lines
// are skipped.
//
// Text is UTF-8, or UTF-16 with a byte order mark. In CSV a first line "sep=;"
// is understood as Excel means it. Of an XLSX file the first visible sheet is
// read, numbers as they are kept rather than as they are shown, formulas by
// the value that was saved with them.
//
// Package-wide limits: MaxRow bytes in a row, MaxColumns columns, and for XLSX
// files, which cannot be read from front to end, MaxXLSX bytes (16 times as
// many unpacked, on the disk). The number of rows is not limited, and memory
// does not grow with it.
//
// # Tags
//
// Tags reads a cell of tags: "a;b;bedroom=some text" is two plain tags and one
// with text. The first equals sign ends the name. A backslash takes the meaning
// from the sign after it: "\;", "\=" and "\\" are those signs themselves; before
// any other character it is a backslash. In JSON lines tags may also be a list
// of names and of {name: text}.
//
// # Concurrency
//
// A Sheet belongs to one goroutine at a time. It starts none.
package sheet
