package upload

import (
	"errors"

	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader/fault"
)

// keyRefused tells the window of a problem that another key would mend. The
// practice Darwin's key is nobody's to change.
func (p *Place) keyRefused(problem error) {
	f, ok := errors.AsType[*fault.Error](problem)
	if !ok || f == nil || f.Kind != fault.Key && f.Kind != fault.Permission {
		return
	}
	if p.deps.OnKey != nil && !p.session.Practice {
		p.deps.OnKey(f)
	}
}

// SetKey lets everything from now on use another key of the account.
func (p *Place) SetKey(key string) error { return p.session.Darwin.SetKey(key) }

// GoOnSending goes on with the upload that the old key stopped, if one was:
// the person pressed Upload for its files already. What was registered goes on
// under its old ids.
func (p *Place) GoOnSending() {
	p.loadDatasets()
	p.loadClasses()
	f := p.run.problem
	if p.Sending() || f == nil || f.Kind != fault.Key && f.Kind != fault.Permission {
		return
	}
	p.queue.ShowList(queue.All)
	// The batch itself goes on if all its files are still here.
	batch := p.model.BatchEntries()
	if p.run.left == 0 || len(batch) != p.run.files || !p.canSend() || p.dataset.ID != p.run.to.ID {
		p.Upload()
		return
	}
	ids := make([]queue.ID, len(batch))
	for i, e := range batch {
		ids[i] = e.ID
	}
	p.sendPlan(ids, p.run.left)
}
