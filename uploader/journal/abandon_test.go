package journal

import (
	"context"
	"slices"
	"testing"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/receipt"
)

// listing is a dataset of items in these states.
type listing struct {
	states  map[string]darwin.ItemState
	asked   []string
	removed []string
	err     error
}

func (l *listing) States(_ context.Context, ids []string) ([]darwin.Standing, error) {
	l.asked = append(l.asked, ids...)
	if l.err != nil {
		return nil, l.err
	}
	all := make([]darwin.Standing, len(ids))
	for i, id := range ids {
		state, ok := l.states[id]
		if !ok {
			state = darwin.ItemMissing
		}
		all[i] = darwin.Standing{ItemID: id, State: state}
	}
	return all, nil
}

func (l *listing) Remove(_ context.Context, ids []string) error {
	for _, id := range ids {
		delete(l.states, id)
	}
	l.removed = append(l.removed, ids...)
	return nil
}

func TestOnlyOwnItemsThatWaitAreRemovedFromDarwin(t *testing.T) {
	j := open(t, t.TempDir())
	id := run(t, j, false, "", uploader.InDarwin, uploader.Registered, uploader.Registered, uploader.Registered, uploader.Ready, uploader.Skipped)
	other := run(t, j, false, "", uploader.Ready, uploader.Ready, uploader.Ready, uploader.Ready, uploader.Ready, uploader.Ready, uploader.Registered)
	from := &listing{states: map[string]darwin.ItemState{
		"item-0": darwin.ItemUploading, // the list lags behind: we know better
		"item-1": darwin.ItemUploading,
		"item-2": darwin.ItemProcessing, // somebody confirmed it
		"item-6": darwin.ItemUploading,  // of the other batch
		"item-9": darwin.ItemUploading,  // somebody else's
	}}
	n, err := j.Abandon(t.Context(), id, from)
	if err != nil || n != 1 || !slices.Equal(from.removed, []string{"item-1"}) || !slices.Equal(from.asked, []string{"item-1", "item-2", "item-3"}) {
		t.Errorf("%d removed: %v of %v, %v", n, from.removed, from.asked, err)
	}
	list, err := j.Unfinished(t.Context())
	if err != nil || len(list) != 1 || list[0].ID != other {
		t.Errorf("unfinished: %+v, %v", list, err)
	}
	lines := linesOf(t, j, id, receipt.Every)
	for i, want := range []string{"item-0", "", "item-2", "", "", ""} {
		if lines[i].ItemID != want {
			t.Errorf("line %d is of %q", i, lines[i].ItemID)
		}
	}
	consistent(t, j, id)
	from.asked = nil
	if n, err := j.Abandon(t.Context(), id, from); err != nil || n != 0 || !slices.Equal(from.asked, []string{"item-2"}) {
		t.Errorf("the second time: %d, %v, %v", n, from.asked, err)
	}
}

func TestAnUploadUnderWayIsNotAbandoned(t *testing.T) {
	j := open(t, t.TempDir())
	items := someItems(1)
	page, err := j.For("", "").Begin(uploader.Plan{Dataset: dataset, Items: items})
	if err != nil {
		t.Fatal(err)
	}
	if err := page.Record(entryOf(items[0], 0, uploader.Registered)); err != nil {
		t.Fatal(err)
	}
	from := &listing{states: map[string]darwin.ItemState{"item-0": darwin.ItemUploading}}
	if _, err := j.Abandon(t.Context(), page.Number(), from); fault.KindOf(err) != fault.Usage || len(from.asked) > 0 {
		t.Errorf("it says %v, and asked for %v", err, from.asked)
	}
	if err := page.Close(false); err != nil {
		t.Fatal(err)
	}
	if n, err := j.Abandon(t.Context(), page.Number(), from); err != nil || n != 1 {
		t.Errorf("after its end: %d, %v", n, err)
	}
}

func TestWithoutAnAnswerTheBatchEndsAndTheRestIsRemovedLater(t *testing.T) {
	j := open(t, t.TempDir())
	id := run(t, j, false, "", uploader.Registered)
	from := &listing{states: map[string]darwin.ItemState{"item-0": darwin.ItemUploading}, err: &fault.Error{Kind: fault.Key, What: "No."}}
	if _, err := j.Abandon(t.Context(), id, from); fault.KindOf(err) != fault.Key {
		t.Errorf("it says %v", err)
	}
	if list, err := j.Unfinished(t.Context()); err != nil || len(list) > 0 {
		t.Errorf("unfinished: %+v, %v", list, err)
	}
	from.err = nil
	if n, err := j.Abandon(t.Context(), id, from); err != nil || n != 1 {
		t.Errorf("later: %d, %v", n, err)
	}
}

// A crash between the beginning of a batch that takes files over and the note
// about it leaves both batches with the same items.
func TestItemsThatALaterBatchGoesOnWithAreNotAbandoned(t *testing.T) {
	j := open(t, t.TempDir())
	first := run(t, j, false, "", uploader.Registered, uploader.Registered)
	plan, err := j.Again(t.Context(), first, receipt.NotSent)
	if err != nil {
		t.Fatal(err)
	}
	page, err := j.For("", "").Begin(uploader.Plan{Dataset: dataset, Items: plan.Items[:1]})
	if err != nil {
		t.Fatal(err)
	}
	if err := page.Close(false); err != nil {
		t.Fatal(err)
	}
	from := &listing{states: map[string]darwin.ItemState{"item-0": darwin.ItemUploading, "item-1": darwin.ItemUploading}}
	if n, err := j.Abandon(t.Context(), first, from); err != nil || n != 1 || !slices.Equal(from.removed, []string{"item-1"}) {
		t.Errorf("%d removed: %v, %v", n, from.removed, err)
	}
}
