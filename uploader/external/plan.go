package external

import (
	"context"
	"encoding/json"
	"iter"
	"slices"
	"time"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
)

// planStep is how many entries are worked on at a time.
const planStep = 500

// sameItem is why a row is unfit that would be one item with an earlier one.
const sameItem = "Line {line} has an item of the same name in the same folder. Give one of them another name or folder."

// About is what the ledger keeps of an import beside its rows.
type About struct {
	Server, Account string // as in the journal
	Dataset         darwin.Dataset
	Storage         darwin.StorageInfo
	From            string // where the rows came from, such as a sheet's name
}

// Import is an import in the ledger.
type Import struct {
	ID int64
	About
	Begun, Ended, Settled time.Time // zero: not yet
	Counts                ledger.Counts

	// Tags are the tag classes of all rows, without texts; only Plan tells them.
	// They are to be linked to the dataset before Start.
	Tags []darwin.Tag
}

// Finder looks in the bucket for what items lack: sizes, thumbnails, the
// pictures of a pattern. It enters what it finds, and gives a problem for each
// item in whose case it failed, nil for the others; nothing is invented. A
// problem that concerns all items, such as a bucket that does not answer, ends
// the planning.
type Finder interface {
	Find(ctx context.Context, items []*Item) []*fault.Error
}

// Plan makes items of all entries and writes them into the ledger. Rows that
// lack something are written as ledger.Unfit, with the reason; whether the rest
// is to be registered nevertheless is the caller's to decide (or Discard). It
// fails as a whole if the source does, or gives nothing. finder may be nil, and
// told too; told hears how many entries were read so far.
func Plan(ctx context.Context, l *ledger.Ledger, about About, rules Rules, from iter.Seq2[Entry, error], finder Finder, told func(int)) (_ Import, err error) {
	if told == nil {
		told = func(int) {}
	}
	id, err := l.Begin(ctx, about, time.Now())
	if err != nil {
		return Import{}, err
	}
	defer func() {
		if err != nil { // the ledger removes it later, if this fails too
			_ = l.Discard(context.WithoutCancel(ctx), id)
		}
	}()
	p := &plan{ledger: l, id: id, rules: rules, finder: finder}
	for entry, err := range from {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return Import{}, err
		}
		p.entries = append(p.entries, entry)
		if len(p.entries) == planStep {
			if err := p.step(ctx); err != nil {
				return Import{}, err
			}
			told(p.placed)
		}
	}
	if err := p.step(ctx); err != nil {
		return Import{}, err
	}
	told(p.placed)
	if p.placed == 0 {
		return Import{}, &fault.Error{Kind: fault.Usage, What: "There is nothing to register.", Safe: "Nothing was sent.", Do: "Name at least one object."}
	}
	if err := l.Seal(ctx, id, sameItem, time.Now()); err != nil {
		return Import{}, err
	}
	i, err := Load(ctx, l, id)
	i.Tags = p.tags
	return i, err
}

type plan struct {
	ledger  *ledger.Ledger
	id      int64
	rules   Rules
	finder  Finder
	entries []Entry // of this step
	placed  int     // rows of earlier steps
	tags    []darwin.Tag
}

// step writes the rows of the entries that were gathered.
func (p *plan) step(ctx context.Context) error {
	items := make([]Item, len(p.entries))
	problems := make([]*fault.Error, len(p.entries))
	for i, e := range p.entries {
		items[i], problems[i] = p.rules.Item(e)
	}
	if err := p.find(ctx, items, problems); err != nil {
		return err
	}
	rows := make([]ledger.Row, len(items))
	for i, item := range items {
		row := ledger.Row{Place: p.placed + i, Line: p.entries[i].Line, Folder: item.Folder, Name: item.Name}
		if problems[i] == nil {
			problems[i] = p.rules.Lacks(item)
		}
		if problem := problems[i]; problem != nil {
			row.State, row.Reason, row.Detail = ledger.Unfit, problem.Error(), problem.Detail
			if item.Key == "" {
				item.Key = shortened(p.entries[i].Key)
			}
			item = Item{Key: item.Key, Thumbnail: item.Thumbnail, Width: item.Width, Height: item.Height} // what is there stands beside what is not
		}
		p.use(item.Tags)
		content, err := json.Marshal(item)
		if err != nil {
			return err
		}
		row.Content = string(content)
		rows[i] = row
	}
	p.placed += len(rows)
	p.entries = p.entries[:0]
	return p.ledger.Add(ctx, p.id, rows)
}

// use takes note of tag classes; a team has few of them.
func (p *plan) use(tags []darwin.Tag) {
	for _, tag := range tags {
		if class := (darwin.Tag{Class: tag.Class}); !slices.Contains(p.tags, class) {
			p.tags = append(p.tags, class)
		}
	}
}

// find lets the finder look for what is missing.
func (p *plan) find(ctx context.Context, items []Item, problems []*fault.Error) error {
	if p.finder == nil {
		return ctx.Err()
	}
	var lacking []*Item
	var at []int
	for i := range items {
		if problems[i] == nil && p.rules.Lacks(items[i]) != nil {
			lacking, at = append(lacking, &items[i]), append(at, i)
		}
	}
	if len(lacking) == 0 {
		return ctx.Err()
	}
	found := p.finder.Find(ctx, lacking)
	if err := ctx.Err(); err != nil {
		return err
	}
	for n, problem := range found {
		if problem != nil && OfAll(problem) {
			ended := *problem
			ended.Safe = "Nothing was sent."
			return &ended
		}
		problems[at[n]] = problem
	}
	return nil
}

// OfAll says whether a problem with the bucket concerns all objects in it.
func OfAll(problem *fault.Error) bool {
	switch problem.Kind {
	case fault.Network, fault.Stalled, fault.Busy, fault.Key:
		return true
	}
	return false
}

// Load reads an import with its counts from the ledger.
func Load(ctx context.Context, l *ledger.Ledger, id int64) (Import, error) {
	list, err := List(ctx, l)
	if err != nil {
		return Import{}, err
	}
	for _, i := range list {
		if i.ID == id {
			i.Counts, err = l.Count(ctx, id)
			return i, err
		}
	}
	return Import{}, &fault.Error{Kind: fault.Usage, What: "This import is not in the record of imports any more."}
}

// List gives the imports of the ledger, the newest first, without their counts.
func List(ctx context.Context, l *ledger.Ledger) ([]Import, error) {
	kept, err := l.Imports(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Import, 0, len(kept))
	for _, k := range kept {
		i := Import{ID: k.ID, Begun: k.Begun, Ended: k.Ended, Settled: k.Settled}
		if json.Unmarshal(k.About, &i.About) == nil {
			list = append(list, i)
		}
	}
	return list, nil
}

// itemOf is the item of a row.
func itemOf(row ledger.Row) (Item, error) {
	var item Item
	err := json.Unmarshal([]byte(row.Content), &item)
	item.Name, item.Folder = row.Name, row.Folder
	return item, err
}
