package uploader

import "time"

// meterSpan is how far back a speed looks: long enough to be calm, short
// enough to follow a change of network.
const meterSpan = 8 * time.Second

// meterStep keeps the number of samples small however often it is asked.
const meterStep = 250 * time.Millisecond

// meter turns a growing count of bytes into a speed. Its owner guards it.
type meter struct{ samples []sample }

type sample struct {
	at    time.Time
	bytes int64
}

// speed is bytes per second over the last seconds up to now, when total bytes
// have left; 0 until there is a second to judge by.
func (m *meter) speed(now time.Time, total int64) float64 {
	if n := len(m.samples); n == 0 || now.Sub(m.samples[n-1].at) >= meterStep {
		m.samples = append(m.samples, sample{now, total})
	}
	for len(m.samples) > 2 && now.Sub(m.samples[1].at) >= meterSpan {
		m.samples = m.samples[1:]
	}
	first := m.samples[0]
	span := now.Sub(first.at)
	if span < time.Second {
		return 0
	}
	return float64(total-first.bytes) / span.Seconds()
}
