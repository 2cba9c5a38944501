//go:build unix

package cli

import (
	"os"
	"syscall"
)

// endSignals are what asks a program to end: Ctrl+C, the system, and the
// terminal's window that is closed.
var endSignals = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
