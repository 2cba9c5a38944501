package dbfile

import (
	"errors"
	"fmt"
	"io/fs"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// code is SQLite's code of an error, without its extension; 0 for others.
func code(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

// verdict tells damage from a disk that cannot be read or written.
func verdict(err error) error {
	switch code(err) {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_FORMAT:
		return fmt.Errorf("%w: %w", errDamaged, err)
	default:
		return err
	}
}

// InUse says that another program has the file open.
func InUse(err error) bool {
	c := code(err)
	return c == sqlite3.SQLITE_BUSY || c == sqlite3.SQLITE_LOCKED
}

// Full says that the disk is.
func Full(err error) bool { return code(err) == sqlite3.SQLITE_FULL }

// Forbidden says that the file may not be written.
func Forbidden(err error) bool {
	c := code(err)
	return c == sqlite3.SQLITE_READONLY || c == sqlite3.SQLITE_PERM
}

// Damaged says that what was read from the file makes no sense.
func Damaged(err error) bool {
	c := code(err)
	return c == sqlite3.SQLITE_CORRUPT || c == sqlite3.SQLITE_NOTADB
}

// Detail is an error's text for support. Unlike the texts of the package os it
// names no path, which may hold names of people.
func Detail(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Op + ": " + e.Err.Error()
	}
	return err.Error()
}
