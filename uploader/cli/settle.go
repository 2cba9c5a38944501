package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/receipt"
)

// defaultWait is how long a command waits for Darwin to process the files:
// images take seconds, and nobody watches a script for long.
const defaultWait = 60 * time.Second

// lastLook is how long one look at Darwin may take after the person stopped
// the upload.
const lastLook = 1500 * time.Millisecond

// book is the receipt of one batch: in the journal, or in memory without one.
type book struct {
	receipt.Store
	id    int64
	lines func(context.Context) iter.Seq2[receipt.Line, error]
}

// bookOf is the book of a batch that has ended. j may be nil, and b too if the
// plan has no items.
func bookOf(j *journal.Journal, to target, plan uploader.Plan, b *uploader.Batch) book {
	if j != nil && b != nil && b.Number() != 0 {
		return book{j, b.Number(), func(ctx context.Context) iter.Seq2[receipt.Line, error] { return j.AllLines(ctx, b.Number()) }}
	}
	s := receipt.Summary{Server: to.server.String(), Dataset: plan.Dataset, From: plan.From, Began: time.Now(), Ended: time.Now()}
	var statuses []uploader.Status
	if b != nil {
		s.Began = s.Ended.Add(-b.Snapshot().Elapsed)
		statuses = b.Statuses(nil)
	}
	m := receipt.NewMemory(s, linesOf(plan.Items, statuses))
	return book{m, 0, func(context.Context) iter.Seq2[receipt.Line, error] { return m.Lines() }}
}

func linesOf(items []uploader.Item, statuses []uploader.Status) []receipt.Line {
	lines := make([]receipt.Line, len(items))
	for i, item := range items {
		s := statuses[i]
		l := receipt.Line{
			Place: i, Path: item.Path, Name: item.Name, Folder: item.Folder, Size: item.Size, ItemID: s.Reached.Upload.ItemID,
		}
		switch s.State {
		case uploader.InDarwin:
			l.Outcome = receipt.Sent
		case uploader.Skipped:
			l.Outcome = receipt.Skipped
		case uploader.Blocked, uploader.Failed:
			l.Outcome = receipt.NeedsYou
		}
		if s.Problem != nil {
			l.Reason = s.Problem.Error()
		}
		lines[i] = l
	}
	return lines
}

// settle asks Darwin what became of what it confirmed, and enters it in the
// report. What Darwin does not say is no error: the files are sent.
func (e Env) settle(ctx context.Context, to target, b book, r *report) error {
	if to.wait >= 0 {
		r.asked = e.ask(ctx, to, b)
	}
	ctx = context.WithoutCancel(ctx) // what is known is told
	s, err := b.Receipt(ctx, b.id)
	if err != nil {
		return err
	}
	var lost []receipt.Line
	if s.Counts[receipt.Refused]+s.Counts[receipt.Missing] > 0 {
		for l, err := range b.lines(ctx) {
			if err != nil {
				return err
			}
			if l.Outcome == receipt.Refused || l.Outcome == receipt.Missing {
				lost = append(lost, l)
			}
		}
	}
	r.settle(s.Counts, lost)
	return nil
}

// ask follows the batch, and says whether Darwin answered.
func (e Env) ask(ctx context.Context, to target, b book) bool {
	wait := to.wait
	if wait == 0 {
		wait = -1 // one look
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(e.soon(), cancel)()
	if ctx.Err() != nil || e.soon().Err() != nil { // the person wants to go
		wait = -1
		var last context.CancelFunc
		ctx, last = context.WithTimeout(context.WithoutCancel(ctx), lastLook)
		defer last()
	}
	show := e.showing()
	defer show.wipe()
	listing := &heard{Lister: to.client.Listing(to.dataset)}
	err := receipt.Follow(ctx, receipt.Config{
		Batch: b.id, Listing: listing, Store: b, Patience: wait, Log: e.Log, Told: show.settling,
	})
	if err != nil && ctx.Err() == nil {
		show.say("Darwin did not say what became of the files: " + fault.Of(err).What)
		e.Log.Warn("receipt", "kind", fault.KindOf(err).String(), "detail", fault.Of(err).Detail)
		return false
	}
	return listing.answered
}

// heard notes whether Darwin answered.
type heard struct {
	receipt.Lister
	answered bool
}

func (h *heard) States(ctx context.Context, itemIDs []string) ([]darwin.Standing, error) {
	all, err := h.Lister.States(ctx, itemIDs)
	h.answered = h.answered || err == nil
	return all, err
}

// hand gives the person the receipt, if one is wanted.
func (e Env) hand(ctx context.Context, to target, b book, r *report) {
	if to.paper == nil {
		return
	}
	if err := to.paper.write(context.WithoutCancel(ctx), b, r.leftOut); err != nil {
		fmt.Fprintln(e.Stderr, explain(fault.Of(err)))
		r.unwritten = true
	}
}

// receiptWriter is how a receipt is written into a file of this name, nil if
// its ending names no format.
func receiptWriter(name string) func(io.Writer, receipt.Summary, iter.Seq2[receipt.Line, error]) error {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		return receipt.WriteCSV
	case ".json":
		return receipt.WriteJSON
	}
	return nil
}

// slip is a receipt that is being written: beside its place until it is whole.
type slip struct {
	name string
	file *os.File
}

// newSlip makes sure, before anything is sent, that a receipt can be written.
func newSlip(name string) (*slip, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".receipt-*")
	if err != nil {
		return nil, unwritable(name, err)
	}
	return &slip{name, f}, nil
}

// write writes the receipt and puts it into its place. left are the files that
// were left out before the batch began.
func (s *slip) write(ctx context.Context, b book, left []receipt.Line) error {
	sum, err := b.Receipt(ctx, b.id)
	if err != nil {
		return err
	}
	sum.Files += len(left)
	sum.Counts[receipt.Skipped] += len(left)
	lines := func(yield func(receipt.Line, error) bool) {
		for l, err := range b.lines(ctx) {
			if !yield(l, err) {
				return
			}
		}
		for _, l := range left {
			if !yield(l, nil) {
				return
			}
		}
	}
	return s.finish(func(w io.Writer) error { return receiptWriter(s.name)(w, sum, lines) })
}

// finish writes the receipt by write and puts it into its place.
func (s *slip) finish(write func(io.Writer) error) error {
	if err := write(s.file); err != nil {
		return unwritable(s.name, err)
	}
	err := errors.Join(s.file.Sync(), s.file.Chmod(0o644), s.file.Close())
	if err == nil {
		err = os.Rename(s.file.Name(), s.name)
	}
	if err != nil {
		return unwritable(s.name, err)
	}
	s.file = nil
	return nil
}

// discard removes what was not put into its place.
func (s *slip) discard() {
	if s == nil || s.file == nil {
		return
	}
	_ = s.file.Close()
	_ = os.Remove(s.file.Name())
}

func unwritable(name string, err error) error {
	return &fault.Error{
		Kind: fault.Disk, What: "The receipt cannot be written to " + shown(name) + ".",
		Do: "Choose a folder that can be written to and has room.", Detail: err.Error(), Err: err,
	}
}
