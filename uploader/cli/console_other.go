//go:build !windows

package cli

// AttachConsole is for Windows only; elsewhere a program always has the
// terminal that it was started from.
func AttachConsole() {}
