//go:build !windows

package intake

import (
	"errors"
	"io/fs"
	"syscall"
)

// isMissing reports whether err says that nothing is at the path. Looking below
// a file is one of the ways.
func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// nonBlock keeps opening a pipe from waiting for its writer.
const nonBlock = syscall.O_NONBLOCK
