package intake

import (
	"errors"
	"io/fs"
	"syscall"
)

// Windows says in several ways that nothing is at a path.
const (
	errorNotReady    = syscall.Errno(21)  // a card reader without card
	errorBadNetPath  = syscall.Errno(53)  // the server of a share is gone
	errorBadNetName  = syscall.Errno(67)  // the share is gone
	errorInvalidName = syscall.Errno(123) // no path at all, such as a web address
)

// isMissing reports whether err says that nothing is at the path.
func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, errorNotReady) || errors.Is(err, errorBadNetPath) ||
		errors.Is(err, errorBadNetName) || errors.Is(err, errorInvalidName)
}

// nonBlock is not needed: opening a pipe by its path does not wait here.
const nonBlock = 0
