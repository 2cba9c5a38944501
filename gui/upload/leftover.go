package upload

import (
	"slices"

	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// leftover is an earlier upload that ended with files that are not in Darwin:
// its number in the journal and its dataset's id.
type leftover struct{ number, dataset int64 }

// earlierOf names the uploads whose files a new one may take over: those that
// left files in the queue, the one before it, and the one that files were
// brought back from.
func (p *Place) earlierOf(d darwin.Dataset) []int64 {
	var numbers []int64
	add := func(number, dataset int64) {
		if number != 0 && dataset == d.ID && !slices.Contains(numbers, number) {
			numbers = append(numbers, number)
		}
	}
	for _, l := range p.leftovers {
		add(l.number, l.dataset)
	}
	add(p.run.number, p.run.to.ID)
	add(p.brought, d.ID)
	p.brought = 0
	return numbers
}

// takeOver says in the receipts of earlier uploads that a later one has their
// files.
func (p *Place) takeOver(earlier []int64, plan uploader.Plan, by int64) {
	for _, id := range earlier {
		if id == by {
			continue // it goes on
		}
		if err := p.receipts.SentAgain(id, plan.Items); err != nil {
			p.deps.Log.Warn("receipt", "kind", fault.KindOf(err).String())
		}
	}
}

// replacedBy names the uploads that nobody needs to go on with once ids have
// been sent: all of them, if that is all of the queue that has not arrived.
// Otherwise they stay what the next start offers, less what was taken over.
func (p *Place) replacedBy(ids []queue.ID) (numbers []int64) {
	if latest := (leftover{p.run.left, p.run.to.ID}); latest.number != 0 && !slices.Contains(p.leftovers, latest) {
		p.leftovers = append(p.leftovers, latest)
	}
	if total := p.model.Total(); len(ids) < total.Files-total.Count(queue.Done) {
		return nil
	}
	for _, l := range p.leftovers {
		numbers = append(numbers, l.number)
	}
	p.leftovers = nil
	return numbers
}

// supersede ends earlier, unfinished batches of the journal once a later one
// has all their files, so that they are not offered again. Until the later one
// has ended, all stand: a crash in between costs nothing.
func (p *Place) supersede(replaced []int64, by *uploader.Batch) {
	for _, number := range replaced {
		if by.Number() == 0 || by.Number() == number {
			continue
		}
		if err := p.session.Journal.Discard(number); err != nil {
			p.deps.Log.Warn("journal", "error", err)
		}
	}
}
