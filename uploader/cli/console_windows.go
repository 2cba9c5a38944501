package cli

import (
	"os"

	"golang.org/x/sys/windows"
)

// AttachConsole gives a program that was built for the window the console that
// it was started from, so that `upload` can print there. Output that was
// redirected to a file or a pipe stays where it is.
func AttachConsole() {
	if _, err := os.Stdout.Stat(); err == nil {
		return
	}
	attach := windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole")
	const parent = ^uintptr(0) // ATTACH_PARENT_PROCESS
	if ok, _, _ := attach.Call(parent); ok == 0 {
		return
	}
	out, err := os.OpenFile("CONOUT$", os.O_WRONLY, 0)
	if err != nil {
		return
	}
	os.Stdout, os.Stderr = out, out
}
