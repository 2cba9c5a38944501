package uploader

import "testing"

// A file of a pack that Darwin did not take waits for its turn on the standard
// way with bytes that have left before. Taken out then, it takes them along, or
// more would be sent than there is.
func TestAFileThatIsTakenOutTakesItsBytesAlong(t *testing.T) {
	for _, at := range []State{Ready, Registered} {
		b := newBatch([]Item{{Size: 100}, {Size: 10}}, func() {})
		r := b.records[0]
		b.move(r, Sending)
		b.raise(r, 100)
		b.move(r, at)
		if n := b.TakeOut(0); n != 1 {
			t.Fatalf("%d were taken out", n)
		}
		if s := b.Snapshot(); s.Sent != 0 || s.Bytes != 10 {
			t.Errorf("at %v: %d of %d bytes are sent", at, s.Sent, s.Bytes)
		}
	}
}
