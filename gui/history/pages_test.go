package history

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"darwin-uploader/uploader/receipt"
)

func TestAHundredThousandLinesAreReadInPagesAndFewAreKept(t *testing.T) {
	b := &books{}
	b.add(1, "Camera traps", now.Add(-time.Hour), times(100_000, receipt.InDarwin)...)
	r := newRig(t, b, wide).open()
	for _, at := range []float32{0.1, 0.35, 0.5, 0.72, 0.9, 0.2, 0.99, 0.6, 0.8, 0.4, 0.15, 0.65} {
		r.scrollTo(at)
		r.settled()
		first := r.detail.roll.at(r.detail.roll.scroll.Offset.Y)
		line, ok := r.detail.lines.pages.line(first)
		if !ok || line.Place != first {
			t.Errorf("at %v the first line is %+v, want that of place %d", at, line, first)
		}
	}
	if kept := len(r.detail.lines.pages.have); kept > keptPages {
		t.Errorf("%d pages are kept, want at most %d", kept, keptPages)
	}
	if rows := len(r.detail.roll.sheet.rows); rows > 25 {
		t.Errorf("%d rows exist", rows)
	}
}

func TestWhoScrollsThroughEverythingWaitsForNothingThatWasPassed(t *testing.T) {
	b := &books{}
	b.add(1, "Camera traps", now.Add(-time.Hour), times(100_000, receipt.InDarwin)...)
	r := newRig(t, b, wide).open()
	gate := make(chan struct{})
	b.with(func() { b.gate, b.reads = gate, nil })
	for i := range 100 {
		r.scrollTo(float32(i) / 100)
	}
	close(gate)
	r.settled()
	if len(b.reads) > 3 {
		t.Errorf("%d pages were read: %v", len(b.reads), b.reads)
	}
	r.says("AC_99001.jpg")
}

func TestTheEndOfTheListBringsMore(t *testing.T) {
	b := &books{}
	for i := range 250 {
		b.add(int64(i+1), fmt.Sprintf("Set %d", i), now.Add(-time.Duration(i)*time.Hour), receipt.InDarwin)
	}
	r := newRig(t, b, wide).open()
	if len(r.batches.list) != firstUploads {
		t.Fatalf("%d uploads are read at first", len(r.batches.list))
	}
	r.list.step(r.batches.count()-1, -1)
	r.settled()
	if len(r.batches.list) != 250 {
		t.Errorf("%d uploads are listed, want all", len(r.batches.list))
	}
	if open := r.detail.of.ID; open != 200 {
		t.Errorf("upload %d is open, want the one that was chosen", open)
	}
}

func TestASearchForAFileGoesToItsLine(t *testing.T) {
	r := newRig(t, library(), wide).open()
	r.search.SetText("AC_3399")
	r.settled()
	r.until("the line", func() bool { return r.detail.roll.chosen == 3398 })
	r.settled()
	if r.detail.of.ID != 1 || !strings.HasPrefix(r.detail.sentence.Text(), "AC_3399.jpg: In Darwin.") {
		t.Errorf("of upload %d it says %q", r.detail.of.ID, r.detail.sentence.Text())
	}
	r.says("AC_3399.jpg")
}
