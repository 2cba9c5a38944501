package history

import (
	"testing"
	"time"

	"darwin-uploader/uploader/receipt"
)

// How long one step of the wheel takes in an upload of 100,000 files.
func BenchmarkScroll(b *testing.B) {
	source := &books{}
	source.add(1, "Camera traps", now.Add(-time.Hour), times(100_000, receipt.InDarwin)...)
	r := newRig(b, source, wide).open()
	for i := 0; b.Loop(); i++ {
		r.scrollTo(float32(i%1000) / 1000)
	}
	b.StopTimer()
	r.settled()
}
