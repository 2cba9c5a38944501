package journal

import (
	"sync"
	"testing"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/receipt"
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

// What receipts cost in a journal of 50 batches of 10,000 files.
func BenchmarkReceipts(b *testing.B) {
	j := open(b, b.TempDir())
	var id int64
	for range 50 {
		page, err := j.For("", "").Begin(uploader.Plan{Dataset: dataset, Items: confirmedItems(10_000)})
		if err != nil {
			b.Fatal(err)
		}
		if err := page.Close(true); err != nil {
			b.Fatal(err)
		}
		id = page.Number()
	}
	b.Run("history", func(b *testing.B) {
		for b.Loop() {
			if list, err := j.History(b.Context(), "", 0); err != nil || len(list) != 50 {
				b.Fatal(len(list), err)
			}
		}
	})
	b.Run("a search that finds nothing", func(b *testing.B) {
		for b.Loop() {
			if list, err := j.History(b.Context(), "nothing like it", 0); err != nil || len(list) != 0 {
				b.Fatal(len(list), err)
			}
		}
	})
	b.Run("the last page of lines", func(b *testing.B) {
		for b.Loop() {
			if lines, err := j.Lines(b.Context(), id, receipt.Sent, 9_900, 100); err != nil || len(lines) != 100 {
				b.Fatal(len(lines), err)
			}
		}
	})
	b.Run("settling 100 files", func(b *testing.B) {
		place := 0
		for b.Loop() {
			verdicts := make([]receipt.Verdict, 100)
			for i := range verdicts {
				verdicts[i] = receipt.Verdict{Place: (place + i) % 10_000, Outcome: receipt.InDarwin, At: time.Unix(1, 0)}
			}
			place += 100
			if err := j.Settle(b.Context(), id, verdicts); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func confirmedItems(n int) []uploader.Item {
	items := someItems(n)
	for i := range items {
		items[i].Reached = uploader.Reached{Upload: uploadOf(i), Stored: true, Confirmed: true}
	}
	return items
}
