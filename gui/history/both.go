package history

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/receipt"
)

// Uploads is where the receipts of uploads are read and saved from.
type Uploads interface {
	Source
	Receipt(ctx context.Context, id int64) (receipt.Summary, error)
	AllLines(ctx context.Context, id int64) iter.Seq2[receipt.Line, error]
}

// Both is the past of uploads and of imports in one: a Source that lists them
// together. As their records number them each for itself, an import has its
// number below zero here; ImportOf gives it back. Its methods may be called
// from any goroutine, and wait for the disk.
type Both struct {
	Uploads Uploads
	// Imports gives the record of imports, nil while there is none.
	Imports func() (*ledger.Ledger, error)
}

var _ Source = Both{}

// ImportOf is the number of an import in its record; ok is false for an upload.
func ImportOf(id int64) (number int64, ok bool) { return -id, id < 0 }

// OfImport is the number that an import of the record has in the list.
func OfImport(number int64) int64 { return -number }

// History lists uploads and imports, the newest first. If only the imports
// cannot be read, it gives the uploads with the error.
func (b Both) History(ctx context.Context, search string, limit int) ([]receipt.Summary, error) {
	list, err := b.Uploads.History(ctx, search, limit)
	if err != nil {
		return nil, err
	}
	book, err := b.Imports()
	if err != nil || book == nil {
		return list, err
	}
	imports, err := external.History(ctx, book, search, limit)
	if err != nil {
		return list, err
	}
	for _, s := range imports {
		s.ID = OfImport(s.ID)
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(x, y receipt.Summary) int { return cmp.Compare(y.Began.UnixMicro(), x.Began.UnixMicro()) })
	return list[:min(len(list), limit)], nil
}

// Lines gives lines of an upload or an import.
func (b Both) Lines(ctx context.Context, id int64, o receipt.Outcome, offset, limit int) ([]receipt.Line, error) {
	number, imported := ImportOf(id)
	if !imported {
		return b.Uploads.Lines(ctx, id, o, offset, limit)
	}
	book, err := b.Imports()
	if err != nil || book == nil {
		return nil, err
	}
	return external.Page(ctx, book, number, o, offset, limit)
}

// Find gives the line of an upload or an import whose name has the text.
func (b Both) Find(ctx context.Context, id int64, search string) (at int, err error) {
	number, imported := ImportOf(id)
	if !imported {
		return b.Uploads.Find(ctx, id, search)
	}
	book, err := b.Imports()
	if err != nil || book == nil {
		return -1, err
	}
	return book.Find(ctx, number, search)
}

// Whole is a receipt with all its lines, and with what was left out, for a file
// of its own. The lines are read as they are taken.
func (b Both) Whole(ctx context.Context, id int64) (receipt.Summary, iter.Seq2[receipt.Line, error], error) {
	number, imported := ImportOf(id)
	if !imported {
		s, err := b.Uploads.Receipt(ctx, id)
		if err != nil {
			return s, nil, err
		}
		left, err := b.Uploads.Lines(ctx, id, receipt.LeftOut, 0, receipt.KeptLeftOut)
		return s, s.WithLeftOut(b.Uploads.AllLines(ctx, id), left), err
	}
	book, err := b.Imports()
	if err != nil {
		return receipt.Summary{}, nil, err
	}
	s, err := external.Receipt(ctx, book, number)
	return s, external.Lines(ctx, book, number), err
}
