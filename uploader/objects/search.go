package objects

import (
	"context"
	"iter"
	"strings"
)

// Search gives the objects below a prefix whose keys hold all of the words, in
// any case. It lists everything below the prefix, which takes a request for
// each thousand objects.
func Search(ctx context.Context, s Store, prefix, words string) iter.Seq2[Object, error] {
	wanted := strings.Fields(strings.ToLower(words))
	return func(yield func(Object, error) bool) {
	next:
		for o, err := range s.List(ctx, prefix, true) {
			if err != nil {
				yield(Object{}, err)
				return
			}
			key := strings.ToLower(o.Key)
			for _, word := range wanted {
				if !strings.Contains(key, word) {
					continue next
				}
			}
			if !yield(o, nil) {
				return
			}
		}
	}
}
