package storage

import (
	"bytes"
	"fmt"
	"io"
	"testing"
)

// BenchmarkForm frames a file as Darwin's form asks.
func BenchmarkForm(b *testing.B) {
	fields := map[string]string{}
	for i := range 9 {
		fields[fmt.Sprint("x-amz-field-", i)] = string(bytes.Repeat([]byte{'x'}, 40))
	}
	fields["policy"] = string(bytes.Repeat([]byte{'p'}, 900))
	b.ReportAllocs()
	for b.Loop() {
		if head, tail, contentType := frame(fields, "IMG_1.JPG"); len(head) == 0 || len(tail) == 0 || contentType == "" {
			b.Fatal("nothing was framed")
		}
	}
}

// BenchmarkPayload reads a file of 16 MiB as the transport does: hashed, watched
// and counted on its way. "paced" asks a Pacer that never waits.
func BenchmarkPayload(b *testing.B) {
	content := bytes.Repeat([]byte("0123456789abcdef"), 1<<20)
	for name, paced := range map[string]bool{"plain": false, "paced": true} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(content)))
			b.ReportAllocs()
			buf := make([]byte, 32<<10)
			for b.Loop() {
				watch := newWatchdog(DefaultStall, func() { b.Error("it stalled") })
				p := newPayload(io.NopCloser(bytes.NewReader(content)), int64(len(content)), nil, nil)
				p.moved = func(bool) { watch.moved() }
				if paced {
					p.pace, p.wait = func() int { return len(buf) }, func(int) error {
						watch.rest()
						watch.moved()
						return nil
					}
				}
				n, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, p, buf)
				if err != nil || n != int64(len(content)) {
					b.Fatal(n, err)
				}
				watch.stop()
				_ = p.Close()
			}
		})
	}
}
