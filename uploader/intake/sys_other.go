//go:build !windows

package intake

import "syscall"

// errNotDir is what looking below a file gives: the path does not exist.
const errNotDir = syscall.ENOTDIR

// nonBlock keeps opening a pipe from waiting for its writer.
const nonBlock = syscall.O_NONBLOCK
