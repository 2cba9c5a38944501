package intake

import "syscall"

// errNotDir is what looking below a file gives: the path does not exist.
const errNotDir = syscall.ERROR_PATH_NOT_FOUND

// nonBlock is not needed: opening a pipe by its path does not wait here.
const nonBlock = 0
