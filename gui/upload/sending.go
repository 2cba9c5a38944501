package upload

import (
	"context"
	"os"
	"sync"
	"time"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/queue"
	"darwin-uploader/gui/tasks"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// paintEvery is how often the window looks at a running batch.
const paintEvery = 100 * time.Millisecond

// run is the latest upload: the one under way, or the one that ended.
type run struct {
	to      darwin.Dataset
	from    string // what was dropped
	began   time.Time
	halt    context.CancelFunc // ends it; nil once it has ended
	batch   *uploader.Batch    // nil before it has begun and once it has ended
	over    time.Time
	problem *fault.Error // what stopped it
	left    int64        // the journal's number of it, if it ended with files that are not in Darwin
	untold  bool         // it has ended, and its receipt was not shown yet
	later   []queue.ID   // are to be sent once it has ended
	// unwanted are to be taken out as soon as the batch can let them go.
	unwanted []queue.ID
	joined   []queue.ID // needed the person, and were sent once more by it
	files    int        // in it, as of its end
	workers  int        // files sent at once as of the last look, 0 once it has ended
	number   int64      // where its receipt is, 0 for nowhere; without a journal from its end on
}

// hold says why nothing can be sent now, "" if it can.
func (p *Place) hold() string {
	switch {
	case p.scans > 0:
		return lang.L("Still looking through the folders.")
	case p.makingDatasets > 0:
		return lang.L("Darwin is still making the dataset.")
	case p.makingTags > 0:
		return lang.L("Darwin is still making the tag.")
	}
	return ""
}

func (p *Place) canSend() bool {
	return p.dataset != nil && !p.Sending() && p.hold() == ""
}

// CanUpload says whether the main button would send something.
func (p *Place) CanUpload() bool {
	files, _ := p.model.UnsentTotal()
	return files > 0 && p.canSend()
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

// retry sends files again that need the person, with the batch that runs or as
// a new one. What has arrived meanwhile, or left the queue, is not sent.
func (p *Place) retry(ids []queue.ID) {
	if p.Sending() {
		p.again(ids, p.model.Places(ids))
		return
	}
	p.sendAgain(ids)
}

// Workers is how many files are sent at once as of now, 0 while nothing is sent.
func (p *Place) Workers() int { return p.run.workers }

// Stop ends the batch; what is not in Darwin by then stays in the queue.
func (p *Place) Stop() {
	if p.run.halt != nil {
		p.run.halt()
	}
}

func (p *Place) send(ids []queue.ID) { p.sendPlan(ids, 0) }

// sendPlan sends files as a new batch, or, if batch is not 0, goes on with
// that one of the journal: ids are then all its files in their order.
func (p *Place) sendPlan(ids []queue.ID, batch int64) {
	changed := p.changedFiles(ids) // before Begin, which forgets it
	earlier, replaced, engine := p.earlierOf(*p.dataset), p.replacedBy(ids), p.session.Engine
	plan := uploader.Plan{Dataset: *p.dataset, From: p.model.Source(ids), Items: p.model.Begin(ids), Batch: batch}
	// Stop ends the sending, but not what the window is told about it.
	work, halt := tasks.Stoppable(func(ctx, open context.Context) {
		p.freshen(open, plan.Items, changed)
		// Darwin may take the tags without the link; what it does not take it
		// blocks, and the file's row says so.
		if err := uploader.LinkTags(ctx, p.session.Darwin, plan.Dataset, plan.Items); err != nil && ctx.Err() == nil {
			p.deps.Log.Warn("tags not linked", "kind", fault.KindOf(err).String())
		}
		var batch *uploader.Batch
		err := p.prepare(ctx, plan)
		if err == nil {
			batch, err = engine.Start(ctx, plan)
		}
		if err != nil {
			p.post(open, func() { p.ended(uploader.Snapshot{Ended: true, Problem: fault.Of(err)}) })
			return
		}
		p.post(open, func() {
			p.run.batch = batch
			p.removeUnwanted()
		})
		p.watch(open, batch, func(number int64) {
			p.takeOver(earlier, plan, number)
			p.post(open, func() {
				p.run.number = number
				p.leaveOut(number)
				p.told(number)
			})
		})
		p.supersede(replaced, batch)
	})
	p.run = run{to: plan.Dataset, from: plan.From, began: time.Now(), halt: halt}
	p.leaveSheets()
	p.model.SetFilter(queue.All)
	p.queue.SetSnapshot(before(plan.Items))
	p.showState()
	p.tasks.Go(work)
}

// Pause lets what is on its way finish and begins nothing new, or goes on.
func (p *Place) Pause(on bool) {
	switch b := p.run.batch; {
	case b == nil:
		return
	case on:
		b.Pause()
	default:
		b.Resume()
	}
	p.queue.SetSnapshot(p.run.batch.Snapshot())
	p.changed()
}

// TryNow looks at once whether the network is back.
func (p *Place) TryNow() {
	if b := p.run.batch; b != nil {
		b.TryNow()
	}
}

// before is the snapshot of a batch of which nothing has happened yet.
func before(items []uploader.Item) uploader.Snapshot {
	s := uploader.Snapshot{Files: len(items)}
	for _, item := range items {
		s.Bytes += item.Size
	}
	return s
}

// changedFiles names those of ids that were held back because their file is
// not what it was. The key is the place in ids.
func (p *Place) changedFiles(ids []queue.ID) map[int]queue.ID {
	changed := map[int]queue.ID{}
	for i, id := range ids {
		if e, ok := p.model.Entry(id); ok && e.Status.Problem != nil && e.Status.Problem.Kind == fault.Changed {
			changed[i] = id
		}
	}
	return changed
}

// freshen takes files that were held back as they are now: who sends them
// again means the new versions. What cannot be read stays as it was, and is
// told of by the engine.
func (p *Place) freshen(ctx context.Context, items []uploader.Item, changed map[int]queue.ID) {
	var versions []queue.Version
	for i, id := range changed {
		info, err := os.Stat(items[i].Path)
		if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
			continue
		}
		if items[i].Size == info.Size() && items[i].ModTime.Equal(info.ModTime()) {
			continue
		}
		items[i].Size, items[i].ModTime = info.Size(), info.ModTime()
		versions = append(versions, queue.Version{ID: id, Size: info.Size(), ModTime: info.ModTime()})
	}
	if len(versions) > 0 {
		p.post(ctx, func() { p.model.Renew(versions...) })
	}
}

// watch looks at the batch about ten times a second until it ends. A look is
// only painted if the one before it was, so that a busy main thread is never
// given more than it can do.
//
// written is called once, as soon as the journal has written the batch down; at
// the end with 0 where there is no journal.
func (p *Place) watch(ctx context.Context, batch *uploader.Batch, written func(number int64)) {
	tell := sync.OnceFunc(func() { written(batch.Number()) })
	tick := time.NewTicker(paintEvery)
	defer tick.Stop()
	painted := make(chan struct{}, 1)
	painted <- struct{}{}
	var seen uint64
	var statuses []uploader.Status // the main thread's until it has painted
	for {
		select {
		case <-batch.Done():
			tell()
			end, last := batch.Snapshot(), batch.Statuses(nil)
			p.post(ctx, func() {
				p.model.ApplyStatuses(last)
				if end.Counts.NeedYou()+end.Counts[uploader.Stopped] > 0 {
					p.run.left = batch.Number()
				}
				p.ended(end)
			})
			return
		case <-tick.C:
			if batch.Number() != 0 {
				tell()
			}
		}
		select {
		case <-painted:
		default:
			continue
		}
		s := batch.Snapshot()
		moved := s.Change != seen || s.Counts[uploader.Sending] > 0
		if moved {
			seen, statuses = s.Change, batch.Statuses(statuses[:0])
		}
		p.post(ctx, func() {
			if moved {
				p.model.ApplyStatuses(statuses)
			}
			p.removeUnwanted()
			p.queue.SetSnapshot(s)
			if s.Workers != p.run.workers {
				p.run.workers = s.Workers
				p.changed()
			}
			painted <- struct{}{}
		})
	}
}

func (p *Place) ended(end uploader.Snapshot) {
	p.model.End()
	p.run.halt()
	p.run.workers, p.run.files = 0, end.Files
	p.run.halt, p.run.batch, p.run.over, p.run.problem, p.run.untold = nil, nil, time.Now(), end.Problem, true
	p.queue.SetSnapshot(end)
	p.queue.SetStopped(end.Problem)
	p.shelve()
	p.followRun()
	p.joinedArrived()
	p.sendLater()
	p.tell()
	p.showState()
	p.loadDatasets() // the counts beside the names are others now
	p.keyRefused(end.Problem)
}

// tell shows the receipt of an upload that has run to its end, or that
// something stopped. Files that were dropped meanwhile, or that the person
// stopped, wait in the queue instead; while folders are still being looked
// through nobody knows whether there are any.
func (p *Place) tell() {
	if !p.run.untold || p.Sending() || p.scans > 0 {
		return
	}
	p.run.untold = false
	if files, _ := p.model.UnsentTotal(); files == 0 || p.run.problem != nil {
		p.queue.ShowDone(p.outcome())
	}
}

// outcome is what the receipt says of the upload as a whole.
func (p *Place) outcome() queue.Outcome {
	o := queue.Outcome{Dataset: p.run.to.Name, From: p.run.began, To: p.run.over, Following: p.Following(p.run.number)}
	if p.run.problem != nil {
		o.Problem = lang.Fault(p.run.problem)
	}
	return o
}

// UploadMore leaves the receipt for the queue: a new one, or what is not in
// Darwin yet.
func (p *Place) UploadMore() {
	if p.Sending() {
		return
	}
	p.model.LetArrivedGo()
	p.queue.ForgetReceipt()
	p.showState()
}

// newQueue begins a new queue for what is added next, if all that is in the
// present one has arrived.
func (p *Place) newQueue() {
	if total := p.model.Total(); total.Files > 0 && total.Count(queue.Done) == total.Files {
		p.UploadMore()
	}
}

// OpenInDarwin shows the chosen dataset in the browser, or the one that a
// receipt speaks of.
func (p *Place) OpenInDarwin() {
	if p.dataset != nil {
		p.deps.OpenURL(p.session.Darwin.DatasetURL(*p.dataset))
	}
}

// TogglePause pauses a batch that runs, and goes on with one that is paused.
func (p *Place) TogglePause() {
	if b := p.run.batch; b != nil {
		p.Pause(!b.Snapshot().Paused)
	}
}

// Paused says whether the person has paused the batch that runs.
func (p *Place) Paused() bool { return p.run.batch != nil && p.run.batch.Snapshot().Paused }
