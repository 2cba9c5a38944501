package journal

import (
	"sync"
	"testing"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
)

// How many changes of state a second many workers get onto the disk, when each
// waits for its own.
func BenchmarkRecord(b *testing.B) {
	for _, workers := range []int{1, 12, 64} {
		b.Run(map[int]string{1: "alone", 12: "12 workers", 64: "64 workers"}[workers], func(b *testing.B) {
			const files = 10_000
			page := begin(b, open(b, b.TempDir()), files)
			b.ResetTimer()
			var all sync.WaitGroup
			for w := range workers {
				all.Go(func() {
					for i := w; i < b.N; i += workers {
						err := page.Record(uploader.Entry{
							Place: i % files, State: uploader.Confirming,
							Reached: uploader.Reached{Upload: darwin.Upload{ItemID: "0190f0f0-0000-7000-8000-000000000000", UploadID: "0190f0f0-0000-7000-8000-000000000001"}, Stored: true},
						})
						if err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "changes/s")
		})
	}
}

// How long a plan of 20,000 files takes to be written and to be read.
func BenchmarkBegin(b *testing.B) {
	j := open(b, b.TempDir())
	for b.Loop() {
		begin(b, j, 20_000)
	}
}
