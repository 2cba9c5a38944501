package upload

import (
	"context"

	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

// leaveOut writes down with an upload what was left out since the one before
// it, so that its receipt accounts for everything that was dropped.
func (p *Place) leaveOut(number int64) {
	if number == 0 {
		return
	}
	left := p.model.UntoldLeftOut()
	if len(left) == 0 {
		return
	}
	p.tasks.Go(func(ctx context.Context) {
		lines := make([]receipt.Line, len(left))
		for i, l := range left {
			lines[i] = receipt.Line{Path: l.Path, Reason: l.Fault.Error()}
		}
		if err := p.receipts.LeaveOut(number, lines); err != nil {
			p.deps.Log.Warn("receipt", "kind", fault.KindOf(err).String())
		}
		p.post(ctx, func() { p.told(number) })
	})
}

// LeaveOut is as that of journal.Journal; the memory keeps all of it for the
// few uploads that it has.
func (s *shelf) LeaveOut(id int64, left []receipt.Line) error {
	return s.with(id, func(c *card) {
		for _, l := range left {
			l.Place, l.Outcome = len(c.left), receipt.LeftOut
			c.left = append(c.left, l)
		}
	})
}
