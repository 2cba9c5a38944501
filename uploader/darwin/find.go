package darwin

import (
	"context"
	"slices"
	"strings"
	"time"

	"darwin-uploader/uploader/fault"
)

// Place is where an item is in its dataset: Folder is "/" or "/a/b", Name is
// the item's. Both together are unique in a dataset. ItemID, where Darwin gave
// one, is asked for first, and the place only if there is no such item.
type Place struct{ Folder, Name, ItemID string }

// Found is an item that is in the dataset. Index counts the places that were
// passed to Find, from 0.
type Found struct {
	Index int
	// Upload names it; with version 2 its UploadID is known only while Darwin
	// waits for the bytes or processes them, else "".
	Upload Upload
	State  ItemState
	// Message is why Darwin could not process it, in Darwin's words, or "".
	Message string
	// Inserted is when it was registered, by Darwin's clock and in whole
	// seconds; zero if the list does not say.
	Inserted time.Time
}

// ItemState is how far Darwin is with an item.
type ItemState uint8

// The states. Darwin has more words than these; see stateOf.
const (
	ItemUnknown    ItemState = iota // a word that no source names
	ItemUploading                   // registered; nobody has confirmed its bytes
	ItemProcessing                  // confirmed, not yet ready to be worked on
	ItemComplete                    // ready, being worked on, done or archived
	ItemFailed                      // Darwin could not process it

	// Only States tells these apart.
	ItemArchived // ready, and somebody has archived it
	ItemMissing  // the dataset does not list it
)

// stateOf reads a processing status or, where there is none, a status. Both
// lists of words are in Darwin's own client; "errored" and "failed" are taken
// for failures by another of V7's own programs. That a version 1 item with a
// word from the workflow has been processed is inferred.
func stateOf(word string) ItemState {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "uploading":
		return ItemUploading
	case "uploading_confirmed", "processing":
		return ItemProcessing
	case "complete", "new", "annotate", "review", "archived":
		return ItemComplete
	case "error", "errored", "failed", "cancelled":
		return ItemFailed
	}
	return ItemUnknown
}

// listed is an item of a list.
type listed struct {
	place    Place // with its id, in one spelling
	found    Found // without its index
	archived bool
}

// listing is one page of a list; next is the cursor of the following one, ""
// after the last.
type listing struct {
	items []listed
	next  string
}

// inquiry is what one list is asked for: ids, or names and their folders.
type inquiry struct{ ids, names, folders []string }

// with is the inquiry with one place more.
func (q inquiry) with(p Place, byID bool) inquiry {
	if byID {
		return inquiry{ids: append(slices.Clip(q.ids), p.ItemID)}
	}
	return inquiry{names: including(q.names, p.Name), folders: including(q.folders, p.Folder)}
}

func including(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(slices.Clip(list), s)
}

// maxPages is how many pages of one list are read. Names in several folders
// make lists longer than what was asked for; a list that goes on and on is
// that of a server that does not know the filter.
const maxPages = 20

// search is one run of Find.
type search struct {
	places []Place // in one spelling
	found  []*Found
	fits   func(inquiry) bool // whether one request can ask for so much
	list   func(ctx context.Context, q inquiry, cursor string) (listing, error)
}

// find asks for the ids that are known, and then for the places of what did
// not turn up.
func (s *search) find(ctx context.Context, places []Place) ([]Found, error) {
	s.found = make([]*Found, len(places))
	for _, p := range places {
		spelt := placeOf(p.Folder, p.Name)
		spelt.ItemID = p.ItemID
		s.places = append(s.places, spelt)
	}
	// An id that Darwin gave with a refusal may be of no item (inferred); where
	// the list does not take it, the places tell.
	if err := s.pass(ctx, true); err != nil && !refusesIDs(err) {
		return nil, err
	}
	if err := s.pass(ctx, false); err != nil {
		return nil, err
	}
	found := make([]Found, 0, len(places))
	for i, f := range s.found {
		if f != nil {
			f.Index = i
			found = append(found, *f)
		}
	}
	return found, ctx.Err()
}

func refusesIDs(err error) bool {
	k := fault.KindOf(err)
	return k == fault.Refused || k == fault.Missing
}

func (s *search) pass(ctx context.Context, byID bool) error {
	var open []int
	for i, p := range s.places {
		if s.found[i] == nil && (!byID || p.ItemID != "") {
			open = append(open, i)
		}
	}
	// Neighbours share a folder, which keeps lists short.
	slices.SortStableFunc(open, func(a, b int) int { return strings.Compare(s.places[a].Folder, s.places[b].Folder) })
	for len(open) > 0 {
		n, q := 1, inquiry{}.with(s.places[open[0]], byID)
		for ; n < len(open); n++ {
			more := q.with(s.places[open[n]], byID)
			if !s.fits(more) {
				break
			}
			q = more
		}
		if err := s.ask(ctx, q, open[:n], byID); err != nil {
			return err
		}
		open = open[n:]
	}
	return nil
}

// ask reads the pages of one list until all that it was asked for is found.
func (s *search) ask(ctx context.Context, q inquiry, wanted []int, byID bool) error {
	key := func(p Place) Place {
		if byID {
			return Place{ItemID: p.ItemID}
		}
		return Place{Folder: p.Folder, Name: p.Name}
	}
	waiting := make(map[Place][]int, len(wanted))
	for _, i := range wanted {
		k := key(s.places[i])
		waiting[k] = append(waiting[k], i)
	}
	cursor := ""
	for range maxPages {
		page, err := s.list(ctx, q, cursor)
		if err != nil {
			return err
		}
		for _, item := range page.items {
			k := key(item.place)
			for _, i := range waiting[k] {
				found := item.found
				s.found[i] = &found
			}
			delete(waiting, k)
		}
		if page.next == "" || page.next == cursor || len(waiting) == 0 {
			return nil
		}
		cursor = page.next
	}
	return nil
}

// timeOf reads Darwin's times: with a zone in version 2, without one, which
// means UTC (inferred), in version 1. Anything else is the zero time.
func timeOf(text words) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, strings.TrimSpace(string(text))); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
