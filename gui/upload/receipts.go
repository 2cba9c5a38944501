package upload

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"darwin-uploader/gui/lang"
	"darwin-uploader/gui/queue"
	"darwin-uploader/uploader"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/journal"
	"darwin-uploader/uploader/receipt"
)

// Receipts keeps what became of the files of each upload: the journal, or the
// memory as long as the place is open where there is no journal.
type Receipts interface {
	receipt.Store
	// History, Lines, AllLines, Find, LeaveOut, Again and SentAgain are as
	// those of journal.Journal.
	History(ctx context.Context, search string, limit int) ([]receipt.Summary, error)
	Lines(ctx context.Context, id int64, o receipt.Outcome, offset, limit int) ([]receipt.Line, error)
	AllLines(ctx context.Context, id int64) iter.Seq2[receipt.Line, error]
	Find(ctx context.Context, id int64, search string) (at int, err error)
	LeaveOut(id int64, left []receipt.Line) error
	Again(ctx context.Context, id int64, outcomes ...receipt.Outcome) (uploader.Plan, error)
	SentAgain(id int64, items []uploader.Item) error
}

var (
	_ Receipts = (*journal.Journal)(nil)
	_ Receipts = (*shelf)(nil)
)

// shelf is Receipts in memory. It may be used from any goroutine.
type shelf struct {
	mu    sync.Mutex
	cards []*card // by number, from 1
}

// card is one upload on the shelf.
type card struct {
	sum   receipt.Summary
	lines []receipt.Line  // by place
	items []uploader.Item // by place
	left  []receipt.Line  // what was left out
}

// add puts an upload on the shelf as it ended, and gives its number.
func (s *shelf) add(sum receipt.Summary, entries []queue.Entry) int64 {
	c := &card{sum: sum}
	for i, e := range entries {
		item := e.Item()
		line := receipt.Line{
			Place: i, Path: item.Path, Name: item.Name, Folder: item.Folder, Size: item.Size,
			ItemID: e.Status.Reached.Upload.ItemID, Outcome: outcomeOf(e), ModTime: item.ModTime,
		}
		if line.Outcome == receipt.Skipped || line.Outcome == receipt.NeedsYou {
			line.Ended = sum.Ended // at the latest; nobody wrote down when
		}
		if e.Status.Problem != nil {
			line.Reason = e.Status.Problem.Error()
		}
		c.lines, c.items = append(c.lines, line), append(c.items, item)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.sum.ID = int64(len(s.cards) + 1)
	s.cards = append(s.cards, c)
	return c.sum.ID
}

func (s *shelf) empty() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.cards) == 0
}

func outcomeOf(e queue.Entry) receipt.Outcome {
	switch e.Status.State {
	case uploader.InDarwin:
		if e.Processed {
			return receipt.InDarwin
		}
		return receipt.Sent
	case uploader.Skipped:
		return receipt.Skipped
	case uploader.Blocked, uploader.Failed:
		return receipt.NeedsYou
	default:
		return receipt.NotSent
	}
}

// with does something with one upload.
func (s *shelf) with(id int64, do func(*card)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id < 1 || id > int64(len(s.cards)) {
		return &fault.Error{Kind: fault.Missing, What: lang.L("This upload is not known any more."), Safe: lang.L("What is in Darwin stays there.")}
	}
	do(s.cards[id-1])
	return nil
}

// summary is the sums of the lines as of now.
func (c *card) summary() receipt.Summary {
	sum := c.sum
	sum.Files, sum.LeftOut = len(c.lines), len(c.left)
	for _, l := range c.lines {
		sum.Bytes += l.Size
		sum.Counts[l.Outcome]++
	}
	return sum
}

func (s *shelf) Receipt(_ context.Context, id int64) (sum receipt.Summary, err error) {
	err = s.with(id, func(c *card) { sum = c.summary() })
	return sum, err
}

func (s *shelf) Pending(_ context.Context, id int64) (all []receipt.Pending, err error) {
	err = s.with(id, func(c *card) {
		for _, l := range c.lines {
			if l.Outcome == receipt.Sent {
				all = append(all, receipt.Pending{Place: l.Place, ItemID: l.ItemID})
			}
		}
	})
	return all, err
}

func (s *shelf) Settle(_ context.Context, id int64, verdicts []receipt.Verdict) error {
	return s.with(id, func(c *card) {
		for _, v := range verdicts {
			l := &c.lines[v.Place]
			if l.Outcome != receipt.Sent {
				continue
			}
			l.Outcome, l.Reason, l.At = v.Outcome, v.Reason, v.At
			switch {
			case v.Outcome == receipt.Missing && v.Waiting:
				r := &c.items[v.Place].Reached
				r.Stored, r.Confirmed = false, false
			case v.Outcome == receipt.Missing:
				c.items[v.Place].Reached = uploader.Reached{}
			}
		}
		if c.summary().Counts[receipt.Sent] == 0 && c.sum.Settled.IsZero() {
			c.sum.Settled = time.Now()
		}
	})
}

func (s *shelf) History(_ context.Context, search string, limit int) ([]receipt.Summary, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	search = strings.ToLower(strings.TrimSpace(search))
	has := func(text string) bool { return strings.Contains(strings.ToLower(text), search) }
	var list []receipt.Summary
	for _, c := range s.cards {
		if has(c.sum.Dataset.Name) || has(c.sum.From) || slices.ContainsFunc(c.lines, func(l receipt.Line) bool { return has(l.Name) }) {
			list = append(list, c.summary())
		}
	}
	slices.SortFunc(list, func(a, b receipt.Summary) int { return cmp.Compare(b.ID, a.ID) })
	if limit > 0 {
		list = list[:min(limit, len(list))]
	}
	return list, nil
}

func (s *shelf) Lines(_ context.Context, id int64, o receipt.Outcome, offset, limit int) (lines []receipt.Line, err error) {
	err = s.with(id, func(c *card) {
		all := c.lines
		if o == receipt.LeftOut {
			all = c.left
		}
		for _, l := range all {
			if o != receipt.Every && l.Outcome != o {
				continue
			}
			if offset--; offset >= 0 {
				continue
			}
			if len(lines) == limit {
				return
			}
			lines = append(lines, l)
		}
	})
	return lines, err
}

func (s *shelf) AllLines(_ context.Context, id int64) iter.Seq2[receipt.Line, error] {
	var lines []receipt.Line
	err := s.with(id, func(c *card) { lines = slices.Clone(c.lines) })
	return func(yield func(receipt.Line, error) bool) {
		if err != nil {
			yield(receipt.Line{}, err)
			return
		}
		for _, l := range lines {
			if !yield(l, nil) {
				return
			}
		}
	}
}

func (s *shelf) Find(_ context.Context, id int64, search string) (at int, err error) {
	at, search = -1, strings.ToLower(strings.TrimSpace(search))
	err = s.with(id, func(c *card) {
		if search != "" {
			at = slices.IndexFunc(c.lines, func(l receipt.Line) bool { return strings.Contains(strings.ToLower(l.Name), search) })
		}
	})
	return at, err
}

func (s *shelf) Again(_ context.Context, id int64, outcomes ...receipt.Outcome) (plan uploader.Plan, err error) {
	err = s.with(id, func(c *card) {
		plan.Dataset, plan.From = c.sum.Dataset, c.sum.From
		for i, l := range c.lines {
			if slices.Contains(outcomes, l.Outcome) {
				plan.Items = append(plan.Items, c.items[i])
			}
		}
	})
	return plan, err
}

func (s *shelf) SentAgain(id int64, items []uploader.Item) error {
	taken := make(map[[2]string]bool, len(items))
	for _, item := range items {
		taken[[2]string{item.Folder, item.Name}] = true
	}
	return s.with(id, func(c *card) {
		for i := range c.lines {
			l := &c.lines[i]
			switch l.Outcome {
			case receipt.NotSent, receipt.NeedsYou, receipt.Refused, receipt.Missing:
				if taken[[2]string{l.Folder, l.Name}] {
					l.Outcome, l.Reason = receipt.SentAgain, ""
				}
			}
		}
	})
}
