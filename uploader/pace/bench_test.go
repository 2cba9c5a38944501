package pace

import "testing"

// BenchmarkCall is what one request costs the crew.
func BenchmarkCall(b *testing.B) {
	c := NewCrew(0)
	b.ReportAllocs()
	for b.Loop() {
		call, err := c.Begin(b.Context(), Send)
		if err != nil {
			b.Fatal(err)
		}
		call.Moved(50 << 10)
		call.End(Done)
	}
}
