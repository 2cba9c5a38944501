package process

import (
	"fmt"
	"os"
	"syscall"
	"testing"
)

func TestADiskThatFillsUpStopsTheUploadAndLosesNothing(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root may make a disk of its own for this")
	}
	for _, slug := range []string{v1, v2} {
		t.Run(slug, func(t *testing.T) {
			disk := t.TempDir()
			if err := syscall.Mount("none", disk, "tmpfs", 0, fmt.Sprintf("size=%d", 2*brimRoom)); err != nil {
				t.Skipf("this system lets nobody make a disk: %v", err)
			}
			t.Cleanup(func() { _ = syscall.Unmount(disk, 0) })
			b := newBrim(t, slug, disk)
			b.stopped(launch(t, b.start(b.dir)).wait())
			must(t, 0, syscall.Mount("none", disk, "tmpfs", syscall.MS_REMOUNT, "size=50m"))
			b.resumed()
		})
	}
}
