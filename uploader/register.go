package uploader

import (
	"context"
	"net/http"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// firstChunk is how many items the first request registers: few, so that the
// first bytes leave soon. Each further request doubles, up to what Darwin
// takes at once.
const firstChunk = 32

// registerAll registers whatever the batch holds and will hold, a little ahead
// of the signers, and hands what goes in packs to their senders.
func (l *line) registerAll(ctx context.Context) {
	size := firstChunk
	for l.gate.enter(ctx, true) == nil {
		chunk := l.batch.take(size)
		last := l.batch.takenAll()
		fresh := l.packs.keep(l.goOn(ctx, chunk))
		if !l.batch.full() {
			fresh = append(fresh, l.packs.standard(size-len(fresh), last)...)
		}
		if len(fresh) > 0 {
			l.register(ctx, fresh)
		}
		busy := len(chunk)+len(fresh) > 0
		if busy {
			size = min(2*size, darwin.MaxRegister)
		}
		l.offer(ctx, busy, last)
	}
}

// goOn sends items that an earlier batch registered on their way and gives the
// others.
func (l *line) goOn(ctx context.Context, chunk []*record) (fresh []*record) {
	for _, r := range chunk {
		if id := r.reached.Upload.ItemID; id != "" {
			l.ours.add(id)
		}
		switch {
		case r.reached.packed():
			fresh = append(fresh, r)
		case r.reached.Stored:
			if l.batch.begin(r, Confirming) {
				pass(ctx, l.stored, r)
			}
		case r.reached.Upload != darwin.Upload{}:
			if l.batch.begin(r, Registered) {
				pass(ctx, l.registered, r)
			}
		default:
			fresh = append(fresh, r)
		}
	}
	return fresh
}

// maxRefusals is how many requests in a row Darwin may refuse before halving
// them stops. It is enough to find one bad item among the most that a request
// takes several times over; a dataset that refuses everything is found out with
// little more than this many requests.
const maxRefusals = 64

// register announces a chunk. Whatever the answer, every record of it goes on
// or ends, unless ctx ends first.
func (l *line) register(ctx context.Context, chunk []*record) {
	begun := make([]*record, 0, len(chunk))
	for _, r := range chunk {
		if l.batch.begin(r, Registering) {
			begun = append(begun, r)
		}
	}
	if len(begun) > 0 {
		l.announce(ctx, begun)
	}
}

// announce registers records in one request. If Darwin refuses the request as
// it is, one item may be what it does not like, and the others must not fail
// with it: it is halved until the culprit stands alone.
func (l *line) announce(ctx context.Context, chunk []*record) {
	answer, asked, err := l.ask(ctx, chunk)
	if ctx.Err() != nil {
		l.note(chunk, answer) // none after an error
		return
	}
	if err != nil {
		problem := fault.Of(err)
		switch {
		case !divisible(problem):
			l.unregistered(ctx, chunk, problem)
		case len(chunk) == 1:
			l.refusals++
			l.unregistered(ctx, chunk, problem)
		case l.refusals >= maxRefusals:
			l.unregistered(ctx, chunk, inBadCompany(problem))
		default:
			l.refusals++
			half := len(chunk) / 2
			l.announce(ctx, chunk[:half])
			l.announce(ctx, chunk[half:])
		}
		return
	}
	l.refusals = 0
	registered := make([]admission, len(answer.Registered))
	for i, g := range answer.Registered {
		registered[i] = admission{chunk[g.Index], g.Upload}
	}
	if !l.admit(ctx, registered...) {
		return
	}
	var doubts []doubt
	for _, b := range answer.Blocked {
		r := chunk[b.Index]
		problem := b.Reason.Fault()
		if problem.Kind != fault.Exists {
			l.refuse(r, Blocked, b.Reason, problem)
			continue
		}
		doubts = append(doubts, existing(r, b, problem))
	}
	for _, i := range answer.Unanswered {
		l.batch.reach(chunk[i], chunk[i].reached.asking(asked))
		doubts = append(doubts, silent(chunk[i]))
	}
	l.clearUp(ctx, doubts, l.try)
}

// ask sends the request until it is answered, and says when it was under way.
// If a try may have been done without our seeing the answer, the records keep
// that time, for this batch and for one that goes on where it ended.
func (l *line) ask(ctx context.Context, chunk []*record) (answer darwin.Registration, asked Asked, err error) {
	items := make([]darwin.NewItem, len(chunk))
	for i, r := range chunk {
		items[i] = r.item.wire()
	}
	unsure := false
	watch := l.watch()
	batch := ctx
	err = l.start(ctx, func(ctx context.Context) (err error) {
		if !l.record(l.asking(chunk, watch.stop())...) {
			return ctx.Err()
		}
		ctx, release := lingering(batch, ctx)
		defer release()
		answer, err = l.uploads.Register(ctx, items)
		unsure = unsure || mayBeDone(err)
		return err
	})
	asked = watch.stop()
	if unsure {
		for _, r := range chunk {
			l.batch.reach(r, r.reached.asking(asked))
		}
	}
	return answer, asked, err
}

// admission is a record and what Darwin registered it as.
type admission struct {
	*record
	upload darwin.Upload
}

// admit sends registered records on their way, when the journal has their ids;
// it says whether it has.
func (l *line) admit(ctx context.Context, all ...admission) bool {
	entries := make([]Entry, len(all))
	for i, a := range all {
		if id := a.upload.ItemID; id != "" {
			l.ours.add(id)
		}
		l.batch.reach(a.record, Reached{Upload: a.upload})
		entries[i] = l.batch.entry(a.record)
		entries[i].State = Registered
	}
	if !l.record(entries...) {
		return false
	}
	// Only now: what is Registered can be taken out, and that entry must come
	// after these.
	for _, a := range all {
		if l.batch.begin(a.record, Registered) {
			pass(ctx, l.registered, a.record)
		}
	}
	return true
}

// unregistered ends records whose request failed for good; those that may be
// in Darwin all the same are looked up before, once: patience was used up.
func (l *line) unregistered(ctx context.Context, chunk []*record, problem *fault.Error) {
	if problem.Reaction() == fault.StopBatch {
		l.fail(ctx, chunk[0], StageRegister, problem)
		return
	}
	var doubts []doubt
	for _, r := range chunk {
		if r.reached.Asked == (Asked{}) {
			l.fail(ctx, r, StageRegister, problem)
		} else {
			doubts = append(doubts, doubt{record: r, state: Failed, problem: problem})
		}
	}
	l.clearUp(ctx, doubts, once)
}

// divisible says whether a smaller request may fare better.
func divisible(problem *fault.Error) bool {
	return problem.Kind == fault.Refused || problem.Kind == fault.TooLarge
}

// mayBeDone says whether Darwin may have done what the request asked for,
// although err came back: there was no answer, none of Darwin's, or one from
// the middle of the work. Darwin can also report problems in an answer that
// says it went well.
func mayBeDone(err error) bool {
	if err == nil {
		return false
	}
	switch problem := fault.Of(err); problem.Kind {
	case fault.Busy:
		return problem.Status != http.StatusTooManyRequests
	case fault.Unknown, fault.Network, fault.Stalled, fault.Unexpected:
		return true
	default:
		return problem.Status >= 200 && problem.Status <= 299
	}
}

// inBadCompany is for items whose request was refused too often to tell which
// of them is the cause.
func inBadCompany(problem *fault.Error) *fault.Error {
	return &fault.Error{
		Kind:   problem.Kind,
		What:   "Darwin refused to take this file together with others, and which of them is the cause could not be found.",
		Safe:   "The file is safe on this computer.",
		Do:     "Look at what Darwin said about the other files first, and then send this one again.",
		Status: problem.Status, Detail: problem.Detail, Err: problem.Err,
	}
}
