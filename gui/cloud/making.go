package cloud

import (
	"context"
	"reflect"
	"sync/atomic"

	"darwin-uploader/uploader/darwin"
	"darwin-uploader/uploader/external"
	"darwin-uploader/uploader/external/finder"
	"darwin-uploader/uploader/external/ledger"
	"darwin-uploader/uploader/fault"
	"darwin-uploader/uploader/objects"
)

// making is a person's consent to have the thumbnails made that one draft
// lacks. Its functions are called from any goroutine.
type making struct {
	of      order       // what the person saw
	wrote   func(n int) // after each, with how many there are by then
	refused func(error) // the bucket does not let us write
	n       atomic.Int64
}

// covers says whether a draft of an order writes no more than the person saw.
func (m *making) covers(o order) bool {
	return o.storage.Name == m.of.storage.Name && o.lookup == m.of.lookup && o.folders.Below == m.of.folders.Below && reflect.DeepEqual(o.source, m.of.source)
}

// watch counts what is written into a bucket.
func (m *making) watch(s objects.Store) objects.Store { return &watched{Store: s, m: m} }

type watched struct {
	objects.Store
	m *making
}

// Write is objects.Store's.
func (w *watched) Write(ctx context.Context, key, contentType string, body []byte) error {
	err := w.Store.Write(ctx, key, contentType, body)
	switch {
	case err == nil:
		w.m.wrote(int(w.m.n.Add(1)))
	case wantsKey(err):
		w.m.refused(err)
	}
	return err
}

// lacking is what a draft has no thumbnail of, by one rule.
type lacking struct {
	looked, missing int
	first           []finder.Match // some of the missing ones
	problem         error
}

// shownMatches is how many examples a person sees before they agree.
const shownMatches = 3

// lackingStep is how many rows are looked at a time.
const lackingStep = 500

// lacks looks which rows of a draft that are not ready have no thumbnail where
// the rule says; told hears of it as it goes on.
func (d *draft) lacks(ctx context.Context, book *ledger.Ledger, store objects.Store, rule finder.Rule, told func(lacking)) (l lacking) {
	root := external.Root{Storage: d.Storage}
	look := &finder.Finder{Store: store, Rule: rule}
	for after := -1; ; {
		rows, err := book.Rows(ctx, d.ID, after, lackingStep, ledger.Unfit)
		if err != nil || len(rows) == 0 {
			l.problem = err
			return l
		}
		after = rows[len(rows)-1].Place
		var keys []string
		for _, row := range rows {
			key, err := root.Key(keyOf(row))
			if kind := darwin.TypeOf(key); err != nil || kind != "image" && kind != "video" {
				continue // it cannot be imported for another reason
			}
			if _, err := root.Key(rule.Key(key)); err != nil {
				l.problem = err
				return l
			}
			keys = append(keys, key)
		}
		matches, err := look.Preview(ctx, keys)
		if err != nil && fault.KindOf(err) != fault.Missing {
			l.problem = err
			return l
		}
		for _, m := range matches {
			if m.There {
				continue
			}
			if l.missing++; len(l.first) < shownMatches {
				l.first = append(l.first, m)
			}
		}
		l.looked += len(keys)
		told(l)
	}
}
