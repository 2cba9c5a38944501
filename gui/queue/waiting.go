package queue

// SetWaiting says that a batch waits for the network: what it has not sent
// waits with it, and stands under the chip of what is being sent.
func (m *Model) SetWaiting(on bool) {
	if m.waiting == on {
		return
	}
	m.waiting = on
	if m.filter != All {
		m.rebuild()
	}
	m.changed(Structure | Values)
}

// Waiting is the number of files that wait for the network.
func (m *Model) Waiting() int {
	if !m.waiting {
		return 0
	}
	n := 0
	for _, e := range m.batch {
		if e != nil && !e.gone && m.waits(e) {
			n++
		}
	}
	return n
}

func (m *Model) waits(e *entry) bool {
	return m.waiting && m.sending && e.Batch != NoBatch && (e.group == Ready || e.group == Sending) && !e.Status.State.Final()
}
