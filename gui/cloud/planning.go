package cloud

import (
	"context"

	"darwin-uploader/gui/tasks"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
)

// choice is what the person chose so far.
type choice struct {
	storage int // of those that there are, -1 for none
	dataset *darwin.Dataset
	classes []darwin.TagClass // the team's
	source  source
	folders external.Folders
	tags    tagging
	lookup  lookup
}

// drafting is the draft of what is chosen, and the making of it.
type drafting struct {
	desk     desk
	draft    *draft
	wrong    error              // why there is no draft
	planning context.CancelFunc // not nil while a draft is made
	behind   bool               // what was chosen is another by now
	writing  bool               // the draft that is made has thumbnails made
	read     int                // rows of the draft that is made
	leaveOut bool               // the unfit rows are not to be told of any more
}

// order is what would be planned now; ok is false while something is missing.
func (v *View) order() (o order, ok bool) {
	if v.storage < 0 || v.dataset == nil || v.source.empty() {
		return o, false
	}
	return order{storage: v.storages[v.storage], dataset: *v.dataset, folders: v.folders, tags: v.tags, classes: v.classes, source: v.source, lookup: v.lookup}, true
}

// replan makes a new draft of what is chosen now. While one is being made it is
// given up first, so that typing never piles them up.
//
// While an import is written down its draft stays; what is chosen meanwhile
// counts from the next one on.
func (v *View) replan() {
	if v.run != nil {
		return
	}
	if v.planning != nil {
		if v.behind = true; !v.writing { // somebody agreed to what is written
			v.planning()
		}
		return
	}
	o, ok := v.order()
	o.making = v.maker.take(o)
	if !ok {
		v.setDraft(nil, nil)
		return
	}
	v.read, v.writing = 0, o.making != nil
	v.tasks.Go(v.plan(o))
	v.bar.show()
}

func (v *View) plan(o order) func(context.Context) {
	work, stop := tasks.Stoppable(func(ctx, _ context.Context) {
		made, err := v.desk.plan(ctx, o, v.deps.Bucket, func(read int) {
			v.post(func() {
				v.read = read
				v.bar.show()
			})
		})
		v.post(func() {
			v.planning = nil
			if v.writing {
				v.writing = false
				v.maker.finished()
			}
			if v.behind { // made of what is not wanted any more
				v.forget(made)
				v.replan()
				return
			}
			v.setDraft(made, err)
		})
	})
	v.planning, v.behind = stop, false
	return work
}

// giveUpDraft ends the draft that is being made, and makes it anew.
func (v *View) giveUpDraft() {
	if v.planning != nil {
		v.behind = true
		v.planning()
	}
}

// setDraft shows a draft, or why there is none.
func (v *View) setDraft(d *draft, err error) {
	before := v.draft
	v.draft, v.wrong, v.leaveOut = d, err, false
	v.middle.showDraft()
	v.show()
	v.maker.again()
	v.forget(before)
}

// forget takes a draft off the desk.
func (v *View) forget(d *draft) {
	if d == nil {
		return
	}
	v.tasks.Go(func(ctx context.Context) {
		if err := v.desk.book.Discard(ctx, d.ID); err != nil && ctx.Err() == nil {
			v.deps.Log.Warn("draft", "kind", fault.KindOf(err).String())
		}
	})
}

// ready and unfit are how many rows of the draft can be registered, and cannot.
func (v *View) ready() int {
	if v.draft == nil {
		return 0
	}
	return v.draft.Counts[ledger.Waiting]
}

func (v *View) unfit() int {
	if v.draft == nil {
		return 0
	}
	return v.draft.Counts[ledger.Unfit]
}
