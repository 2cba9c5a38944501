//go:build !linux && !freebsd && !openbsd && !netbsd

package tray

// hosted is nil: these systems show the sign by themselves.
func hosted() error { return nil }
