package uploader

import (
	"context"
	"time"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/storage"
)

// freshFor is how old a signature may be when the first byte leaves. How long
// Darwin's are valid is not documented; five minutes is far inside whatever
// a signature for uploads is given in practice (inferred).
const freshFor = 5 * time.Minute

// send streams one file to storage. Every further try asks for a signature of
// its own, because the last one may be what was wrong.
func (l *line) send(ctx context.Context, s signedRecord) {
	r, file := s.record, source{s.item}
	stage := StageSend
	again := time.Since(s.at) > freshFor
	l.batch.move(r, Sending)
	err := l.try(ctx, func() (err error) {
		if again {
			l.batch.move(r, Signing)
			stage = StageSign
			s.to, err = l.uploads.Sign(ctx, r.reached.Upload)
			l.batch.move(r, Sending)
			if err != nil {
				return err
			}
		}
		again, stage = true, StageSend
		if err := file.check(); err != nil {
			return err
		}
		return l.sendOnce(ctx, s, file)
	})
	if err != nil {
		l.fail(ctx, r, stage, err)
		return
	}
	l.batch.reach(r, Reached{Upload: r.reached.Upload, Stored: true})
	l.batch.move(r, Confirming)
	pass(ctx, l.stored, r)
}

// sendOnce is one try. It counts only bytes beyond the furthest that an
// earlier try came.
func (l *line) sendOnce(ctx context.Context, s signedRecord, file source) error {
	var here int64
	stored, err := l.storage.Send(ctx, storage.Target(s.to), file.body(), func(n int64) {
		here += n
		l.batch.wire.Add(n)
		l.batch.raise(s.record, here)
	})
	if err != nil {
		return err
	}
	if stored.Verdict() == storage.Differs {
		return &fault.Error{
			Kind: fault.Unexpected,
			What: "What arrived is not the same as the file.",
			Safe: "The file is safe on this computer, and Darwin was not told that it had arrived.",
			Do:   "Send it again.",
		}
	}
	return file.check()
}
