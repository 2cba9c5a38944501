package upload

import (
	"context"
	"slices"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/queue"
	"darwin-uploader/gui/queue/cause"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// mend does what a person chose about the files of one cause, and sends them
// once more where that helps.
func (p *Place) mend(m queue.Mend, done func(error)) {
	switch m.Do {
	case cause.CreateTags:
		p.createTags(m, done)
		return
	case cause.Skip:
		p.model.LeaveSkipped(m.IDs)
	case cause.TakeOut:
		p.remove(m.IDs)
	case cause.RemoveTags:
		p.editTags(m, func(ids []queue.ID, class string) { p.model.RemoveTag(ids, class) })
	case cause.RemoveText:
		p.editTags(m, func(ids []queue.ID, class string) { p.model.SetTagText(ids, class, "") })
	case cause.SetText:
		p.editTags(m, func(ids []queue.ID, class string) { p.model.SetTagText(ids, class, m.Text) })
	case cause.Rename:
		places := p.model.Places(m.IDs)
		p.model.Rename(m.IDs)
		p.again(m.IDs, places)
	default:
		p.retry(m.IDs)
	}
	done(nil)
}

// editTags changes tags of files that need the person, and sends them.
func (p *Place) editTags(m queue.Mend, change func(ids []queue.ID, class string)) {
	places := p.model.Places(m.IDs)
	ids := p.model.Detach(m.IDs)
	for _, class := range m.Tags {
		change(ids, class)
	}
	p.again(ids, places)
}

// createTags makes the tag classes that the team lacks, linked to the dataset,
// and sends the files that wait for them.
func (p *Place) createTags(m queue.Mend, done func(error)) {
	withText := map[string]bool{}
	for _, id := range m.IDs {
		e, _ := p.model.Entry(id)
		for _, tag := range e.Tags {
			withText[tag.Class] = withText[tag.Class] || tag.Text != ""
		}
	}
	p.makeClasses(m.Tags, withText, func(err error) {
		done(err)
		if err == nil {
			p.retry(m.IDs)
		}
	})
}

// setClasses tells the views which tag classes the team has.
func (p *Place) setClasses(all []darwin.TagClass) {
	p.classes = append([]darwin.TagClass{}, all...)
	p.inspector.SetClasses(all)
	byName := make(map[string]bool, len(all))
	for _, c := range all {
		byName[c.Name] = c.TakesText
	}
	p.queue.SetClasses(func(name string) (takesText, exists bool) {
		takesText, exists = byName[name]
		return takesText, exists
	})
}

// remove takes files out of the queue, and out of a batch that runs if they
// have not begun there. It says how many. What the batch cannot let go at this
// moment is tried again with each look at it, until it is on its way.
func (p *Place) remove(ids []queue.ID) int {
	if !p.Sending() {
		return p.model.Remove(ids)
	}
	if b := p.run.batch; b != nil {
		b.TakeOut(p.model.Places(ids)...)
		p.model.ApplyStatuses(b.Statuses(nil))
	}
	underWay := 0
	for _, id := range ids {
		e, ok := p.model.Entry(id)
		switch {
		case !ok || e.Batch == queue.NoBatch || e.Status.State.Final():
		case queue.GroupOf(e.Status.State) == queue.Sending:
			underWay++
		default:
			p.run.unwanted = append(p.run.unwanted, id)
		}
	}
	if underWay > 0 {
		p.Tell(lang.N("%s file is on its way already and stays. Stop ends it.", "%s files are on their way already and stay. Stop ends them.", underWay))
	}
	return p.model.Remove(ids)
}

// removeUnwanted takes out what could not be let go before.
func (p *Place) removeUnwanted() {
	if unwanted := p.run.unwanted; len(unwanted) > 0 {
		p.run.unwanted = nil
		p.remove(unwanted)
	}
}

// again sends files once more. While a batch runs they join it, in the place of
// the items at places, which they were before; otherwise they are a new one.
func (p *Place) again(ids []queue.ID, places []int) {
	ids = p.model.Detach(ids)
	if len(ids) == 0 {
		return
	}
	batch := p.run.batch
	if batch == nil {
		if p.Sending() { // it has not begun yet
			p.run.later = append(p.run.later, ids...)
			return
		}
		p.sendAgain(ids)
		return
	}
	to, items := p.run.to, p.model.ItemsOf(ids)
	changed := map[int]queue.ID{}
	for i, id := range ids {
		changed[i] = id // who sends a file again means it as it is now
	}
	p.tasks.Go(func(ctx context.Context) {
		p.freshen(ctx, items, changed)
		if err := uploader.LinkTags(ctx, p.session.Darwin, to, items); err != nil && ctx.Err() == nil {
			p.deps.Log.Warn("tags not linked", "kind", fault.KindOf(err).String())
		}
		p.post(ctx, func() { p.join(batch, ids, places) })
	})
}

// join puts files at the end of a batch that runs. If it has ended meanwhile,
// they are sent by the next one.
func (p *Place) join(batch *uploader.Batch, ids []queue.ID, places []int) {
	ids = p.model.Outside(ids) // some may have left the queue
	if len(ids) == 0 {
		return
	}
	if p.run.batch == batch {
		if first, ok := batch.Add(p.model.ItemsOf(ids)...); ok {
			// The journal is to go on with each file only once.
			batch.TakeOut(places...)
			p.model.Join(ids, first)
			if len(places) > 0 {
				p.run.joined = append(p.run.joined, ids...)
			}
			return
		}
	}
	if p.Sending() {
		p.run.later = append(p.run.later, ids...)
		return
	}
	p.sendAgain(ids)
}

// sendAgain begins a batch of files that were in an earlier one.
func (p *Place) sendAgain(ids []queue.ID) {
	p.inspector.Commit()
	if p.dataset == nil { // it has vanished since
		p.header.ShowDatasets()
	}
	ids = p.model.Sendable(ids)
	if p.canSend() && len(ids) > 0 {
		p.send(ids)
	}
}

// sendLater sends what could not join the batch that has ended.
func (p *Place) sendLater() {
	later := slices.DeleteFunc(p.run.later, func(id queue.ID) bool {
		_, there := p.model.Entry(id)
		return !there
	})
	p.run.later = nil
	if len(later) > 0 && p.run.problem == nil {
		p.sendAgain(later)
	}
}

// joinedArrived says in the receipt of the upload that ended that files which
// first needed the person were sent again, by the same upload.
func (p *Place) joinedArrived() {
	number := p.run.number
	var items []uploader.Item
	for _, id := range p.run.joined {
		if e, ok := p.model.Entry(id); ok && e.Status.State == uploader.InDarwin {
			items = append(items, e.Item())
		}
	}
	if number == 0 || len(items) == 0 {
		return
	}
	p.tasks.Go(func(ctx context.Context) {
		if err := p.receipts.SentAgain(number, items); err != nil {
			p.deps.Log.Warn("receipt", "kind", fault.KindOf(err).String())
		}
		p.post(ctx, func() { p.told(number) })
	})
}

// SendAdded sends with the batch that runs what was added since it began.
func (p *Place) SendAdded() {
	if p.run.batch != nil && p.scans == 0 {
		p.again(p.model.AddedMeanwhile(), nil)
	}
}

// copyReport is for those who ask for help.
func (p *Place) copyReport() {
	p.deps.CopyReport(func(err error) {
		if err != nil {
			p.Tell(lang.Fault(fault.Of(err)))
			return
		}
		p.Tell(lang.L("A report for support is on the clipboard. It holds no key and no names of files."))
	})
}
