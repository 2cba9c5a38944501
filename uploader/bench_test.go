package uploader

import (
	"fmt"
	"testing"
)

// hundredThousand is a batch of so many items.
func hundredThousand(b *testing.B) *Batch {
	b.Helper()
	items := make([]Item, 100_000)
	for i := range items {
		items[i] = Item{Path: fmt.Sprint(i), Name: fmt.Sprint(i, ".jpg"), Size: 1000}
	}
	return newBatch(items, func() {})
}

// BenchmarkStatuses is what a window's look at all rows costs the engine.
func BenchmarkStatuses(b *testing.B) {
	batch := hundredThousand(b)
	var all []Status
	b.ReportAllocs()
	for b.Loop() {
		all = batch.Statuses(all)
	}
}

// BenchmarkSnapshot is what a window's look at the whole costs the engine.
func BenchmarkSnapshot(b *testing.B) {
	batch := hundredThousand(b)
	b.ReportAllocs()
	for b.Loop() {
		if s := batch.Snapshot(); s.Files != 100_000 {
			b.Fatal(s)
		}
	}
}

// BenchmarkProgress is what one progress report of a file costs.
func BenchmarkProgress(b *testing.B) {
	batch := hundredThousand(b)
	r := batch.records[0]
	var sent int64
	for b.Loop() {
		sent += 32 << 10
		batch.wire.Add(32 << 10)
		batch.raise(r, sent)
	}
}
