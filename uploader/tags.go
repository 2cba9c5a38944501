package uploader

import (
	"context"
	"slices"

	"darwin-uploader/uploader/darwin"
)

// TagClasses is what LinkTags needs of the Darwin API.
type TagClasses interface {
	TagClasses(ctx context.Context, team string) ([]darwin.TagClass, error)
	LinkTagClass(ctx context.Context, class darwin.TagClass, dataset int64) (darwin.TagClass, error)
}

// LinkTags links every tag class that the items use to the dataset. Darwin's
// documentation says that a class must be associated with each dataset that
// uses it; whether an upload is refused without is not documented (inferred),
// so a caller may go on when this fails: Darwin blocks what it does not take.
func LinkTags(ctx context.Context, api TagClasses, d darwin.Dataset, items []Item) error {
	used := map[string]bool{}
	for _, item := range items {
		for _, tag := range item.Tags {
			used[tag.Class] = true
		}
	}
	if len(used) == 0 {
		return nil
	}
	classes, err := api.TagClasses(ctx, d.TeamSlug)
	if err != nil {
		return err
	}
	for _, class := range classes {
		if !used[class.Name] || slices.Contains(class.Datasets, d.ID) {
			continue
		}
		if _, err := api.LinkTagClass(ctx, class, d.ID); err != nil {
			return err
		}
	}
	return nil
}
