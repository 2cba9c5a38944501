package main

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// evict makes the system forget what it knows of a file that was just written.
// A program that was linked this moment lies in memory in pieces so large that
// running any of it counts all of it as resident; one that was installed is read
// from the disk page by page.
func evict(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	err = f.Sync()
	if err == nil {
		err = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
	}
	return errors.Join(err, f.Close())
}
