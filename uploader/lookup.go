package uploader

import (
	"context"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
)

// When an answer to a registration is lost, the items may be in the dataset
// without their bytes, put there by ourselves, and the next try finds them
// there already. To call them duplicates would lose the files; to fill every
// item that waits for bytes would put ours into somebody else's. The rule:
//
// An item is taken for our own, and goes on under its id, if Darwin still
// waits for its bytes, no other record of the batch has it, and it was
// registered while our request was under way. If our request had the bytes with
// it (packs.go), an item that has its bytes is ours in the same way, and done. That is told by Darwin's clock
// alone: the item's inserted_at against the Date of Darwin's answers, with
// earlyBy and lateBy to spare. (Only before any answer had a Date, this
// computer's clock stands in.) Without an inserted_at nothing is taken for our
// own. That both times are of one clock is inferred, and one case cannot be
// told apart: somebody else who registers an item of the same name and folder
// within that same span and, unless our request had the bytes, has not yet
// confirmed it.
const (
	// earlyBy covers that both times are cut to seconds, that an answer takes
	// its time, and that the clocks of Darwin's machines differ a little.
	earlyBy = 10 * time.Second
	// lateBy covers a server that is still at it when nobody waits any more.
	lateBy = 2 * time.Minute
	// underWay is how long one request to register may take; if this program
	// ends in the middle of it, nothing tells how long it took.
	underWay = 2 * time.Minute
)

func (a Asked) covers(registered time.Time) bool {
	return a != (Asked{}) && !registered.IsZero() &&
		!registered.Before(a.From.Add(-earlyBy)) && !registered.After(a.Until.Add(lateBy))
}

// watch measures by Darwin's clock how long requests were under way.
type watch struct {
	uploads darwin.Uploads
	from    time.Time
	known   bool
	began   time.Time // by this computer's clock
}

func (l *line) watch() watch {
	from, known := l.uploads.Now()
	return watch{l.uploads, from, known, time.Now()}
}

func (w watch) stop() Asked {
	until, known := w.uploads.Now()
	if !known {
		return Asked{From: w.began.Round(0), Until: time.Now().Round(0)}
	}
	if !w.known { // the first answer came in between
		w.from = until.Add(-time.Since(w.began))
	}
	return Asked{From: w.from, Until: until}
}

// doubt is a record of which it is not known what Darwin has of it, and how it
// ends if looking it up does not tell.
type doubt struct {
	*record
	id      string // of the item that Darwin says is there
	there   bool   // Darwin says that there is one
	state   State
	reason  darwin.Reason
	problem *fault.Error
}

// existing is a record that Darwin blocked because there is such an item. If
// no answer was lost, that is all there is to it.
func existing(r *record, b darwin.Blocked, problem *fault.Error) doubt {
	d := doubt{record: r, id: b.ItemID, there: true, state: Skipped, reason: b.Reason, problem: problem}
	if r.reached.Asked != (Asked{}) {
		d.state, d.problem = Failed, &fault.Error{
			Kind:   fault.Unexpected,
			What:   "Darwin's answer was lost, and the item is in the dataset now, perhaps without its file.",
			Safe:   "The file is safe on this computer.",
			Do:     "Send it again; if that does not help, look at the item in Darwin, and delete it there if it shows nothing.",
			Detail: problem.Detail,
		}
	}
	return d
}

// silent is a record about which Darwin's answer said nothing.
func silent(r *record) doubt {
	return doubt{record: r, state: Failed, problem: &fault.Error{
		Kind: fault.Unexpected,
		What: "Darwin did not say what became of this file.",
		Safe: "The file is safe on this computer.",
		Do:   "Send it again; if that does not help, look in the dataset for it.",
	}}
}

// once does a step without patience.
func once(ctx context.Context, step func(context.Context) error) error { return step(ctx) }

// clearUp looks up what Darwin has of the records, and sends them on or ends
// them. A lookup that fails ends no batch: what it is about was registered, and
// a key that may not list items may still upload.
func (l *line) clearUp(ctx context.Context, doubts []doubt, try func(context.Context, func(context.Context) error) error) {
	if len(doubts) == 0 {
		return
	}
	places := make([]darwin.Place, len(doubts))
	for i, d := range doubts {
		places[i] = d.item.place(d.id)
	}
	there := map[int]darwin.Found{}
	err := try(ctx, func(ctx context.Context) error {
		list, err := l.uploads.Find(ctx, places)
		if err != nil {
			return err
		}
		for _, f := range list {
			there[f.Index] = f
		}
		return lagging(doubts, there)
	})
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		problem := fault.Of(err)
		l.log.Warn("lookup", "kind", problem.Kind.String(), "status", problem.Status, "detail", problem.Detail)
	}
	for i, d := range doubts {
		if f, ok := there[i]; ok {
			l.judge(ctx, d, f)
		} else {
			l.leave(d)
		}
	}
}

// lagging is a problem as long as an item that may be ours and that Darwin says
// is there does not show in its list.
func lagging(doubts []doubt, there map[int]darwin.Found) error {
	for i, d := range doubts {
		if _, ok := there[i]; !ok && d.there && d.reached.Asked != (Asked{}) {
			return &fault.Error{Kind: fault.Unexpected, What: "Darwin does not list an item that it says it has.", Detail: "the list lags"}
		}
	}
	return nil
}

// judge decides about a record by what Darwin has at its place.
func (l *line) judge(ctx context.Context, d doubt, f darwin.Found) {
	exists := darwin.ReasonAlreadyExists
	switch {
	case l.ours.has(f.Upload.ItemID): // another file of this batch has the place
		l.refuse(d.record, Skipped, exists, exists.Fault())
	case f.State == darwin.ItemUploading && f.Upload.UploadID != "" && d.reached.Asked.covers(f.Inserted):
		l.log.Info("registered after all", "inserted", f.Inserted)
		l.admit(ctx, admission{d.record, f.Upload})
	case hasBytes(f) && d.reached.packed() && d.reached.Asked.covers(f.Inserted):
		l.log.Info("arrived after all", "inserted", f.Inserted)
		l.arrived(d.record, f.Upload)
	case f.State == darwin.ItemUploading:
		l.refuse(d.record, Blocked, exists, stillEmpty())
	case f.State == darwin.ItemFailed:
		l.refuse(d.record, Blocked, exists, broken(f))
	case hasBytes(f):
		l.refuse(d.record, Skipped, exists, exists.Fault())
	default:
		l.leave(d)
	}
}

// hasBytes says whether Darwin has the whole file of an item.
func hasBytes(f darwin.Found) bool {
	return f.State == darwin.ItemProcessing || f.State == darwin.ItemComplete
}

// leave ends a record of which nothing more could be found out.
func (l *line) leave(d doubt) {
	l.log.Warn("item", "stage", StageRegister.String(), "state", d.state.String(), "kind", d.problem.Kind.String(), "detail", d.problem.Detail)
	l.refuse(d.record, d.state, d.reason, d.problem)
}

// unconfirmed is nil if Darwin was told after all that a file is complete: a
// confirm whose answer was lost may be refused when it is repeated (inferred;
// whether Darwin takes a second one is not documented). Otherwise it is the
// problem that the record ends with.
func (l *line) unconfirmed(ctx context.Context, r *record, problem *fault.Error) error {
	if ctx.Err() != nil || problem.Reaction() == fault.StopBatch {
		return problem
	}
	try := l.try
	if problem.Reaction() != fault.GiveUp { // patience was used up
		try = once
	}
	var list []darwin.Found
	err := try(ctx, func(ctx context.Context) (err error) {
		list, err = l.uploads.Find(ctx, []darwin.Place{r.item.place(r.reached.Upload.ItemID)})
		return err
	})
	if err != nil || len(list) == 0 || list[0].Upload.ItemID != r.reached.Upload.ItemID {
		return problem
	}
	switch list[0].State {
	case darwin.ItemProcessing, darwin.ItemComplete:
		l.log.Info("confirmed after all")
		return nil
	case darwin.ItemFailed:
		return broken(list[0])
	default:
		return problem
	}
}

func stillEmpty() *fault.Error {
	return &fault.Error{
		Kind:   fault.Blocked,
		What:   "The dataset lists an item with this name in this folder, but its file never arrived there.",
		Safe:   "The item in Darwin was not touched, and the file is safe on this computer.",
		Do:     "Somebody may be uploading it at this moment; if not, delete the item in Darwin, and send the file again.",
		Detail: "reason " + string(darwin.ReasonAlreadyExists) + ", waits for its bytes",
	}
}

func broken(f darwin.Found) *fault.Error {
	e := &fault.Error{
		Kind:   fault.Blocked,
		What:   "The item is in the dataset, but Darwin could not process its file.",
		Safe:   "The file is safe on this computer.",
		Do:     "Check that the file opens here; then delete the item in Darwin, and send the file again.",
		Detail: "processing failed",
	}
	if f.Message != "" {
		e.Detail += ": " + f.Message
	}
	return e
}
