//go:build !unix

package cli

import (
	"os"
	"syscall"
)

// endSignals are what asks a program to end: Ctrl+C and Ctrl+Break, and, as
// Windows has it, the console's window that is closed, logging out and shutting
// down.
var endSignals = []os.Signal{os.Interrupt, syscall.SIGTERM}
