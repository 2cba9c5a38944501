package upload

import (
	"context"
	"time"

	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
)

// paintEvery is how often the window looks at a running batch.
const paintEvery = 100 * time.Millisecond

// CanUpload says whether the main button would send something.
func (p *Place) CanUpload() bool {
	files, _ := p.model.UnsentTotal()
	return files > 0 && p.dataset != nil && !p.Sending() && p.gestures == 0
}

// Sending says whether a batch is under way.
func (p *Place) Sending() bool { return p.model.Sending() }

// Upload sends everything that was not sent yet.
func (p *Place) Upload() {
	p.inspector.Commit() // what is typed there and not taken over yet
	if p.CanUpload() {
		p.send(p.model.Unsent())
	}
}

// retry sends files again that need the person.
func (p *Place) retry(ids []queue.ID) {
	if p.dataset != nil && !p.Sending() && len(ids) > 0 {
		p.backToQueue()
		p.send(ids)
	}
}

// Stop ends the batch; what is not in Darwin by then stays in the queue.
func (p *Place) Stop() {
	if p.batch != nil {
		p.batch.Stop()
	}
}

func (p *Place) send(ids []queue.ID) {
	plan := uploader.Plan{Dataset: *p.dataset, Items: p.model.Begin(ids)}
	p.problem, p.began = nil, time.Now()
	p.model.SetFilter(queue.All)
	p.queue.SetSnapshot(uploader.Snapshot{Files: len(plan.Items)})
	p.showState()
	p.tasks.Go(func(ctx context.Context) {
		// Darwin may take the tags without the link; what it does not take it
		// blocks, and the file's row says so.
		if err := uploader.LinkTags(ctx, p.session.Darwin, plan.Dataset, plan.Items); err != nil {
			p.deps.Log.Warn("tags not linked", "kind", fault.KindOf(err).String())
		}
		batch, err := p.session.Engine.Start(ctx, plan)
		if err != nil {
			p.post(ctx, func() { p.ended(uploader.Snapshot{Ended: true, Problem: fault.Of(err)}) })
			return
		}
		p.post(ctx, func() { p.batch = batch })
		p.watch(ctx, batch)
	})
}

// watch looks at the batch about ten times a second until it ends. A look is
// only painted if the one before it was, so that a busy main thread is never
// given more than it can do.
func (p *Place) watch(ctx context.Context, batch *uploader.Batch) {
	tick := time.NewTicker(paintEvery)
	defer tick.Stop()
	painted := make(chan struct{}, 1)
	painted <- struct{}{}
	var seen uint64
	for {
		select {
		case <-batch.Done():
			end, statuses := batch.Snapshot(), batch.Statuses(nil)
			p.post(ctx, func() {
				p.model.ApplyStatuses(statuses)
				p.ended(end)
			})
			return
		case <-tick.C:
		}
		select {
		case <-painted:
		default:
			continue
		}
		s := batch.Snapshot()
		var statuses []uploader.Status
		if s.Change != seen || s.Counts[uploader.Sending] > 0 {
			seen, statuses = s.Change, batch.Statuses(nil)
		}
		p.post(ctx, func() {
			if statuses != nil {
				p.model.ApplyStatuses(statuses)
			}
			p.queue.SetSnapshot(s)
			painted <- struct{}{}
		})
	}
}

func (p *Place) ended(end uploader.Snapshot) {
	p.model.End()
	p.batch, p.problem = nil, end.Problem
	p.queue.SetSnapshot(end)
	if files, _ := p.model.UnsentTotal(); files == 0 || end.Problem != nil {
		p.finished = true
		p.queue.ShowDone(p.outcome())
	}
	p.showState()
	p.loadDatasets() // the counts beside the names are others now
	if end.Problem != nil && end.Problem.Kind == fault.Key && p.deps.OnKeyRefused != nil {
		p.deps.OnKeyRefused(end.Problem)
	}
}

// outcome is what the receipt says of the batch as a whole.
func (p *Place) outcome() queue.Outcome {
	o := queue.Outcome{From: p.began, To: time.Now()}
	if p.dataset != nil {
		o.Dataset = p.dataset.Name
	}
	if p.problem != nil {
		o.Problem = p.problem.Error()
	}
	return o
}

// UploadMore leaves the receipt for a new, empty queue.
func (p *Place) UploadMore() {
	if !p.Sending() {
		p.model.Clear()
		p.finished, p.problem, p.base = false, nil, "/"
		p.showState()
	}
}

// backToQueue leaves the receipt. If everything arrived the queue is a new
// one; otherwise what is not in Darwin stays in it.
func (p *Place) backToQueue() {
	if !p.finished {
		return
	}
	p.finished = false
	if len(p.model.Needing()) == 0 && len(p.model.Unsent()) == 0 {
		p.UploadMore()
	}
}

// OpenInDarwin shows the dataset in the browser.
func (p *Place) OpenInDarwin() {
	if p.dataset != nil {
		p.deps.OpenURL(p.session.Darwin.DatasetURL(*p.dataset))
	}
}
