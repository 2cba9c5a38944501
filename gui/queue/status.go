package queue

import (
	"slices"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/intake"
)

// Begin starts a batch of these entries: it numbers them from 0 in the order
// given (Unsent and Needing give the order of the table), forgets how they
// fared before, and gives the engine's items in that order.
func (m *Model) Begin(ids []ID) []uploader.Item {
	m.leaveBatch(m.batch...)
	m.batch = m.batch[:0]
	m.sending = true
	m.unmarkAll() // what was chosen for an edit is not what somebody may want to take out
	items := m.ItemsOf(ids)
	m.number(ids)
	m.rebuild()
	m.changed(Structure | Selection | Values)
	return items
}

// ItemsOf gives the engine's items of these entries, for Batch.Add. All of ids
// must be in the queue.
func (m *Model) ItemsOf(ids []ID) []uploader.Item {
	items := make([]uploader.Item, 0, len(ids))
	for _, id := range ids {
		if e := m.get(id); e != nil {
			items = append(items, e.Item())
		}
	}
	return items
}

// Join numbers entries that a running batch took up later: first is what
// Batch.Add gave for ItemsOf(ids).
func (m *Model) Join(ids []ID, first int) {
	m.batch = m.batch[:min(first, len(m.batch))]
	m.moves++
	m.number(ids)
	m.rebuild()
	m.changed(Structure | Values)
}

// leaveBatch forgets the batch numbers of entries.
func (m *Model) leaveBatch(entries ...*entry) {
	m.moves++
	for _, e := range entries {
		if e == nil || e.Batch == NoBatch {
			continue
		}
		if e.Batch < len(m.batch) && m.batch[e.Batch] == e {
			m.batch[e.Batch] = nil
		}
		e.Batch = NoBatch
	}
}

// Places gives the batch numbers of those of ids that the latest batch has.
func (m *Model) Places(ids []ID) []int {
	var places []int
	for _, id := range ids {
		if e := m.get(id); e != nil && e.Batch != NoBatch {
			places = append(places, e.Batch)
		}
	}
	return places
}

// Detach takes entries that have ended out of the latest batch, to be sent once
// more: they are Ready and can be edited. What Darwin knows of them stays known.
// It gives those that it took.
func (m *Model) Detach(ids []ID) []ID {
	var taken []ID
	for _, id := range ids {
		e := m.get(id)
		if e == nil || e.Status.State == uploader.InDarwin || m.sending && e.Batch != NoBatch && !e.Status.State.Final() {
			continue
		}
		m.leaveBatch(e)
		e.joins = m.sending
		m.become(e, uploader.Status{State: uploader.Ready, Reached: e.Status.Reached})
		taken = append(taken, id)
	}
	if len(taken) > 0 {
		m.rebuild()
		m.changed(Structure | Selection | Values)
	}
	return taken
}

func (m *Model) number(ids []ID) {
	for _, id := range ids {
		e := m.get(id)
		if e == nil {
			continue
		}
		m.leaveBatch(e)
		e.Batch, e.settled, e.joins = len(m.batch), false, false
		e.Status = uploader.Status{State: uploader.Ready, Reached: e.Status.Reached}
		e.group = Ready
		m.asked++
		m.moves++
		m.batch = append(m.batch, e)
	}
}

// End is the end of a batch: entries can be taken out again, and what came in
// before is no news any more.
func (m *Model) End() {
	m.sending = false
	for _, e := range m.entries {
		e.joins = false
	}
	if !m.adding.Running {
		m.adding = Added{}
	}
	m.changed(Values)
}

// NewTarget forgets how far entries came in earlier batches, for when another
// dataset is chosen: what is registered in one dataset is not so in another.
// Entries that have arrived leave the queue: they are in the old one. It does
// nothing while a batch runs.
func (m *Model) NewTarget() {
	if m.sending {
		return
	}
	if m.Total().Count(Done) > 0 {
		m.LetArrivedGo()
	}
	for _, e := range m.entries { // those that Undo may bring back too
		m.become(e, uploader.Status{})
	}
	m.rebuild()
	m.changed(Structure | Selection | Values)
}

// LetArrivedGo takes what has arrived out of the queue for good. Edits of
// before cannot be undone any more. If nothing is left the queue is a new one.
// It does nothing while a batch runs.
func (m *Model) LetArrivedGo() {
	total := m.Total()
	switch {
	case m.sending:
		return
	case total.Count(Done) == total.Files:
		m.Clear()
		return
	}
	m.past = history{}
	m.each(func(e *entry) {
		if e.group == Done {
			p := e.props()
			p.gone = true
			m.apply(e, p)
		}
	})
	m.rebuild()
	m.changed(Structure | Selection | Values)
}

// Sendable gives those of ids that are in the queue and have not arrived.
func (m *Model) Sendable(ids []ID) []ID {
	return slices.DeleteFunc(slices.Clone(ids), func(id ID) bool {
		e := m.get(id)
		return e == nil || e.group == Done
	})
}

// Version is what the file of an entry is by now.
type Version struct {
	ID      ID
	Size    int64
	ModTime time.Time
}

// Renew says that files are others by now, and that these versions are sent.
func (m *Model) Renew(versions ...Version) {
	for _, v := range versions {
		if e := m.get(v.ID); e != nil {
			e.File.Size, e.File.ModTime = v.Size, v.ModTime
		}
	}
	m.rebuild()
	m.changed(Structure | Values)
}

// renewed takes the file of an entry as it was added once more. It says
// whether that is another than before and can still be sent.
func (m *Model) renewed(e *entry, f intake.File) bool {
	same := e.File.Size == f.Size && e.File.ModTime.Equal(f.ModTime)
	if same || e.group == Done || m.sending && e.Batch != NoBatch {
		return false
	}
	reached := e.Status.Reached
	reached.Stored = false // storage has the old version
	e.File, e.group = f, Ready
	m.moves++
	e.Status = uploader.Status{Reached: reached}
	return true
}

// Sending says whether a batch runs.
func (m *Model) Sending() bool { return m.sending }

// batchSums counts the entries of the latest batch that are in the queue.
type batchSums struct{ of, arrived, ready int }

// sumsOfBatch counts anew only if an entry moved since it was asked last: bar,
// banner and chips ask with each look at a batch.
func (m *Model) sumsOfBatch() batchSums {
	if m.summed.at != m.moves {
		m.summed.at, m.summed.batchSums = m.moves, batchSums{}
		for _, e := range m.batch {
			if e == nil || e.gone {
				continue
			}
			m.summed.of++
			switch e.group {
			case Done:
				m.summed.arrived++
			case Ready:
				m.summed.ready++
			}
		}
	}
	return m.summed.batchSums
}

// ArrivedInBatch is how many of them are in Darwin, those included that were
// there already.
func (m *Model) ArrivedInBatch() int { return m.sumsOfBatch().arrived }

// InBatch is the number of entries of the latest batch that are in the queue.
func (m *Model) InBatch() int { return m.sumsOfBatch().of }

// AddedMeanwhile gives what came into the queue while a batch runs that does
// not hold it, in the order of the table.
func (m *Model) AddedMeanwhile() []ID {
	if !m.sending {
		return nil
	}
	return m.idsWhere(func(e *entry) bool { return e.Batch == NoBatch && e.group == Ready && !e.joins })
}

// addedMeanwhile is the number of AddedMeanwhile; it looks only if there is
// anything that the batch does not have.
func (m *Model) addedMeanwhile() int {
	if m.Total().Count(Ready) == m.sumsOfBatch().ready {
		return 0
	}
	return len(m.AddedMeanwhile())
}

// Outside gives those of ids that no batch has, and that may still be sent.
func (m *Model) Outside(ids []ID) []ID {
	return slices.DeleteFunc(m.Sendable(ids), func(id ID) bool { return m.entries[id].Batch != NoBatch })
}

// ApplyStatuses takes the statuses of the batch, by batch number. It costs one
// comparison per entry, and a little more for each that changed.
func (m *Model) ApplyStatuses(statuses []uploader.Status) {
	moved, touched := false, false
	for i, st := range statuses[:min(len(statuses), len(m.batch))] {
		e := m.batch[i]
		if e == nil || st == e.Status {
			continue
		}
		touched = true
		moved = m.become(e, st) || moved
	}
	switch {
	case moved && m.filter != All:
		m.rebuild()
		m.changed(Structure | Selection | Values)
	case touched:
		m.changed(Values)
	}
}

// become gives e a new status, keeps the sums of the folders above, and says
// whether the entry is in another group now.
func (m *Model) become(e *entry, st uploader.Status) (moved bool) {
	group, size := GroupOf(st.State), e.File.Size
	moved = group != e.group
	more := past(st, group, size) - past(e.Status, e.group, size)
	skipped := skips(st) - skips(e.Status)
	if !e.gone && (moved || more != 0 || skipped != 0) {
		for n := e.node; n != nil; n = n.parent {
			n.all.shift(e.group, group, more, size, skipped)
			if e.shown {
				n.shown.shift(e.group, group, more, size, skipped)
			}
		}
	}
	if group == NeedsYou || e.group == NeedsYou || skipped != 0 {
		m.asked++
	}
	if moved {
		m.moves++
	}
	e.Status, e.group = st, group
	return moved
}

// shift is one file's step from group to group, with more bytes behind it.
func (t *tally) shift(from, to Group, more, size int64, skipped int) {
	t.skipped += skipped
	t.groups[from]--
	t.groups[to]++
	t.past += more
	if from == Ready {
		t.unsent -= size
	}
	if to == Ready {
		t.unsent += size
	}
}
