//go:build linux || darwin

package storage

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// maxUnsent is how many bytes the system takes beyond those on their way.
const maxUnsent = 128 << 10

// limitUnsent keeps the system from taking megabytes that have not left yet, so
// that progress tells what was sent and the wait for the answer starts when
// the file is nearly there. The speed is not touched.
func limitUnsent(_, _ string, c syscall.RawConn) error {
	return c.Control(func(fd uintptr) {
		// A refinement only: without it everything still works.
		_ = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_NOTSENT_LOWAT, maxUnsent)
	})
}
