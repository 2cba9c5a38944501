package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/dustin/go-humanize"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/transport"
)

// openJournal opens the journal, if there is a place for one, and says what
// was wrong with it. While another program has it open, this one keeps its own
// beside it. It is closed by closeJournal.
func (e Env) openJournal() (*journal.Journal, error) {
	if e.JournalDir == "" {
		return nil, nil
	}
	j, err := journal.Open(e.JournalDir)
	if errors.Is(err, journal.ErrInUse) {
		j, err = journal.OpenBeside(e.JournalDir)
	}
	if err != nil {
		return nil, err
	}
	if w := j.Warning(); w != "" {
		fmt.Fprintln(e.Stderr, w)
	}
	return j, nil
}

func (e Env) closeJournal(j *journal.Journal) {
	if j == nil {
		return
	}
	if err := j.Close(); err != nil && e.Log != nil {
		e.Log.Warn("journal", "close", err)
	}
}

// sendNew uploads items as a new batch. If there can be no journal, that is no
// reason not to upload, but worth knowing.
func (e Env) sendNew(ctx context.Context, to target, plan uploader.Plan, r *report) error {
	j, err := e.openJournal()
	if err != nil {
		problem := fault.Of(err)
		fmt.Fprintln(e.Stderr, problem.What, "The upload begins all the same, but could not go on after an interruption.")
	}
	defer e.closeJournal(j)
	if u, ok := e.interrupted(ctx, j, to); ok {
		fmt.Fprintf(e.Stderr, "An upload of %s to %s was interrupted: %s. To go on with it: %s\n",
			began(u), shown(r.Dataset), arrived(u), to.goOn())
	}
	return e.send(ctx, to, j, plan, r)
}

// resume goes on with the newest batch for the dataset that was interrupted.
func (e Env) resume(ctx context.Context, to target, r *report) error {
	j, err := e.openJournal()
	if err != nil {
		return err
	}
	defer e.closeJournal(j)
	u, ok := e.interrupted(ctx, j, to)
	if !ok && j != nil && j.Beside() {
		return journal.InUse() // the batch may be in the other's journal
	}
	if !ok {
		r.idle = fmt.Sprintf("No upload to %s was interrupted. There is nothing to go on with.", shown(r.Dataset))
		return nil
	}
	plan, err := j.Load(ctx, u.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.Stderr, "Going on with the upload of %s: %s.\n", began(u), arrived(u))
	r.Files = len(plan.Items)
	return e.send(ctx, to, j, plan, r)
}

// interrupted is the newest batch for the dataset that has not ended. j may be
// nil.
func (e Env) interrupted(ctx context.Context, j *journal.Journal, to target) (journal.Unfinished, bool) {
	if j == nil {
		return journal.Unfinished{}, false
	}
	list, err := j.Unfinished(ctx)
	if err != nil {
		fmt.Fprintln(e.Stderr, explain(fault.Of(err)))
	}
	for _, u := range list {
		if u.Server == to.server.String() && u.Dataset.ID == to.dataset.ID {
			return u, true
		}
	}
	return journal.Unfinished{}, false
}

// target is where an upload goes, and how.
type target struct {
	server  *url.URL
	client  *darwin.Client
	dataset darwin.Dataset
	workers int // 0: automatic
	limits  uploader.Limits
	way     transport.Config
	wait    time.Duration // for Darwin to process the files; less than 0: it is not asked
	paper   *slip         // nil: nobody wants a receipt

	noDirect bool
}

// goOn is the command that goes on with what was interrupted.
func (t target) goOn() string {
	return "darwin-uploader upload --resume --dataset " + t.dataset.TeamSlug + "/" + t.dataset.Slug
}

func began(u journal.Unfinished) string { return u.Began.Format("2 January 2006, 15:04") }

func arrived(u journal.Unfinished) string {
	return fmt.Sprintf("%s of %s files are in Darwin",
		humanize.Comma(int64(u.Counts[uploader.InDarwin])), humanize.Comma(int64(u.Files)))
}
