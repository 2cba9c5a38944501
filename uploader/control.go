package uploader

import (
	"time"

	"darwin-uploader/uploader/fault"
)

// Pause holds the batch: at once, no request begins that registers an item,
// asks where its bytes may go, or sends them. Transfers under way end as they
// would, and are confirmed; one that breaks off is tried again after Resume.
// Items that are registered stay so. Pausing a batch that is paused, that ended
// or that is being finished does nothing.
func (b *Batch) Pause() { b.gate.pause(true) }

// Resume ends a pause.
func (b *Batch) Resume() { b.gate.pause(false) }

// TryNow asks at once whether the network is back, if the batch waits for it.
func (b *Batch) TryNow() { b.gate.tryNow() }

// Finish ends the batch gracefully: files whose bytes are on their way are
// finished and confirmed, also those that the network or a pause holds back,
// and everything else becomes Stopped. It returns at once; Done tells when it
// is over. Stop, also after Finish, ends the batch now.
func (b *Batch) Finish() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.finish || !b.ended.IsZero() {
		return
	}
	b.finish, b.closed = true, true
	b.gate.finish()
	for _, r := range b.records {
		// What is at Registering or Signing ends when its request does.
		if r.state == Ready || r.state == Registered {
			b.set(r, Stopped)
		}
	}
}

// TakeOut takes items out of the batch of which nothing was sent yet, or that
// need the person: those that are Ready or Registered, Blocked or Failed become
// Stopped, with a problem of kind Stopped. Others stay as they are. It returns
// how many it took out. What Darwin registered stays in Status.Reached. An index
// that is not there is passed over. What is sent once more, with Add, is taken
// out first, so that the journal goes on with it only once. Once the batch has
// ended or is ending, what needs the person stays as it is.
func (b *Batch) TakeOut(items ...int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, i := range items {
		if i < 0 || i >= len(b.records) || !b.drop(b.records[i]) {
			continue
		}
		b.out = append(b.out, b.records[i])
		n++
	}
	signal(b.news)
	return n
}

// drop takes one record out, and says whether it could be.
func (b *Batch) drop(r *record) bool {
	problem := takenOut(r.state)
	switch r.state {
	case Ready, Registered:
		r.stage = StageRegister
		if r.state == Registered {
			r.stage = StageSend
		}
	case Blocked, Failed:
		if b.closed { // the journal's page may be closed by now
			return false
		}
	default:
		return false
	}
	b.sent.Add(-r.sent.Swap(0)) // of an earlier try, or all of them where it had ended
	r.problem = problem
	b.bytes -= r.item.Size
	b.set(r, Stopped)
	return true
}

func takenOut(at State) *fault.Error {
	e := &fault.Error{
		Kind: fault.Stopped,
		What: "The file was taken out before it was sent.",
		Safe: "It is safe on this computer.",
		Do:   "Send it again whenever you like.",
	}
	if at == Registered {
		e.Do = "Darwin lists its item and waits for the file: send it again, or delete the item there."
	}
	return e
}

// begin takes a record one legal step on, unless the person has ended it: it
// was taken out, or the batch is being finished and the record has not begun to
// be sent. It says whether the record goes on.
func (b *Batch) begin(r *record, to State) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r.state.Final() {
		return false
	}
	if b.finish {
		b.set(r, Stopped)
		return false
	}
	b.set(r, to)
	return true
}

// renew gives a record's file the size and time that it has now. Only the
// worker that has the record may call it.
func (b *Batch) renew(r *record, size int64, modified time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bytes += size - r.item.Size
	r.item.Size, r.item.ModTime = size, modified
	if less := r.sent.Load() - size; less > 0 {
		r.sent.Add(-less)
		b.sent.Add(-less)
	}
	b.change++
}
