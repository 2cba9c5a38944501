//go:build !linux && !freebsd && !openbsd && !netbsd

package gui

// noScreen says why no window can be shown, "" if one can. Windows and macOS
// always have a screen.
func noScreen() string { return "" }
