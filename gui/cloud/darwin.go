package cloud

import (
	"context"

	"darwin-uploader/uploader"
	"darwin-uploader/uploader/darwin"
)

// Darwin is what the place needs of a Darwin; darwin.Client is one. Its methods
// are called from goroutines.
type Darwin interface {
	uploader.TagClasses
	Storages(ctx context.Context, team string) ([]darwin.StorageInfo, error)
	External(d darwin.Dataset, s darwin.StorageInfo) darwin.External
	Listing(d darwin.Dataset) darwin.Listing
	CreateTagClass(ctx context.Context, team string, n darwin.NewTagClass) (darwin.TagClass, error)
}
