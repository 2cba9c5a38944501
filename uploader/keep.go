package uploader

import (
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// record writes down what must be known after a crash before the next step is
// taken. If that fails, the batch is stopped, and the step must not be taken.
func (l *line) record(entries ...Entry) bool {
	err := l.page.Record(entries...)
	if err != nil {
		l.halt(err)
	}
	return err == nil
}

// halt stops the batch because its journal failed.
func (l *line) halt(err error) {
	problem := fault.Of(err)
	l.log.Warn("journal", "kind", problem.Kind.String(), "detail", problem.Detail)
	l.batch.stop(problem)
}

// catchUp tells the journal what the person did: items added and taken out.
// One goroutine at a time calls it.
func (l *line) catchUp() {
	first, added, out := l.batch.untold()
	if len(added) > 0 {
		if err := l.page.Add(first, added); err != nil {
			l.halt(err)
			return
		}
		l.batch.written(first + len(added))
	}
	if len(out) > 0 {
		l.page.Note(out...)
	}
}

// asking is what the journal is told before a request is made: should this
// program end before the answer is written down, what was registered within
// this time is ours.
func (l *line) asking(chunk []*record, asked Asked) []Entry {
	asked.Until = asked.Until.Add(underWay)
	entries := make([]Entry, len(chunk))
	for i, r := range chunk {
		entries[i] = l.batch.entry(r)
		entries[i].Reached = r.reached.asking(asked)
	}
	return entries
}

// untold gives what the journal does not know yet: the items that were added,
// the first of them at place first, and those that were taken out.
func (b *Batch) untold() (first int, added []Item, out []Entry) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.records[b.inPage:] {
		added = append(added, r.item)
	}
	for _, r := range b.out {
		out = append(out, r.entry())
	}
	b.out = nil
	return b.inPage, added, out
}

// written says that the journal has the first n records.
func (b *Batch) written(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.inPage = n
	b.wake()
}

// entry is what the journal is told of a record.
func (b *Batch) entry(r *record) Entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	return r.entry()
}

// entry needs the batch's lock. A record that was stopped without having been
// taken out is one to go on with: it is told by how far it came.
func (r *record) entry() Entry {
	e := Entry{
		Place: r.place, State: r.state, Reached: r.reached, Attempts: int(r.attempts.Swap(0)),
		Size: r.item.Size, ModTime: r.item.ModTime, Stage: r.stage, Reason: r.reason, Problem: r.problem,
	}
	if r.state == Stopped && r.problem == nil {
		e.State = Ready
		if r.reached.Upload != (darwin.Upload{}) {
			e.State = Registered
		}
	}
	return e
}

// unfinished says whether going on with the batch may bring more of it into
// Darwin.
func (b *Batch) unfinished() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.records {
		stopped := !r.state.Final() || r.state == Stopped && r.problem == nil
		if stopped || r.state == Failed && mayPass(r.problem) {
			return true
		}
	}
	return false
}

// mayPass says whether going on may mend the problem of a file that failed:
// because it passes with time, or because the person can mend it. A file that
// changed is another file; it has to be added anew.
func mayPass(problem *fault.Error) bool {
	return problem.Kind != fault.Changed && problem.Reaction() != fault.GiveUp
}
