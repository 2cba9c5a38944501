package receipt

import (
	"context"
	"slices"

	"darwin-uploader/uploader/darwin"
)

// Remover is what Abandon needs of a dataset; darwin.Listing is one.
type Remover interface {
	Lister
	// Remove deletes items for good.
	Remove(ctx context.Context, itemIDs []string) error
}

// Abandon deletes those of the items that wait for their files, and calls
// gone for each part of them that Darwin no longer has, those that were not
// there in the first place included. Items whose file has arrived stay. It is
// only for items that the caller registered and will never send. An error of
// gone ends it; others are as those of Follow.
func Abandon(ctx context.Context, from Remover, itemIDs []string, gone func(itemIDs []string) error) (removed int, err error) {
	for part := range slices.Chunk(itemIDs, asksAtOnce) {
		states, err := patiently(ctx, func() ([]darwin.Standing, error) { return from.States(ctx, part) })
		if err != nil {
			return removed, err
		}
		var waiting, absent []string
		for i, s := range states {
			switch s.State {
			case darwin.ItemUploading:
				waiting = append(waiting, part[i])
			case darwin.ItemMissing:
				absent = append(absent, part[i])
			}
		}
		if len(waiting) > 0 {
			// A lost answer is no harm: to delete what is gone does nothing.
			_, err := patiently(ctx, func() (struct{}, error) { return struct{}{}, from.Remove(ctx, waiting) })
			if err != nil {
				return removed, err
			}
		}
		removed += len(waiting)
		if err := gone(append(waiting, absent...)); err != nil {
			return removed, err
		}
	}
	return removed, nil
}
