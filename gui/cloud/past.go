package cloud

import (
	"context"

	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
)

// What follows is for the history of imports, which is shown elsewhere.

// Book is the record of imports; nil where it would have to be made first. It
// may be called from any goroutine and waits for the disk.
func (v *View) Book() (*ledger.Ledger, error) { return v.record.peek() }

// Importing is the number in the record of the import under way, 0 for none.
func (v *View) Importing() int64 {
	if v.run != nil && v.run.under {
		return v.run.id
	}
	return 0
}

// Following says whether Darwin is being asked about an import.
func (v *View) Following(id int64) bool { return v.run != nil && v.run.id == id && v.run.follows }

func (v *View) receiptChanged(id int64) {
	if v.deps.OnReceipt != nil {
		v.deps.OnReceipt(id)
	}
}

// Continue goes on with an import of the record: it registers what waits, and
// once more the rows in these states. done is told on the main thread why it
// cannot, or nil.
func (v *View) Continue(id int64, again []ledger.State, done func(error)) {
	if v.Sending() {
		done(nil) // it is in sight
		return
	}
	v.tasks.Go(func(ctx context.Context) {
		found, err := v.reopen(ctx, id, again)
		v.post(func() {
			if err == nil && !v.Sending() {
				v.goOn(found)
			}
			done(err)
		})
	})
}

func (v *View) reopen(ctx context.Context, id int64, again []ledger.State) (external.Import, error) {
	book, err := v.record.get()
	if err != nil {
		return external.Import{}, err
	}
	if err := external.Again(ctx, book, id, again...); err != nil {
		return external.Import{}, err
	}
	return external.Load(ctx, book, id)
}

// Look asks Darwin once more about what an import registered and Darwin had not
// settled. told is called on the main thread when it has answered, or has not.
func (v *View) Look(id int64, told func()) {
	v.tasks.Go(func(ctx context.Context) {
		book, err := v.record.get()
		if err == nil {
			err = v.lookAt(ctx, book, id)
		}
		if err != nil && ctx.Err() == nil {
			v.deps.Log.Warn("imports", "kind", fault.KindOf(err).String())
		}
		v.post(told)
	})
}

func (v *View) lookAt(ctx context.Context, book *ledger.Ledger, id int64) error {
	s, err := external.Receipt(ctx, book, id)
	if err != nil {
		return err
	}
	return external.Follow(ctx, external.Following{Ledger: book, Listing: v.deps.Darwin.Listing(s.Dataset), Patience: -1}, id)
}
