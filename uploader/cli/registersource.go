package cli

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"strings"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/finder"
	"darwin-uploader/uploader/objects"
	"darwin-uploader/uploader/sheet"
)

// source is where the rows come from, and what the ledger calls it.
func (e Env) source(ctx context.Context, a registerArgs, bucket objects.Store) (iter.Seq2[external.Entry, error], string, func(), error) {
	nothing := func() {}
	switch {
	case a.listed:
		others := finder.NewBelongings(a.rule(), finder.Rule{Template: a.frames})
		return listing(ctx, bucket, a.prefix, others), "the prefix " + a.prefix, nothing, nil
	case a.sheet == "":
		return external.Keys(a.keys), fmt.Sprintf("%d keys", len(a.keys)), nothing, nil
	}
	s, err := sheet.Open(a.sheet, external.Columns()...)
	if err != nil {
		return nil, "", nil, err
	}
	entries := func(yield func(external.Entry, error) bool) {
		external.Entries(s)(yield)
		if unknown := s.Unknown(); len(unknown) > 0 {
			fmt.Fprintf(e.Stderr, "Columns that are not known were left out: %s.\n", shown(strings.Join(unknown, ", ")))
		}
	}
	return entries, filepath.Base(a.sheet), func() { _ = s.Close() }, nil
}

// listing gives the images and videos below a prefix; other objects, such as
// text files beside them, are none that were meant. So are thumbnails and frames
// that the rules name, for which the bucket is listed twice.
func listing(ctx context.Context, bucket objects.Store, prefix string, others *finder.Belongings) iter.Seq2[external.Entry, error] {
	media := func(yield func(string, error) bool) {
		for object, err := range bucket.List(ctx, prefix, true) {
			if (err != nil || object.Size > 0 && darwin.TypeOf(object.Key) != "") && !yield(object.Key, err) {
				return
			}
		}
	}
	return func(yield func(external.Entry, error) bool) {
		if others.Any() {
			for key, err := range media {
				if err != nil {
					yield(external.Entry{}, err)
					return
				}
				others.Add(key)
			}
		}
		n := 0
		for key, err := range media {
			if err != nil {
				yield(external.Entry{}, err)
				return
			}
			if others.Has(key) {
				continue
			}
			n++
			if !yield(external.Entry{Line: n, Key: key}, nil) {
				return
			}
		}
	}
}

// withFrames gives the videos of a source that name no frames of their own the
// frames of a pattern.
func withFrames(from iter.Seq2[external.Entry, error], pattern string) iter.Seq2[external.Entry, error] {
	return func(yield func(external.Entry, error) bool) {
		for entry, err := range from {
			name := entry.Name
			if name == "" {
				name = entry.Key
			}
			if entry.Frames == "" && entry.Manifest == "" && (entry.Type == "video" || entry.Type == "" && darwin.TypeOf(name) == "video") {
				entry.Frames = finder.Rule{Template: pattern}.Key(entry.Key)
			}
			if !yield(entry, err) {
				return
			}
		}
	}
}
