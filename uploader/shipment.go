package uploader

import (
	"context"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// sendPacks sends one pack after the other. Its memory for files is its own.
func (l *line) sendPacks(ctx context.Context) {
	var room []byte
	drain(ctx, l.packs.out, func(ctx context.Context, p pack) {
		if l.gate.enter(ctx, true) != nil {
			return
		}
		if need := p.size(); int64(cap(room)) < need {
			room = make([]byte, 0, need)
		}
		s := &shipment{line: l, pack: p, watch: l.watch()}
		s.load(room)
		t := s.send(ctx)
		if ctx.Err() == nil {
			l.packs.tell(p, t)
			l.batch.wake()
		}
	})
}

// shipment is a pack on its way.
type shipment struct {
	*line
	pack
	watch watch
	items []cargo // that have not ended and are not on the standard way

	unsure bool // the last request may have been done
	doubt  bool // one of them may
	answer darwin.DirectAnswer
}

// cargo is a record and its file's bytes.
type cargo struct {
	*record
	content []byte
}

// load reads the files into room, which is large enough. A file that is not what
// it was when it was added goes the standard way, which tells the person, and so
// does one that has become too large for a pack, because the link is slow.
func (s *shipment) load(room []byte) {
	largest := s.packs.largest()
	for _, r := range s.records {
		if !s.batch.begin(r, Sending) {
			continue
		}
		if r.item.Size > largest {
			s.standard(r)
			continue
		}
		from := len(room)
		to := from + int(r.item.Size)
		if err := (source{r.item}).read(room[from:to]); err != nil {
			s.standard(r)
			continue
		}
		room = room[:to]
		s.items = append(s.items, cargo{r, room[from:to:to]})
	}
}

// send sends the pack until it is answered, and says what it has taught about
// packs. Records that did not end then go the standard way.
func (s *shipment) send(ctx context.Context) trust {
	if s.trial || s.packs.crowded.Load() {
		// Without the list a trial proves nothing.
		if err := s.leaveOut(ctx); err != nil {
			return s.giveUp(ctx, err)
		}
		if s.trial && s.packs.crowded.Load() {
			s.giveBack()
			return untried
		}
	}
	err := s.start(ctx, s.ship)
	ended := ctx.Err() != nil
	s.doubt = s.doubt || ended && err == nil // nobody reads that answer any more
	s.mark()
	if ended {
		return untried
	}
	switch {
	case err != nil:
		return s.giveUp(ctx, err)
	case len(s.items) == 0: // the lookup found all of them, or they changed
		return untried
	case s.answer.Odd != "":
		return s.giveUp(ctx, &fault.Error{Kind: fault.Unexpected, Detail: s.answer.Odd})
	}
	return s.settleAll(ctx)
}

// ship is one try.
func (s *shipment) ship(ctx context.Context) error {
	if s.unsure {
		if err := s.lookUp(ctx, once); err != nil {
			return err
		}
		s.unsure = false
	}
	s.keepUnchanged()
	if len(s.items) == 0 {
		return nil
	}
	if !s.line.record(s.asking()...) {
		return ctx.Err()
	}
	wire := make([]darwin.DirectItem, len(s.items))
	for i, c := range s.items {
		wire[i] = darwin.DirectItem{NewItem: c.item.wire(), Content: c.content}
		c.attempts.Add(1)
	}
	here := make([]int64, len(s.items))
	var err error
	s.answer, err = s.packs.direct.Upload(ctx, wire, darwin.Flow{Pace: s.brake, Sent: func(i int, n int64) {
		here[i] += n
		moving(ctx)
		s.batch.wire.Add(n)
		s.batch.raise(s.items[i].record, here[i])
	}})
	s.unsure = mayBeDone(err) || err == nil && s.answer.Odd != ""
	s.doubt = s.doubt || s.unsure
	return err
}

// leaveOut sends files the standard way whose place in the dataset is taken:
// their bytes would leave for nothing.
func (s *shipment) leaveOut(ctx context.Context) error {
	there, err := s.find(ctx, s.try)
	if err != nil {
		return err
	}
	s.packs.crowded.Store(len(there) > 0)
	var free []cargo
	for i, c := range s.items {
		if _, taken := there[i]; taken {
			s.standard(c.record)
		} else {
			free = append(free, c)
		}
	}
	s.items = free
	return nil
}

// giveBack sends all of the pack the standard way.
func (s *shipment) giveBack() {
	for _, c := range s.items {
		s.standard(c.record)
	}
}

// keepUnchanged leaves out files that changed since they were read.
func (s *shipment) keepUnchanged() {
	s.mark()
	var kept []cargo
	for _, c := range s.items {
		if err := (source{c.item}).check(); err != nil {
			s.standard(c.record)
		} else {
			kept = append(kept, c)
		}
	}
	s.items = kept
}

// asking is what the journal is told before a try.
func (s *shipment) asking() []Entry {
	records := make([]*record, len(s.items))
	for i, c := range s.items {
		records[i] = c.record
	}
	entries := s.line.asking(records, s.watch.stop())
	for i := range entries {
		entries[i].State, entries[i].Reached.Stored = Registering, true
	}
	return entries
}

// mark makes the records remember a request that may have been done, for this
// batch and for one that goes on where it ended.
func (s *shipment) mark() {
	if !s.doubt {
		return
	}
	for _, c := range s.items {
		s.remember(c.record)
	}
}

// remember is mark for one record.
func (s *shipment) remember(r *record) {
	reached := r.reached.asking(s.watch.stop())
	reached.Stored = true
	s.batch.reach(r, reached)
}

// standard sends a record the standard way.
func (s *shipment) standard(r *record) {
	if s.batch.begin(r, Ready) {
		s.packs.give(r)
		s.batch.wake()
	}
}

// giveUp sends what has not ended the standard way, and packs are over: an
// answer that may pass was waited for long enough. What may be there already is
// looked up before; if that fails, the registrar will meet it again.
func (s *shipment) giveUp(ctx context.Context, why error) trust {
	problem := fault.Of(why)
	s.log.Warn("direct upload: going the standard way", "trial", s.trial,
		"kind", problem.Kind.String(), "status", problem.Status, "detail", problem.Detail)
	if s.unsure {
		if err := s.lookUp(ctx, s.try); err != nil {
			s.log.Warn("lookup", "kind", fault.KindOf(err).String())
		}
	}
	s.giveBack()
	if !s.trial && problem.Kind == fault.Refused && s.packs.refusals.Add(1) <= maxRefusedPacks {
		return untried // one item may be what Darwin does not like; registering finds it
	}
	return refused
}

// find looks up what Darwin has of the items, by their place among them.
func (s *shipment) find(ctx context.Context, try func(context.Context, func(context.Context) error) error) (map[int]darwin.Found, error) {
	places := make([]darwin.Place, len(s.items))
	for i, c := range s.items {
		places[i] = c.item.place("")
	}
	there := map[int]darwin.Found{}
	err := try(ctx, func(ctx context.Context) error {
		list, err := s.uploads.Find(ctx, places)
		for _, f := range list {
			there[f.Index] = f
		}
		return err
	})
	return there, err
}

// lookUp ends the items that a request without an answer has brought into
// Darwin, and sends those on that it has registered only. The others stay: if
// the list lags, Darwin will say that they are there.
func (s *shipment) lookUp(ctx context.Context, try func(context.Context, func(context.Context) error) error) error {
	there, err := s.find(ctx, try)
	if err != nil {
		return err
	}
	asked := s.watch.stop()
	var open []cargo
	for i, c := range s.items {
		f, found := there[i]
		switch {
		case !found || !asked.covers(f.Inserted) || s.ours.has(f.Upload.ItemID):
			open = append(open, c)
		case hasBytes(f):
			s.arrived(c.record, f.Upload)
		case f.State == darwin.ItemUploading && f.Upload.UploadID != "":
			s.admit(ctx, admission{c.record, f.Upload})
		default:
			open = append(open, c)
		}
	}
	s.items = open
	return nil
}

// settleAll ends the items by Darwin's answer.
func (s *shipment) settleAll(ctx context.Context) trust {
	taken := make([]admission, len(s.answer.Registered))
	for i, g := range s.answer.Registered {
		taken[i] = admission{s.items[g.Index].record, g.Upload}
	}
	s.packs.refusals.Store(0)
	t := proven
	switch {
	case !s.trial:
		for _, a := range taken {
			s.arrived(a.record, a.upload)
		}
	case len(taken) == 0:
		t = untried
	case !s.verify(ctx, taken):
		t = refused
	}
	var doubts []doubt
	for _, b := range s.answer.Blocked {
		r := s.items[b.Index].record
		problem := b.Reason.Fault()
		switch {
		case problem.Kind == fault.Exists:
			s.packs.crowded.Store(true)
			doubts = append(doubts, existing(r, b, problem))
		case b.Reason == darwin.ReasonUploadFailed, b.Reason == darwin.ReasonTimeout, b.Reason == darwin.ReasonUnexpected:
			// The standard way may fare better. What Darwin made of the item is
			// not known.
			s.remember(r)
			s.standard(r)
		default:
			s.refuse(r, Blocked, b.Reason, problem)
		}
	}
	s.clearUp(ctx, doubts, s.try)
	return t
}

// verify says whether Darwin's list has the bytes of what a trial's answer says
// was taken. If it has not, the items go on under their ids.
func (s *shipment) verify(ctx context.Context, taken []admission) bool {
	places := make([]darwin.Place, len(taken))
	for i, a := range taken {
		places[i] = a.item.place(a.upload.ItemID)
	}
	var list []darwin.Found
	err := s.try(ctx, func(ctx context.Context) (err error) {
		if list, err = s.uploads.Find(ctx, places); err != nil {
			return err
		}
		for _, f := range list {
			if f.State == darwin.ItemUploading || f.State == darwin.ItemUnknown {
				return unproven("an item waits for its bytes")
			}
		}
		if len(list) < len(places) {
			return unproven("an item is not listed")
		}
		return nil
	})
	if ctx.Err() != nil {
		for _, a := range taken {
			s.remember(a.record)
		}
		return false
	}
	if err == nil {
		for _, a := range taken {
			s.arrived(a.record, a.upload)
		}
		return true
	}
	s.log.Warn("direct upload: going the standard way", "trial", true, "kind", fault.KindOf(err).String(), "detail", fault.Of(err).Detail)
	there := map[int]darwin.Found{}
	for _, f := range list {
		there[f.Index] = f
	}
	for i, a := range taken {
		if f, ok := there[i]; ok && hasBytes(f) {
			s.arrived(a.record, a.upload)
			continue
		}
		if a.upload.UploadID != "" {
			s.admit(ctx, a)
			continue
		}
		s.remember(a.record)
		s.standard(a.record)
	}
	return false
}

func unproven(detail string) *fault.Error {
	return &fault.Error{Kind: fault.Unexpected, What: "Darwin does not list the files that it says it has.", Detail: detail}
}

// arrived ends a record whose item has its bytes in Darwin.
func (l *line) arrived(r *record, u darwin.Upload) {
	l.ours.add(u.ItemID)
	l.batch.reach(r, Reached{Upload: u, Stored: true, Confirmed: true})
	l.batch.move(r, Confirming)
	l.settle(r, InDarwin, StageNone, nil)
}
