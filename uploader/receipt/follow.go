package receipt

import (
	"context"
	"log/slog"
	"time"

	"darwin-uploader/uploader/darwin"
)

// Lister is what Follow needs of a dataset; darwin.Listing is one.
type Lister interface {
	// States says where items are, in the order of their ids.
	States(ctx context.Context, itemIDs []string) ([]darwin.Standing, error)
}

// Store keeps receipts. The package journal has one.
type Store interface {
	// Receipt is the upload's summary as of now.
	Receipt(ctx context.Context, id int64) (Summary, error)
	// Pending gives the files that were confirmed and are not settled, by their
	// place.
	Pending(ctx context.Context, id int64) ([]Pending, error)
	// Settle writes verdicts; they are safe from a crash when it returns.
	Settle(ctx context.Context, id int64, verdicts []Verdict) error
}

// DefaultPatience is how long Follow waits for Darwin unless it is told
// otherwise. Images take seconds; long videos can take longer than this.
const DefaultPatience = 15 * time.Minute

// Config is what Follow is to follow.
type Config struct {
	Batch   int64 // the Store's number of the upload
	Listing Lister
	Store   Store
	// Patience is how long Darwin may take in all; 0 is DefaultPatience. Less
	// than 0: Darwin is asked once, or twice about what it does not list.
	Patience time.Duration
	// Told, if not nil, is called by Follow's own goroutine with the receipt
	// as it is at the beginning and whenever a look at Darwin has changed it.
	Told func(Summary)
	Log  *slog.Logger // nil: nothing is logged
}
