package upload

import (
	"context"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

// SendAgain brings files of an earlier upload back into the queue, those with
// these outcomes and no others, with their folders, tags and dataset, and sends
// them. done is told on the main thread why it cannot, or nil.
func (p *Place) SendAgain(s receipt.Summary, outcomes []receipt.Outcome, done func(error)) {
	if err := p.refuseAgain(s); err != nil {
		done(err)
		return
	}
	p.tasks.Go(func(ctx context.Context) {
		plan, err := p.receipts.Again(ctx, s.ID, outcomes...)
		p.post(ctx, func() {
			if err == nil {
				err = p.refuseAgain(s)
			}
			if err == nil {
				err = p.bring(s, plan)
			}
			done(err)
		})
	})
}

// refuseAgain says why files of an upload cannot be sent again now.
func (p *Place) refuseAgain(s receipt.Summary) error {
	no := func(what, do string) error {
		return &fault.Error{Kind: fault.Usage, What: what, Safe: lang.L("Nothing was sent."), Do: do}
	}
	total := p.model.Total()
	switch {
	case !p.Owns(s):
		return no(lang.L("These files went to another team."), lang.L("Switch to that team at the top of Upload, then send them again."))
	case p.Sending():
		return no(lang.L("An upload is under way."), lang.L("Send these files again when it has ended."))
	case p.hold() != "":
		return no(p.hold(), lang.L("Send these files again in a moment."))
	case total.Files > total.Count(queue.Done) && p.dataset != nil && p.dataset.ID != s.Dataset.ID:
		return no(lang.L("Files wait in the queue for the dataset %s.", p.dataset.Name), lang.L("Send them or take them out first."))
	}
	return nil
}

// bring takes the files of a plan into the queue and sends them.
func (p *Place) bring(s receipt.Summary, plan uploader.Plan) error {
	p.newQueue()
	p.goTo(plan)
	ids := p.model.Bring(plan.Items)
	if len(ids) == 0 {
		return &fault.Error{Kind: fault.Usage, What: lang.L("None of these files is left to be sent again."), Safe: lang.L("Nothing was sent.")}
	}
	if p.offered != nil && p.offered.ID == s.ID {
		p.offered = nil // this goes on with it
	}
	p.queue.ShowList(queue.All)
	p.brought = s.ID
	p.showState()
	p.send(ids)
	return nil
}
