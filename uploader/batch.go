package uploader

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/pace"
)

// Batch is one upload under way: what a window looks at and can stop. The
// package's documentation says what may be called when.
type Batch struct {
	cancel context.CancelFunc
	gate   *gate
	crew   *pace.Crew
	hours  timetable
	done   chan struct{}
	work   chan struct{} // holds a token when the registrar may have something to do
	news   chan struct{} // holds a token when items were added or taken out
	began  time.Time

	number atomic.Int64 // the journal's

	sent atomic.Int64 // as Snapshot.Sent
	wire atomic.Int64 // bytes that really left, repeated ones included

	mu      sync.Mutex
	records []*record
	counts  Counts
	bytes   int64
	inPage  int       // how many of the records the journal has
	out     []*record // were taken out, and the journal does not know it
	ready   int       // index of the first record that the registrar has not taken
	open    int       // records that are not final
	closed  bool
	finish  bool // nothing new begins any more
	change  uint64
	problem *fault.Error
	ended   time.Time
	meter   meter
}

// record is one item and what has happened to it. Its item changes only when
// the file changed while it was sent (see renew); sent is written by the one
// worker that has the item; the rest is guarded by the batch's lock.
type record struct {
	item     Item
	place    int // in the batch
	sent     atomic.Int64
	attempts atomic.Int64 // to send its bytes, since the journal was told

	state   State
	stage   Stage
	problem *fault.Error
	reason  darwin.Reason
	reached Reached
}

func newBatch(items []Item, cancel context.CancelFunc) *Batch {
	b := &Batch{
		cancel: cancel,
		gate:   newGate(nil, nil),
		crew:   pace.NewCrew(0),
		hours:  timetable{changed: make(chan struct{}, 1)},
		done:   make(chan struct{}),
		work:   make(chan struct{}, 1),
		news:   make(chan struct{}, 1),
		began:  time.Now(),
	}
	b.gate.held = b.crew.Interrupted
	b.gate.back = b.crew.Restart
	b.append(items)
	if b.open == 0 { // an earlier batch brought all of them into Darwin
		b.closed = true
		cancel()
	}
	return b
}

// Add puts more items at the end of a batch that is still running. first is
// the index of the first of them. It takes none and returns false once the
// batch has ended or is ending.
func (b *Batch) Add(items ...Item) (first int, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return 0, false
	}
	first = len(b.records)
	b.append(items)
	signal(b.news)
	return first, true
}

func (b *Batch) append(items []Item) {
	for _, item := range items {
		r := &record{item: item, place: len(b.records), reached: item.Reached}
		b.records = append(b.records, r)
		b.bytes += item.Size
		if item.Reached.Confirmed {
			r.state = InDarwin
			b.raise(r, item.Size)
		} else {
			b.open++
		}
		b.counts[r.state]++
	}
	b.change++
}

// Stop ends the batch: requests in flight are cancelled and everything
// unfinished becomes Stopped. It returns at once; Done tells when it is over.
func (b *Batch) Stop() { b.stop(nil) }

// stop closes the batch for new items and cancels it. The first problem given
// is the one that the batch keeps.
func (b *Batch) stop(problem *fault.Error) {
	b.mu.Lock()
	b.closed = true
	if b.problem == nil {
		b.problem = problem
	}
	b.mu.Unlock()
	b.cancel()
}

// Number is the journal's number of the batch. It is 0 without a journal, and
// until the journal has written the batch down.
func (b *Batch) Number() int64 { return b.number.Load() }

// Done is closed when nothing more will happen.
func (b *Batch) Done() <-chan struct{} { return b.done }

// end turns whatever is unfinished into Stopped and closes Done. All workers
// have returned.
func (b *Batch) end() {
	b.mu.Lock()
	b.closed = true
	for _, r := range b.records {
		if !r.state.Final() {
			b.set(r, Stopped)
		}
	}
	b.ended = time.Now()
	b.mu.Unlock()
	close(b.done)
}

// Status is where item i is. It panics if there is no such item.
func (b *Batch) Status(i int) Status {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.records[i].status()
}

// Statuses gives all items' statuses in order, in dst's memory if it is large
// enough.
func (b *Batch) Statuses(dst []Status) []Status {
	b.mu.Lock()
	defer b.mu.Unlock()
	dst = dst[:0]
	for _, r := range b.records {
		dst = append(dst, r.status())
	}
	return dst
}

// Items gives the batch's items in order, those that Add brought included.
func (b *Batch) Items() []Item {
	b.mu.Lock()
	defer b.mu.Unlock()
	items := make([]Item, len(b.records))
	for i, r := range b.records {
		items[i] = r.item
	}
	return items
}

func (r *record) status() Status {
	return Status{
		State: r.state, Sent: r.sent.Load(), Stage: r.stage, Problem: r.problem,
		Reason: r.reason, Reached: r.reached,
	}
}

// Snapshot is the whole batch at this moment.
func (b *Batch) Snapshot() Snapshot {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	s := Snapshot{
		Files: len(b.records), Bytes: b.bytes, Counts: b.counts, Sent: b.sent.Load(),
		Elapsed: now.Sub(b.began), Ended: !b.ended.IsZero(), Problem: b.problem, Change: b.change,
		Finishing: b.finish,
	}
	s.Paused, s.Waiting, s.Opens = b.gate.now()
	s.Workers = b.crew.Files()
	if s.Ended {
		s.Paused, s.Waiting, s.Opens = false, nil, time.Time{}
		s.Elapsed = b.ended.Sub(b.began)
		return s
	}
	s.Speed = b.meter.speed(now, b.wire.Load())
	if s.Waiting != nil || !s.Opens.IsZero() {
		s.Speed = 0
	}
	if s.Speed > 0 && !s.Paused {
		s.Left = time.Duration(float64(s.Bytes-s.Sent) / s.Speed * float64(time.Second))
	}
	return s
}

// speed is in bytes per second over the last seconds, 0 if it is not known.
func (b *Batch) speed() float64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.meter.speed(time.Now(), b.wire.Load())
}

// move takes a record one legal step on. A step that the table does not allow
// is a fault of this program, never of the person: it is refused with a panic.
func (b *Batch) move(r *record, to State) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.set(r, to)
}

// settle ends a record with the problem that ended it, nil if it arrived.
func (b *Batch) settle(r *record, to State, stage Stage, problem *fault.Error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r.stage, r.problem = stage, problem
	b.set(r, to)
}

// refuse ends a record that Darwin did not register.
func (b *Batch) refuse(r *record, to State, reason darwin.Reason, problem *fault.Error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r.stage, r.problem, r.reason = StageRegister, problem, reason
	b.set(r, to)
}

func (b *Batch) reach(r *record, reached Reached) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r.reached = reached
}

func (b *Batch) set(r *record, to State) {
	if !r.state.CanBecome(to) {
		panic("uploader: an item cannot go from " + r.state.String() + " to " + to.String())
	}
	b.counts[r.state]--
	b.counts[to]++
	if r.state == Registered {
		b.wake()
	}
	was := r.state
	r.state = to
	b.change++
	if !to.Final() || was.Final() {
		return
	}
	if to != Stopped {
		b.raise(r, r.item.Size)
	}
	b.open--
	if b.open == 0 {
		b.closed = true
		b.cancel()
	}
}

// raise lifts a record's high-water mark, and the batch's by as much.
func (b *Batch) raise(r *record, to int64) {
	if more := to - r.sent.Load(); more > 0 {
		r.sent.Store(to)
		b.sent.Add(more)
	}
}

// wake tells the registrar to look again.
func (b *Batch) wake() { signal(b.work) }

func signal(token chan<- struct{}) {
	select {
	case token <- struct{}{}:
	default:
	}
}

// full says whether enough registered items wait for their turn.
func (b *Batch) full() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.counts[Registered] >= darwin.MaxRegister
}

// takenAll says whether the registrar has taken all that there is by now.
func (b *Batch) takenAll() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ready >= b.inPage
}

// take gives the registrar up to n records that nobody has taken yet and that
// the journal has, and none while enough registered items wait for their turn.
func (b *Batch) take(n int) []*record {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.counts[Registered] >= darwin.MaxRegister {
		return nil
	}
	var taken []*record
	for ; len(taken) < n && b.ready < b.inPage; b.ready++ {
		if r := b.records[b.ready]; r.state == Ready {
			taken = append(taken, r)
		}
	}
	return taken
}
