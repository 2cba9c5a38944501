package uploader

import (
	"context"
	"io"
	"os"
	"time"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/pace"
	"darwin-uploader/uploader/storage"
)

// freshFor is how old a signature may be when the first byte leaves. How long
// Darwin's are valid is not documented; five minutes is far inside whatever
// a signature for uploads is given in practice (inferred).
const freshFor = 5 * time.Minute

// settled is how long a file that changed while it was sent has to stay as it
// is before it is sent again.
const settled = time.Second

// send streams one file to storage. A file that changed meanwhile is sent anew
// as it is now, once; one that had changed before is held back, because the
// person may not mean the new one.
func (l *line) send(ctx context.Context, s signedRecord) {
	if l.gate.enter(ctx, true) != nil || !l.batch.begin(s.record, Sending) {
		return
	}
	stage, err := l.sendIt(ctx, &s)
	if s.underWay && fault.KindOf(err) == fault.Changed {
		if err = l.renew(ctx, s.record); err == nil {
			s.at = time.Time{} // a new signature
			stage, err = l.sendIt(ctx, &s)
		}
		if fault.KindOf(err) == fault.Changed {
			err = restless(err)
		}
	}
	if err != nil {
		l.fail(ctx, s.record, stage, err)
		return
	}
	l.batch.reach(s.record, Reached{Upload: s.reached.Upload, Stored: true})
	l.batch.move(s.record, Confirming)
	pass(ctx, l.stored, s.record)
}

// sendIt tries until storage has the file as it is now. Every further try asks
// for a signature of its own, because the last one may be what was wrong.
func (l *line) sendIt(ctx context.Context, s *signedRecord) (stage Stage, err error) {
	r, file := s.record, source{s.item}
	again := time.Since(s.at) > freshFor
	err = l.start(ctx, func(ctx context.Context) (err error) {
		if again || time.Since(s.at) > freshFor {
			stage = StageSign
			l.batch.move(r, Signing)
			err = l.counted(pace.Sign, func(ctx context.Context) (err error) {
				s.to, err = l.uploads.Sign(ctx, r.reached.Upload)
				return err
			})(ctx)
			l.batch.move(r, Sending)
			if err != nil {
				return err
			}
			l.gate.heard()
		}
		again, stage = true, StageSend
		s.underWay = false
		if err := file.check(); err != nil {
			return err
		}
		return l.sendOnce(ctx, s, file)
	})
	return stage, err
}

// sendOnce is one try. It counts only bytes beyond the furthest that an
// earlier try came.
func (l *line) sendOnce(ctx context.Context, s *signedRecord, file source) (err error) {
	call, err := l.crew.Begin(ctx, pace.Send)
	if err != nil {
		return err
	}
	defer func() { call.End(outcome(err)) }()
	body := file.body()
	body.Pace = l.brake
	body.Open = func() (io.ReadCloser, error) {
		f, err := file.open()
		s.underWay = err == nil
		return f, err
	}
	var here int64
	s.attempts.Add(1)
	stored, err := l.storage.Send(ctx, storage.Target(s.to), body, func(n int64) {
		here += n
		moving(ctx)
		call.Moved(n)
		l.batch.wire.Add(n)
		l.batch.raise(s.record, here)
	})
	if err != nil {
		return err
	}
	if v := stored.Verdict(); l.etags.alarm(v) {
		return &fault.Error{
			Kind: fault.Unexpected,
			What: "What arrived is not the same as the file.",
			Safe: "The file is safe on this computer, and Darwin was not told that it had arrived.",
			Do:   "Send it again.",
		}
	} else if v == storage.Differs {
		l.log.Debug("the ETag is no MD5 sum: it cannot be compared")
	}
	return file.check()
}

// renew takes a changed file's size and time afresh, if it stays as it is.
func (l *line) renew(ctx context.Context, r *record) error {
	before, err := os.Stat(r.item.Path)
	if err != nil {
		return unreadable(err)
	}
	if !sleep(ctx, settled) {
		return ctx.Err()
	}
	after, err := os.Stat(r.item.Path)
	if err != nil {
		return unreadable(err)
	}
	now := source{r.item}
	now.Size, now.ModTime = before.Size(), before.ModTime()
	if err := now.same(after); err != nil {
		return err
	}
	if size := after.Size(); size <= 0 || size > storage.MaxSize {
		return &fault.Error{Kind: fault.Changed}
	}
	l.batch.renew(r, after.Size(), after.ModTime())
	l.page.Note(l.batch.entry(r))
	return nil
}

// restless is for a file that changed again.
func restless(err error) error {
	return &fault.Error{
		Kind:   fault.Changed,
		What:   "The file changed while it was sent, again and again.",
		Safe:   "Darwin was not told that it had arrived, so that no half-old file counts.",
		Do:     "Send it again once nothing writes to it any more.",
		Detail: fault.Of(err).Detail,
	}
}

// sleep waits, and says false if ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
