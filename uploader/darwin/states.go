package darwin

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"darwin-uploader/uploader/fault"
)

// Standing is where one item is. Message is why Darwin could not process it,
// in Darwin's own words and without secrets, or "".
type Standing struct {
	ItemID  string
	State   ItemState
	Message string
}

// Listing is what a dataset says of its items afterwards. Both versions have
// one; it may be used from several goroutines at once. Errors are
// *fault.Error, or the context's own error as it is.
type Listing interface {
	// States says where items are, in the order of itemIDs and as many. It
	// takes one request for 100 of them, and one more for each further page of
	// the answer; the first that fails ends it. An item that the dataset does
	// not list is ItemMissing: it was deleted, or is in another dataset, or
	// the list lags behind (inferred).
	States(ctx context.Context, itemIDs []string) ([]Standing, error)

	// Remove deletes items for good. It takes one request for 100 of them. That
	// Darwin deletes items which wait for their bytes is inferred; that it
	// passes over ids it does not know, too.
	Remove(ctx context.Context, itemIDs []string) error
}

// statesSize is how many ids one request asks about. A hundred UUIDs make an
// address of 5 KB; Darwin's limit is not published (inferred).
const statesSize = 100

// Listing gives what d's version has for looking at items.
func (c *Client) Listing(d Dataset) Listing {
	if d.Version >= 2 {
		return &listingV2{uploadsV2{client: c, dataset: d}}
	}
	return &listingV1{uploadsV1{client: c, dataset: d}}
}

type listingV1 struct{ uploads uploadsV1 }

func (l *listingV1) States(ctx context.Context, itemIDs []string) ([]Standing, error) {
	return states(ctx, itemIDs, l.uploads.list)
}

func (l *listingV1) Remove(ctx context.Context, itemIDs []string) error {
	team, err := l.uploads.client.teamOf(ctx, l.uploads.dataset)
	if err != nil {
		return err
	}
	return inParts(itemIDs, func(part []string) error {
		var numbers []int64
		for _, id := range part {
			if n, err := strconv.ParseInt(id, 10, 64); err == nil {
				numbers = append(numbers, n)
			}
		}
		if len(numbers) == 0 { // an empty filter would be about the whole dataset
			return nil
		}
		return l.uploads.client.do(ctx, call{
			name: "remove", method: http.MethodDelete, path: []string{"teams", team, "datasets", l.uploads.dataset.Slug, "items"},
			body: map[string]any{"filter": filterV1{IDs: numbers}},
			does: "delete items of this dataset", missing: noDataset, emptyAnswer: true,
		}, nil)
	})
}

type listingV2 struct{ uploads uploadsV2 }

func (l *listingV2) States(ctx context.Context, itemIDs []string) ([]Standing, error) {
	team, err := l.uploads.client.teamOf(ctx, l.uploads.dataset)
	if err != nil {
		return nil, err
	}
	return states(ctx, itemIDs, func(ctx context.Context, q inquiry, cursor string) (listing, error) {
		return l.uploads.list(ctx, team, q, cursor)
	})
}

func (l *listingV2) Remove(ctx context.Context, itemIDs []string) error {
	team, err := l.uploads.client.teamOf(ctx, l.uploads.dataset)
	if err != nil {
		return err
	}
	type filters struct {
		Datasets []int64  `json:"dataset_ids"`
		Items    []string `json:"item_ids"`
	}
	return inParts(itemIDs, func(part []string) error {
		return l.uploads.client.do(ctx, call{
			name: "remove", method: http.MethodDelete, path: []string{"v2", "teams", team, "items"},
			body: map[string]any{"filters": filters{[]int64{l.uploads.dataset.ID}, part}},
			does: "delete items of this dataset", missing: noDataset, emptyAnswer: true,
		}, nil)
	})
}

// inParts calls do with at most statesSize ids at a time, and never with none:
// Darwin would take a filter without ids for one about everything.
func inParts(itemIDs []string, do func([]string) error) error {
	known := slices.DeleteFunc(slices.Clone(itemIDs), func(id string) bool { return !anIdentity.MatchString(id) })
	for part := range slices.Chunk(known, statesSize) {
		if err := do(part); err != nil {
			return err
		}
	}
	return nil
}

type lister func(ctx context.Context, q inquiry, cursor string) (listing, error)

func states(ctx context.Context, itemIDs []string, list lister) ([]Standing, error) {
	at := make(map[string]Standing, len(itemIDs))
	err := inParts(itemIDs, func(part []string) error { return look(ctx, part, list, at) })
	if err != nil {
		return nil, err
	}
	all := make([]Standing, len(itemIDs))
	for i, id := range itemIDs {
		s, listed := at[id]
		if !listed {
			s = Standing{State: ItemMissing}
		}
		s.ItemID = id
		all[i] = s
	}
	return all, ctx.Err()
}

// look reads the pages of one list until all that it was asked for is found.
// Items that nobody asked for are passed over: a server that does not know the
// filter lists everything.
func look(ctx context.Context, ids []string, list lister, at map[string]Standing) error {
	open := make(map[string]bool, len(ids))
	for _, id := range ids {
		open[id] = true
	}
	cursor := ""
	for range maxPages {
		page, err := list(ctx, inquiry{ids: ids}, cursor)
		if err != nil {
			return err
		}
		for _, item := range page.items {
			if id := item.place.ItemID; open[id] {
				at[id] = item.standing()
				delete(open, id)
			}
		}
		if page.next == "" || len(open) == 0 {
			return nil
		}
		if page.next == cursor {
			break
		}
		cursor = page.next
	}
	// What such a list leaves out is not missing for that.
	return &fault.Error{
		Kind: fault.Unexpected, What: "Darwin's list of items does not come to an end.",
		Safe: "Nothing was changed.", Do: "Try again later.", Detail: "list of " + strconv.Itoa(len(ids)) + " items",
	}
}

func (i listed) standing() Standing {
	s := Standing{State: i.found.State}
	switch {
	case s.State == ItemFailed:
		s.Message = i.found.Message
	case i.archived && s.State != ItemUploading:
		s.State = ItemArchived
	}
	return s
}
