package history

import (
	"context"

	"darwin-uploader/uploader/receipt"
)

// Source is where receipts are read. The journal is one, and receipt.Memory
// where there is no journal. Its methods are called from goroutines, several
// at once.
type Source interface {
	// History lists the uploads, the newest first and at most limit of them:
	// those whose dataset or one of whose files has search in its name. What it
	// could read it gives with the error, too.
	History(ctx context.Context, search string, limit int) ([]receipt.Summary, error)
	// Lines gives lines of one upload in their order, from offset on: those
	// with one outcome, or all for receipt.Every.
	Lines(ctx context.Context, id int64, o receipt.Outcome, offset, limit int) ([]receipt.Line, error)
	// Find gives where among all lines of an upload the first stands whose file
	// has search in its name, -1 if none has.
	Find(ctx context.Context, id int64, search string) (at int, err error)
}

// Format is how a receipt is saved.
type Format uint8

// The formats.
const (
	CSV Format = iota
	JSON
)

// String is the format's name, and in small letters its ending.
func (f Format) String() string {
	if f == JSON {
		return "JSON"
	}
	return "CSV"
}
