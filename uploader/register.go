package uploader

import (
	"context"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// firstChunk is how many items the first request registers: few, so that the
// first bytes leave soon. Each further request doubles, up to what Darwin
// takes at once.
const firstChunk = 32

// registerAll registers whatever the batch holds and will hold, a little ahead
// of the signers.
func (l *line) registerAll(ctx context.Context) {
	size := firstChunk
	for ctx.Err() == nil {
		chunk := l.batch.take(size)
		if len(chunk) == 0 {
			select {
			case <-ctx.Done():
			case <-l.batch.work:
			}
			continue
		}
		if fresh := l.goOn(ctx, chunk); len(fresh) > 0 {
			l.register(ctx, fresh)
		}
		size = min(2*size, darwin.MaxRegister)
	}
}

// goOn sends items that an earlier batch registered on their way and gives the
// others.
func (l *line) goOn(ctx context.Context, chunk []*record) (fresh []*record) {
	for _, r := range chunk {
		switch {
		case r.reached.Stored:
			l.batch.move(r, Confirming)
			pass(ctx, l.stored, r)
		case r.reached.Upload != darwin.Upload{}:
			l.batch.move(r, Registered)
			pass(ctx, l.registered, r)
		default:
			fresh = append(fresh, r)
		}
	}
	return fresh
}

func (l *line) register(ctx context.Context, chunk []*record) {
	items := make([]darwin.NewItem, len(chunk))
	for i, r := range chunk {
		l.batch.move(r, Registering)
		items[i] = r.item.wire()
	}
	var answer darwin.Registration
	unsure := false // an earlier try may have registered them without our seeing the answer
	err := l.try(ctx, func() (err error) {
		answer, err = l.uploads.Register(ctx, items)
		if k := fault.KindOf(err); k == fault.Network || k == fault.Stalled || k == fault.Unexpected || k == fault.Busy {
			unsure = true
		}
		return err
	})
	if err != nil {
		for _, r := range chunk {
			l.fail(ctx, r, StageRegister, err)
		}
		return
	}
	for _, b := range answer.Blocked {
		l.block(chunk[b.Index], b, unsure)
	}
	for _, i := range answer.Unanswered {
		l.batch.settle(chunk[i], Failed, StageRegister, &fault.Error{
			Kind: fault.Unexpected,
			What: "Darwin did not say what became of this file.",
			Safe: "The file is safe on this computer.",
			Do:   "Look in the dataset before you send it again.",
		})
	}
	for _, g := range answer.Registered {
		r := chunk[g.Index]
		l.batch.reach(r, Reached{Upload: g.Upload})
		l.batch.move(r, Registered)
		pass(ctx, l.registered, r)
	}
}

// block ends an item that Darwin refused to register.
func (l *line) block(r *record, b darwin.Blocked, unsure bool) {
	problem := b.Reason.Fault()
	switch {
	case problem.Kind != fault.Exists:
		l.batch.refuse(r, Blocked, b.Reason, problem)
	case unsure:
		// It may be there because our own lost request put it there, without
		// its bytes. To call that "there already" would lose a file.
		l.batch.refuse(r, Failed, b.Reason, &fault.Error{
			Kind:   fault.Unexpected,
			What:   "Darwin's answer was lost, and the item is in the dataset now, perhaps without its file.",
			Safe:   "The file is safe on this computer.",
			Do:     "Look at the item in Darwin; if it shows nothing, delete it there and send the file again.",
			Detail: problem.Detail,
		})
	default:
		l.batch.refuse(r, Skipped, b.Reason, problem)
	}
}
